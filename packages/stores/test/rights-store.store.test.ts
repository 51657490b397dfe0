import { rightsStoreContract } from '@surveyseal/consent/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rightsStore } from '../src/rights-store.js'
import { engines, harness } from './support/engines.js'

describe.each(engines().map((engine) => [engine.name, engine] as const))('rightsStore on %s', (_name, engine) => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())

  describe('passes the contract of stores of requests', () => {
    const contract = rightsStoreContract(() => harness(engine, (sql, tenant) => rightsStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  test('a tenant must be a name', () => {
    expect(() => rightsStore({} as never, { tenant: '' })).toThrow(RangeError)
  })
})

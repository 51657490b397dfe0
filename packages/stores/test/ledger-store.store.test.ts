import { ledgerStoreContract } from '@surveyseal/ledger/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerStore } from '../src/ledger-store.js'
import { engines, harness } from './support/engines.js'

describe.each(engines().map((engine) => [engine.name, engine] as const))('ledgerStore on %s', (_name, engine) => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())

  describe('passes the contract of ledger stores', () => {
    const contract = ledgerStoreContract(() => harness(engine, (sql, tenant) => ledgerStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  test('a tenant must be a name', async () => {
    const { sql, close } = await engine.database()
    expect(() => ledgerStore(sql, { tenant: '' })).toThrow(RangeError)
    await close()
  })
})

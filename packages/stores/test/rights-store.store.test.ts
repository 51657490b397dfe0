import { rightsStoreContract } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { rightsStore } from '../src/rights-store.js'
import { harness } from './support/engines.js'
import { onEngines } from './support/suites.js'

onEngines('rightsStore', (engine) => {
  describe('passes the contract of stores of requests', () => {
    const contract = rightsStoreContract(() => harness(engine, (sql, tenant) => rightsStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  test('a tenant must be a name', () => {
    expect(() => rightsStore({} as never, { tenant: '' })).toThrow(RangeError)
  })
})

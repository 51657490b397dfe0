import { ledgerStoreContract } from '@surveyseal/ledger/testing'
import { describe, expect, test } from 'vitest'
import { ledgerStore } from '../src/ledger-store.js'
import { harness } from './support/engines.js'
import { onEngines } from './support/suites.js'

onEngines('ledgerStore', (engine) => {
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

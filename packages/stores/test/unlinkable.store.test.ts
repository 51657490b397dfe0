import { issuanceStoreContract, spentTokenStoreContract } from '@surveyseal/links/testing'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { issuanceStore } from '../src/issuance-store.js'
import { spentTokenStore } from '../src/spent-token-store.js'
import { engines, harness } from './support/engines.js'

describe.each(engines().map((engine) => [engine.name, engine] as const))('on %s', (_name, engine) => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())

  describe('issuanceStore passes the contract of issuance stores', () => {
    const contract = issuanceStoreContract(() => harness(engine, (sql, tenant) => issuanceStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  describe('spentTokenStore passes the contract of stores of spent tokens', () => {
    const contract = spentTokenStoreContract(() => harness(engine, (sql, tenant) => spentTokenStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })
})

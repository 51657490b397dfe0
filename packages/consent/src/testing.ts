/**
 * A memory store, the store contract and a controller key, for the tests of hosts and of other stores.
 *
 * A respondent needs no stand-in: `signConsent` of `@surveyseal/consent/browser` also runs outside a browser, with a key
 * kept nowhere.
 *
 * @module
 */

export { type ConsentStoreHarness, consentStoreContract } from './testing/consent-store-contract.js'
export type { ContractCase } from './testing/contract.js'
export { createTestSigner, type TestSigner } from './testing/create-test-signer.js'
export { memoryConsentStore } from './testing/memory-consent-store.js'
export { memoryOutboxStore } from './testing/memory-outbox-store.js'
export { memoryRightsStore } from './testing/memory-rights-store.js'
export type { MemoryTransaction } from './testing/memory-transactions.js'
export { type OutboxStoreHarness, outboxStoreContract } from './testing/outbox-store-contract.js'
export { type RightsStoreHarness, rightsStoreContract } from './testing/rights-store-contract.js'

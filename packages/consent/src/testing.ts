/**
 * A memory store, the store contract and a controller key, for the tests of hosts and of other stores.
 *
 * A respondent needs no stand-in: `signConsent` of `@surveyseal/consent/browser` also runs outside a browser, with a key
 * kept nowhere.
 *
 * @module
 */

export { type ConsentStoreHarness, type ContractCase, consentStoreContract } from './testing/consent-store-contract.js'
export { createTestSigner, type TestSigner } from './testing/create-test-signer.js'
export { type MemoryTransaction, memoryConsentStore } from './testing/memory-consent-store.js'

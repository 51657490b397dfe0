/**
 * A memory store and the store contract, for the tests of hosts and of other stores.
 *
 * @module
 */

export { type ContractCase, type LedgerStoreHarness, ledgerStoreContract } from './testing/ledger-store-contract.js'
export { type MemoryTransaction, memoryLedgerStore } from './testing/memory-ledger-store.js'

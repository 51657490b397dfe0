/**
 * What a host's own tests need: a store in memory, a clock that stands still, and the contract every store passes.
 *
 * @module
 */

export type { AnswerBufferHarness } from './testing/answer-buffer-contract.js'
export { answerBufferContract } from './testing/answer-buffer-contract.js'
export type { FixedClock } from './testing/fixed-clock.js'
export { fixedClock } from './testing/fixed-clock.js'
export type { ContractCase, LinkStoreHarness } from './testing/link-store-contract.js'
export { linkStoreContract } from './testing/link-store-contract.js'
export type { LinkageStoreHarness } from './testing/linkage-store-contract.js'
export { linkageStoreContract } from './testing/linkage-store-contract.js'
export { memoryAnswerBuffer } from './testing/memory-answer-buffer.js'
export { memoryIssuanceStore } from './testing/memory-issuance-store.js'
export type { MemoryTransaction } from './testing/memory-link-store.js'
export { memoryLinkStore } from './testing/memory-link-store.js'
export { memoryLinkageStore } from './testing/memory-linkage-store.js'
export { memorySpentTokenStore } from './testing/memory-spent-token-store.js'
export type {
  DumpFile,
  DumpTable,
  DumpValue,
  LinkageAttack,
  LinkageAttackName,
  LinkageDump,
  LinkageFinding,
  LinkagePair,
  LinkageReport,
} from './testing/test-linkage.js'
export { testLinkage } from './testing/test-linkage.js'
export type { UnlinkableHarness } from './testing/unlinkable-store-contracts.js'
export { issuanceStoreContract, spentTokenStoreContract } from './testing/unlinkable-store-contracts.js'

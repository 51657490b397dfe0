/**
 * Verifying proofs offline, in any runtime: a browser, an edge worker, an auditor's machine.
 *
 * @module
 */

export { type Checkpoint, parseCheckpoint } from './checkpoint.js'
export { commitEntry, hashLeaf, type Opening } from './commit-entry.js'
export { type Erasure, verifyErasure } from './erasure.js'
export { BadEntryError, LedgerError, type LedgerErrorCode } from './errors.js'
export { type GrowthProof, parseGrowthProof, verifyGrowthProof } from './growth-proof.js'
export { type Note, type NoteSignature, parseNote } from './note.js'
export {
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
  type VerifiedInclusion,
  verifyTlogProof,
} from './tlog-proof.js'
export { parseVerifierKey, type VerifierKey, type VerifierKeyKind } from './verifier-key.js'
export {
  type Cosignature,
  type LedgerPolicy,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from './verify-checkpoint.js'
export { type ConsistencyProof, verifyConsistency } from './verify-consistency.js'
export { type InclusionProof, verifyInclusion } from './verify-inclusion.js'
export { type RangeProof, verifyRange } from './verify-range.js'

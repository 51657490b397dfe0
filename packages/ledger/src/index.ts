/**
 * A log to which entries are added and from which none is taken: the side that keeps it.
 *
 * @module
 */

export type { Checkpoint } from './checkpoint.js'
export { cosignCheckpoint } from './checkpoint.js'
export type { Opening } from './commit-entry.js'
export { createLedger } from './create-ledger.js'
export type { Erasure } from './erasure.js'
export { BadEntryError, LedgerError, type LedgerErrorCode } from './errors.js'
export { exportTiles, type TileFile } from './export-tiles.js'
export type { AppendedEntry, EntryInput, ErasedEntry, Ledger, LedgerOptions } from './ledger.js'
export type {
  CheckpointRecord,
  EntryRecord,
  LedgerGrowth,
  LedgerHead,
  LedgerReader,
  LedgerStore,
  NewEntry,
  NodeId,
  Range,
} from './ledger-store.js'
export { proveGrowth } from './prove-growth.js'
export { generateLedgerKeys, type LedgerKeys, type LedgerSigner, loadSigner } from './signer.js'
export type { VerifierKeyKind } from './verifier-key.js'
export type { Cosignature, LedgerPolicy, VerifiedCheckpoint } from './verify-checkpoint.js'
export type { ConsistencyProof } from './verify-consistency.js'
export type { InclusionProof } from './verify-inclusion.js'
export {
  type FindOpenings,
  type LedgerClaim,
  type UnprovedLedgerClaim,
  type VerifiedLedger,
  type VerifyLedgerOptions,
  verifyLedger,
} from './verify-ledger.js'
export type { RangeProof } from './verify-range.js'
export { type ReadTileFile, type VerifiedTiles, verifyTiles } from './verify-tiles.js'

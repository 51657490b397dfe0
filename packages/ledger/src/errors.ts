/**
 * What can be wrong with a log, a checkpoint or a proof.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * - `ERR_LEDGER_PROOF_MALFORMED`: not a proof for this entry and this tree: wrong number or length of hashes, wrong spelling.
 * - `ERR_LEDGER_PROOF_INVALID`: a proof of the right form that does not lead to the root.
 * - `ERR_LEDGER_INDEX_OUT_OF_RANGE`: the tree is too small to hold the entry that was asked for.
 * - `ERR_LEDGER_ROLLBACK`: the log has fewer entries than a checkpoint it once signed.
 * - `ERR_LEDGER_FORK`: the log has other entries than a checkpoint it once signed.
 * - `ERR_LEDGER_NOTE_MALFORMED`: not a signed note.
 * - `ERR_LEDGER_CHECKPOINT_MALFORMED`: a signed note whose text is not that of a checkpoint.
 * - `ERR_LEDGER_KEY_MALFORMED`: a verifier key or signer's key that is misspelled, or of another kind than was asked for.
 * - `ERR_LEDGER_KEY_UNKNOWN`: no signature of the log's key; nothing else was examined.
 * - `ERR_LEDGER_SIGNATURE_INVALID`: a signature under a known key that the key did not make over this text.
 * - `ERR_LEDGER_ORIGIN_MISMATCH`: signed by the right key, for another log.
 * - `ERR_LEDGER_WITNESSES_MISSING`: fewer witnesses cosigned than the policy demands.
 * - `ERR_LEDGER_ENTRY_MISSING`: an entry is not there.
 * - `ERR_LEDGER_ENTRY_ERASED`: the bytes and salt of an entry were erased.
 * - `ERR_LEDGER_ENTRY_MISMATCH`: the bytes and salt of an entry are not those it was committed to.
 * - `ERR_LEDGER_ERASURE_INVALID`: bytes and salt are gone and no summary signed by the log says so for this entry.
 * - `ERR_LEDGER_NODE_MISMATCH`: a stored hash of the tree is missing, or is not that of the entries below it.
 * - `ERR_LEDGER_CRYPTO_UNAVAILABLE`: the runtime's Web Crypto is missing or lacks Ed25519.
 */
export type LedgerErrorCode =
  | 'ERR_LEDGER_PROOF_MALFORMED'
  | 'ERR_LEDGER_PROOF_INVALID'
  | 'ERR_LEDGER_INDEX_OUT_OF_RANGE'
  | 'ERR_LEDGER_ROLLBACK'
  | 'ERR_LEDGER_FORK'
  | 'ERR_LEDGER_NOTE_MALFORMED'
  | 'ERR_LEDGER_CHECKPOINT_MALFORMED'
  | 'ERR_LEDGER_KEY_MALFORMED'
  | 'ERR_LEDGER_KEY_UNKNOWN'
  | 'ERR_LEDGER_SIGNATURE_INVALID'
  | 'ERR_LEDGER_ORIGIN_MISMATCH'
  | 'ERR_LEDGER_WITNESSES_MISSING'
  | 'ERR_LEDGER_ENTRY_MISSING'
  | 'ERR_LEDGER_ENTRY_ERASED'
  | 'ERR_LEDGER_ENTRY_MISMATCH'
  | 'ERR_LEDGER_ERASURE_INVALID'
  | 'ERR_LEDGER_NODE_MISMATCH'
  | 'ERR_LEDGER_CRYPTO_UNAVAILABLE'

/** A log, checkpoint or proof that was refused. Compare `code`; a walk also says which entry in {@link BadEntryError}. */
export class LedgerError extends SurveySealError<LedgerErrorCode> {}

/** The first entries of a log that do not hold; see `verifyLedger`. */
export class BadEntryError extends LedgerError {
  /** The first entry that may be the bad one. All before it are good. */
  readonly first: number
  /** The last entry that may be the bad one; equal to {@link BadEntryError.first} when the entry itself is at fault. */
  readonly last: number

  /**
   * @param code - What is wrong.
   * @param message - One sentence without untrusted content.
   * @param range - The entries it may be.
   */
  constructor(code: LedgerErrorCode, message: string, range: { readonly first: number; readonly last: number }) {
    const { first, last } = range
    super(code, `${first === last ? `entry ${first}` : `entries ${first} to ${last}`}: ${message}`)
    this.first = first
    this.last = last
  }
}

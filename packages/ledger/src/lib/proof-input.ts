/**
 * What proofs have in common: numbers and hashes from outside.
 *
 * @module
 */

import { LedgerError } from '../errors.js'
import { HASH } from './hashing.js'

/** Numbers that can count entries. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Refuses whatever is not a list of hashes of a plausible length. */
export function assertHashes(hashes: readonly unknown[]): asserts hashes is readonly Uint8Array[] {
  if (!Array.isArray(hashes)) throw malformedProof()
  // Not by `every`, which passes over the holes of an array.
  for (const hash of hashes) assertHash(hash)
}

/** Refuses what is not a hash. */
export function assertHash(hash: unknown): asserts hash is Uint8Array {
  if (!isHash(hash)) throw malformedProof()
}

export function malformedProof(): LedgerError {
  return new LedgerError('ERR_LEDGER_PROOF_MALFORMED', 'this is no proof for this entry and this tree')
}

export function invalidProof(): LedgerError {
  return new LedgerError('ERR_LEDGER_PROOF_INVALID', 'the proof does not lead to the root')
}

/** Whether a value is bytes of the length of a hash. */
export function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === HASH
}

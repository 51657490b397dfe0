/**
 * The commitment that stands for an entry in the tree.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { Committer } from './lib/committer.js'
import { leafHash } from './lib/hashing.js'

/** What a commitment is opened with. */
export interface Opening {
  /** 32 random bytes, used for nothing else. */
  readonly salt: Uint8Array
  /** The entry itself. */
  readonly bytes: Uint8Array
}

/**
 * Commits to an entry: SHA-256 of the salt's 32 bytes followed by the entry's bytes.
 *
 * The commitment is the leaf. Once the salt is gone it says nothing about the entry, not even to someone who can guess it.
 *
 * @param opening - Salt and bytes.
 * @returns 32 bytes.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * The hash of an entry as it stands in the tree.
 *
 * ```ts
 * import { commitEntry, hashLeaf } from '@surveyseal/ledger/verify'
 *
 * const salt = crypto.getRandomValues(new Uint8Array(32))
 * const commitment = commitEntry({ salt, bytes: new TextEncoder().encode('an entry') })
 * export const inTheTree = hashLeaf(commitment)
 * ```
 */
export function commitEntry(opening: Opening): Uint8Array {
  return new Committer().commit(opening)
}

/**
 * Hashes a leaf as RFC 9162 §2.1.1 says: SHA-256 of 00 and the data. The data of this package's leaves are commitments.
 *
 * @param data - Any bytes.
 * @returns 32 bytes.
 */
export function hashLeaf(data: Uint8Array): Uint8Array {
  if (!(data instanceof Uint8Array)) throw invalidArgumentType('data', 'Uint8Array', data)
  return leafHash(data)
}

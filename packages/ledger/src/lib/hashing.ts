/**
 * The hashes of an RFC 9162 tree (§2.1.1), one at a time.
 *
 * @module
 */

import { sha256Into } from '#crypto'
import { concatBytes } from './bytes.js'

/** Bytes of a hash, a salt and a commitment. */
export const HASH = 32

/** The root of a tree without entries. */
export function emptyRoot(): Uint8Array {
  return sha256()
}

/** The hash of a leaf: SHA-256(00 || data). */
export function leafHash(data: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + data.length)
  input.set(data, 1)
  return sha256(input)
}

/** The hash of an inner node: SHA-256(01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH)
  return sha256(input)
}

/** SHA-256 of the parts in a row. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  const digest = new Uint8Array(HASH)
  sha256Into(only !== undefined && parts.length === 1 ? only : concatBytes(...parts), digest, 0)
  return digest
}

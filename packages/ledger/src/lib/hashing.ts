/**
 * The hashes of an RFC 9162 tree (§2.1.1), one at a time.
 *
 * @module
 */

import { allocate, sha256Into } from '#crypto'

/** Bytes of a hash, a salt and a commitment. */
export const HASH = 32

/** The root of a tree without entries. */
export function emptyRoot(): Uint8Array {
  return sha256(allocate(0))
}

/** The hash of a leaf: SHA-256(00 || data). */
export function leafHash(data: Uint8Array): Uint8Array {
  const input = allocate(1 + data.length)
  input.set(data, 1)
  return sha256(input)
}

/** The hash of an inner node: SHA-256(01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = allocate(1 + 2 * HASH)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH)
  return sha256(input)
}

/** SHA-256 of the parts in a row. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [first = allocate(0), ...others] = parts
  const digest = new Uint8Array(HASH)
  sha256Into(others.length === 0 ? first : joined(parts), digest, 0)
  return digest
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const input = allocate(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    input.set(part, at)
    at += part.length
  }
  return input
}

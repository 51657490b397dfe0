/**
 * Sets of words as Bloom filters, so that a dictionary of 65,000 words costs 64 kB.
 *
 * @module
 */

import { hashWord } from './word-hash.js'

/** How many bits one word sets. */
const PROBES = 5

/** A set of words that never denies a member and now and then (at most 1 in 40) claims a stranger; asked by {@link hashWord}. */
export type WordFilter = (hash: number) => boolean

/**
 * Opens a filter written by `packages/core/tools/make-word-filters.js`.
 *
 * @param base64 - The bits, a power of two of them.
 * @returns Whether the lower-case word of a hash is in the set.
 */
export function openWordFilter(base64: string): WordFilter {
  const bits = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const mask = bits.length * 8 - 1
  return (hash) => {
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    const step = (mixed ^ (mixed >>> 13)) | 1
    for (let probe = 0, at = hash; probe < PROBES; probe++, at = (at + step) | 0) {
      const bit = at & mask
      if ((((bits[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 0) return false
    }
    return true
  }
}

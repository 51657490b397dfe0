/**
 * Sets of words as Bloom filters, so that a dictionary of 65,000 words costs 64 kB.
 *
 * @module
 */

/** How many bits one word sets. */
const PROBES = 5

/** A set of words that never denies a member and now and then (at most 1 in 40) claims a stranger. */
export type WordFilter = (word: string) => boolean

/**
 * Opens a filter written by `packages/core/tools/make-word-filters.js`.
 *
 * @param base64 - The bits, a power of two of them.
 * @returns Whether a lower-case word is in the set.
 */
export function openWordFilter(base64: string): WordFilter {
  const bits = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const mask = bits.length * 8 - 1
  return (word) => {
    const { start, step } = hashWord(word)
    for (let probe = 0, at = start; probe < PROBES; probe++, at = (at + step) | 0) {
      const bit = at & mask
      if ((((bits[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 0) return false
    }
    return true
  }
}

/** FNV-1a over UTF-16 units, and a second, odd value from its mixed bits for double hashing. */
function hashWord(word: string): { start: number; step: number } {
  let hash = 0x811c9dc5
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return { start: hash, step: (mixed ^ (mixed >>> 13)) | 1 }
}

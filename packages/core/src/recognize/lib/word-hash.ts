/**
 * Words as numbers, so that a word inside a text is looked up without being cut out.
 *
 * @module
 */

/** The hash of no unit. */
export const NO_HASH = 0x811c9dc5

/** FNV-1a over UTF-16 units, one more of them. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

/** The hash of a word. */
export function hashWord(word: string): number {
  let hash = NO_HASH
  for (let index = 0; index < word.length; index++) hash = hashUnit(hash, word.charCodeAt(index))
  return hash
}

/**
 * A table from the hashes of words to small numbers above zero. Two words of one hash are one in four thousand million.
 *
 * @param entries - Words and their numbers; a later one replaces an earlier.
 * @returns The number of a hash, 0 for a stranger's.
 */
export function openWordTable(entries: Iterable<readonly [string, number]>): (hash: number) => number {
  const words = new Map(entries)
  const mask = 2 ** Math.ceil(Math.log2(4 * words.size)) - 1
  const hashes = new Int32Array(mask + 1)
  const numbers = new Uint8Array(mask + 1)
  for (const [word, number] of words) {
    const hash = hashWord(word) | 0
    let at = hash & mask
    while (numbers[at] !== 0) at = (at + 1) & mask
    hashes[at] = hash
    numbers[at] = number
  }
  return (hash) => {
    for (let at = hash & mask; numbers[at] !== 0; at = (at + 1) & mask)
      if (hashes[at] === (hash | 0)) return numbers[at] ?? 0
    return 0
  }
}

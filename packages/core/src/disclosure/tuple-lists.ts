/**
 * Lists of equally many tuples that may pair off.
 *
 * @module
 */

import { canPair } from './pairing.js'
import { SUPPRESSED } from './row.js'
import type { TupleTable } from './tuple-table.js'

/** Which tuples of a list go with one of another is the bits of a number, as long as there are so few. */
const BITS = 31

/** The tuples of all lists next to each other, several codes to a word, for millions of pairs of lists are asked about. */
export class TupleLists {
  /** For each tuple as many values as it has words, each followed by the mask of what is not suppressed in it. */
  readonly #words: Uint32Array
  /** How many of these each tuple has. */
  readonly #width: number
  /** How many tuples each list has. */
  readonly #length: number
  /** For each tuple of the left, those of the right it is compatible with. */
  readonly #compatible = new Int32Array(BITS)
  /** For each tuple of the right the one of the left it is paired with, plus 1. */
  readonly #partners = new Uint8Array(BITS)
  /** The tuples of the right met while one of the left looks for a partner. */
  #met = 0

  constructor(table: TupleTable, lists: readonly Uint32Array[]) {
    const fields = fieldsOf(table)
    this.#width = 2 * fields.reduce((words, { word }) => Math.max(words, word + 1), 0)
    this.#length = lists[0]?.length ?? 0
    this.#words = new Uint32Array(lists.length * this.#length * this.#width)
    let next = 0
    for (const list of lists) {
      for (const tuple of list) {
        this.#pack(table, tuple, { fields, at: next })
        next += this.#width
      }
    }
  }

  /** Whether every tuple of one list can be paired with a compatible one of the other, none used twice. */
  canPair(one: number, another: number): boolean {
    const [left, right] = [one * this.#length, another * this.#length]
    if (this.#length > BITS) return this.#canPairMany(left, right)
    for (let at = 0; at < this.#length; at++) {
      const compatible = this.#compatibleWith(left + at, right)
      if (compatible === 0) return false
      this.#compatible[at] = compatible
    }
    this.#partners.fill(0, 0, this.#length)
    for (let at = 0; at < this.#length; at++) {
      this.#met = 0
      if (!this.#findPartner(at)) return false
    }
    return true
  }

  /** Kuhn's algorithm: whoever has the partner looks for another one. */
  #findPartner(at: number): boolean {
    for (let left = this.#free(at); left !== 0; left = this.#free(at)) {
      const bit = left & -left
      const right = 31 - Math.clz32(bit)
      this.#met |= bit
      const rival = this.#partners[right] as number
      if (rival !== 0 && !this.#findPartner(rival - 1)) continue
      this.#partners[right] = at + 1
      return true
    }
    return false
  }

  /** Compatible ones not met yet. */
  #free(at: number): number {
    return (this.#compatible[at] as number) & ~this.#met
  }

  #compatibleWith(tuple: number, right: number): number {
    let bits = 0
    for (let at = 0; at < this.#length; at++) if (this.#areCompatible(tuple, right + at)) bits |= 1 << at
    return bits
  }

  #areCompatible(one: number, another: number): boolean {
    const words = this.#words
    const end = (one + 1) * this.#width
    for (let left = one * this.#width, right = another * this.#width; left < end; left += 2, right += 2) {
      const different = (words[left] as number) ^ (words[right] as number)
      if ((different & (words[left + 1] as number) & (words[right + 1] as number)) !== 0) return false
    }
    return true
  }

  #pack({ codes, width }: TupleTable, tuple: number, { fields, at }: { fields: readonly Field[]; at: number }): void {
    fields.forEach(({ word, shift, mask }, column) => {
      const code = codes[tuple * width + column] as number
      if (code === SUPPRESSED) return
      const [value, visible] = [at + 2 * word, at + 2 * word + 1]
      this.#words[value] = (this.#words[value] as number) | (code << shift)
      this.#words[visible] = (this.#words[visible] as number) | (mask << shift)
    })
  }

  #canPairMany(left: number, right: number): boolean {
    const numbers = (from: number) => Uint32Array.from({ length: this.#length }, (_, at) => from + at)
    return canPair(numbers(left), numbers(right), (one, another) => this.#areCompatible(one, another))
  }
}

/** Where the codes of a column are: so many bits of a word. */
interface Field {
  readonly word: number
  readonly shift: number
  readonly mask: number
}

/** Columns share a word as long as their codes fit; none has more than 2^24. */
function fieldsOf({ codes, width, size }: TupleTable): Field[] {
  const most = new Uint32Array(width)
  for (let at = 0; at < size * width; at++) {
    most[at % width] = Math.max(most[at % width] as number, codes[at] as number)
  }
  let [word, used] = [0, 0]
  return Array.from(most, (code) => {
    const bits = 32 - Math.clz32(code)
    if (used + bits > 32) [word, used] = [word + 1, 0]
    const field = { word, shift: used, mask: 2 ** bits - 1 }
    used += bits
    return field
  })
}

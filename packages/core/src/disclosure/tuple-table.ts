/**
 * Numbering fixed-length tuples of small integers.
 *
 * @module
 */

import { grown } from './counters.js'

/**
 * A set of tuples of one length, numbered from 0 in order of appearance.
 *
 * Open addressing over typed arrays: a slot holds 0 or a tuple's number plus 1. Slots are made when they are first needed.
 */
export class TupleTable {
  readonly width: number
  size = 0
  /** The tuples end to end: number n starts at n * width. */
  codes: Uint32Array
  #slots: Uint32Array = new Uint32Array(64)
  /** How many tuples have a slot. */
  #slotted = 0

  constructor(width: number) {
    this.width = width
    this.codes = new Uint32Array(32 * width)
  }

  /** The number of a tuple, which is added when it is new. */
  intern(tuple: Uint32Array): number {
    const slot = this.#slotOf(tuple)
    const found = this.#slots[slot] as number
    if (found !== 0) return found - 1
    const id = this.append(tuple)
    this.#slots[slot] = this.size
    this.#slotted = this.size
    return id
  }

  /** The number of a tuple, or -1 when there is no such tuple. */
  find(tuple: Uint32Array): number {
    return (this.#slots[this.#slotOf(tuple)] as number) - 1
  }

  /** Adds a tuple that the caller knows to be new. */
  append(tuple: Uint32Array): number {
    const id = this.size++
    const { width } = this
    if (this.size * width > this.codes.length) this.codes = grown(this.codes, this.size * width)
    for (let at = 0; at < width; at++) this.codes[id * width + at] = tuple[at] as number
    return id
  }

  /** Whether a tuple, or any tuple at all, has this code. */
  includes(code: number, tuple?: number): boolean {
    const { width, size } = this
    const [from, to] = tuple === undefined ? [0, size] : [tuple, tuple + 1]
    return this.codes.subarray(from * width, to * width).includes(code)
  }

  /** The slot that holds the tuple, or the free one where it belongs. */
  #slotOf(tuple: Uint32Array): number {
    if (this.#slotted < this.size || this.size * 2 >= this.#slots.length) this.#rehash()
    const { width, codes } = this
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash(tuple, 0, width) & mask
    for (let entry = slots[slot] as number; entry !== 0; entry = slots[slot] as number) {
      const other = (entry - 1) * width
      let at = 0
      while (at < width && codes[other + at] === tuple[at]) at++
      if (at === width) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #rehash(): void {
    let length = this.#slots.length
    while (length <= this.size * 2) length *= 4
    const slots = new Uint32Array(length)
    const mask = length - 1
    for (let id = 0; id < this.size; id++) {
      let slot = hash(this.codes, id * this.width, this.width) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    }
    this.#slots = slots
    this.#slotted = this.size
  }
}

/** Multiplicative mixing; 0x9e3779b1 is the odd number nearest to 2^32 divided by the golden ratio. */
function hash(codes: Uint32Array, from: number, width: number): number {
  let mixed = 0
  for (let at = 0; at < width; at++) {
    mixed = Math.imul(mixed ^ (codes[from + at] as number), 0x9e3779b1)
    mixed ^= mixed >>> 15
  }
  return mixed
}

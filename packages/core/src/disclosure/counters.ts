/**
 * Lists of counts that grow.
 *
 * @module
 */

/** Unsigned 32-bit numbers by position; a position never set is 0. */
export class Counters {
  #values: Uint32Array = new Uint32Array(64)

  set(at: number, value: number): void {
    if (at >= this.#values.length) this.#values = grown(this.#values, at + 1)
    this.#values[at] = value
  }

  /** Increments at each of these positions, all below `length`. */
  count(positions: Uint32Array, length: number): void {
    if (length > this.#values.length) this.#values = grown(this.#values, length)
    const values = this.#values
    for (let at = 0; at < positions.length; at++) {
      const position = positions[at] as number
      values[position] = (values[position] as number) + 1
    }
  }

  /** Sets what follows `at`. */
  setAll(at: number, values: Uint32Array): void {
    if (at + values.length > this.#values.length) this.#values = grown(this.#values, at + values.length)
    this.#values.set(values, at)
  }

  /** The first `length` numbers: a view, good until the next change. */
  upTo(length: number): Uint32Array {
    return this.#values.subarray(0, length)
  }
}

/** A copy with room for `length` entries at least, and twice as long at least, so that growing stays linear overall. */
export function grown(array: Uint32Array, length: number): Uint32Array {
  const copy = new Uint32Array(Math.max(length, array.length * 2))
  copy.set(array)
  return copy
}

/**
 * Numbering many tuples at once.
 *
 * @module
 */

import { Places } from './places.js'
import { TupleTable } from './tuple-table.js'

/**
 * A {@link TupleTable} that is filled by columns of codes: a tuple's number is looked up at its {@link Places | place} as long as
 * there are few, and by its hash from then on.
 */
export class TupleNumbers {
  readonly table: TupleTable
  #places: Places
  /** For each place 0, or the tuple's number plus 1; `null` when tuples are hashed. */
  #numberOfPlace: Uint32Array | null = new Uint32Array(1)
  #rows = 0
  #expected = 0
  readonly #tuple: Uint32Array

  constructor(width: number) {
    this.table = new TupleTable(width)
    this.#places = new Places(Array.from({ length: width }, () => 1))
    this.#tuple = new Uint32Array(width)
  }

  /** Tells that so many rows follow. */
  expect(rows: number): void {
    this.#expected = this.#rows + rows
  }

  /**
   * Numbers rows.
   *
   * @param columns - For each column the codes, one a row.
   * @param options - How many rows, how many codes each column has so far, and where the numbers go.
   */
  number(
    columns: readonly Uint32Array[],
    { count, sizes, numbers }: { count: number; sizes: readonly number[]; numbers: Uint32Array },
  ): void {
    this.#rows += count
    if (this.#numberOfPlace !== null && !this.#places.fits(sizes)) this.#widen(sizes)
    if (this.#numberOfPlace === null) {
      for (let row = 0; row < count; row++) numbers[row] = this.table.intern(this.#tupleAt(columns, row))
    } else this.#place(this.#numberOfPlace, columns, { count, numbers })
  }

  #place(
    numberOfPlace: Uint32Array,
    columns: readonly Uint32Array[],
    { count, numbers }: { count: number; numbers: Uint32Array },
  ): void {
    this.#places.of(columns, count, numbers)
    for (let row = 0; row < count; row++) {
      const place = numbers[row] as number
      const known = numberOfPlace[place] as number
      if (known !== 0) numbers[row] = known - 1
      else {
        numbers[row] = this.table.append(this.#tupleAt(columns, row))
        numberOfPlace[place] = this.table.size
      }
    }
  }

  #tupleAt(columns: readonly Uint32Array[], row: number): Uint32Array {
    const tuple = this.#tuple
    for (let at = 0; at < tuple.length; at++) tuple[at] = (columns[at] as Uint32Array)[row] as number
    return tuple
  }

  #widen(sizes: readonly number[]): void {
    const places = this.#places.widened(sizes, Math.max(this.#rows, this.#expected))
    if (places === null) this.#numberOfPlace = null
    else {
      const { codes, size, width } = this.table
      this.#places = places
      this.#numberOfPlace = new Uint32Array(places.size)
      for (let number = 0; number < size; number++) {
        const place = places.place(codes.subarray(number * width, (number + 1) * width))
        this.#numberOfPlace[place] = number + 1
      }
    }
  }
}

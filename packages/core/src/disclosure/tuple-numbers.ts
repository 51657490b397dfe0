/**
 * Numbering many tuples at once.
 *
 * @module
 */

import { TupleTable } from './tuple-table.js'

/** Cells may be this many times as many as the rows, so that a table of few rows stays small. */
const CELLS_A_ROW = 16
/** 8 MB. */
const FEWEST_CELLS = 2 ** 21
/** 128 MB. */
const MOST_CELLS = 2 ** 25

/**
 * A {@link TupleTable} that is filled by columns of codes.
 *
 * While the columns' sizes multiply to little, a tuple's place in a plain table is computed, not searched: the codes are the
 * digits of a number whose every digit has a base of its own. Beyond that, tuples are hashed.
 */
export class TupleNumbers {
  readonly table: TupleTable
  #bases: number[]
  /** For each place 0, or the tuple's number plus 1; `null` when tuples are hashed. */
  #cells: Uint32Array | null = new Uint32Array(1)
  #rows = 0
  #expected = 0
  readonly #tuple: Uint32Array

  constructor(width: number) {
    this.table = new TupleTable(width)
    this.#bases = Array.from({ length: width }, () => 1)
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
    if (this.#cells !== null && sizes.some((size, at) => size > (this.#bases[at] as number))) this.#widen(sizes)
    if (this.#cells === null) this.#hash(columns, count, numbers)
    else this.#place(this.#cells, columns, { count, numbers })
  }

  #place(
    cells: Uint32Array,
    columns: readonly Uint32Array[],
    { count, numbers }: { count: number; numbers: Uint32Array },
  ): void {
    numbers.fill(0, 0, count)
    columns.forEach((codes, column) => {
      const base = this.#bases[column] as number
      for (let row = 0; row < count; row++) numbers[row] = (numbers[row] as number) * base + (codes[row] as number)
    })
    for (let row = 0; row < count; row++) {
      const cell = numbers[row] as number
      const known = cells[cell] as number
      if (known !== 0) numbers[row] = known - 1
      else {
        numbers[row] = this.table.append(this.#tupleAt(columns, row))
        cells[cell] = this.table.size
      }
    }
  }

  #hash(columns: readonly Uint32Array[], count: number, numbers: Uint32Array): void {
    for (let row = 0; row < count; row++) numbers[row] = this.table.intern(this.#tupleAt(columns, row))
  }

  #tupleAt(columns: readonly Uint32Array[], row: number): Uint32Array {
    const tuple = this.#tuple
    for (let at = 0; at < tuple.length; at++) tuple[at] = (columns[at] as Uint32Array)[row] as number
    return tuple
  }

  /** Makes room for more codes, with some to spare from the second time on, or gives up on computed places. */
  #widen(sizes: readonly number[]): void {
    const spare = this.table.size === 0 ? 1 : 1.5
    const bases = sizes.map((size, at) => {
      const base = this.#bases[at] as number
      return size > base ? Math.ceil(size * spare) : base
    })
    const cells = bases.reduce((product, base) => product * base, 1)
    const most = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, CELLS_A_ROW * Math.max(this.#rows, this.#expected)))
    this.#bases = bases
    this.#cells = cells > most ? null : this.#placed(new Uint32Array(cells))
  }

  #placed(cells: Uint32Array): Uint32Array {
    const { codes, size, width } = this.table
    for (let number = 0; number < size; number++) {
      let cell = 0
      for (let at = 0; at < width; at++)
        cell = cell * (this.#bases[at] as number) + (codes[number * width + at] as number)
      cells[cell] = number + 1
    }
    return cells
  }
}

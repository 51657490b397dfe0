/**
 * Rows as columns of codes, some thousands at a time.
 *
 * @module
 */

import { invalidArgumentType } from '../errors.js'
import type { Column } from './column.js'
import { encodeRows } from './encode-rows.js'
import type { Row } from './row.js'

/** Rows that are encoded and not handed on yet. */
export class RowBlock {
  readonly columns: readonly Column[]
  /** For each column the codes of the rows. */
  readonly codes: readonly Uint32Array[]
  readonly capacity: number
  count = 0
  /** Whether every object has something under the name of a column, as it has under `constructor`. */
  readonly #inherited: boolean

  constructor(columns: readonly Column[], capacity: number) {
    this.columns = columns
    this.#inherited = columns.some(({ inherited }) => inherited)
    this.capacity = capacity
    this.codes = columns.map(() => new Uint32Array(capacity))
  }

  /** Encodes one row; one that is refused is not counted. */
  add(row: Row): void {
    const plain = isPlain(row)
    for (let at = 0; at < this.columns.length; at++) {
      ;(this.codes[at] as Uint32Array)[this.count] = (this.columns[at] as Column).encode(row, plain)
    }
    this.count++
  }

  /** Encodes rows of an array, as many as there is room for, and tells how many; the block must be empty. */
  fill(rows: readonly Row[], from: number): number {
    const to = Math.min(rows.length, from + this.capacity)
    let plain = true
    for (let at = from; at < to; at++) plain = isPlain(rows[at] as Row) && plain
    if (plain && !this.#inherited) {
      encodeRows(this.columns, this.codes, { rows, from, to })
      this.count = to - from
    } else for (let at = from; at < to; at++) this.add(rows[at] as Row)
    return to - from
  }
}

function isPlain(row: Row): boolean {
  if (typeof row !== 'object' || row === null) throw invalidArgumentType('row', 'an object', row)
  const prototype = Object.getPrototypeOf(row)
  return prototype === Object.prototype || prototype === null
}

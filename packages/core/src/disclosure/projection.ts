/**
 * Tuples seen through some of their columns.
 *
 * @module
 */

import { TupleTable } from './tuple-table.js'

/** Numbers the tuples of a table by what they are in some columns only. */
export class Projection {
  readonly #source: TupleTable
  readonly #columns: readonly number[]
  readonly #table: TupleTable
  readonly #projected: Uint32Array

  constructor(source: TupleTable, columns: readonly number[]) {
    this.#source = source
    this.#columns = columns
    this.#table = new TupleTable(columns.length)
    this.#projected = new Uint32Array(columns.length)
  }

  intern(tuple: number): number {
    return this.#table.intern(this.#project(tuple))
  }

  /** As {@link Projection.intern}, but -1 for what was never interned. */
  find(tuple: number): number {
    return this.#table.find(this.#project(tuple))
  }

  #project(tuple: number): Uint32Array {
    const { codes, width } = this.#source
    for (let at = 0; at < this.#columns.length; at++) {
      this.#projected[at] = codes[tuple * width + (this.#columns[at] as number)] as number
    }
    return this.#projected
  }
}

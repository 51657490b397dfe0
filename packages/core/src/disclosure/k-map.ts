/**
 * How many persons of a population somebody may be.
 *
 * @module
 */

import { invalidArgumentType } from '../errors.js'
import type { Column } from './column.js'
import { Counters } from './counters.js'
import type { Histories } from './histories.js'
import { tuplesOf } from './histories.js'
import type { Row, SuppressedSemantics } from './row.js'
import { TupleTable } from './tuple-table.js'
import { countCompatible } from './wildcard-join.js'

/** The rows of a population, counted. */
export class Reference {
  readonly #columns: readonly Column[]
  readonly #table: TupleTable
  readonly #counts = new Counters()
  /** The columns that no row of the population has had so far. */
  readonly missing: Set<Column>
  rows = 0

  constructor(columns: readonly Column[]) {
    this.#columns = columns
    this.#table = new TupleTable(columns.length)
    this.missing = new Set(columns)
  }

  add(row: Row): void {
    if (typeof row !== 'object' || row === null) throw invalidArgumentType('row', 'an object', row)
    const number = this.#table.intern(Uint32Array.from(this.#columns, (column) => this.#codeOf(row, column)))
    this.#counts.count(Uint32Array.of(number), this.#table.size)
    this.rows++
  }

  /**
   * For each history, how many persons of the population have the same values; those of the row that fewest have, if there are
   * several rows.
   */
  candidates(histories: Histories, suppressed: SuppressedSemantics): Uint32Array {
    const { table } = histories
    const counts = suppressed === 'class' ? this.#equal(table) : this.#compatible(table)
    return Uint32Array.from({ length: histories.size }, (_, history) =>
      tuplesOf(histories, history).reduce((least, tuple) => Math.min(least, counts[tuple] as number), 2 ** 32 - 1),
    )
  }

  /** That the population has a column does not mean that the rows measured do. */
  #codeOf(row: Row, column: Column): number {
    if (!Object.hasOwn(row, column.name)) return column.codeOf(undefined)
    this.missing.delete(column)
    return column.codeOf(row[column.name])
  }

  #equal(table: TupleTable): Uint32Array {
    const counts = this.#counts.upTo(this.#table.size)
    return Uint32Array.from({ length: table.size }, (_, tuple) => {
      const found = this.#table.find(tupleAt(table, tuple))
      return found === -1 ? 0 : (counts[found] as number)
    })
  }

  /** The population's tuples and the others in one table, in which only the former weigh. */
  #compatible(table: TupleTable): Uint32Array {
    const both = new TupleTable(table.width)
    const numbers = Uint32Array.from({ length: table.size }, (_, tuple) => both.intern(tupleAt(table, tuple)))
    const own = Array.from({ length: this.#table.size }, (_, tuple) => both.intern(tupleAt(this.#table, tuple)))
    const weights = new Uint32Array(both.size)
    own.forEach((number, tuple) => {
      weights[number] = this.#counts.upTo(this.#table.size)[tuple] as number
    })
    const counts = countCompatible(both, Uint32Array.from(weights.keys()), weights)
    return numbers.map((number) => counts[number] as number)
  }
}

function tupleAt({ codes, width }: TupleTable, tuple: number): Uint32Array {
  return codes.subarray(tuple * width, (tuple + 1) * width)
}

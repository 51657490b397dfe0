/**
 * How many persons of a population somebody may be.
 *
 * @module
 */

import { Counters } from './counters.js'
import type { Histories } from './histories.js'
import { tuplesOf } from './histories.js'
import type { SuppressedSemantics } from './row.js'
import { TupleTable } from './tuple-table.js'
import { countCompatible } from './wildcard-join.js'

/** The rows of a population, counted. */
export class Reference {
  readonly #table: TupleTable
  readonly #counts = new Counters()
  rows = 0

  constructor(width: number) {
    this.#table = new TupleTable(width)
  }

  add(tuple: Uint32Array): void {
    const number = this.#table.intern(tuple)
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

/**
 * What comes of generalising columns.
 *
 * @module
 */

import { Counters } from '../counters.js'
import { historiesOfPersons, historiesOfRows } from '../histories.js'
import { TupleTable } from '../tuple-table.js'
import type { RawColumn, Rung } from './recoding.js'

/** Rows as codes of raw values. */
export interface RawData {
  readonly columns: readonly RawColumn[]
  readonly table: TupleTable
  readonly tupleOfRow: Uint32Array
  /** `null` where every row is a person. */
  readonly personOfRow: Uint32Array | null
}

/** Which rung each column stands on. */
export type State = readonly number[]

/** How persons fare in a state. */
export interface Outcome {
  readonly k: number
  /** Persons like fewer than the `k` asked for. */
  readonly below: number
}

/** Every way to generalise the columns of some rows, and what comes of each, which is worked out once. */
export class Outcomes {
  readonly ladders: readonly (readonly Rung[])[]
  /** How many tuples or rows were recoded so far. */
  recoded = 0
  readonly #data: RawData
  readonly #k: number
  readonly #rowsOfTuple: Uint32Array
  readonly #known = new Map<string, Outcome>()

  constructor(data: RawData, ladders: readonly (readonly Rung[])[], k: number) {
    this.#data = data
    this.ladders = ladders
    this.#k = k
    const counts = new Counters()
    counts.count(data.tupleOfRow, data.table.size)
    this.#rowsOfTuple = counts.upTo(data.table.size)
  }

  rung(column: number, state: State): Rung {
    return this.ladders[column]?.[state[column] as number] as Rung
  }

  loss(state: State): number {
    return state.reduce((sum, _, column) => sum + this.rung(column, state).loss, 0) / state.length
  }

  of(state: State): Outcome {
    const key = state.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const { tupleOfRow, personOfRow, table } = this.#data
    this.recoded += personOfRow === null ? table.size : tupleOfRow.length
    const persons = this.#personsAlike(state)
    const outcome = {
      k: persons.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY),
      below: persons.reduce((sum, count) => (count < this.#k ? sum + count : sum), 0),
    }
    this.#known.set(key, outcome)
    return outcome
  }

  /** How many persons are in each class. */
  #personsAlike(state: State): Uint32Array {
    const { table, tupleOfRow, personOfRow } = this.#data
    const recoded = new TupleTable(table.width)
    const codes = state.map((_, column) => this.rung(column, state).codes)
    const tuple = new Uint32Array(table.width)
    const numbers = Uint32Array.from({ length: table.size }, (_, number) => {
      for (let at = 0; at < table.width; at++) {
        tuple[at] = (codes[at] as Uint32Array)[table.codes[number * table.width + at] as number] as number
      }
      return recoded.intern(tuple)
    })
    if (personOfRow === null) {
      return historiesOfRows(recoded, this.#rowsOf(numbers, recoded.size), tupleOfRow.length).persons
    }
    const tuples = tupleOfRow.map((number) => numbers[number] as number)
    return historiesOfPersons(recoded, tuples, personOfRow).histories.persons
  }

  #rowsOf(numbers: Uint32Array, size: number): Uint32Array {
    const rows = new Uint32Array(size)
    numbers.forEach((number, at) => {
      rows[number] = (rows[number] as number) + (this.#rowsOfTuple[at] as number)
    })
    return rows
  }
}

/**
 * What is known of each person: the sorted multiset of the tuples of their rows.
 *
 * @module
 */

import { SequenceTable } from './sequence-table.js'
import type { TupleTable } from './tuple-table.js'

/** The distinct histories, each with the number of persons who have it. */
export interface Histories {
  /** How many distinct ones there are. */
  readonly size: number
  /** How many persons there are in all. */
  readonly total: number
  /** For each history, how many persons have it. */
  readonly persons: Uint32Array
  /** The tuples of history h, by their number in the table and ascending, from `starts[h]` up to `ends[h]`. */
  readonly tuples: Uint32Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** The table the tuples are numbered by. */
  readonly table: TupleTable
}

/** The histories of persons, and which is whose. */
export interface PersonHistories {
  readonly histories: Histories
  readonly historyOfPerson: Uint32Array
}

/** The tuples of one history. */
export function tuplesOf({ tuples, starts, ends }: Histories, history: number): Uint32Array {
  return tuples.subarray(starts[history], ends[history])
}

/**
 * Every row is a person of its own: a history is one tuple.
 *
 * @param table - The distinct tuples.
 * @param rows - For each tuple, how many rows have it.
 */
export function historiesOfRows(table: TupleTable, rows: Uint32Array, total: number): Histories {
  const upTo = new Uint32Array(table.size + 1)
  for (let tuple = 0; tuple < upTo.length; tuple++) upTo[tuple] = tuple
  const tuples = upTo.subarray(0, -1)
  return { size: table.size, total, persons: rows, tuples, starts: tuples, ends: upTo.subarray(1), table }
}

/**
 * Rows belong to persons: a history is all tuples of one person.
 *
 * @param table - The distinct tuples.
 * @param tupleOfRow - For each row, the number of its tuple.
 * @param personOfRow - For each row, the number of its person, from 0 without gaps.
 */
export function historiesOfPersons(
  table: TupleTable,
  tupleOfRow: Uint32Array,
  personOfRow: Uint32Array,
): PersonHistories {
  const { starts, tuples } = groupByPerson(tupleOfRow, personOfRow)
  const total = starts.length - 1
  const sequences = new SequenceTable()
  const sequenceOf = new Uint32Array(total)
  for (let person = 0; person < total; person++) {
    sequenceOf[person] = sequences.intern(tuples.subarray(starts[person], starts[person + 1]).sort())
  }
  const persons: number[] = []
  const firstPersons: number[] = []
  const historyOf = new Map<number, number>()
  const historyOfPerson = new Uint32Array(total)
  for (let person = 0; person < total; person++) {
    const sequence = sequenceOf[person] as number
    const history = historyOf.get(sequence) ?? firstPersons.push(person) - 1
    historyOf.set(sequence, history)
    historyOfPerson[person] = history
    persons[history] = (persons[history] ?? 0) + 1
  }
  const histories = {
    size: persons.length,
    total,
    persons: Uint32Array.from(persons),
    tuples,
    starts: Uint32Array.from(firstPersons, (person) => starts[person] as number),
    ends: Uint32Array.from(firstPersons, (person) => starts[person + 1] as number),
    table,
  }
  return { histories, historyOfPerson }
}

/** Counting sort: the tuples, or other codes, of person p end up in `tuples` from `starts[p]` up to `starts[p + 1]`. */
export function groupByPerson(
  tupleOfRow: Uint32Array,
  personOfRow: Uint32Array,
): { starts: Uint32Array; tuples: Uint32Array } {
  const persons = personOfRow.reduce((most, person) => Math.max(most, person + 1), 0)
  const starts = new Uint32Array(persons + 1)
  for (const person of personOfRow) starts[person + 1] = (starts[person + 1] as number) + 1
  for (let person = 0; person < persons; person++) {
    starts[person + 1] = (starts[person + 1] as number) + (starts[person] as number)
  }
  const next = starts.slice()
  const tuples = new Uint32Array(tupleOfRow.length)
  for (let row = 0; row < tupleOfRow.length; row++) {
    const person = personOfRow[row] as number
    const at = next[person] as number
    tuples[at] = tupleOfRow[row] as number
    next[person] = at + 1
  }
  return { starts, tuples }
}

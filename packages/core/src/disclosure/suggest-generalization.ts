/**
 * What to generalise so that nobody stands out.
 *
 * @module
 */

import type { Rule } from '../anonymize/techniques.js'
import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { Counters } from './counters.js'
import { DisclosureError } from './errors.js'
import { historiesOfPersons, historiesOfRows } from './histories.js'
import { assertRows, validatedOptions } from './options.js'
import type { Row } from './row.js'
import { SUPPRESSED } from './row.js'
import type { Rung } from './suggest/recoding.js'
import { RawColumn } from './suggest/recoding.js'
import { TupleTable } from './tuple-table.js'
import { textOf } from './value-text.js'

/** What to reach, and at what cost. */
export interface SuggestionOptions {
  /** The columns an attacker is assumed to know. */
  readonly quasiIdentifiers: readonly string[]
  /** How many persons anyone shall be like, themselves included. A suppressed value is taken for one of its own. */
  readonly k: number
  /** The column that says whose row it is; see `DisclosureOptions`. */
  readonly person?: string | undefined
  /**
   * The most information that may be lost: the mean over the columns of the share of entropy that generalization takes away.
   *
   * @defaultValue 1: all of it
   */
  readonly maxLoss?: number | undefined
  /**
   * Rules to choose from for a column, from precise to coarse, such as `region` with its groups. Masking the column is always
   * the last choice.
   *
   * @defaultValue limits, steps and intervals for numbers, periods for dates, the beginning for texts
   */
  readonly rules?: ReadonlyMap<string, readonly Rule[]> | undefined
  /** As in `DisclosureOptions`. */
  readonly suppressedValues?: readonly string[] | undefined
}

/** One column to change. */
export interface SuggestedRule {
  readonly column: string
  /** A rule of an anonymization policy. */
  readonly rule: Rule
  /** The share of the column's information that is lost, 0 to 1. */
  readonly loss: number
}

/** What to change, and what comes of it. */
export interface Suggestion {
  /** Whether `k` is reached within the bound. */
  readonly reached: boolean
  /** What is reached. */
  readonly k: number
  /** How many persons are like fewer than the `k` asked for. */
  readonly personsBelow: number
  readonly loss: number
  /** Columns that are not named stay as they are. */
  readonly rules: readonly SuggestedRule[]
}

/**
 * Suggests which columns to generalise, and how far, so that everybody is like at least `k` persons.
 *
 * A greedy search: of all single changes that keep within the bound it takes the one that helps most persons for the information
 * it loses, until `k` is reached; then it takes back what turns out not to be needed. It finds a good answer, not always the
 * best. Applying the rules to the rows gives the figures told here.
 *
 * @example
 * Ages in steps of ten or twenty.
 *
 * ```ts
 * import { suggestGeneralization } from '@surveyseal/core/disclosure'
 *
 * const rows = Array.from({ length: 100 }, (_, at) => ({ age: 20 + (at % 50), plan: at % 2 ? 'basic' : 'plus' }))
 * const { reached, rules } = suggestGeneralization(rows, { quasiIdentifiers: ['age', 'plan'], k: 5 })
 * console.log(reached, rules.map(({ column }) => column)) // true [ 'age' ]
 * ```
 *
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_COLUMN_MISSING`, `ERR_DISCLOSURE_PERSON_MISSING`,
 * `ERR_DISCLOSURE_VALUE_INVALID`
 */
export function suggestGeneralization(rows: Iterable<Row>, options: SuggestionOptions): Suggestion {
  assertRows('rows', rows)
  const { quasiIdentifiers, person, suppressedValues } = validatedOptions(options)
  const { k, maxLoss = 1, rules } = options
  if (!Number.isSafeInteger(k) || k < 2) throw invalidArgumentValue('options.k', 'an integer from 2')
  if (typeof maxLoss !== 'number' || !(maxLoss >= 0)) throw invalidArgumentValue('options.maxLoss', 'a number from 0')
  const suppressed = new Set(suppressedValues)
  const data = read(rows, { quasiIdentifiers, person, isSuppressed: (text) => suppressed.has(text) })
  const ladders = data.columns.map((column, at) => column.rungs(rules?.get(quasiIdentifiers[at] as string)))
  const search = new Search(data, ladders, { k, maxLoss })
  return search.suggestion(quasiIdentifiers)
}

/** Rows as codes of raw values. */
interface RawData {
  readonly columns: readonly RawColumn[]
  readonly table: TupleTable
  readonly tupleOfRow: Uint32Array
  /** `null` where every row is a person. */
  readonly personOfRow: Uint32Array | null
}

interface Reading {
  readonly quasiIdentifiers: readonly string[]
  readonly person: string | undefined
  readonly isSuppressed: (text: string) => boolean
}

function read(rows: Iterable<Row>, { quasiIdentifiers, person, isSuppressed }: Reading): RawData {
  const columns = quasiIdentifiers.map(() => new RawColumn(isSuppressed))
  const table = new TupleTable(columns.length)
  const tuples = new Counters()
  const whose = new Counters()
  const persons = new Map<string, number>()
  const absent = new Set(quasiIdentifiers)
  const people = new RawColumn(isSuppressed)
  let count = 0
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) throw invalidArgumentType('row', 'an object', row)
    for (const name of absent) if (Object.hasOwn(row, name)) absent.delete(name)
    const codes = columns.map((column, at) => column.encode(own(row, quasiIdentifiers[at] as string)))
    if (person !== undefined) {
      if (people.encode(own(row, person)) === SUPPRESSED) {
        throw new DisclosureError('ERR_DISCLOSURE_PERSON_MISSING', 'a row names no person')
      }
      const key = textOf(own(row, person))
      persons.set(key, persons.get(key) ?? persons.size)
      whose.set(count, persons.get(key) as number)
    }
    tuples.set(count++, table.intern(Uint32Array.from(codes)))
  }
  if (count === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'there are no rows')
  if (absent.size > 0) {
    const names = [...absent].map((name) => JSON.stringify(name)).join(', ')
    throw new DisclosureError('ERR_DISCLOSURE_COLUMN_MISSING', `no row has the column ${names}`)
  }
  const personOfRow = person === undefined ? null : whose.upTo(count)
  return { columns, table, tupleOfRow: tuples.upTo(count), personOfRow }
}

function own(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined
}

/** Which rung each column stands on. */
type State = readonly number[]

interface Outcome {
  readonly k: number
  /** Persons like fewer than the `k` asked for. */
  readonly below: number
}

class Search {
  readonly #data: RawData
  readonly #ladders: readonly (readonly Rung[])[]
  readonly #k: number
  readonly #maxLoss: number
  readonly #rowsOfTuple: Uint32Array

  constructor(data: RawData, ladders: readonly (readonly Rung[])[], { k, maxLoss }: { k: number; maxLoss: number }) {
    this.#data = data
    this.#ladders = ladders
    this.#k = k
    this.#maxLoss = maxLoss
    const counts = new Counters()
    counts.count(data.tupleOfRow, data.table.size)
    this.#rowsOfTuple = counts.upTo(data.table.size)
  }

  suggestion(names: readonly string[]): Suggestion {
    const state = this.#takenBack(this.#climbed())
    const { k, below } = this.#outcome(state)
    const rules = names.flatMap((column, at) => {
      const { rule, loss } = this.#rung(at, state)
      return rule === null ? [] : [{ column, rule, loss }]
    })
    return { reached: below === 0, k, personsBelow: below, loss: this.#loss(state), rules }
  }

  /** Changes one column after the other until nobody is below, or nothing helps within the bound. */
  #climbed(): State {
    let state: State = this.#ladders.map(() => 0)
    for (let { below } = this.#outcome(state); below > 0; ) {
      const best = this.#best(state, below)
      if (best === null) return state
      state = best.state
      below = best.below
    }
    return state
  }

  /** What helps most persons for what it loses; what helps nobody yet is taken when nothing else is left. */
  #best(state: State, below: number): { state: State; below: number } | null {
    let best: { state: State; below: number; worth: number } | null = null
    const lost = this.#loss(state)
    for (const next of this.#higher(state)) {
      const cost = this.#loss(next) - lost
      if (lost + cost > this.#maxLoss + 1e-12) continue
      const outcome = this.#outcome(next)
      const worth = (below - outcome.below + 1e-3) / (Math.max(0, cost) + 1e-6)
      if (outcome.below <= below && (best === null || worth > best.worth)) {
        best = { state: next, below: outcome.below, worth }
      }
    }
    return best
  }

  *#higher(state: State): Generator<State> {
    for (const [column, ladder] of this.#ladders.entries()) {
      for (let rung = (state[column] as number) + 1; rung < ladder.length; rung++) yield state.with(column, rung)
    }
  }

  /** Column by column, the most precise rung that still does as well. */
  #takenBack(state: State): State {
    const { below } = this.#outcome(state)
    let kept = state
    for (const column of this.#ladders.keys()) {
      for (let rung = 0; rung < (kept[column] as number); rung++) {
        const less = kept.with(column, rung)
        if (this.#loss(less) > this.#loss(kept) || this.#outcome(less).below > below) continue
        kept = less
        break
      }
    }
    return kept
  }

  #rung(column: number, state: State): Rung {
    return this.#ladders[column]?.[state[column] as number] as Rung
  }

  #loss(state: State): number {
    return state.reduce((sum, _, column) => sum + this.#rung(column, state).loss, 0) / state.length
  }

  #outcome(state: State): Outcome {
    const { table, tupleOfRow, personOfRow } = this.#data
    const recoded = new TupleTable(table.width)
    const codes = state.map((_, column) => this.#rung(column, state).codes)
    const tuple = new Uint32Array(table.width)
    const numbers = Uint32Array.from({ length: table.size }, (_, number) => {
      for (let at = 0; at < table.width; at++) {
        tuple[at] = (codes[at] as Uint32Array)[table.codes[number * table.width + at] as number] as number
      }
      return recoded.intern(tuple)
    })
    const { persons } =
      personOfRow === null
        ? historiesOfRows(recoded, this.#rowsOf(numbers, recoded.size), tupleOfRow.length)
        : historiesOfPersons(
            recoded,
            tupleOfRow.map((number) => numbers[number] as number),
            personOfRow,
          ).histories
    return {
      k: persons.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY),
      below: persons.reduce((sum, count) => (count < this.#k ? sum + count : sum), 0),
    }
  }

  #rowsOf(numbers: Uint32Array, size: number): Uint32Array {
    const rows = new Uint32Array(size)
    numbers.forEach((number, at) => {
      rows[number] = (rows[number] as number) + (this.#rowsOfTuple[at] as number)
    })
    return rows
  }
}

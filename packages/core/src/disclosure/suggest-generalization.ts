/**
 * What to generalise so that nobody stands out.
 *
 * @module
 */

import type { Rule } from '../anonymize/techniques.js'
import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { Counters } from './counters.js'
import { DisclosureError } from './errors.js'
import { assertRows, validatedOptions } from './options.js'
import type { Row } from './row.js'
import { SUPPRESSED } from './row.js'
import type { RawData, State } from './suggest/outcomes.js'
import { Outcomes } from './suggest/outcomes.js'
import { RawColumn } from './suggest/recoding.js'
import { Search } from './suggest/search.js'
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
 * A greedy search, from both ends: of all single changes that keep within the bound it takes the one that helps most persons for
 * the information it loses, until `k` is reached; and from where everything is masked it takes back what saves most. Of the better
 * of both it tries whether one change more saves others. It finds a good answer, not always the best; but no single change of it
 * can be taken back, or be made smaller, without more persons below `k`. Applying the rules to the rows gives the figures told
 * here.
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
  const outcomes = new Outcomes(data, ladders, k)
  return suggestionOf(outcomes, new Search(outcomes, maxLoss).best(), quasiIdentifiers)
}

function suggestionOf(outcomes: Outcomes, state: State, names: readonly string[]): Suggestion {
  const { k, below } = outcomes.of(state)
  const rules = names.flatMap((column, at) => {
    const { rule, loss } = outcomes.rung(at, state)
    return rule === null ? [] : [{ column, rule, loss }]
  })
  return { reached: below === 0, k, personsBelow: below, loss: outcomes.loss(state), rules }
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

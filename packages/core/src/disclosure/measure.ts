/**
 * Measuring disclosure risk.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { Column } from './column.js'
import { Counters } from './counters.js'
import { DisclosureError } from './errors.js'
import type { DisclosureRisk } from './figures.js'
import { figuresOf } from './figures.js'
import type { Histories } from './histories.js'
import { historiesOfPersons, historiesOfRows } from './histories.js'
import type { Row, SuppressedSemantics } from './row.js'
import { SUPPRESSED, SUPPRESSED_VALUES } from './row.js'
import { TupleTable } from './tuple-table.js'
import { likeWithWildcards } from './wildcard.js'

/** What to measure, and how to read suppressed values. */
export interface DisclosureOptions {
  /** The columns an attacker is assumed to know, at least one. */
  readonly quasiIdentifiers: readonly string[]
  /**
   * The column that says whose row it is. Setting it makes the person the unit: what is known of a person is the
   * multiset of their rows, and a row that names no person is refused. Without it every row is a person.
   */
  readonly person?: string | undefined
  /** Which semantics of suppressed values the top-level figures follow. @defaultValue `'class'` */
  readonly suppressed?: SuppressedSemantics | undefined
  /**
   * Text that stands for a suppressed value, besides `null`, `undefined` and an absent column.
   *
   * @defaultValue `['', '*', '***', '--']`
   */
  readonly suppressedValues?: readonly string[] | undefined
}

/** Rows go in one at a time; figures come out at any moment. */
export interface DisclosureMeasure {
  /**
   * Counts one row, which is read at once and not kept.
   *
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`, `ERR_DISCLOSURE_PERSON_MISSING`; the row is not counted.
   */
  add(row: Row): void
  /**
   * The figures of the rows counted so far.
   *
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_COLUMN_MISSING`
   */
  result(): DisclosureRisk
}

/**
 * Measures how easily a person in the rows can be singled out by their quasi-identifiers.
 *
 * Both readings of suppressed values are computed; see {@link DisclosureRisk.other}. A low risk says that these columns
 * single nobody out. It says nothing about the columns left out, nor about linking or inferring.
 *
 * @example
 * Two persons, one of whom answered twice.
 *
 * ```ts
 * import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
 *
 * const answers = [
 *   { customer: 1, region: 'north', age: '30-39' },
 *   { customer: 1, region: 'north', age: '30-39' },
 *   { customer: 2, region: 'north', age: '30-39' },
 * ]
 * const { k } = measureDisclosureRisk(answers, { quasiIdentifiers: ['region', 'age'], person: 'customer' })
 * console.log(k) // 1: whoever knows of two answers knows which customer it is
 * ```
 *
 * @param rows - The data set, read once.
 * @param options - See {@link DisclosureOptions}.
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_COLUMN_MISSING`, `ERR_DISCLOSURE_EMPTY`,
 * `ERR_DISCLOSURE_PERSON_MISSING`, `ERR_DISCLOSURE_VALUE_INVALID`
 * @see Definitions: prosecutor and marketer risk as in {@link https://arx.deidentifier.org/ | ARX}, wildcards as in
 * {@link https://sdctools.github.io/sdcMicro/ | sdcMicro}.
 */
export function measureDisclosureRisk(rows: Iterable<Row>, options: DisclosureOptions): DisclosureRisk {
  if (typeof rows?.[Symbol.iterator] !== 'function') throw invalidArgumentType('rows', 'an iterable of rows', rows)
  const measure = createDisclosureMeasure(options)
  for (const row of rows) measure.add(row)
  return measure.result()
}

/**
 * Creates a measure for rows that arrive one by one.
 *
 * Memory grows with the distinct values (at most 2^24 a column) and distinct tuples, not with the rows; with `person`, by
 * eight bytes a row besides. Figures cost time in proportion to the distinct tuples, unless values are suppressed. Then it
 * is the pairs that are compatible in their first columns, seldom suppressed columns first, that cost time; and, when
 * persons have several rows, the pairs of histories that are equal in the columns nobody suppressed.
 *
 * @param options - See {@link DisclosureOptions}.
 */
export function createDisclosureMeasure(options: DisclosureOptions): DisclosureMeasure {
  const { quasiIdentifiers, person, suppressed, suppressedValues } = validated(options)
  const columns = quasiIdentifiers.map((name) => new Column(name, suppressedValues))
  const personColumn = person === undefined ? null : new Column(person, suppressedValues)
  const tuple = new Uint32Array(columns.length)
  const table = new TupleTable(columns.length)
  const rowsOfTuple = new Counters()
  const tupleOfRow = new Counters()
  const personOfRow = new Counters()
  let rows = 0

  function add(row: Row): void {
    if (typeof row !== 'object' || row === null) throw invalidArgumentType('row', 'an object', row)
    const prototype = Object.getPrototypeOf(row)
    const plain = prototype === Object.prototype || prototype === null
    for (let at = 0; at < columns.length; at++) tuple[at] = (columns[at] as Column).encode(row, plain)
    if (personColumn === null) {
      rowsOfTuple.increment(table.intern(tuple))
    } else {
      const whose = personColumn.encode(row, plain)
      if (whose === SUPPRESSED) throw new DisclosureError('ERR_DISCLOSURE_PERSON_MISSING', 'a row names no person')
      personOfRow.set(rows, whose - 1)
      tupleOfRow.set(rows, table.intern(tuple))
    }
    rows++
  }

  function result(): DisclosureRisk {
    if (rows === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'there are no rows')
    const missing = quasiIdentifiers.filter((_, at) => !columns[at]?.present)
    if (missing.length > 0) {
      const names = missing.map((name) => JSON.stringify(name)).join(', ')
      throw new DisclosureError('ERR_DISCLOSURE_COLUMN_MISSING', `no row has the column ${names}`)
    }
    const histories: Histories =
      personColumn === null
        ? historiesOfRows(table, rowsOfTuple.upTo(table.size), rows)
        : historiesOfPersons(table, tupleOfRow.upTo(rows), personOfRow.upTo(rows))
    const asClass = figuresOf(histories, histories.persons, 'class')
    const asWildcard = figuresOf(histories, likeWithWildcards(histories), 'wildcard')
    const [chosen, other] = suppressed === 'class' ? [asClass, asWildcard] : [asWildcard, asClass]
    return { rows, persons: histories.total, ...chosen, other }
  }

  return { add, result }
}

function validated(options: DisclosureOptions): {
  quasiIdentifiers: readonly string[]
  person: string | undefined
  suppressed: SuppressedSemantics
  suppressedValues: readonly string[]
} {
  if (typeof options !== 'object' || options === null) throw invalidArgumentType('options', 'an object', options)
  const { quasiIdentifiers, person, suppressed = 'class', suppressedValues = SUPPRESSED_VALUES } = options
  assertTexts('options.quasiIdentifiers', quasiIdentifiers)
  assertTexts('options.suppressedValues', suppressedValues)
  if (quasiIdentifiers.length === 0) throw invalidArgumentValue('options.quasiIdentifiers', 'at least one column')
  if (person !== undefined && typeof person !== 'string')
    throw invalidArgumentType('options.person', 'a string', person)
  if (suppressed !== 'class' && suppressed !== 'wildcard') {
    throw invalidArgumentValue('options.suppressed', '"class" or "wildcard"')
  }
  return { quasiIdentifiers: [...quasiIdentifiers], person, suppressed, suppressedValues }
}

function assertTexts(name: string, value: unknown): void {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return
  throw invalidArgumentType(name, 'an array of strings', value)
}

/**
 * What to measure.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import type { Row, SuppressedSemantics } from './row.js'
import { SUPPRESSED_VALUES } from './row.js'

/** What to measure, and how to read suppressed values. */
export interface DisclosureOptions {
  /** The columns an attacker is assumed to know, at least one. */
  readonly quasiIdentifiers: readonly string[]
  /**
   * The columns whose values must not be told from the quasi-identifiers, for l-diversity and t-closeness; none of them is a
   * quasi-identifier. Of several, the worst figures are reported. With `person`, a person's value is the multiset of the
   * values of their rows.
   */
  readonly sensitive?: readonly string[] | undefined
  /**
   * The column that says whose row it is. Setting it makes the person the unit: what is known of a person is the
   * multiset of their rows, and a row that names no person is refused. It is neither a quasi-identifier nor sensitive. Without
   * it every row is a person.
   */
  readonly person?: string | undefined
  /**
   * The population the persons were taken from, one row a person, for k-map, journalist and marketer risk: an attacker looks
   * for the same values there, where names are known. Read once, at the start; it has the quasi-identifiers' columns, and
   * somebody in it.
   */
  readonly reference?: Iterable<Row> | undefined
  /**
   * The `c` of recursive (c, l)-diversity: the commonest value must occur less than c times as often as all from the l-th
   * commonest on.
   *
   * @defaultValue 3
   */
  readonly recursiveC?: number | undefined
  /** Which semantics of suppressed values the top-level figures follow. @defaultValue `'class'` */
  readonly suppressed?: SuppressedSemantics | undefined
  /**
   * Text that stands for a suppressed value, besides `null`, `undefined` and an absent column.
   *
   * @defaultValue `['', '*', '***', '--']`
   */
  readonly suppressedValues?: readonly string[] | undefined
}

/** @internal {@link DisclosureOptions}, checked and complete. */
export interface ValidatedOptions {
  readonly quasiIdentifiers: readonly string[]
  readonly sensitive: readonly string[]
  readonly person: string | undefined
  readonly reference: Iterable<Row> | undefined
  readonly recursiveC: number
  readonly suppressed: SuppressedSemantics
  readonly suppressedValues: readonly string[]
}

/** @internal */
export function validatedOptions(options: DisclosureOptions): ValidatedOptions {
  if (typeof options !== 'object' || options === null) throw invalidArgumentType('options', 'an object', options)
  const { person, reference } = options
  const { quasiIdentifiers, suppressed = 'class', suppressedValues = SUPPRESSED_VALUES } = options
  const { sensitive = [], recursiveC = 3 } = options
  assertTexts('options.quasiIdentifiers', quasiIdentifiers)
  assertTexts('options.sensitive', sensitive)
  assertTexts('options.suppressedValues', suppressedValues)
  if (quasiIdentifiers.length === 0) throw invalidArgumentValue('options.quasiIdentifiers', 'at least one column')
  if (sensitive.some((name) => quasiIdentifiers.includes(name))) {
    throw invalidArgumentValue('options.sensitive', 'columns that are no quasi-identifiers')
  }
  if (person !== undefined && typeof person !== 'string')
    throw invalidArgumentType('options.person', 'a string', person)
  if (person !== undefined && [...quasiIdentifiers, ...sensitive].includes(person)) {
    throw invalidArgumentValue('options.person', 'a column that is neither quasi-identifier nor sensitive')
  }
  if (reference !== undefined) assertRows('options.reference', reference)
  if (typeof recursiveC !== 'number' || !(recursiveC > 0)) {
    throw invalidArgumentValue('options.recursiveC', 'a number above 0')
  }
  if (suppressed !== 'class' && suppressed !== 'wildcard') {
    throw invalidArgumentValue('options.suppressed', '"class" or "wildcard"')
  }
  return {
    quasiIdentifiers: [...quasiIdentifiers],
    sensitive: [...sensitive],
    person,
    reference,
    recursiveC,
    suppressed,
    suppressedValues,
  }
}

/** @internal */
export function assertRows(name: string, rows: Iterable<Row>): void {
  if (typeof rows?.[Symbol.iterator] !== 'function') throw invalidArgumentType(name, 'an iterable of rows', rows)
}

function assertTexts(name: string, value: unknown): void {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return
  throw invalidArgumentType(name, 'an array of strings', value)
}

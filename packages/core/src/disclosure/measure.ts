/**
 * Measuring disclosure risk.
 *
 * @module
 */

import { Column } from './column.js'
import type { ColumnContribution } from './contributions.js'
import { Dataset } from './dataset.js'
import { DisclosureError } from './errors.js'
import type { DisclosureRisk } from './figures.js'
import type { DisclosureOptions } from './options.js'
import { assertRows, validatedOptions } from './options.js'
import { resultOf } from './result.js'
import type { Row } from './row.js'

/** Rows go in one at a time; figures come out at any moment. */
export interface DisclosureMeasure {
  /**
   * Counts one row, which is read at once and not kept.
   *
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`, `ERR_DISCLOSURE_PERSON_MISSING`,
   * `ERR_DISCLOSURE_TOO_MANY_VALUES`; the row is not counted.
   */
  add(row: Row): void
  /**
   * Counts one row of the population the persons were taken from; see {@link DisclosureOptions.reference}, to which it adds.
   *
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`, `ERR_DISCLOSURE_TOO_MANY_VALUES`
   */
  addReference(row: Row): void
  /**
   * The figures of the rows counted so far.
   *
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_COLUMN_MISSING`
   */
  result(): DisclosureRisk
  /**
   * What each quasi-identifier adds to the risk.
   *
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_COLUMN_MISSING`
   */
  contributions(): readonly ColumnContribution[]
}

/**
 * Measures how easily a person in the rows can be singled out by their quasi-identifiers, and how much their class tells of
 * sensitive columns.
 *
 * Both readings of suppressed values are computed; see {@link DisclosureRisk.other}. A low risk says that these columns
 * single nobody out. It says nothing about the columns left out, nor about linking.
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
 * @param rows - The data set, read once; an array is read faster.
 * @param options - See {@link DisclosureOptions}.
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_COLUMN_MISSING`, `ERR_DISCLOSURE_EMPTY`,
 * `ERR_DISCLOSURE_PERSON_MISSING`, `ERR_DISCLOSURE_TOO_MANY_VALUES`, `ERR_DISCLOSURE_VALUE_INVALID`
 * @see Definitions: prosecutor, journalist and marketer risk, distinction and separation as in
 * {@link https://arx.deidentifier.org/ | ARX}, wildcards as in {@link https://sdctools.github.io/sdcMicro/ | sdcMicro}.
 */
export function measureDisclosureRisk(rows: Iterable<Row>, options: DisclosureOptions): DisclosureRisk {
  assertRows('rows', rows)
  const { dataset, result } = prepared(options)
  if (Array.isArray(rows)) dataset.addAll(rows)
  else for (const row of rows) dataset.add(row)
  return result()
}

/**
 * Creates a measure for rows that arrive one by one.
 *
 * Memory grows with the distinct values (16.7 million a column at most) and distinct tuples, not with the rows; with `person` or
 * `sensitive`, by four to eight bytes a row besides. Figures cost time in proportion to the distinct tuples, unless values are
 * suppressed. Then it is the pairs that are compatible in their first columns, seldom suppressed columns first, that cost time;
 * and, when persons have several rows, the pairs of persons of whom one has a row compatible with the other's rarest: of 20,000
 * persons of up to four rows whose cells are suppressed in six cases of ten, four seconds.
 *
 * @param options - See {@link DisclosureOptions}.
 */
export function createDisclosureMeasure(options: DisclosureOptions): DisclosureMeasure {
  const { dataset, result, contributions } = prepared(options)
  return {
    add: (row) => dataset.add(row),
    addReference: (row) => dataset.addReference(row),
    result,
    contributions,
  }
}

function prepared(options: DisclosureOptions): {
  dataset: Dataset
  result(): DisclosureRisk
  contributions(): readonly ColumnContribution[]
} {
  const valid = validatedOptions(options)
  const { quasiIdentifiers, sensitive, person, reference, suppressedValues } = valid
  const dataset = new Dataset({
    known: quasiIdentifiers.map((name) => new Column(name, { suppressedValues })),
    sensitive: sensitive.map((name) => new Column(name, { suppressedValues })),
    person: person === undefined ? null : new Column(person, { suppressedValues }),
  })
  if (reference !== undefined) dataset.expectReference()
  for (const row of reference ?? []) dataset.addReference(row)
  return {
    dataset,
    result: () => resultOf(complete(dataset), valid),
    contributions: () => complete(dataset).contributions(),
  }
}

/** Nothing is said of no rows, nor of a column that is not there. */
function complete(dataset: Dataset): Dataset {
  dataset.flush()
  if (dataset.rows === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'there are no rows')
  assertPresent(
    'no row',
    [...dataset.known, ...dataset.sensitive].filter(({ present }) => !present),
  )
  if (dataset.reference === null) return dataset
  if (dataset.reference.rows === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'the reference has no rows')
  assertPresent('no row of the reference', [...dataset.reference.missing])
  return dataset
}

function assertPresent(who: string, missing: readonly Column[]): void {
  if (missing.length === 0) return
  const names = missing.map(({ name }) => JSON.stringify(name)).join(', ')
  throw new DisclosureError('ERR_DISCLOSURE_COLUMN_MISSING', `${who} has the column ${names}`)
}

/**
 * Disclosure risk measured by a database.
 *
 * @module
 */

import type {
  DisclosureFigures,
  DisclosureOptions,
  DisclosureRisk,
  SensitiveFigures,
} from '@surveyseal/core/disclosure'
import {
  createDisclosureMeasure,
  DisclosureError,
  figuresOfGroups,
  SUPPRESSED_VALUES,
  worstFigures,
} from '@surveyseal/core/disclosure'
import { Binder } from './binder.js'
import type { PushdownDatabase, TableColumn } from './columns.js'
import { tableColumns } from './columns.js'
import { DIALECTS } from './dialect.js'
import type { TableName } from './names.js'
import { quoteName, quoteTable } from './names.js'
import { compositionsOfClasses, sizesOfClasses } from './risk/classes.js'
import { rowsInJavaScript } from './risk/fallback.js'
import type { Overview, Question } from './risk/question.js'
import { overviewOf } from './risk/question.js'
import { figuresOfCompositions } from './risk/sensitive.js'
import type { Units } from './risk/units.js'
import { unitsOfPersons, unitsOfRows } from './risk/units.js'
import { compositionsWithWildcards, patternsOf, sizesWithWildcards } from './risk/wildcards.js'
import type { Value } from './value.js'

/** What to measure, where: as in `measureDisclosureRisk`, without a reference population. */
export interface DisclosureSqlOptions extends Omit<DisclosureOptions, 'reference'> {
  /** The table or view; in DuckDB also the name of a Parquet or CSV file. */
  readonly table: TableName
  /** Its columns. @defaultValue what `tableColumns` reads */
  readonly columns?: readonly TableColumn[]
}

/**
 * Measures disclosure risk where the rows are: SQL groups and counts, and what is handed over are sizes of groups and, for
 * sensitive columns, how often their values occur together. The figures are those that `measureDisclosureRisk` of
 * `@surveyseal/core/disclosure` gives for the same rows, both readings of suppressed values among them, persons counted and not
 * rows.
 *
 * Several statements are run: where the table is being written to, do it in a transaction that sees one state. Where persons
 * have several rows, values of quasi-identifiers are suppressed and may be any value, whose histories go together is a question
 * of pairing that SQL cannot answer; up to 1,000,000 rows are then read and measured here.
 *
 * @param database - Where the table is.
 * @param options - See {@link DisclosureSqlOptions}.
 * @returns The figures, without a reference population.
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`, `ERR_PUSHDOWN_NAME_INVALID`, `ERR_PUSHDOWN_TABLE_MISSING`,
 *   `ERR_PUSHDOWN_RULE_UNSUPPORTED` where a suppressed value cannot be bound, `ERR_PUSHDOWN_TOO_LARGE`
 * @throws {DisclosureError} `ERR_DISCLOSURE_COLUMN_MISSING`, `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_PERSON_MISSING`,
 *   `ERR_DISCLOSURE_VALUE_INVALID`
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, as `measureDisclosureRisk`.
 *
 * @example
 * How small the smallest group is.
 *
 * ```ts
 * import type { Sql } from '@surveyseal/stores'
 * import { measureDisclosureRiskSql } from '@surveyseal/stores/pushdown'
 *
 * export async function smallestGroup(database: Sql): Promise<number> {
 *   const options = { table: 'answers', quasiIdentifiers: ['region', 'age'], person: 'customer' }
 *   return (await measureDisclosureRiskSql(database, options)).k
 * }
 * ```
 */
export async function measureDisclosureRiskSql(
  database: PushdownDatabase,
  { table, columns, ...options }: DisclosureSqlOptions,
): Promise<DisclosureRisk> {
  // Refuses the options that are none.
  createDisclosureMeasure(options)
  const question = questionOf(database, { table, columns: columns ?? (await tableColumns(database, table)), options })
  const overview = await overviewOf(question)
  if (overview.mostRows > 1 && overview.suppresses) return rowsInJavaScript(question, overview, options)
  const units = overview.mostRows === 1 ? unitsOfRows(question) : unitsOfPersons(question)
  const { suppressed = 'class', recursiveC = 3 } = options
  const asClass = await figuresOfClasses({ question, units, overview, recursiveC })
  const asWildcard = await figuresWithWildcards({ question, units, overview, recursiveC })
  const [chosen, other] = suppressed === 'class' ? [asClass, asWildcard] : [asWildcard, asClass]
  return { rows: overview.rows, persons: overview.persons, ...chosen, other }
}

interface Given {
  readonly table: TableName
  readonly columns: readonly TableColumn[]
  readonly options: DisclosureOptions
}

function questionOf(database: PushdownDatabase, { table, columns, options }: Given): Question {
  const dialect = DIALECTS[database.dialect]
  const values = new Map(
    columns.map(({ name, type }, at): [string, Value] => [
      name,
      { sql: `source.${quoteName(name, dialect)}`, type, number: at + 1 },
    ]),
  )
  const columnOf = (name: string): Value => {
    const value = values.get(name)
    if (value !== undefined) return value
    throw new DisclosureError('ERR_DISCLOSURE_COLUMN_MISSING', `no row has the column ${JSON.stringify(name)}`)
  }
  const { quasiIdentifiers, sensitive = [], person, suppressedValues = SUPPRESSED_VALUES } = options
  return {
    database,
    tools: { dialect, binder: new Binder(dialect.mostParameters), language: 'en', columns: values },
    from: `${quoteTable(table, dialect)} AS source`,
    quasiIdentifiers: quasiIdentifiers.map(columnOf),
    sensitive: sensitive.map(columnOf),
    person: person === undefined ? null : columnOf(person),
    suppressedValues,
  }
}

interface Asked {
  readonly question: Question
  readonly units: Units
  readonly overview: Overview
  readonly recursiveC: number
}

async function figuresOfClasses({ question, units, overview, recursiveC }: Asked): Promise<DisclosureFigures> {
  const { groups, classes } = await sizesOfClasses(question, units)
  const columns: SensitiveFigures[] = []
  for (const at of question.sensitive.keys()) {
    const compositions = await compositionsOfClasses(question, units, at)
    const inOrder = overview.mostRows === 1
    columns.push(
      figuresOfCompositions({ compositions, whole: compositions, inOrder }, { suppressed: 'class', recursiveC }),
    )
  }
  return { ...figuresOfGroups(groups, { suppressed: 'class', classes }), ...worstFigures(columns) }
}

/** Beyond this many counts, one for each class and value, JavaScript leaves the figures out. */
const mostCounts = 2 ** 22

async function figuresWithWildcards({ question, units, overview, recursiveC }: Asked): Promise<DisclosureFigures> {
  const { suppresses, mostRows } = overview
  const patterns = suppresses ? await patternsOf(question, units) : []
  const { groups, classes } = await sizesOfClasses(question, units)
  const like = suppresses ? await sizesWithWildcards(question, units, patterns) : groups
  const columns: SensitiveFigures[] = []
  for (const at of question.sensitive.keys()) {
    const whole = await compositionsOfClasses(question, units, at)
    const values = new Set(whole.flatMap(({ counts }) => counts.map(([value]) => value)))
    if (suppresses && values.size * classes > mostCounts) {
      columns.push({ l: null, t: null })
      continue
    }
    const compositions = suppresses
      ? await compositionsWithWildcards(question, units, { patterns, sensitive: at })
      : whole
    const given = { compositions, whole, inOrder: mostRows === 1 }
    columns.push(figuresOfCompositions(given, { suppressed: 'wildcard', recursiveC }))
  }
  return { ...figuresOfGroups(like, { suppressed: 'wildcard', classes: null }), ...worstFigures(columns) }
}

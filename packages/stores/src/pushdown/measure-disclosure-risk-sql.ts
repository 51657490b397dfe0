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
import type { Dialect } from './dialect.js'
import { DIALECTS } from './dialect.js'
import { PushdownError } from './errors.js'
import type { TableName } from './names.js'
import { quoteName, quoteTable } from './names.js'
import { compositionsOfClasses, sizesOfClasses } from './risk/classes.js'
import { rowsInJavaScript } from './risk/fallback.js'
import { figuresOfPlaced, placedInClasses } from './risk/population.js'
import type { Overview, Population, Question } from './risk/question.js'
import { overviewOf } from './risk/question.js'
import { figuresOfCompositions } from './risk/sensitive.js'
import type { Units } from './risk/units.js'
import { unitsOfPersons, unitsOfRows } from './risk/units.js'
import { compositionsWithWildcards, patternsOf, placedWithWildcards, sizesWithWildcards } from './risk/wildcards.js'
import type { Value } from './value.js'

/** What to measure, where: as in `measureDisclosureRisk`. */
export interface DisclosureSqlOptions extends Omit<DisclosureOptions, 'reference'> {
  /** The table or view; in DuckDB also the name of a Parquet or CSV file. */
  readonly table: TableName
  /** Its columns. @defaultValue what `tableColumns` reads */
  readonly columns?: readonly TableColumn[]
  /**
   * The table or view of the population the persons were taken from, one row a person, for k-map, journalist and marketer risk; its
   * quasi-identifiers are of the same types.
   */
  readonly reference?: TableName | undefined
  /** The population's columns. @defaultValue what `tableColumns` reads */
  readonly referenceColumns?: readonly TableColumn[]
}

/**
 * Measures disclosure risk where the rows are: SQL groups and counts, and what is handed over are sizes of groups and, for
 * sensitive columns, how often their values occur together. The figures are those that `measureDisclosureRisk` of
 * `@surveyseal/core/disclosure` gives for the same rows, both readings of suppressed values among them, persons counted and not
 * rows.
 *
 * Several statements are run: where the table is being written to, do it in a transaction that sees one state. Where persons
 * have several rows, values of quasi-identifiers are suppressed (theirs or the population's) and may be any value, whose histories go together is a question
 * of pairing that SQL cannot answer; up to 1,000,000 rows are then read and measured here.
 *
 * @param database - Where the table is.
 * @param options - See {@link DisclosureSqlOptions}.
 * @returns The figures.
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
  { table, columns, reference, referenceColumns, ...options }: DisclosureSqlOptions,
): Promise<DisclosureRisk> {
  // Refuses the options that are none.
  createDisclosureMeasure(options)
  const given = [await tableOf(database, table, columns)]
  if (reference !== undefined) given.push(await tableOf(database, reference, referenceColumns))
  const question = questionOf(database, given, options)
  const overview = await overviewOf(question)
  const suppresses = overview.suppresses || overview.populationSuppresses
  if (overview.mostRows > 1 && suppresses) return rowsInJavaScript(question, overview, options)
  const units = overview.mostRows === 1 ? unitsOfRows(question) : unitsOfPersons(question)
  const { suppressed = 'class', recursiveC = 3 } = options
  const asClass = await figuresOfClasses({ question, units, overview, recursiveC })
  const asWildcard = await figuresWithWildcards({ question, units, overview, recursiveC })
  const [chosen, other] = suppressed === 'class' ? [asClass, asWildcard] : [asWildcard, asClass]
  return { rows: overview.rows, persons: overview.persons, ...chosen, other }
}

interface Table {
  readonly name: string
  readonly from: string
  readonly values: ReadonlyMap<string, Value>
}

async function tableOf(
  database: PushdownDatabase,
  table: TableName,
  columns: readonly TableColumn[] | undefined,
): Promise<Table> {
  const dialect = DIALECTS[database.dialect]
  const entries = (columns ?? (await tableColumns(database, table))).map(
    ({ name, type, declared }, at): [string, Value] => [
      name,
      { sql: `source.${quoteName(name, dialect)}`, type, declared, number: at + 1 },
    ],
  )
  const name = typeof table === 'string' ? table : table.name
  return { name, from: `${quoteTable(table, dialect)} AS source`, values: new Map(entries) }
}

function questionOf(
  database: PushdownDatabase,
  [table, population]: readonly Table[],
  options: DisclosureOptions,
): Question {
  const dialect = DIALECTS[database.dialect]
  const { values, from, name } = table as Table
  const tables = [name, ...(population === undefined ? [] : [population.name])]
  const { quasiIdentifiers, sensitive = [], person, suppressedValues = SUPPRESSED_VALUES } = options
  const own = (name: string) => columnOf(values, name, 'no row')
  const known = quasiIdentifiers.map(own)
  return {
    database,
    tools: { dialect, binder: new Binder(dialect.mostParameters, tables), language: 'en', columns: values },
    from,
    quasiIdentifiers: known,
    sensitive: sensitive.map(own),
    person: person === undefined ? null : own(person),
    suppressedValues,
    reference: population === undefined ? null : populationOf(population, { names: quasiIdentifiers, known, dialect }),
  }
}

/** @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE` */
function populationOf(
  { from, values }: Table,
  { names, known, dialect }: { names: readonly string[]; known: readonly Value[]; dialect: Dialect },
): Population {
  const quasiIdentifiers = names.map((name) => columnOf(values, name, 'no row of the reference'))
  const differs = dialect.isDynamic ? undefined : quasiIdentifiers.find((value, at) => !areAlike(value, known[at]))
  if (differs === undefined) return { from, quasiIdentifiers }
  const problem = `column ${differs.number} of the reference is of another type than the table's`
  throw new PushdownError('ERR_PUSHDOWN_COLUMN_TYPE', problem)
}

function areAlike({ type, declared }: Value, other: Value | undefined): boolean {
  return type === other?.type && (type !== 'other' || declared === other.declared)
}

function columnOf(values: ReadonlyMap<string, Value>, name: string, who: string): Value {
  const value = values.get(name)
  if (value !== undefined) return value
  throw new DisclosureError('ERR_DISCLOSURE_COLUMN_MISSING', `${who} has the column ${JSON.stringify(name)}`)
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
  const { reference } = question
  return {
    ...figuresOfGroups(groups, { suppressed: 'class', classes }),
    ...(reference && figuresOfPlaced(await placedInClasses(question, units, { reference, overview }))),
    ...worstFigures(columns),
  }
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
  return {
    ...figuresOfGroups(like, { suppressed: 'wildcard', classes: null }),
    ...(await placedAsWildcards({ question, units, overview, recursiveC }, patterns)),
    ...worstFigures(columns),
  }
}

/** Where nothing is suppressed, wildcards are none. */
async function placedAsWildcards(
  { question, units, overview }: Asked,
  patterns: readonly number[],
): Promise<Partial<DisclosureFigures>> {
  const { reference } = question
  if (reference === null) return {}
  const isPlain = !overview.suppresses && !overview.populationSuppresses
  if (isPlain) return figuresOfPlaced(await placedInClasses(question, units, { reference, overview }))
  const own = overview.suppresses ? patterns : [0]
  return figuresOfPlaced(await placedWithWildcards(question, units, { patterns: own, reference }))
}

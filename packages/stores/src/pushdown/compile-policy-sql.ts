/**
 * Anonymization policies as SQL.
 *
 * @module
 */

import type { Change, ColumnRule, Policy } from '@surveyseal/core/anonymize'
import { columnRules, parsePolicy } from '@surveyseal/core/anonymize'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { SqlValue } from '../sql.js'
import { Binder } from './binder.js'
import type { TableColumn } from './columns.js'
import type { Dialect, PushdownDialect } from './dialect.js'
import { DIALECTS } from './dialect.js'
import { PushdownError } from './errors.js'
import type { TableName } from './names.js'
import { quoteName, quoteTable } from './names.js'
import { techniqueSql } from './techniques.js'
import type { Outcome, SqlTools, Value } from './value.js'

/** What to compile a policy for. */
export interface PolicySqlOptions {
  readonly dialect: PushdownDialect
  /** The table or view whose rows are the records; in DuckDB also the name of a Parquet or CSV file. */
  readonly table: TableName
  /** All columns that are to be looked at, as `tableColumns` reads them. One that is left out is in no result. */
  readonly columns: readonly TableColumn[]
  /** Makes this table of the anonymized rows; it must not be there yet. @defaultValue the rows are the statement's result */
  readonly into?: TableName
  /**
   * Overwrites the rows where they are. What is removed becomes NULL, and a column that cannot hold what takes a value's place is
   * refused. It cannot be taken back, while traces stay in what the engine has not overwritten yet, in indexes and backups.
   *
   * @defaultValue false
   */
  readonly inPlace?: boolean
}

/** What happens to one column. Columns that are kept are not named. */
export interface ColumnChange extends Omit<Change, 'count'> {
  readonly column: string
}

/** A statement that does what a policy says. */
export interface PolicySql {
  readonly text: string
  /** The values of `$1` to `$n`. In DuckDB one is a secret random text: compile anew for every run. */
  readonly params: readonly SqlValue[]
  /** The columns of the result, or of the new table; in place, all columns. */
  readonly columns: readonly string[]
  readonly changes: readonly ColumnChange[]
}

/**
 * Compiles a policy to one statement for a table whose rows are records: JavaScript's `compilePolicy` and SQL give the same,
 * value for value, and random e-mail addresses of the same form, fresh for every row.
 *
 * Rows are read as `ColumnType` says, NULL as `null`; what the policy removes from every row is no column of the result. What SQL cannot do exactly alike is
 * refused when the policy is compiled, never approximated. Names are quoted and values bound. Nothing is run.
 *
 * Random addresses come from `gen_random_uuid()` of PostgreSQL and `randomblob()` of SQLite; DuckDB's `uuid()` is no secret,
 * so it is hashed together with 32 bytes of this process's cryptographic source.
 *
 * @param policy - What `parsePolicy` or `defaultPolicy` of `@surveyseal/core/anonymize` returned. It is checked again.
 * @param options - See {@link PolicySqlOptions}.
 * @returns The statement and what it changes.
 * @throws {@link PushdownError} `ERR_PUSHDOWN_NAME_INVALID`, `ERR_PUSHDOWN_TABLE_MISSING` without columns,
 *   `ERR_PUSHDOWN_COLUMN_TYPE`, `ERR_PUSHDOWN_NESTED`, `ERR_PUSHDOWN_RULE_UNSUPPORTED`, `ERR_PUSHDOWN_NOTHING_KEPT`,
 *   `ERR_PUSHDOWN_TOO_LARGE`
 * @throws {AnonymizeError} as `parsePolicy` does.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`
 *
 * @example
 * A copy of the answers without whom they came from.
 *
 * ```ts
 * import { defaultPolicy } from '@surveyseal/core/anonymize'
 * import type { Sql } from '@surveyseal/stores'
 * import { compilePolicySql, tableColumns } from '@surveyseal/stores/pushdown'
 *
 * export async function anonymizeAnswers(database: Sql): Promise<void> {
 *   const columns = await tableColumns(database, 'answers')
 *   const { dialect } = database
 *   const { text, params } = compilePolicySql(defaultPolicy('en'), { dialect, table: 'answers', columns, into: 'answers_2' })
 *   await database.query(text, params)
 * }
 * ```
 */
export function compilePolicySql(policy: Policy, options: PolicySqlOptions): PolicySql {
  const dialect = checkedDialect(options)
  const { language } = parsePolicy(policy)
  const ruleOf = columnRules(policy)
  const binder = new Binder(dialect.mostParameters)
  const values = options.columns.map((column, index) => columnValue(column, { number: index + 1, dialect }))
  const languageColumn = values[options.columns.findIndex(({ name }) => name === 'language')] ?? null
  const tools: SqlTools = { dialect, binder, language, languageColumn }
  const treated = options.columns.map((column, index): Treated => {
    const [value, rule] = [values[index] as Value, ruleOf(column.name)]
    return { column, value, rule, outcome: outcomeOf(rule, value, tools) }
  })
  const write = options.inPlace === true ? writeUpdate : writeSelect
  return { ...write(treated, options, dialect), params: binder.params, changes: treated.flatMap(changeOf) }
}

/** A column, its rule and what becomes of it. */
interface Treated {
  readonly column: TableColumn
  readonly value: Value
  readonly rule: ColumnRule
  readonly outcome: Outcome
}

/** The table whatever it is called: no engine takes a column that is not there for a text then. */
const SOURCE = 'source'

function checkedDialect({ dialect, columns, into, inPlace }: PolicySqlOptions): Dialect {
  if (!Object.hasOwn(DIALECTS, dialect)) throw invalidArgumentValue('options.dialect', Object.keys(DIALECTS).join(', '))
  if (!Array.isArray(columns)) throw invalidArgumentType('options.columns', 'an array of columns', columns)
  if (columns.length === 0) throw new PushdownError('ERR_PUSHDOWN_TABLE_MISSING', 'there are no columns')
  if (inPlace === true && into !== undefined) throw invalidArgumentValue('options.into', 'absent where inPlace is true')
  if (new Set(columns.map(({ name }) => name)).size < columns.length) {
    throw new PushdownError('ERR_PUSHDOWN_NAME_INVALID', 'two columns have one name')
  }
  return DIALECTS[dialect]
}

function columnValue({ name, type }: TableColumn, { number, dialect }: { number: number; dialect: Dialect }): Value {
  return { sql: `${SOURCE}.${quoteName(name, dialect)}`, type, number }
}

function outcomeOf({ rule, nested }: ColumnRule, value: Value, tools: SqlTools): Outcome {
  if (nested && value.type === 'other') {
    const problem = `rules lead into column ${value.number}, which SQL does not look into`
    throw new PushdownError('ERR_PUSHDOWN_NESTED', problem)
  }
  return rule === null ? null : techniqueSql(rule, value, tools)
}

function writeSelect(
  treated: readonly Treated[],
  { table, into }: PolicySqlOptions,
  dialect: Dialect,
): Pick<PolicySql, 'text' | 'columns'> {
  const kept = treated.flatMap(({ column, outcome }) => (outcome === null ? [] : [{ name: column.name, outcome }]))
  if (kept.length === 0) throw new PushdownError('ERR_PUSHDOWN_NOTHING_KEPT', 'the policy removes every column')
  const list = kept.map(({ name, outcome }) => `${outcome.sql} AS ${quoteName(name, dialect)}`)
  const select = `SELECT ${list.join(',\n  ')}\nFROM ${quoteTable(table, dialect)} AS ${SOURCE}`
  const text = into === undefined ? select : `CREATE TABLE ${quoteTable(into, dialect)} AS\n${select}`
  return { text, columns: kept.map(({ name }) => name) }
}

function writeUpdate(
  treated: readonly Treated[],
  { table }: PolicySqlOptions,
  dialect: Dialect,
): Pick<PolicySql, 'text' | 'columns'> {
  const writable = treated.filter(({ column }) => column.generated !== true)
  for (const { value, outcome } of writable) assertHolds(value, outcome, dialect)
  const changed = writable.filter(({ rule }) => rule.rule?.technique !== 'retain')
  const sets = (changed.length === 0 ? writable.slice(0, 1) : changed).map(
    ({ column, outcome }) => `${quoteName(column.name, dialect)} = ${outcome?.sql ?? 'NULL'}`,
  )
  if (sets.length === 0) throw new PushdownError('ERR_PUSHDOWN_NOTHING_KEPT', 'the database computes every column')
  const text = `UPDATE ${quoteTable(table, dialect)} AS ${SOURCE} SET\n  ${sets.join(',\n  ')}`
  return { text, columns: treated.map(({ column }) => column.name) }
}

/** PostgreSQL would round what is put into a column of integers, and SQLite make numbers of text that looks like one. */
function assertHolds({ type, number }: Value, outcome: Outcome, { isDynamic }: Dialect): void {
  if (outcome === null || outcome.type === 'same' || outcome.type === type) return
  if (isDynamic && outcome.type !== 'any') return
  if (outcome.type === 'integer' && type === 'double') return
  const problem = `column ${number} cannot hold what takes its values' place: write a new table`
  throw new PushdownError('ERR_PUSHDOWN_COLUMN_TYPE', problem)
}

function changeOf({ column, rule: { field, rule } }: Treated): ColumnChange[] {
  if (rule === null) return [{ column: column.name, field, technique: 'remove', because: 'default-deny' }]
  if (rule.technique === 'retain') return []
  const { technique, warning } = rule
  return [{ column: column.name, field, technique, because: 'rule', ...(warning && { warning }) }]
}

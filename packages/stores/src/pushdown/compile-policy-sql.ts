/**
 * Anonymization policies as SQL.
 *
 * @module
 */

import type { ColumnRules, FieldKind, Policy } from '@surveyseal/core/anonymize'
import { columnRules, parsePolicy } from '@surveyseal/core/anonymize'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { Statement } from './binder.js'
import { Binder } from './binder.js'
import type { ColumnChange } from './changes.js'
import { changesOf, countingSql, suppressionOf } from './changes.js'
import type { TableColumn } from './columns.js'
import type { Dialect, PushdownDialect } from './dialect.js'
import { DIALECTS } from './dialect.js'
import { PushdownError } from './errors.js'
import type { TableName } from './names.js'
import { quoteName } from './names.js'
import type { Treated } from './treatment.js'
import { firstThatHolds, treatColumn } from './treatment.js'
import type { Value } from './value.js'
import { SOURCE, writeInPlace, writeSelect } from './write.js'

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
  /** The kinds of columns, as in `compilePolicy`. @defaultValue none */
  readonly kinds?: Readonly<Record<string, FieldKind>>
}

/** A statement that does what a policy says. In DuckDB one parameter is a secret random text: compile anew for every run. */
export interface PolicySql extends Statement {
  /**
   * In place, what removes the records that the policy suppresses: run it first and in the same transaction. `null` where it
   * suppresses none, and in a new table, which does without them anyway.
   */
  readonly deletion: Statement | null
  /** The columns of the result, or of the new table; in place, all columns. */
  readonly columns: readonly string[]
  readonly changes: readonly ColumnChange[]
  /**
   * Counts, to be run before: one row of which `records` is the number of all rows, and `c0`, `c1` and so on that of the values
   * each of the `changes` is made to.
   */
  readonly counting: Statement
}

/**
 * Compiles a policy to one statement for a table whose rows are records: JavaScript's `compilePolicy` and SQL give the same,
 * value for value, and random e-mail addresses of the same form, fresh for every row.
 *
 * Rows are read as `ColumnType` says, NULL as `null`; what the policy removes from every row is no column of the result. What
 * SQL cannot do exactly alike is refused when the policy is compiled, never approximated. Names are quoted and values bound.
 * Nothing is run.
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
  const { columns, kinds = {} } = options
  const names = columns.map(({ name }) => name)
  const { language, records = [] } = parsePolicy(policy)
  const values = new Map(columns.map((column, at) => [column.name, columnValue(column, { number: at + 1, dialect })]))
  const tools = { dialect, binder: new Binder(dialect.mostParameters), language, columns: values }
  const rules = columnRules(policy, names, { kinds })
  const suppressed = firstThatHolds(records, tools)
  const treated = columns.map((column): Treated => {
    const value = values.get(column.name) as Value
    return { column, ...treatColumn(rules.get(column.name) as ColumnRules, value, tools) }
  })
  const write = options.inPlace === true ? writeInPlace : writeSelect
  return {
    ...write({ treated, suppressed, options, tools }),
    changes: [...suppressed.map(({ rule }) => suppressionOf(rule)), ...treated.flatMap(changesOf)],
    counting: countingSql({ treated, suppressed, options, tools }),
  }
}

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

/** The table is called the same whatever its name is: no engine takes a column that is not there for a text then. */
function columnValue({ name, type }: TableColumn, { number, dialect }: { number: number; dialect: Dialect }): Value {
  return { sql: `${SOURCE}.${quoteName(name, dialect)}`, type, number }
}

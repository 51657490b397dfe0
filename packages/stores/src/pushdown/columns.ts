/**
 * What columns a table has.
 *
 * @module
 */

import type { SqlRow, SqlValue } from '../sql.js'
import type { PushdownDialect } from './dialect.js'
import { DIALECTS } from './dialect.js'
import { PushdownError } from './errors.js'
import type { TableName } from './names.js'
import { quoteTable } from './names.js'

/**
 * What a column's values are to JavaScript: `text` a string, `integer` and `double` a number, `boolean` a boolean, `date` the
 * text `YYYY-MM-DD`, `timestamp` the text of the day and time it names, `timestamptz` a `Date`. `other` is everything else: it
 * can be kept, overwritten and removed. NULL is `null`. In SQLite, `text` is a column of that affinity; values of the others are
 * looked at one by one.
 */
export type ColumnType = 'text' | 'integer' | 'double' | 'boolean' | 'date' | 'timestamp' | 'timestamptz' | 'other'

/** A column of a table. */
export interface TableColumn {
  readonly name: string
  readonly type: ColumnType
  /** What the engine calls its type, in lower case: among those of `other` are some whose risk can be measured. */
  readonly declared?: string
  /** Whether the database computes it, so that it follows from the others. @defaultValue false */
  readonly generated?: boolean
}

/** What runs statements: the `Sql` of `@surveyseal/stores/sqlite` and `/postgres`, or what `duckDbDatabase` returns. */
export interface PushdownDatabase {
  readonly dialect: PushdownDialect
  /** Runs one statement; parameters are written `$1` to `$n`. */
  query(text: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]>
}

/**
 * Reads what columns a table or view has, for `compilePolicySql`.
 *
 * @param database - Where the table is.
 * @param table - Its name.
 * @returns The columns in their order.
 * @throws {@link PushdownError} `ERR_PUSHDOWN_NAME_INVALID`, `ERR_PUSHDOWN_TABLE_MISSING`
 * @throws {StoreError} as the database does.
 */
export async function tableColumns(database: PushdownDatabase, table: TableName): Promise<readonly TableColumn[]> {
  const quoted = quoteTable(table, DIALECTS[database.dialect])
  const rows = await CATALOGUES[database.dialect](database, table, quoted)
  if (rows.length === 0) throw new PushdownError('ERR_PUSHDOWN_TABLE_MISSING', 'the table is not there')
  return rows.map(({ name, type, generated }) => ({
    name: String(name),
    type: typeOf(String(type)),
    declared: String(type).toLowerCase(),
    generated: generated === 1,
  }))
}

type Catalogue = (database: PushdownDatabase, table: TableName, quoted: string) => Promise<readonly SqlRow[]>

const CATALOGUES: Readonly<Record<PushdownDialect, Catalogue>> = {
  postgres: (database, _table, quoted) =>
    database.query(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type, CASE attgenerated WHEN '' THEN 0 ELSE 1 END AS generated
FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      [quoted],
    ),
  sqlite: (database, table) => {
    const { schema, name } = typeof table === 'string' ? { schema: 'main', name: table } : table
    return database.query(
      `SELECT name, lower(type) AS type, CASE hidden WHEN 0 THEN 0 ELSE 1 END AS generated
FROM pragma_table_xinfo($1, $2) WHERE hidden <> 1 ORDER BY cid`,
      [name, schema],
    )
  },
  duckdb: (database, _table, quoted) =>
    database.query(`SELECT column_name AS name, column_type AS type, 0 AS generated FROM (DESCRIBE ${quoted})`),
}

const TYPES: readonly (readonly [RegExp, ColumnType])[] = [
  [/^u?(?:tiny|small|big)?int(?:eger)?$|^int\d?$/, 'integer'],
  [/^(?:text|clob|(?:n?var)?char(?:acter)?(?: varying)?(?:\(\d+\))?)$/, 'text'],
  [/^(?:double(?: precision)?|float8)$/, 'double'],
  [/^bool(?:ean)?$/, 'boolean'],
  [/^date$/, 'date'],
  [/^timestamp(?: without time zone)?$/, 'timestamp'],
  [/^(?:timestamp with time zone|timestamptz)$/, 'timestamptz'],
]

function typeOf(declared: string): ColumnType {
  const type = declared.toLowerCase()
  // Of another kind than a number holds exactly, or padded with blanks.
  if (type === 'ubigint' || type === 'character') return 'other'
  return TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}

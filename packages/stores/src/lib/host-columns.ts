import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { Sql, SqlDialect, SqlValue } from '../sql.js'

/** How a column's values are read and written. */
type ColumnKind = 'text' | 'number' | 'bytes' | 'other'

/** A column of the host's table that can be written. */
export interface HostColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** Whether NULL is refused. */
  readonly required: boolean
}

// `$1` is the table. Columns that the database computes follow from the others by themselves.
const catalogues = {
  sqlite: `SELECT name, lower(type) AS type, "notnull" AS required FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid`,
  postgres: `SELECT column_name AS name, data_type AS type, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS required
FROM information_schema.columns
WHERE table_name = $1 AND table_schema = ANY (current_schemas(false)) AND is_generated = 'NEVER' AND is_updatable = 'YES'
ORDER BY ordinal_position`,
} as const satisfies Record<SqlDialect, string>

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(?:bytea|blob)$/, 'bytes'],
  [/^(?:text|clob|(?:n?var)?char.*|character.*)$/, 'text'],
  [/^(?:int.*|tinyint|smallint|bigint|real|double.*|float.*)$/, 'number'],
]

/** Reads what columns the host's table has. */
export async function hostColumns(sql: Sql, table: string): Promise<readonly HostColumn[]> {
  const rows = await sql.query(catalogues[sql.dialect], [table])
  if (rows.length === 0) throw invalidArgumentValue('table', 'a table that is there')
  return rows.map(({ name, type, required }) => ({
    name: String(name),
    kind: kinds.find(([pattern]) => pattern.test(String(type)))?.[1] ?? 'other',
    required: required === 1,
  }))
}

/** Writes a name so that it is one whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** How a column is selected: what a driver would turn into an object comes as the text the engine writes. */
export function selected({ name, kind }: HostColumn, dialect: SqlDialect): string {
  return kind === 'other' && dialect === 'postgres' ? `CAST(${quoted(name)} AS text) AS ${quoted(name)}` : quoted(name)
}

/** What takes the place of a value that is left out. */
export function absent({ kind, required }: HostColumn): SqlValue {
  if (!required) return null
  return kind === 'number' ? 0 : kind === 'bytes' ? new Uint8Array() : ''
}

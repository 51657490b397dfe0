import type { ColumnType, PushdownDatabase, PushdownDialect } from '@surveyseal/stores/pushdown'
import { tableColumns } from '@surveyseal/stores/pushdown'
import type { GeneratedTable } from './arbitraries.js'

const declared: Readonly<Record<PushdownDialect, Partial<Record<ColumnType, string>>>> = {
  postgres: {
    text: 'text',
    integer: 'bigint',
    double: 'double precision',
    boolean: 'boolean',
    date: 'date',
    timestamp: 'timestamp',
    timestamptz: 'timestamptz',
  },
  duckdb: {
    text: 'VARCHAR',
    integer: 'BIGINT',
    double: 'DOUBLE',
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    timestamptz: 'TIMESTAMPTZ',
  },
  sqlite: { text: 'TEXT', integer: 'INTEGER', double: 'REAL', other: '' },
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Makes a table of what was generated. */
export async function makeTable(
  database: PushdownDatabase,
  { columns, rows }: Pick<GeneratedTable, 'columns' | 'rows'>,
  table = 'answers',
): Promise<void> {
  const types = columns.map(({ type }) => declared[database.dialect][type] ?? '')
  await database.query(`DROP TABLE IF EXISTS ${table}`)
  await database.query('DROP TABLE IF EXISTS anonymized')
  await database.query(
    `CREATE TABLE ${table} (${columns.map(({ name }, at) => `${quote(name)} ${types[at]}`).join(', ')})`,
  )
  for (const row of rows) {
    const cells = row.map((cell, at) => {
      if (database.dialect !== 'sqlite') return [`CAST($${at + 1} AS ${types[at]})`, cell?.written ?? null] as const
      return [`$${at + 1}`, (cell?.value as string | number | undefined) ?? null] as const
    })
    const unsafe = cells.map(([sql, value]) =>
      typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
        ? ([sql.replace(/.*/, (sql) => `CAST(${sql} AS REAL)`), String(value)] as const)
        : ([sql, value] as const),
    )
    await database.query(
      `INSERT INTO ${table} VALUES (${unsafe.map(([sql]) => sql).join(', ')})`,
      unsafe.map(([, value]) => value),
    )
  }
}

/** All rows of a table, every column by its name; what drivers turn into objects as the text the engine writes. */
export async function readTable(database: PushdownDatabase, table: string): Promise<Map<string, unknown>[]> {
  const columns = await tableColumns(database, table)
  const list = columns.map(({ name, type }, at) => {
    if (type === 'timestamptz') {
      const text = database.dialect === 'postgres' ? 'text' : 'VARCHAR'
      return `CAST(${quote(name)} AT TIME ZONE 'UTC' AS ${text}) AS c${at}`
    }
    const isPlain = database.dialect === 'sqlite' || type === 'text' || type === 'double' || type === 'integer'
    return `${isPlain ? quote(name) : `CAST(${quote(name)} AS ${database.dialect === 'postgres' ? 'text' : 'VARCHAR'})`} AS c${at}`
  })
  const rows = await database.query(`SELECT ${list.join(', ')} FROM ${table}`)
  return rows.map((row) => new Map(columns.map(({ name }, at) => [name, row[`c${at}`]])))
}

/** What JavaScript reads of the rows. */
export async function recordsOf(
  database: PushdownDatabase,
  { columns, rows }: Pick<GeneratedTable, 'columns' | 'rows'>,
  table = 'answers',
): Promise<Record<string, unknown>[]> {
  if (database.dialect === 'sqlite') return (await readTable(database, table)).map((row) => Object.fromEntries(row))
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at]?.value ?? null])))
}

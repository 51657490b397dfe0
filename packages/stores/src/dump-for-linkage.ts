/**
 * What a database holds, for `testLinkage`.
 *
 * @module
 */

import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { DumpFile, DumpTable } from '@surveyseal/links/testing'
import type { Sql, SqlDialect, SqlRow } from './sql.js'

/** Everything that can be read of a database, the engine's own columns included. */
export interface DatabaseDump {
  /** Rows in physical order; every value is text, in the engine's spelling, or null. */
  readonly tables: readonly DumpTable[]
  /** The file and the write-ahead log of an SQLite database; of PostgreSQL none, they are the server's. */
  readonly files: readonly DumpFile[]
}

/**
 * Reads every table of a database, as whoever holds it could: with `rowid` on SQLite, with `ctid` and `xmin` on PostgreSQL, in
 * the order in which the rows lie, and on SQLite the bytes of the file and its log.
 *
 * It reads all of it into memory and hands personal data over as it is: for tests, with people made for them. On PostgreSQL
 * it reads the first schema of the search path.
 *
 * @param sql - The database, not a transaction.
 * @returns What `testLinkage` of `@surveyseal/links/testing` takes besides the truth.
 * @throws {StoreError} Any code of the database.
 *
 * @example
 * A test that fails when the host's own tables tie answers to invitees.
 *
 * ```ts
 * import type { LinkagePair } from '@surveyseal/links/testing'
 * import { testLinkage } from '@surveyseal/links/testing'
 * import { dumpForLinkage, type Sql } from '@surveyseal/stores'
 *
 * export async function isJoined(database: Sql, pairs: readonly LinkagePair[]): Promise<boolean> {
 *   const dump = await dumpForLinkage(database)
 *   const { verdict } = testLinkage({ ...dump, answers: { table: 'answers', key: 'id' }, pairs })
 *   return verdict !== 'chance'
 * }
 * ```
 */
export async function dumpForLinkage(sql: Sql): Promise<DatabaseDump> {
  const reading = readings[sql.dialect]
  const tables: DumpTable[] = []
  for (const { name } of await sql.query(reading.tables)) {
    const columns = await sql.query(reading.columns, [String(name)])
    const text = reading.rows(String(name), columns)
    tables.push({ name: String(name), rows: await sql.query(text) })
  }
  return { tables, files: await reading.files(sql) }
}

interface Reading {
  /** Their names. */
  readonly tables: string
  /** `$1` is the table. Names, and whether rows have a number that is no column. */
  readonly columns: string
  rows(table: string, columns: readonly SqlRow[]): string
  files(sql: Sql): Promise<readonly DumpFile[]>
}

const readings: Readonly<Record<SqlDialect, Reading>> = {
  sqlite: {
    tables: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name`,
    columns: `SELECT c.name AS name, 1 - l.wr AS numbered
FROM pragma_table_info($1) AS c, pragma_table_list AS l WHERE l.name = $1 AND l.schema = 'main' ORDER BY c.cid`,
    rows: (table, columns) => {
      const numbered = columns[0]?.['numbered'] === 1
      const cast = (column: string) =>
        `CASE typeof(${column}) WHEN 'blob' THEN lower(hex(${column})) ELSE CAST(${column} AS TEXT) END`
      const texts = columns.map(({ name }) => `${cast(quoted(name))} AS ${quoted(name)}`)
      const rowid = numbered ? ['rowid AS rowid'] : []
      return `SELECT ${[...rowid, ...texts].join(', ')} FROM ${quoted(table)}${numbered ? ' ORDER BY rowid' : ''}`
    },
    files: async (sql) => {
      const [main] = await sql.query('PRAGMA database_list')
      const path = String(main?.['file'] ?? '')
      const paths = path === '' ? [] : [path, `${path}-wal`].filter((file) => existsSync(file))
      return paths.map((file) => ({ name: basename(file), content: readFileSync(file) }))
    },
  },
  postgres: {
    tables: `SELECT table_name::text AS name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
    columns: `SELECT column_name::text AS name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
    rows: (table, columns) => {
      const texts = columns.map(({ name }) => `${quoted(name)}::text AS ${quoted(name)}`)
      return `SELECT ${['t.ctid::text AS ctid', 't.xmin::text AS xmin', ...texts].join(', ')}
FROM ${quoted(table)} AS t ORDER BY t.ctid`
    },
    files: async () => [],
  },
}

function quoted(name: unknown): string {
  return `"${String(name).replaceAll('"', '""')}"`
}

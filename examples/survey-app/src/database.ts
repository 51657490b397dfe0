/**
 * The database: a file of SQLite, or PostgreSQL where `DATABASE_URL` names one.
 *
 * @module
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from '@surveyseal/stores'
import { postgresSql } from '@surveyseal/stores/postgres'
import { openSqlite } from '@surveyseal/stores/sqlite'

/** An open database. */
export interface Database {
  readonly sql: Sql
  /** For people, without the address or password. */
  readonly name: string
  close(): Promise<void>
}

/** Opens the database of a data folder. */
export async function openDatabase(folder: string, databaseUrl: string | undefined): Promise<Database> {
  if (databaseUrl !== undefined) return openPostgres({ connectionString: databaseUrl })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const sql = await openSqlite(join(folder, 'survey-app.db'))
  return { sql, name: 'SQLite', close: () => sql.close() }
}

/** Opens PostgreSQL; `options` are those of `pg`. The driver is loaded only here: SQLite needs none of it. */
export async function openPostgres(options: { connectionString: string; options?: string }): Promise<Database> {
  const { Pool } = await import('pg')
  const pool = new Pool(options)
  // A connection lost while idle is replaced when the next one is needed.
  pool.on('error', () => undefined)
  return { sql: postgresSql(pool), name: 'PostgreSQL', close: () => pool.end() }
}

/**
 * The tables of the stores.
 *
 * @module
 */

import type { StoreErrorCode } from './errors.js'
import { StoreError } from './errors.js'
import { schema } from './lib/schema.js'
import type { Tables } from './lib/tables.js'
import { namesOfTables } from './lib/tables.js'
import type { Sql } from './sql.js'

/** How the tables are made. */
export interface MigrateOptions {
  /**
   * What every table's name begins with: a lower-case letter, then at most 30 lower-case letters, digits or `_`.
   *
   * @defaultValue `'surveyseal_'`
   */
  readonly tablePrefix?: string
  /**
   * Only tells what would be done; changes nothing.
   *
   * @defaultValue `false`
   */
  readonly dryRun?: boolean
}

/** One step from an older set of tables to the present one. */
export interface Migration {
  /** Its place in the order, counted from 1. */
  readonly id: number
  /** The statement in the words of the engine. */
  readonly statement: string
}

/**
 * Makes the tables that are missing.
 *
 * Each statement is a transaction of its own, so a migration that was interrupted is simply run again; and several
 * processes may migrate at once. Call it on the database, not inside a transaction.
 *
 * @param sql - The database.
 * @param options - The prefix of the tables, and whether to do it at all.
 * @returns The steps that were missing, in order; with `dryRun` they still are.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: a prefix that cannot be one.
 * @throws {StoreError} Any code of the database.
 *
 * @example
 * What would be done.
 *
 * ```ts
 * import { migrate } from '@surveyseal/stores'
 * import { openSqlite } from '@surveyseal/stores/sqlite'
 *
 * const database = await openSqlite(':memory:')
 * for (const { id, statement } of await migrate(database, { dryRun: true })) process.stdout.write(`-- ${id}\n${statement};\n`)
 * ```
 */
export async function migrate(sql: Sql, options: MigrateOptions = {}): Promise<Migration[]> {
  const { tablePrefix, dryRun = false } = options
  const tables = namesOfTables(tablePrefix)
  const done = await doneBefore(sql, tables)
  const missing = schema(sql.dialect, tables)
    .map((statement, index) => ({ id: index + 1, statement }))
    .filter(({ id }) => !done.has(id))
  if (!dryRun) for (const migration of missing) await apply(sql, tables, migration)
  return missing
}

async function doneBefore(sql: Sql, tables: Tables): Promise<ReadonlySet<unknown>> {
  try {
    const rows = await sql.query(`SELECT id FROM ${tables.migrations}`)
    return new Set(rows.map((row) => row['id']))
  } catch (error) {
    if (error instanceof StoreError && error.code === 'ERR_STORE_SCHEMA_MISSING') return new Set()
    throw error
  }
}

const refused: ReadonlySet<StoreErrorCode> = new Set<StoreErrorCode>([
  'ERR_STORE_CONSTRAINT',
  'ERR_STORE_QUERY_REFUSED',
])

async function apply(sql: Sql, tables: Tables, { id, statement }: Migration): Promise<void> {
  try {
    await sql.query(statement)
  } catch (error) {
    // PostgreSQL looks whether a table exists before it makes it, and tells the loser of a race in several ways (23505, 42710,
    // 42P07). Every statement may be repeated, and one that is wrong is refused again.
    if (!(error instanceof StoreError) || !refused.has(error.code)) throw error
    await sql.query(statement)
  }
  await sql.query(`INSERT INTO ${tables.migrations} (id) VALUES ($1) ON CONFLICT DO NOTHING`, [id])
}

/**
 * The database a command works on.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import type { Sql } from '@surveyseal/stores'
import { postgresSql } from '@surveyseal/stores/postgres'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { CliError } from '../errors.js'
import { readText } from './input.js'
import type { Io } from './io.js'
import type { TextOption } from './options.js'

/** The option of every command that works on a database. A URL may hold a password, which a list of processes shows. */
export const databaseOption: Readonly<Record<'database', TextOption>> = {
  database: {
    type: 'string',
    hint: 'URL|FILE',
    does: 'postgres://… or an SQLite file; - reads it from standard input; without it, DATABASE_URL',
  },
}

/** A server that has not answered by then is not there, in milliseconds. */
const PATIENCE = 10_000

/**
 * Opens a database for as long as it is used. Neither its name nor its URL is ever told.
 *
 * @param option - What was given as `--database`.
 * @param io - Where `-` and the environment are read.
 * @param options - With `existing` an SQLite file that is not there is not made: an empty database stands for it.
 * @param use - What to do with it.
 * @throws {@link CliError} `ERR_CLI_USAGE`, `ERR_CLI_DRIVER_MISSING`, those of {@link readText}
 * @throws StoreError any code
 */
export async function withDatabase<Result>(
  option: string | undefined,
  io: Io,
  { existing }: { readonly existing: boolean },
  use: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const name = option === '-' ? (await readText('-', io)).trim() : (option ?? io.env['DATABASE_URL'])
  if (name === undefined || name === '') throw usage('--database is required, or DATABASE_URL in the environment')
  if (/^postgres(ql)?:/i.test(name)) return withPostgres(name, use)
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) throw usage('--database is postgres://… or an SQLite file')
  const database = await openSqlite(existing && !existsSync(name) ? ':memory:' : name)
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

async function withPostgres<Result>(url: string, use: (sql: Sql) => Promise<Result>): Promise<Result> {
  const pg = await import('pg').catch(() => {
    throw new CliError('ERR_CLI_DRIVER_MISSING', 'PostgreSQL needs the package pg: install pg@^8.23')
  })
  const pool = new pg.default.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: PATIENCE })
  pool.on('error', () => undefined)
  try {
    // async: a URL that cannot be taken apart is a connection that cannot be made.
    return await use(postgresSql({ connect: async () => pool.connect() }))
  } finally {
    await pool.end()
  }
}

function usage(problem: string): CliError {
  return new CliError('ERR_CLI_USAGE', problem)
}

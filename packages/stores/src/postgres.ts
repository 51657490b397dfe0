/**
 * PostgreSQL as the database of the stores.
 *
 * @module
 */

import { setTimeout } from 'node:timers/promises'
import { invalidArgumentType } from '@surveyseal/core/errors'
import type { StoreErrorCode } from './errors.js'
import { StoreError } from './errors.js'
import { PostgresConnection } from './lib/postgres-connection.js'
import { connectionRefused } from './lib/postgres-errors.js'
import { isRead } from './lib/statement.js'
import { StatementNames } from './lib/statement-names.js'
import { commitUnknown, runTransaction } from './lib/transaction.js'
import type { Sql } from './sql.js'

/** What is used of a query's result; `pg` and PGlite return more. */
export interface PostgresResult {
  readonly rows: readonly object[]
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
  /** How many rows were changed, as `pg` tells it. */
  readonly rowCount?: number | null
  /** How many rows were changed, as PGlite tells it. */
  readonly affectedRows?: number
}

/** Anything that runs one statement with parameters `$1` to `$n`. */
export interface PostgresQueryable {
  /** Runs one statement with its values in the places `$1`, `$2`, … */
  query(text: string, params: unknown[]): Promise<PostgresResult>
}

/** What is used of a connection that a pool lends. */
export interface PostgresClient extends PostgresQueryable {
  /** Gives the connection back; with `true` the pool closes it instead of lending it again. */
  release(destroy: boolean): void
  /** Hears of a connection that failed while nothing was asked of it. */
  on?(event: 'error', listener: () => void): unknown
  /** Stops listening. */
  removeListener?(event: 'error', listener: () => void): unknown
}

/** What is used of a pool; `pg.Pool` is one. */
export interface PostgresPool {
  /** Lends a connection. */
  connect(): Promise<PostgresClient>
}

/** How statements are sent. */
export interface PostgresOptions {
  /**
   * Whether the server keeps statements parsed, by name, for as long as a connection lasts. It takes less of its time.
   *
   * Leave it off behind a pooler that gives each transaction another connection, unless it knows named statements (PgBouncer
   * from 1.21 with `max_prepared_statements`), and for drivers other than `pg`.
   *
   * @defaultValue `false`
   */
  readonly preparedStatements?: boolean
}

const attemptsAtMost = 10

/**
 * Runs the stores on a pool of PostgreSQL connections.
 *
 * Transactions use the isolation level the database or the pool is set to; the stores are correct from READ COMMITTED
 * up. Serialization failures and deadlocks are tried again, ten times at most. A connection that failed is not lent
 * again. The pool stays the host's: it ends it, and it listens to the pool's `error` event.
 *
 * New tables have no statistics until autovacuum, or the host, runs `ANALYZE`. Without them spending a link takes longer the more
 * links there are (three milliseconds instead of less than one among 9,000): run it after a first large issue.
 *
 * @param pool - A `pg.Pool`, or anything with its `connect`.
 * @param options - How statements are sent.
 * @returns The database.
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE`.
 *
 * @example
 * A link store on PostgreSQL.
 *
 * ```ts
 * import { linkStore, migrate } from '@surveyseal/stores'
 * import { postgresSql } from '@surveyseal/stores/postgres'
 * import pg from 'pg'
 *
 * const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] })
 * pool.on('error', () => undefined)
 * const database = postgresSql(pool)
 * await migrate(database)
 * export const links = linkStore(database, { tenant: 'acme' })
 * ```
 */
export function postgresSql(pool: PostgresPool, { preparedStatements = false }: PostgresOptions = {}): Sql {
  if (typeof preparedStatements !== 'boolean') {
    throw invalidArgumentType('preparedStatements', 'boolean', preparedStatements)
  }
  const lender = { pool, names: preparedStatements ? new StatementNames() : null }
  const database: Sql = {
    dialect: 'postgres',
    query: (text, params = []) => alone(lender, text, (connection) => connection.query(text, params)),
    execute: (text, params = []) => alone(lender, text, (connection) => connection.execute(text, params)),
    transaction: (run) => retrying(() => lend(lender, (connection) => runTransaction({ connection, database }, run))),
  }
  return database
}

interface Lender {
  readonly pool: PostgresPool
  readonly names: StatementNames | null
}

/**
 * Lets the stores take part in a transaction the host has begun itself.
 *
 * `transaction` on what this returns joins the host's. The host commits or rolls back; after an error it must roll back,
 * and after `ERR_STORE_CONFLICT` it may try its whole transaction again.
 *
 * @param client - The connection on which the host has run `BEGIN`.
 * @returns The open transaction.
 *
 * @example
 * Called between the host's `BEGIN` and `COMMIT`: the answer and the spent link are kept together or not at all.
 *
 * ```ts
 * import { linkStore } from '@surveyseal/stores'
 * import { postgresTransaction } from '@surveyseal/stores/postgres'
 * import type { PoolClient } from 'pg'
 *
 * export async function answer(client: PoolClient, digest: string, text: string): Promise<void> {
 *   const links = linkStore(postgresTransaction(client), { tenant: 'acme' })
 *   const key = { survey: 'nps', purpose: 'survey', digest }
 *   const outcome = await links.spend(key, { idempotencyKey: digest, at: Date.now() })
 *   if (outcome === 'spent') await client.query('INSERT INTO answers (text) VALUES ($1)', [text])
 * }
 * ```
 */
export function postgresTransaction(client: PostgresQueryable): Sql {
  const connection = new PostgresConnection(client)
  const tx: Sql = {
    dialect: 'postgres',
    query: (text, params = []) => connection.query(text, params),
    execute: (text, params = []) => connection.execute(text, params),
    transaction: (run) => run(tx),
  }
  return tx
}

/** A statement by itself commits itself, so a write whose answer never came may have been kept. */
function alone<T>(lender: Lender, text: string, run: (connection: PostgresConnection) => Promise<T>): Promise<T> {
  return retrying(() =>
    lend(lender, async (connection) => {
      try {
        return await run(connection)
      } catch (error) {
        if (hasCode(error, 'ERR_STORE_UNAVAILABLE') && !isRead(text)) throw commitUnknown()
        throw error
      }
    }),
  )
}

async function lend<T>({ pool, names }: Lender, use: (connection: PostgresConnection) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(() => {
    throw connectionRefused()
  })
  const connection = new PostgresConnection(client, names)
  // A connection that fails between two statements says so by this event; unheard, it would end the process.
  let failed = false
  const onError = () => {
    failed = true
  }
  client.on?.('error', onError)
  try {
    return await use(connection)
  } finally {
    client.removeListener?.('error', onError)
    client.release(failed || connection.broken)
  }
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt()
    } catch (error) {
      if (attempts === attemptsAtMost || !hasCode(error, 'ERR_STORE_CONFLICT')) throw error
    }
    await setTimeout(2 ** attempts)
  }
}

function hasCode(error: unknown, code: StoreErrorCode): boolean {
  return error instanceof StoreError && error.code === code
}

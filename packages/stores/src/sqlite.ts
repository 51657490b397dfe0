/**
 * SQLite as the database of the stores.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { StoreError } from './errors.js'
import { SqliteConnection } from './lib/sqlite-connection.js'
import type { SqliteDriver } from './lib/sqlite-driver.js'
import { loadSqliteDriver } from './lib/sqlite-driver.js'
import { toSqliteStoreError } from './lib/sqlite-errors.js'
import { isRead } from './lib/statement.js'
import { runTransaction } from './lib/transaction.js'
import { whyNotOpened } from './lib/why-not-opened.js'
import { WriterQueue } from './lib/writer-queue.js'
import type { Sql, SqlRow, SqlValue } from './sql.js'

/** How a database is opened. */
export interface SqliteOptions {
  /**
   * How long to wait for another transaction, in milliseconds, before `ERR_STORE_BUSY`; it may be of this process or of
   * another one.
   *
   * @defaultValue 5000
   */
  readonly busyTimeout?: number
}

/** An open SQLite database. */
export interface SqliteDatabase extends Sql {
  /** Waits for the transactions under way, then closes the file. Calling it again does nothing. */
  close(): Promise<void>
}

/**
 * Opens a database file, or makes it.
 *
 * Every commit has reached the disk before it is acknowledged (write-ahead log, `synchronous = FULL`), and deleted bytes
 * are overwritten (`secure_delete`). Any number of processes on one machine may have the file open; it must not lie on a
 * network file system. Writers of this process queue up, readers never wait and never see what is not committed.
 *
 * Runs on `node:sqlite` (Node.js from 22.13, Bun, Deno) or, where that is missing, on the package
 * `@photostructure/sqlite`. It does not make the tables: `migrate` does.
 *
 * @param path - The file, or `:memory:` for a database that ends with the process.
 * @param options - How long to wait for others.
 * @returns The open database.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 * @throws {StoreError} `ERR_STORE_DRIVER_MISSING`, `ERR_STORE_NOT_A_DATABASE`, `ERR_STORE_READ_ONLY`,
 *   `ERR_STORE_UNAVAILABLE`, `ERR_STORE_BUSY`, `ERR_STORE_FULL`.
 *
 * @example
 * A link store on a file.
 *
 * ```ts
 * import { linkStore, migrate } from '@surveyseal/stores'
 * import { openSqlite } from '@surveyseal/stores/sqlite'
 *
 * const database = await openSqlite('surveyseal.db')
 * await migrate(database)
 * export const links = linkStore(database, { tenant: 'acme' })
 * ```
 */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<SqliteDatabase> {
  const { busyTimeout = 5000 } = options
  if (typeof path !== 'string') throw invalidArgumentType('path', 'string', path)
  if (path === '' || path.includes('\0')) throw invalidArgumentValue('path', 'a file name')
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0 || busyTimeout > 2 ** 31 - 1) {
    throw invalidArgumentValue('busyTimeout', 'an integer number of milliseconds')
  }
  const driver = await loadSqliteDriver()
  return openWith(driver, path, busyTimeout).catch(async (error: unknown) => {
    throw await whyNotOpened(error, path)
  })
}

async function openWith(driver: SqliteDriver, path: string, patience: number): Promise<SqliteDatabase> {
  const writer = connect(driver, path, patience)
  try {
    const shared = await prepareFile(writer)
    const reader = shared ? connect(driver, path, patience, { readOnly: true }) : undefined
    return new OpenSqlite(writer, reader, patience)
  } catch (error) {
    writer.close()
    throw error
  }
}

function connect(driver: SqliteDriver, path: string, patience: number, options = {}): SqliteConnection {
  try {
    return new SqliteConnection(new driver.DatabaseSync(path, options), patience)
  } catch (error) {
    throw toSqliteStoreError(error)
  }
}

/** Returns whether a second connection sees the same data and never waits for the first; a database in memory has but one. */
async function prepareFile(writer: SqliteConnection): Promise<boolean> {
  const [mode] = await writer.query('PRAGMA journal_mode = WAL', [])
  await writer.query('PRAGMA synchronous = FULL', [])
  await writer.query('PRAGMA secure_delete = ON', [])
  return mode?.['journal_mode'] === 'wal'
}

class OpenSqlite implements SqliteDatabase {
  readonly dialect = 'sqlite'
  readonly #writer: SqliteConnection
  readonly #reader: SqliteConnection | undefined
  readonly #writers: WriterQueue
  #open = true

  constructor(writer: SqliteConnection, reader: SqliteConnection | undefined, patience: number) {
    this.#writer = writer
    this.#reader = reader
    this.#writers = new WriterQueue(patience)
  }

  async query(text: string, params: readonly SqlValue[] = []): Promise<SqlRow[]> {
    this.#assertOpen()
    if (this.#reader !== undefined && isRead(text)) return this.#reader.query(text, params)
    return this.#writers.run(() => this.#writer.query(text, params))
  }

  async execute(text: string, params: readonly SqlValue[] = []): Promise<number> {
    this.#assertOpen()
    return this.#writers.run(() => this.#writer.execute(text, params))
  }

  async transaction<T>(run: (tx: Sql) => Promise<T>): Promise<T> {
    this.#assertOpen()
    return this.#writers.run(() => runTransaction({ connection: this.#writer, database: this }, run))
  }

  async close(): Promise<void> {
    await this.#writers.run(async () => {
      if (!this.#open) return
      this.#open = false
      this.#reader?.close()
      await this.#takeInLog()
      this.#writer.close()
    })
  }

  /** Not every driver does so when it closes. If it cannot be done the log stays beside the file, and nothing is lost. */
  async #takeInLog(): Promise<void> {
    await this.#writer.query('PRAGMA wal_checkpoint(TRUNCATE)', []).catch(() => undefined)
  }

  #assertOpen(): void {
    if (!this.#open) throw new StoreError('ERR_STORE_UNAVAILABLE', 'the database was closed')
  }
}

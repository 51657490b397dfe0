import { setTimeout } from 'node:timers/promises'
import { invalidArgumentValue } from '@surveyseal/core/errors'
import { StoreError } from '../errors.js'
import type { SqlRow, SqlValue } from '../sql.js'
import { assertParams } from './params.js'
import type { Database, Statement } from './sqlite-driver.js'
import { toSqliteStoreError } from './sqlite-errors.js'
import { toPositional } from './statement.js'
import type { Connection } from './transaction.js'

const preparedAtMost = 128

// SQLite waits inside one synchronous call, which stops the event loop, so it may do so for this long only, in milliseconds.
const blockingSlice = 25

interface Prepared {
  readonly statement: Statement
  readonly order: readonly number[]
  readonly parameters: number
}

/** One SQLite connection: statements kept prepared, other processes waited for without blocking this one. */
export class SqliteConnection implements Connection {
  readonly dialect = 'sqlite'
  readonly #database: Database
  readonly #patience: number
  readonly #prepared = new Map<string, Prepared>()

  constructor(database: Database, patience: number) {
    this.#database = database
    this.#patience = patience
    this.#database.exec(`PRAGMA busy_timeout = ${blockingSlice}`)
  }

  async query(text: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    assertParams(params)
    return this.#whenFree(() => this.#run(text, params))
  }

  async begin(): Promise<void> {
    await this.query('BEGIN IMMEDIATE', [])
  }

  async commit(): Promise<void> {
    await this.query('COMMIT', [])
  }

  async rollback(): Promise<void> {
    await this.query('ROLLBACK', [])
  }

  close(): void {
    this.#prepared.clear()
    this.#database.close()
  }

  /** A statement that met a lock has done nothing, so it can be tried again. */
  async #whenFree<T>(attempt: () => T): Promise<T> {
    const giveUpAt = performance.now() + this.#patience
    for (;;) {
      try {
        return attempt()
      } catch (error) {
        const busy = error instanceof StoreError && error.code === 'ERR_STORE_BUSY'
        if (!busy || performance.now() >= giveUpAt) throw error
      }
      await setTimeout(1)
    }
  }

  #run(text: string, params: readonly SqlValue[]): SqlRow[] {
    const { statement, order, parameters } = this.#prepare(text)
    if (params.length !== parameters) throw invalidArgumentValue('params', `${parameters} values`)
    return withStoreErrors(() => statement.all(...order.map((position) => params[position] as SqlValue)) as SqlRow[])
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text)
    if (known !== undefined) {
      this.#prepared.delete(text)
      this.#prepared.set(text, known)
      return known
    }
    const { text: positional, order } = toPositional(text)
    const parameters = order.reduce((most, position) => Math.max(most, position + 1), 0)
    const statement = withStoreErrors(() => this.#database.prepare(positional))
    const prepared = { statement, order, parameters }
    this.#prepared.set(text, prepared)
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= preparedAtMost) break
      this.#prepared.delete(oldest)
    }
    return prepared
  }
}

function withStoreErrors<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw toSqliteStoreError(error)
  }
}

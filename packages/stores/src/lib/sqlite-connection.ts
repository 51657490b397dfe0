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
  /** Which parameter each question mark takes; null when each takes its own. */
  readonly order: readonly number[] | null
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
    try {
      return this.#run(text, params, rowsOf)
    } catch (error) {
      if (!isBusy(error)) throw error
    }
    return this.#whenFree(() => this.#run(text, params, rowsOf))
  }

  async execute(text: string, params: readonly SqlValue[]): Promise<number> {
    try {
      return this.#run(text, params, changesOf)
    } catch (error) {
      if (!isBusy(error)) throw error
    }
    return this.#whenFree(() => this.#run(text, params, changesOf))
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
  async #whenFree<T>(run: () => T): Promise<T> {
    const giveUpAt = performance.now() + this.#patience
    for (;;) {
      await setTimeout(1)
      try {
        return run()
      } catch (error) {
        if (!isBusy(error) || performance.now() >= giveUpAt) throw error
      }
    }
  }

  #run<T>(text: string, params: readonly SqlValue[], use: (statement: Statement, values: readonly SqlValue[]) => T): T {
    assertParams(params)
    const { statement, order, parameters } = this.#prepare(text)
    if (params.length !== parameters) throw invalidArgumentValue('params', `${parameters} values`)
    const values = order === null ? params : order.map((position) => params[position] as SqlValue)
    try {
      return use(statement, values)
    } catch (error) {
      throw toSqliteStoreError(error)
    }
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text)
    if (known !== undefined) {
      // As long as there is room, it does not matter which was used last.
      if (this.#prepared.size < preparedAtMost) return known
      this.#prepared.delete(text)
      this.#prepared.set(text, known)
      return known
    }
    const { text: positional, order } = toPositional(text)
    const parameters = order.reduce((most, position) => Math.max(most, position + 1), 0)
    const statement = withStoreErrors(() => this.#database.prepare(positional))
    const inTurn = order.every((position, index) => position === index)
    const prepared = { statement, order: inTurn ? null : order, parameters }
    this.#prepared.set(text, prepared)
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= preparedAtMost) break
      this.#prepared.delete(oldest)
    }
    return prepared
  }
}

function rowsOf(statement: Statement, values: readonly SqlValue[]): SqlRow[] {
  return statement.all(...values) as SqlRow[]
}

function changesOf(statement: Statement, values: readonly SqlValue[]): number {
  return Number(statement.run(...values).changes)
}

function isBusy(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'ERR_STORE_BUSY'
}

function withStoreErrors<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw toSqliteStoreError(error)
  }
}

import { StoreError } from '../errors.js'
import type { Sql, SqlDialect, SqlRow, SqlValue } from '../sql.js'

/** One connection that nobody else uses until the transaction on it has ended. Every rejection is a `StoreError`. */
export interface Connection {
  readonly dialect: SqlDialect
  query(text: string, params: readonly SqlValue[]): Promise<SqlRow[]>
  execute(text: string, params: readonly SqlValue[]): Promise<number>
  begin(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** Begins, runs, and commits; or rolls back and throws what made it fail. */
export async function runTransaction<T>(
  { connection, database }: { readonly connection: Connection; readonly database: Sql },
  run: (tx: Sql) => Promise<T>,
): Promise<T> {
  await connection.begin()
  const handle = new TransactionHandle(connection, database)
  let result: T
  try {
    result = await run(handle)
    await handle.end()
  } catch (error) {
    await handle.end().catch(() => undefined)
    // The first failure is the one to report; a rollback that fails as well has lost its connection, and the engine undoes.
    await connection.rollback().catch(() => undefined)
    throw error
  }
  await commit(connection)
  return result
}

async function commit(connection: Connection): Promise<void> {
  try {
    await connection.commit()
  } catch (error) {
    await connection.rollback().catch(() => undefined)
    if (error instanceof StoreError && error.code === 'ERR_STORE_UNAVAILABLE') throw commitUnknown()
    throw error
  }
}

/** The engine was told to write and went away before it answered. */
export function commitUnknown(): StoreError {
  return new StoreError('ERR_STORE_COMMIT_UNKNOWN', 'the database went away while it was committing')
}

/** Whether a handle is that of a transaction this package has begun. */
export function isTransaction(sql: Sql): boolean {
  return sql instanceof TransactionHandle
}

/** Whether something is the handle of a transaction in this database, or is this very handle. */
export function isWithin(tx: unknown, database: Sql): tx is Sql {
  return tx instanceof TransactionHandle && (tx === database || tx.database === database)
}

/** Passes statements on while the transaction is open, and remembers whether one of them failed. */
class TransactionHandle implements Sql {
  readonly dialect: SqlDialect
  /** In which the transaction was begun. */
  readonly database: Sql
  readonly #connection: Connection
  #underWay = 0
  #allDone: (() => void) | undefined
  #failures: unknown[] = []
  #ended = false

  constructor(connection: Connection, database: Sql) {
    this.dialect = connection.dialect
    this.database = database
    this.#connection = connection
  }

  query(text: string, params: readonly SqlValue[] = []): Promise<SqlRow[]> {
    return this.#run(() => this.#connection.query(text, params))
  }

  execute(text: string, params: readonly SqlValue[] = []): Promise<number> {
    return this.#run(() => this.#connection.execute(text, params))
  }

  async #run<T>(statement: () => Promise<T>): Promise<T> {
    this.#assertOpen()
    this.#underWay += 1
    try {
      return await statement()
    } catch (error) {
      this.#failures.push(error)
      throw error
    } finally {
      this.#underWay -= 1
      if (this.#underWay === 0) this.#allDone?.()
    }
  }

  async transaction<T>(run: (tx: Sql) => Promise<T>): Promise<T> {
    this.#assertOpen()
    return run(this)
  }

  /**
   * Refuses further statements, waits for those nobody waited for, and throws if any of them failed: PostgreSQL answers
   * the COMMIT of a failed transaction with success and keeps nothing.
   */
  async end(): Promise<void> {
    this.#ended = true
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#allDone = resolve
      })
    }
    if (this.#failures.length > 0) throw this.#failures[0]
  }

  #assertOpen(): void {
    if (this.#ended) throw new StoreError('ERR_STORE_TRANSACTION_ENDED', 'this transaction has ended')
  }
}

import { StoreError } from '../errors.js'
import type { SqlValue } from '../sql.js'

/** The part of a `node:sqlite` statement that is used. */
export interface Statement {
  all(...params: SqlValue[]): unknown[]
  run(...params: SqlValue[]): { readonly changes: number | bigint }
}

/** The part of a `node:sqlite` connection that is used. */
export interface Database {
  exec(text: string): void
  prepare(text: string): Statement
  close(): void
}

/** The part of the `node:sqlite` module that is used; `@photostructure/sqlite` offers the same. */
export interface SqliteDriver {
  readonly DatabaseSync: new (path: string, options?: { readonly readOnly?: boolean }) => Database
}

// Not written into the import itself: a bundler would demand the optional package of hosts that do not need it.
const peer = '@photostructure/sqlite'

/** The runtime's own SQLite, or the package that brings the same interface to Node.js 20. */
export async function loadSqliteDriver(): Promise<SqliteDriver> {
  const builtin: unknown = process.getBuiltinModule?.('node:sqlite')
  if (builtin !== undefined) return builtin as SqliteDriver
  try {
    return (await import(peer)) as SqliteDriver
  } catch {
    throw new StoreError('ERR_STORE_DRIVER_MISSING', `this runtime has no node:sqlite: install ${peer}@^1.2`)
  }
}

import type { StoreErrorCode } from '../errors.js'
import { StoreError } from '../errors.js'

interface Refusal {
  /** Primary result code, https://sqlite.org/rescode.html */
  readonly result: number | null
  /** SQLite's own words, for drivers that pass on no code when a statement fails while it runs. */
  readonly words: RegExp
  readonly code: StoreErrorCode
  readonly message: string
}

const refusals = [
  {
    result: 5,
    words: /^database (?:table )?is locked/,
    code: 'ERR_STORE_BUSY',
    message: 'another process holds the database',
  },
  {
    result: 6,
    words: /^database schema is locked/,
    code: 'ERR_STORE_BUSY',
    message: 'another process holds the database',
  },
  {
    result: 8,
    words: /^attempt to write a readonly database/,
    code: 'ERR_STORE_READ_ONLY',
    message: 'the database takes no writes',
  },
  { result: 10, words: /^disk I\/O error/, code: 'ERR_STORE_UNAVAILABLE', message: 'the disk failed' },
  {
    result: 11,
    words: /^database disk image is malformed/,
    code: 'ERR_STORE_NOT_A_DATABASE',
    message: 'the database file is damaged',
  },
  { result: 13, words: /^database or disk is full/, code: 'ERR_STORE_FULL', message: 'the disk is full' },
  {
    result: 14,
    words: /unable to open database file/,
    code: 'ERR_STORE_UNAVAILABLE',
    message: 'the database file cannot be opened',
  },
  { result: 19, words: /constraint failed/, code: 'ERR_STORE_CONSTRAINT', message: 'a row breaks a constraint' },
  {
    result: 26,
    words: /^file is not a database/,
    code: 'ERR_STORE_NOT_A_DATABASE',
    message: 'the file is not an SQLite database',
  },
  {
    result: null,
    words: /^no such table/,
    code: 'ERR_STORE_SCHEMA_MISSING',
    message: 'a table is missing: run migrate first',
  },
  {
    result: null,
    words: /too large to be represented as a JavaScript number/,
    code: 'ERR_STORE_VALUE_OUT_OF_RANGE',
    message: 'a stored integer is beyond what a number holds exactly',
  },
  {
    result: null,
    words: /^database is not open/,
    code: 'ERR_STORE_UNAVAILABLE',
    message: 'the database was closed',
  },
] as const satisfies readonly Refusal[]

/** Gives a driver's error our code; its own words may hold a statement's values and are dropped. */
export function toSqliteStoreError(error: unknown): StoreError {
  const { errcode, message } = error as { readonly errcode?: number; readonly message?: string }
  const result = errcode === undefined ? undefined : errcode & 0xff
  const refusal = refusals.find((entry) => entry.result === result || entry.words.test(message ?? ''))
  if (refusal !== undefined) return new StoreError(refusal.code, refusal.message)
  return new StoreError('ERR_STORE_QUERY_REFUSED', `SQLite refused the statement (result code ${result ?? 'unknown'})`)
}

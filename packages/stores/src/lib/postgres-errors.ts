import type { StoreErrorCode } from '../errors.js'
import { StoreError } from '../errors.js'

/** By SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html; the longer entry wins. */
const refusals: Readonly<Record<string, readonly [code: StoreErrorCode, message: string]>> = {
  '08': ['ERR_STORE_UNAVAILABLE', 'the connection to the database failed'],
  '22003': ['ERR_STORE_VALUE_OUT_OF_RANGE', 'an integer is beyond what its column holds'],
  '23': ['ERR_STORE_CONSTRAINT', 'a row breaks a constraint'],
  '25006': ['ERR_STORE_READ_ONLY', 'the database takes no writes'],
  '40': ['ERR_STORE_CONFLICT', 'other transactions came first each time'],
  // Distributed engines answer so when they cannot tell whether the statement, or the commit, took effect.
  '40003': ['ERR_STORE_UNAVAILABLE', 'the database does not know whether the statement took effect'],
  '42P01': ['ERR_STORE_SCHEMA_MISSING', 'a table is missing: run migrate first'],
  '53': ['ERR_STORE_UNAVAILABLE', 'the database has no resources left'],
  '53100': ['ERR_STORE_FULL', 'the disk is full'],
  '55P03': ['ERR_STORE_BUSY', 'another transaction holds the row or table'],
  '57014': ['ERR_STORE_BUSY', 'the statement took longer than it may'],
  '57': ['ERR_STORE_UNAVAILABLE', 'the database ended the connection or the statement'],
  '58': ['ERR_STORE_UNAVAILABLE', 'the database server failed'],
}

/** Gives a driver's error our code; its own words may hold a statement's values and are dropped. */
export function toPostgresStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const state = sqlState(error)
  if (state === null) return new StoreError('ERR_STORE_UNAVAILABLE', 'the connection to the database failed')
  const refusal = refusals[state] ?? refusals[state.slice(0, 2)]
  if (refusal !== undefined) return new StoreError(...refusal)
  return new StoreError('ERR_STORE_QUERY_REFUSED', `PostgreSQL refused the statement (SQLSTATE ${state})`)
}

/** A server that does not let anyone in, for whatever reason it gives. */
export function connectionRefused(): StoreError {
  return new StoreError('ERR_STORE_UNAVAILABLE', 'the database does not accept a connection')
}

/** What the server answered; null when it did not. Every SQLSTATE class in use begins with one of these, no `E…` of Node.js does. */
function sqlState(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[0-9FHPX][0-9A-Z]{4}$/.test(code) ? code : null
}

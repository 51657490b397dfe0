/**
 * DuckDB as a database to push work down to.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { StoreError } from '../errors.js'
import type { SqlRow, SqlValue } from '../sql.js'
import type { PushdownDatabase } from './columns.js'

/** What is used of an answer of `@duckdb/node-api`. */
export interface DuckDbAnswer {
  /** The rows, values as JavaScript's own. */
  getRowObjectsJS(): readonly object[]
}

/** What is used of a connection of `@duckdb/node-api`. */
export interface DuckDbConnection {
  /** Runs one statement and reads all rows. */
  runAndReadAll(text: string, values?: (string | number | null)[]): Promise<DuckDbAnswer>
}

/**
 * Runs statements on DuckDB, over its own tables, Parquet and CSV files. The connection stays the host's.
 *
 * @param connection - A connection of `@duckdb/node-api`.
 * @returns The database.
 * @throws {StoreError} when a statement runs: `ERR_STORE_QUERY_REFUSED`, `ERR_STORE_VALUE_OUT_OF_RANGE`
 */
export function duckDbDatabase(connection: DuckDbConnection): PushdownDatabase {
  return {
    dialect: 'duckdb',
    query: async (text, params = []) => {
      const answer = await connection.runAndReadAll(text, params.map(toParameter)).catch(() => {
        // Its own words may hold a statement's values.
        throw new StoreError('ERR_STORE_QUERY_REFUSED', 'DuckDB refused the statement')
      })
      return answer.getRowObjectsJS().map(toRow)
    },
  }
}

function toParameter(value: SqlValue): string | number | null {
  if (value instanceof Uint8Array) throw invalidArgumentType('params', 'string, number or null', value)
  return value
}

function toRow(row: object): SqlRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value)]))
}

function toValue(value: unknown): SqlValue {
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value)
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new StoreError('ERR_STORE_VALUE_OUT_OF_RANGE', 'a value is neither text nor a number that is held exactly')
}

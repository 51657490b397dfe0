/**
 * Names of tables and columns.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { quoted } from '../lib/host-columns.js'
import { isStorable } from './binder.js'
import type { Dialect } from './dialect.js'
import { PushdownError } from './errors.js'

/** A table or view by its name, or by its schema and name. In DuckDB the name may be that of a Parquet or CSV file. */
export type TableName = string | { readonly schema: string; readonly name: string }

/**
 * Writes a name so that it is one whatever is in it.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_NAME_INVALID`
 */
export function quoteName(name: string, { longestName }: Pick<Dialect, 'longestName'>): string {
  if (typeof name !== 'string') throw invalidArgumentType('name', 'string', name)
  if (name === '' || !isStorable(name)) throw invalid('a name is empty, or holds U+0000 or half a character')
  // PostgreSQL would cut it off and take another table or column for it.
  if (new TextEncoder().encode(name).length > longestName) {
    throw invalid(`a name is longer than the ${longestName} bytes the engine keeps`)
  }
  return quoted(name)
}

/** @throws {@link PushdownError} `ERR_PUSHDOWN_NAME_INVALID` */
export function quoteTable(table: TableName, dialect: Pick<Dialect, 'longestName'>): string {
  if (typeof table === 'string') return quoteName(table, dialect)
  if (typeof table !== 'object' || table === null) throw invalidArgumentType('table', 'string or object', table)
  return `${quoteName(table.schema, dialect)}.${quoteName(table.name, dialect)}`
}

function invalid(problem: string): PushdownError {
  return new PushdownError('ERR_PUSHDOWN_NAME_INVALID', problem)
}

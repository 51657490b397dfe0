/**
 * Options of commands that work on a file or on a table.
 *
 * @module
 */

import { CliError } from '../errors.js'
import type { TextOption } from './options.js'

/** Which table. */
export const tableOptions: Readonly<Record<'database' | 'table' | 'schema', TextOption>> = {
  database: {
    type: 'string',
    hint: 'URL|FILE',
    does: 'instead of a file: postgres://…, an SQLite file or duckdb:FILE, where the work is done by SQL',
  },
  table: { type: 'string', hint: 'T', does: 'the table or view; with duckdb: also a Parquet or CSV file' },
  schema: { type: 'string', hint: 'S', does: 'the schema the table is in' },
}

/** What was given of them. */
export type TableValues = Readonly<Record<keyof typeof tableOptions, string | undefined>>

/** Where the rows go. */
export const targetOptions: {
  readonly into: TextOption
  readonly 'in-place': { readonly type: 'boolean'; readonly does: string }
} = {
  into: { type: 'string', hint: 'T2', does: 'the new table the rows go to, with --table (default T_anonymized)' },
  'in-place': { type: 'boolean', does: 'overwrites the rows of --table instead; it cannot be taken back' },
}

/** Whether a command is to work on a table. */
export function isAboutTable({ database, table }: Pick<TableValues, 'database' | 'table'>): boolean {
  return database !== undefined || table !== undefined
}

/**
 * Refuses a file and a table at once, neither, and what only works on files.
 *
 * @throws {@link CliError} `ERR_CLI_USAGE`
 */
export function assertOneInput(given: {
  readonly operand: string
  readonly isTable: boolean
  readonly isFileOnly: boolean
}): void {
  const { operand, isTable, isFileOnly } = given
  if (isTable === (operand !== '')) throw new CliError('ERR_CLI_USAGE', 'expected a file, or --database and --table')
  if (isTable && isFileOnly) throw new CliError('ERR_CLI_USAGE', 'an option was given that works on files only')
}

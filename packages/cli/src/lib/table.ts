/**
 * A table of a database, in place of a file of records.
 *
 * @module
 */

import type { PushdownDatabase, TableColumn, TableName } from '@surveyseal/stores/pushdown'
import { duckDbDatabase, tableColumns } from '@surveyseal/stores/pushdown'
import { CliError } from '../errors.js'
import { withDatabase } from './database.js'
import type { Io } from './io.js'
import type { TableValues } from './table-options.js'

/** An open database with one of its tables. */
export interface OpenTable {
  readonly database: PushdownDatabase
  readonly table: TableName
  readonly columns: readonly TableColumn[]
  /** The name of another table beside it. */
  beside(name: string): TableName
  /** Runs everything on one state of the database, and keeps all of it or nothing. */
  transaction<T>(run: (database: PushdownDatabase) => Promise<T>): Promise<T>
}

/**
 * Opens the database for as long as its table is used.
 *
 * @throws {@link CliError} `ERR_CLI_USAGE`, `ERR_CLI_DRIVER_MISSING`, those of {@link withDatabase}
 * @throws PushdownError `ERR_PUSHDOWN_NAME_INVALID`, `ERR_PUSHDOWN_TABLE_MISSING`
 */
export async function withTable<Result>(
  { database: option, table: name, schema }: TableValues,
  io: Io,
  use: (table: OpenTable) => Promise<Result>,
): Promise<Result> {
  if (name === undefined || name === '') throw new CliError('ERR_CLI_USAGE', '--table is required with --database')
  const beside = (name: string): TableName => (schema === undefined ? name : { schema, name })
  const open = async (database: PushdownDatabase, transaction: OpenTable['transaction']): Promise<Result> => {
    const table = beside(name)
    return use({ database, table, columns: await tableColumns(database, table), beside, transaction })
  }
  if (option?.startsWith('duckdb:')) return withDuckDb(option.slice('duckdb:'.length), open)
  return withDatabase(option, io, { existing: true }, (sql) => {
    const isolated: OpenTable['transaction'] = (run) =>
      sql.transaction(async (tx) => {
        if (tx.dialect === 'postgres') await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
        return run(tx)
      })
    return open(sql, isolated)
  })
}

async function withDuckDb<Result>(
  file: string,
  open: (database: PushdownDatabase, transaction: OpenTable['transaction']) => Promise<Result>,
): Promise<Result> {
  const { DuckDBInstance } = await import('@duckdb/node-api').catch(() => {
    throw new CliError(
      'ERR_CLI_DRIVER_MISSING',
      'DuckDB needs the package @duckdb/node-api: install @duckdb/node-api@^1.5',
    )
  })
  const instance = await DuckDBInstance.create(file === '' ? ':memory:' : file).catch(() => {
    throw new CliError('ERR_CLI_FILE_UNREADABLE', 'the file of --database is no DuckDB database, or in use')
  })
  try {
    const connection = await instance.connect()
    const database = duckDbDatabase(connection)
    try {
      return await open(database, (run) => inTransaction(database, run))
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

async function inTransaction<T>(
  database: PushdownDatabase,
  run: (database: PushdownDatabase) => Promise<T>,
): Promise<T> {
  await database.query('BEGIN')
  try {
    const result = await run(database)
    await database.query('COMMIT')
    return result
  } catch (error) {
    await database.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

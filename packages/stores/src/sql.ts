/**
 * What a database must offer so that the stores can run on it.
 *
 * @module
 */

/** Which engine runs the statements. Queries are one text for both; only table definitions differ. */
export type SqlDialect = 'sqlite' | 'postgres'

/** What may be bound to a parameter and read from a column. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export type SqlValue = string | number | Uint8Array | null

/** One row, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/**
 * A database, or a transaction that is open in one.
 *
 * `@surveyseal/stores/sqlite` and `@surveyseal/stores/postgres` implement it.
 */
export interface Sql {
  /** Which engine runs the statements. */
  readonly dialect: SqlDialect

  /**
   * Runs one statement.
   *
   * Strings must be well formed and without U+0000: PostgreSQL refuses or changes others, and two names must never
   * become one. Integers come back as numbers, of `bigint` columns too.
   *
   * @param text - One statement, with `;` at its end at most; parameters are written `$1` to `$n` and may be repeated or
   *   used in any order.
   * @param params - As many values as the text has parameters.
   * @returns The rows, an empty array when the statement returns none.
   * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: a parameter no engine can hold.
   * @throws {StoreError} Any of the codes but `ERR_STORE_DRIVER_MISSING`.
   */
  query(text: string, params?: readonly SqlValue[]): Promise<SqlRow[]>

  /**
   * Runs one statement as {@link Sql.query} does and tells how many rows it inserted, changed or deleted.
   *
   * @param text - An INSERT, UPDATE or DELETE without RETURNING; of anything else the number means nothing.
   * @param params - As many values as the text has parameters.
   * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, as {@link Sql.query}.
   * @throws {StoreError} Any of the codes but `ERR_STORE_DRIVER_MISSING`.
   */
  execute(text: string, params?: readonly SqlValue[]): Promise<number>

  /**
   * Runs everything inside as one: when the promise is fulfilled all of it is kept, durably; when it is rejected nothing
   * is, unless the code is `ERR_STORE_COMMIT_UNKNOWN`.
   *
   * A statement that failed makes the whole fail, even if its error was caught. Called on a handle that is itself a
   * transaction, it joins that one. PostgreSQL may call `run` again after a serialization failure or deadlock, so
   * whatever `run` does besides statements on `tx` must bear repetition.
   *
   * @param run - Uses `tx` only, and only until it settles; the database itself would wait for this very transaction.
   * @returns What `run` returned.
   */
  transaction<T>(run: (tx: Sql) => Promise<T>): Promise<T>
}

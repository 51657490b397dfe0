/**
 * Anonymization policies and disclosure risk, compiled to SQL for PostgreSQL, SQLite and DuckDB.
 *
 * @module
 */

export type { Statement } from './pushdown/binder.js'
export type { ColumnChange } from './pushdown/changes.js'
export type { ColumnType, PushdownDatabase, TableColumn } from './pushdown/columns.js'
export { tableColumns } from './pushdown/columns.js'
export type { PolicySql, PolicySqlOptions } from './pushdown/compile-policy-sql.js'
export { compilePolicySql } from './pushdown/compile-policy-sql.js'
export type { PushdownDialect } from './pushdown/dialect.js'
export type { DuckDbAnswer, DuckDbConnection } from './pushdown/duckdb-database.js'
export { duckDbDatabase } from './pushdown/duckdb-database.js'
export type { PushdownErrorCode } from './pushdown/errors.js'
export { PushdownError } from './pushdown/errors.js'
export type { DisclosureSqlOptions } from './pushdown/measure-disclosure-risk-sql.js'
export { measureDisclosureRiskSql } from './pushdown/measure-disclosure-risk-sql.js'
export type { TableName } from './pushdown/names.js'

/**
 * The statements of a policy.
 *
 * @module
 */

import type { SuppressRecordRule } from '@surveyseal/core/anonymize'
import type { PolicySql, PolicySqlOptions } from './compile-policy-sql.js'
import type { Condition } from './condition.js'
import type { Dialect } from './dialect.js'
import { PushdownError } from './errors.js'
import { quoteName, quoteTable } from './names.js'
import type { Alternative, Treated } from './treatment.js'
import type { Outcome, SqlTools, Value } from './value.js'

/** What is written. */
export interface Written {
  readonly treated: readonly Treated[]
  readonly suppressed: readonly Alternative<SuppressRecordRule>[]
  readonly options: PolicySqlOptions
  readonly tools: SqlTools
}

/** What the table is called in every statement. */
export const SOURCE = 'source'

export function fromSource({ table }: PolicySqlOptions, { dialect }: SqlTools): string {
  return `FROM ${quoteTable(table, dialect)} AS ${SOURCE}`
}

/** Whether a record is suppressed. */
export function isSuppressed(suppressed: readonly Alternative<SuppressRecordRule>[]): Condition {
  if (suppressed.some(({ condition }) => condition === true)) return true
  return suppressed.length === 0 ? false : suppressed.map(({ condition }) => `(${condition})`).join(' OR ')
}

type Texts = Pick<PolicySql, 'text' | 'params' | 'columns' | 'deletion'>

/** The rows, or a table of them. */
export function writeSelect({ treated, suppressed, options, tools }: Written): Texts {
  const { dialect, binder } = tools
  const kept = treated.flatMap(({ column, outcome }) => (outcome === null ? [] : [{ name: column.name, outcome }]))
  if (kept.length === 0) throw new PushdownError('ERR_PUSHDOWN_NOTHING_KEPT', 'the policy removes every column')
  const list = kept.map(({ name, outcome }) => `${outcome.sql} AS ${quoteName(name, dialect)}`)
  const isGone = isSuppressed(suppressed)
  const where = isGone === false ? '' : `\nWHERE NOT (${isGone === true ? 'TRUE' : isGone})`
  const select = `SELECT ${list.join(',\n  ')}\n${fromSource(options, tools)}${where}`
  const { into } = options
  const text = into === undefined ? select : `CREATE TABLE ${quoteTable(into, dialect)} AS\n${select}`
  return { ...binder.finish(text), columns: kept.map(({ name }) => name), deletion: null }
}

/** The rows where they are. */
export function writeInPlace({ treated, suppressed, options, tools }: Written): Texts {
  const { dialect, binder } = tools
  const writable = treated.filter(({ column }) => column.generated !== true)
  for (const { value, outcome } of writable) assertHolds(value, outcome, dialect)
  const changed = writable.filter(({ outcome, value }) => outcome?.sql !== value.sql)
  const sets = (changed.length === 0 ? writable.slice(0, 1) : changed).map(
    ({ column, outcome }) => `${quoteName(column.name, dialect)} = ${outcome?.sql ?? 'NULL'}`,
  )
  if (sets.length === 0) throw new PushdownError('ERR_PUSHDOWN_NOTHING_KEPT', 'the database computes every column')
  const table = `${quoteTable(options.table, dialect)} AS ${SOURCE}`
  const isGone = isSuppressed(suppressed)
  const deletion = isGone === false ? null : `DELETE FROM ${table}${isGone === true ? '' : ` WHERE ${isGone}`}`
  return {
    ...binder.finish(`UPDATE ${table} SET\n  ${sets.join(',\n  ')}`),
    columns: treated.map(({ column }) => column.name),
    deletion: deletion === null ? null : binder.finish(deletion),
  }
}

/** PostgreSQL would round what is put into a column of integers, and SQLite make numbers of text that looks like one. */
function assertHolds({ type, number }: Value, outcome: Outcome, { isDynamic }: Dialect): void {
  if (outcome === null || outcome.type === 'same' || outcome.type === type) return
  if (isDynamic && outcome.type !== 'any') return
  if (outcome.type === 'integer' && type === 'double') return
  const problem = `column ${number} cannot hold what takes its values' place: write a new table`
  throw new PushdownError('ERR_PUSHDOWN_COLUMN_TYPE', problem)
}

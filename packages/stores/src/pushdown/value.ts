/**
 * A column's value as an expression, and what becomes of it.
 *
 * @module
 */

import type { Language } from '@surveyseal/core/anonymize'
import type { Binder } from './binder.js'
import type { ColumnType } from './columns.js'
import type { Dialect } from './dialect.js'
import { PushdownError } from './errors.js'

/** A column's value. */
export interface Value {
  readonly sql: string
  readonly type: ColumnType
  /** What the engine calls its type. */
  readonly declared?: string | undefined
  /** The column's number in the table, counted from 1, for messages. */
  readonly number: number
}

/** What takes its place, and of what type that is; `null` where the value is removed from every row. */
export type Outcome = { readonly sql: string; readonly type: 'same' | 'text' | 'integer' | 'double' | 'any' } | null

/** What techniques are compiled with. */
export interface SqlTools {
  readonly dialect: Dialect
  readonly binder: Binder
  /** The language of the policy. */
  readonly language: Language
  /** The table's columns by their names. */
  readonly columns: ReadonlyMap<string, Value>
}

/** How values of each type are treated; `null` where JavaScript removes them. */
export interface Treatments {
  readonly text: ((sql: string) => string) | null
  readonly number: ((sql: string) => string) | null
  /** What the treatment of numbers gives. @defaultValue `'text'` */
  readonly numberType?: 'text' | 'integer' | 'double'
  /** Everything else. @defaultValue NULL */
  readonly others?: string
}

/**
 * Treats values by their type: that of the column, or where columns may hold values of any type, of each value.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`
 */
export function byType(value: Value, treatments: Treatments, { dialect }: SqlTools): Outcome {
  const { text, number, others, numberType = 'text' } = treatments
  const { sql, type } = value
  if (dialect.isDynamic) {
    // Text of the form of a number does not stay text in a column of numbers, so there is none in it.
    const staysNumber = numberType !== 'text' && (type === 'integer' || type === 'double')
    return { sql: ofAny(value, treatments, dialect), type: staysNumber || type === 'text' ? 'same' : 'any' }
  }
  if (type === 'text' && text !== null) return { sql: text(sql), type: 'text' }
  if ((type === 'integer' || type === 'double') && number !== null) return { sql: number(sql), type: numberType }
  if (type === 'other') throw typeUnsupported(value)
  return others === undefined ? null : { sql: others, type: 'text' }
}

function ofAny({ sql, type }: Value, { text, number, others = 'NULL' }: Treatments, dialect: Dialect): string {
  const cases = [
    ...(number === null || type === 'text' ? [] : [`WHEN ${dialect.isNumber(sql)} THEN ${number(sql)}`]),
    ...(text === null ? [] : [`WHEN ${dialect.isText(sql)} THEN ${text(sql)}`]),
  ]
  return cases.length === 0 ? others : `CASE ${cases.join(' ')} ELSE ${others} END`
}

/** A bound text. */
export function textOf(value: string, { binder, dialect }: SqlTools): string {
  return `CAST(${binder.bind(value)} AS ${dialect.text})`
}

/** A bound number. */
export function numberOf(value: number, { binder, dialect }: SqlTools): string {
  return `CAST(${binder.bind(value)} AS ${dialect.double})`
}

export function typeUnsupported({ number }: Value): PushdownError {
  const problem = `column ${number} is of a type whose values the technique cannot treat exactly alike`
  return new PushdownError('ERR_PUSHDOWN_COLUMN_TYPE', problem)
}

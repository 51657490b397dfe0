/**
 * What the engines write differently.
 *
 * @module
 */

import type { Binder } from './binder.js'
import type { ColumnType } from './columns.js'
import { duckdb } from './dialects/duckdb.js'
import { postgres } from './dialects/postgres.js'
import { sqlite } from './dialects/sqlite.js'

/** Which engine runs a statement. */
export type PushdownDialect = 'postgres' | 'sqlite' | 'duckdb'

/** Forms that a text may have. */
export type TextForm = 'number' | 'date' | 'week' | 'month' | 'quarter' | 'year'

/** What a date is told to. */
export type DateType = Extract<ColumnType, 'date' | 'timestamp' | 'timestamptz'>

/** How one engine writes what others write differently. Every argument is an expression. */
export interface Dialect {
  readonly text: string
  readonly double: string
  readonly bigint: string
  /** In bytes. */
  readonly longestName: number
  readonly mostParameters: number
  /** Types of the kind `other` whose values JavaScript reads as text or as numbers, and how they are compared. */
  readonly readable: readonly {
    readonly declared: RegExp
    readonly type: 'text' | 'double'
    sql(value: string): string
  }[]
  /** Whether columns may hold values of any type, whatever they are declared as. */
  readonly isDynamic: boolean
  /** A text, to be compared byte by byte whatever the collation of its column. */
  binary(text: string): string
  /** 26 letters that are unguessable and never made twice. */
  randomWord(binder: Binder): string
  hasForm(text: string, form: TextForm): string
  /** The number that a text of the form `number` writes. */
  numberOf(text: string): string
  /** A finite number as JavaScript prints it. */
  textOf(number: string): string
  /** The week of a text of the form `YYYY-MM-DD` that is a date of the years 1 to 9999. */
  weekOf(day: string): string
  /** `YYYY-MM-DD`, in UTC; NULL outside of the years 1 to 9999. */
  dayOf(date: string, type: DateType): string
  /** The quotient of integers that are not negative, without its rest. */
  quotient(dividend: string, divisor: string): string
  /** Whether a value is bytes, where columns may hold values of any type. */
  isText(value: string): string
  isNumber(value: string): string
}

/** Nothing else knows their names. */
export const DIALECTS: Readonly<Record<PushdownDialect, Dialect>> = { postgres, sqlite, duckdb }

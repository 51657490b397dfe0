/**
 * What is asked of a table, and the parts that its statements are made of.
 *
 * @module
 */

import { DisclosureError } from '@surveyseal/core/disclosure'
import type { Statement } from '../binder.js'
import type { PushdownDatabase } from '../columns.js'
import type { SqlTools, Value } from '../value.js'
import { keyOf } from './key.js'

/** A table, its columns by their part in the question, and what statements are written with. */
export interface Question {
  readonly database: PushdownDatabase
  readonly tools: SqlTools
  /** The table as it is written after FROM. */
  readonly from: string
  readonly quasiIdentifiers: readonly Value[]
  readonly sensitive: readonly Value[]
  readonly person: Value | null
  readonly suppressedValues: readonly string[]
}

/** `q0, q1, …`: the quasi-identifiers in every statement. */
export function quasiNames({ quasiIdentifiers }: Question): readonly string[] {
  return quasiIdentifiers.map((_, at) => `q${at}`)
}

/** `WITH keyed AS (…)`: every row by the keys of its values, NULL where one is suppressed. */
export function keyed(question: Question): string {
  const { quasiIdentifiers, sensitive, person, tools, from, suppressedValues } = question
  const key = (value: Value) => keyOf(value, suppressedValues, tools)
  const list = [
    ...quasiIdentifiers.map((value, at) => `${key(value)} AS q${at}`),
    ...sensitive.map((value, at) => `${key(value)} AS s${at}`),
    ...(person === null ? [] : [`${key(person)} AS person`]),
  ]
  return `WITH keyed AS (SELECT ${list.join(', ')} FROM ${from})`
}

/** Runs a statement that is still marked. */
export async function ask(
  { database, tools }: Question,
  marked: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { text, params }: Statement = tools.binder.finish(marked)
  return database.query(text, params)
}

/** What one look at the table tells. */
export interface Overview {
  readonly rows: number
  readonly persons: number
  /** The most rows of one person. */
  readonly mostRows: number
  /** Whether a quasi-identifier is suppressed somewhere. */
  readonly suppresses: boolean
}

/**
 * Looks at the table once.
 *
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_PERSON_MISSING`, `ERR_DISCLOSURE_VALUE_INVALID`
 */
export async function overviewOf(question: Question): Promise<Overview> {
  const { tools, from, person, quasiIdentifiers, sensitive } = question
  const isSuppressed = quasiNames(question)
    .map((name) => `${name} IS NULL`)
    .join(' OR ')
  const count = (condition: string) =>
    `CAST(COALESCE(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS ${tools.dialect.bigint})`
  const all = [...quasiIdentifiers, ...sensitive, ...(person === null ? [] : [person])]
  const isBytes = tools.dialect.isDynamic ? all.map(({ sql }) => `typeof(${sql}) = 'blob'`).join(' OR ') : 'FALSE'
  const nobody = person === null ? 'FALSE' : 'person IS NULL'
  const [told] = await ask(
    question,
    `${keyed(question)} SELECT count(*) AS row_count, ${count(isSuppressed)} AS suppressed, ${count(nobody)} AS nobody,
  (SELECT ${count(isBytes)} FROM ${from}) AS bytes FROM keyed`,
  )
  const rows = Number(told?.['row_count'] ?? 0)
  if (rows === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'there are no rows')
  if (Number(told?.['bytes']) > 0) {
    throw new DisclosureError('ERR_DISCLOSURE_VALUE_INVALID', 'a value is neither text, number, boolean nor valid Date')
  }
  if (Number(told?.['nobody']) > 0) throw new DisclosureError('ERR_DISCLOSURE_PERSON_MISSING', 'a row names no person')
  const suppresses = Number(told?.['suppressed']) > 0
  if (person === null) return { rows, persons: rows, mostRows: 1, suppresses }
  const [counted] = await ask(
    question,
    `${keyed(question)} SELECT count(*) AS persons, max(n) AS most FROM (SELECT count(*) AS n FROM keyed GROUP BY person) AS p`,
  )
  return { rows, persons: Number(counted?.['persons']), mostRows: Number(counted?.['most']), suppresses }
}

/**
 * What is asked of a table, and the parts that its statements are made of.
 *
 * @module
 */

import { DisclosureError } from '@surveyseal/core/disclosure'
import type { Statement } from '../binder.js'
import { relation } from '../binder.js'
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
  /** The population the persons were taken from. */
  readonly reference: Pick<Question, 'from' | 'quasiIdentifiers'> | null
}

/** The population of a question that has one. */
export type Population = NonNullable<Question['reference']>

/** What statements name for themselves, as {@link Binder.finish} tells it from every table. */
export const RELATION: Readonly<Record<RelationName, string>> = {
  keyed: relation('keyed'),
  referred: relation('referred'),
  units: relation('units'),
  tuples: relation('tuples'),
  classes: relation('classes'),
  valued: relation('valued'),
  population: relation('population'),
  sought: relation('sought'),
  placed: relation('placed'),
}

type RelationName =
  | 'keyed'
  | 'referred'
  | 'units'
  | 'tuples'
  | 'classes'
  | 'valued'
  | 'population'
  | 'sought'
  | 'placed'

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
  return `WITH ${RELATION.keyed} AS (SELECT ${list.join(', ')} FROM ${from})`
}

/** `referred AS (…)`: every row of the population by the keys of its quasi-identifiers. */
export function referred({ tools, suppressedValues }: Question, { from, quasiIdentifiers }: Population): string {
  const list = quasiIdentifiers.map((value, at) => `${keyOf(value, suppressedValues, tools)} AS q${at}`)
  return `${RELATION.referred} AS (SELECT ${list.join(', ')} FROM ${from})`
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
  /** The same of the population, and how many rows it has; 0 without one. */
  readonly populationSuppresses: boolean
  readonly populationRows: number
}

/**
 * Looks at the table, and at the population, once.
 *
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_PERSON_MISSING`, `ERR_DISCLOSURE_VALUE_INVALID`
 */
export async function overviewOf(question: Question): Promise<Overview> {
  const { reference, person, quasiIdentifiers, sensitive } = question
  const values = [...quasiIdentifiers, ...sensitive, ...(person === null ? [] : [person])]
  const isNobody = person === null ? 'FALSE' : 'person IS NULL'
  const { rows, suppresses } = await look(question, { with: keyed(question), of: RELATION.keyed, values, isNobody })
  if (rows === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'there are no rows')
  const population = reference === null ? NOBODY : await lookAtPopulation(question, reference)
  const common = { rows, suppresses, populationSuppresses: population.suppresses, populationRows: population.rows }
  if (person === null) return { ...common, persons: rows, mostRows: 1 }
  const [counted] = await ask(
    question,
    `${keyed(question)} SELECT count(*) AS persons, max(n) AS most FROM (SELECT count(*) AS n FROM ${RELATION.keyed} GROUP BY person) AS p`,
  )
  return { ...common, persons: Number(counted?.['persons']), mostRows: Number(counted?.['most']) }
}

type Seen = Pick<Overview, 'rows' | 'suppresses'>

const NOBODY: Seen = { rows: 0, suppresses: false }

async function lookAtPopulation(question: Question, reference: Population): Promise<Seen> {
  const { from, quasiIdentifiers: values } = reference
  const relation = { with: `WITH ${referred(question, reference)}`, of: RELATION.referred, values, isNobody: 'FALSE' }
  const seen = await look({ ...question, from }, relation)
  if (seen.rows === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'the reference has no rows')
  return seen
}

interface Relation {
  readonly with: string
  readonly of: string
  readonly values: readonly Value[]
  readonly isNobody: string
}

async function look(question: Question, { values, isNobody, ...relation }: Relation): Promise<Seen> {
  const { dialect } = question.tools
  const isSuppressed = quasiNames(question).map((name) => `${name} IS NULL`)
  const count = (condition: string) =>
    `CAST(COALESCE(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS ${dialect.bigint})`
  const isBytes = dialect.isDynamic ? values.map(({ sql }) => `typeof(${sql}) = 'blob'`).join(' OR ') : 'FALSE'
  const [told] = await ask(
    question,
    `${relation.with} SELECT count(*) AS row_count, ${count(isSuppressed.join(' OR '))} AS suppressed,
  ${count(isNobody)} AS nobody, (SELECT ${count(isBytes)} FROM ${question.from}) AS bytes FROM ${relation.of}`,
  )
  if (Number(told?.['bytes']) > 0) {
    throw new DisclosureError('ERR_DISCLOSURE_VALUE_INVALID', 'a value is neither text, number, boolean nor valid Date')
  }
  if (Number(told?.['nobody']) > 0) throw new DisclosureError('ERR_DISCLOSURE_PERSON_MISSING', 'a row names no person')
  return { rows: Number(told?.['row_count']), suppresses: Number(told?.['suppressed']) > 0 }
}

/**
 * Suppressed values as values of their own: classes are groups.
 *
 * @module
 */

import type { Question } from './question.js'
import { ask, RELATION } from './question.js'
import type { Units } from './units.js'
import { jsonOf } from './units.js'

/** How many persons are in classes of just such a size, ascending. */
export type Groups = readonly (readonly [size: number, persons: number])[]

/** The sizes of the classes, and how many classes there are. */
export async function sizesOfClasses(question: Question, units: Units): Promise<{ groups: Groups; classes: number }> {
  const rows = await ask(
    question,
    `${units.with} SELECT n AS size, count(*) AS classes
FROM (SELECT count(*) AS n FROM ${RELATION.units} GROUP BY ${units.keys.join(', ')}) AS c GROUP BY n ORDER BY n`,
  )
  return {
    groups: rows.map(({ size, classes }) => [Number(size), Number(size) * Number(classes)] as const),
    classes: rows.reduce((sum, { classes }) => sum + Number(classes), 0),
  }
}

/** How often values occur together in a class, and how many classes are so. A value is its text, `null` a suppressed one. */
export interface Composition {
  readonly counts: readonly (readonly [value: string | null, count: number])[]
  readonly classes: number
}

/** The different compositions of the classes by the values of one sensitive column. */
export async function compositionsOfClasses(
  question: Question,
  units: Units,
  sensitive: number,
): Promise<readonly Composition[]> {
  const keys = units.keys.join(', ')
  const json = jsonOf(question)
  const counted = `SELECT ${keys}, s${sensitive} AS v, count(*) AS n FROM ${RELATION.units} GROUP BY ${keys}, s${sensitive}`
  const composed = `SELECT ${json.list(json.array(['v', 'n']), 'v')} AS composition FROM (${counted}) AS c GROUP BY ${keys}`
  return readCompositions(await ask(question, composedSql(units.with, composed)))
}

/** Classes of one composition are counted, not told apart. */
export function composedSql(beginning: string, composed: string): string {
  return `${beginning} SELECT composition, count(*) AS classes FROM (${composed}) AS d GROUP BY composition`
}

export function readCompositions(rows: readonly Readonly<Record<string, unknown>>[]): readonly Composition[] {
  return rows.map(({ composition, classes }) => {
    const counts = JSON.parse(String(composition)) as [unknown, number][]
    return { classes: Number(classes), counts: counts.map(([value, count]) => [textOf(value), count] as const) }
  })
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value)
}

/**
 * Persons compared with the population they were taken from.
 *
 * @module
 */

import type { DisclosureFigures, PersonsBySize } from '@surveyseal/core/disclosure'
import { figuresInPopulation } from '@surveyseal/core/disclosure'
import type { Overview, Population, Question } from './question.js'
import { ask, quasiNames, RELATION, referred } from './question.js'
import type { Units } from './units.js'
import { historyOf, tupleOf } from './units.js'

/** So many persons are like so many persons, themselves included, and may be so many of the population. */
export interface Placed {
  readonly likes: number
  readonly found: number
  readonly persons: number
}

export function readPlaced(rows: readonly Readonly<Record<string, unknown>>[]): readonly Placed[] {
  return rows.map(({ likes, found, persons }) => ({
    likes: Number(likes),
    found: Number(found),
    persons: Number(persons),
  }))
}

/** With suppressed values as values of their own; of several rows of a person, the one that fewest of the population have counts. */
export async function placedInClasses(
  question: Question,
  units: Units,
  { reference, overview }: { reference: Population; overview: Overview },
): Promise<readonly Placed[]> {
  const beginning = `${units.with}, ${referred(question, reference)}`
  const classes = overview.mostRows === 1 ? classesOfRows(question) : classesOfPersons(question)
  const { bigint } = question.tools.dialect
  const rows = await ask(
    question,
    `${beginning}, ${classes} SELECT CAST(n AS ${bigint}) AS likes, CAST(found AS ${bigint}) AS found,
  CAST(sum(n) AS ${bigint}) AS persons FROM ${RELATION.classes} GROUP BY n, found`,
  )
  return readPlaced(rows)
}

/** Both tables grouped together: NULL equals NULL in a group, and in no join that an engine is quick at. */
function classesOfRows(question: Question): string {
  const keys = quasiNames(question).join(', ')
  const both = `SELECT ${keys}, 1 AS own, 0 AS other FROM ${RELATION.units} UNION ALL SELECT ${keys}, 0 AS own, 1 AS other FROM ${RELATION.referred}`
  return `${RELATION.classes} AS (SELECT sum(own) AS n, sum(other) AS found FROM (${both}) AS b GROUP BY ${keys} HAVING sum(own) > 0)`
}

function classesOfPersons(question: Question): string {
  const tuple = tupleOf(question)
  return [
    `${RELATION.population} AS (SELECT tuple, count(*) AS n FROM (SELECT ${tuple} AS tuple FROM ${RELATION.referred}) AS r GROUP BY tuple)`,
    `${RELATION.sought} AS (SELECT t.person, t.tuple, COALESCE(p.n, 0) AS n FROM ${RELATION.tuples} AS t LEFT JOIN ${RELATION.population} AS p ON t.tuple = p.tuple)`,
    `${RELATION.placed} AS (SELECT ${historyOf(question)} AS history, min(n) AS found FROM ${RELATION.sought} GROUP BY person)`,
    `${RELATION.classes} AS (SELECT count(*) AS n, found FROM ${RELATION.placed} GROUP BY history, found)`,
  ].join(', ')
}

/** Figures as JavaScript computes them. */
export function figuresOfPlaced(
  placed: readonly Placed[],
): Pick<DisclosureFigures, 'journalistRisk' | 'marketerRisk' | 'kMap'> {
  return figuresInPopulation(
    grouped(placed, ({ found }) => found),
    grouped(placed, ({ found, likes }) => (found === 0 ? likes : found)),
  )
}

function grouped(placed: readonly Placed[], sizeOf: (each: Placed) => number): PersonsBySize {
  const sizes = new Map<number, number>()
  for (const each of placed) sizes.set(sizeOf(each), (sizes.get(sizeOf(each)) ?? 0) + each.persons)
  return [...sizes].sort(([one], [another]) => one - another)
}

/**
 * Suppressed values as any value: persons are alike when every column is equal or suppressed in either.
 *
 * @module
 */

import { PushdownError } from '../errors.js'
import type { Composition, Groups } from './classes.js'
import { composedSql, readCompositions } from './classes.js'
import type { Placed } from './population.js'
import { readPlaced } from './population.js'
import type { Population, Question } from './question.js'
import { ask, quasiNames, RELATION, referred } from './question.js'
import type { Units } from './units.js'
import { jsonOf } from './units.js'

/** Which columns are suppressed together is the bits of a number; of so many such sets every pair is joined by its own columns. */
const mostPatterns = 16
const mostColumns = 30

/**
 * The sets of columns that some tuple suppresses.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_TOO_LARGE`
 */
export async function patternsOf(question: Question, units: Units): Promise<readonly number[]> {
  if (units.keys.length > mostColumns) throw tooLarge(`more than ${mostColumns} quasi-identifiers`)
  const rows = await ask(question, `${withClasses(units)} SELECT DISTINCT mask FROM ${RELATION.classes}`)
  return masksOf(rows)
}

function masksOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly number[] {
  if (rows.length > mostPatterns) throw tooLarge(`more than ${mostPatterns} different sets of suppressed columns`)
  return rows.map(({ mask }) => Number(mask))
}

/** How many persons are like just so many persons, ascending. */
export async function sizesWithWildcards(
  question: Question,
  units: Units,
  patterns: readonly number[],
): Promise<Groups> {
  const { bigint } = question.tools.dialect
  const like = `SELECT id, own, sum(n) AS likes FROM (${pairs(question, patterns, { source: RELATION.classes, patterns })}) AS p GROUP BY id, own`
  const rows = await ask(
    question,
    `${withClasses(units)} SELECT CAST(likes AS ${bigint}) AS size, CAST(sum(own) AS ${bigint}) AS persons
FROM (${like}) AS l GROUP BY likes ORDER BY likes`,
  )
  return rows.map(({ size, persons }) => [Number(size), Number(persons)] as const)
}

/** How many persons are like how many, and may be how many of the population. */
export async function placedWithWildcards(
  question: Question,
  units: Units,
  { patterns, reference }: { patterns: readonly number[]; reference: Population },
): Promise<readonly Placed[]> {
  const { bigint } = question.tools.dialect
  const keys = units.keys.join(', ')
  const counted = `SELECT ${keys}, ${maskOf(units)} AS mask, count(*) AS n FROM ${RELATION.referred} GROUP BY ${keys}`
  const beginning = `${withClasses(units)}, ${referred(question, reference)}, ${RELATION.population} AS MATERIALIZED (${counted})`
  const others = masksOf(await ask(question, `${beginning} SELECT DISTINCT mask FROM ${RELATION.population}`))
  const like = `SELECT id, own, n AS likes, 0 AS found FROM (${pairs(question, patterns, { source: RELATION.classes, patterns })}) AS p`
  const found = `SELECT id, own, 0 AS likes, n AS found FROM (${pairs(question, patterns, { source: RELATION.population, patterns: others })}) AS p`
  const rows = await ask(
    question,
    `${beginning} SELECT CAST(likes AS ${bigint}) AS likes, CAST(found AS ${bigint}) AS found, CAST(sum(own) AS ${bigint}) AS persons
FROM (SELECT id, own, sum(likes) AS likes, sum(found) AS found FROM (${like} UNION ALL ${found}) AS b GROUP BY id, own) AS l
GROUP BY likes, found`,
  )
  return readPlaced(rows)
}

/** The different compositions of all who are like somebody. */
export async function compositionsWithWildcards(
  question: Question,
  units: Units,
  { patterns, sensitive }: { patterns: readonly number[]; sensitive: number },
): Promise<readonly Composition[]> {
  const json = jsonOf(question)
  const { bigint } = question.tools.dialect
  const keys = units.keys.join(', ')
  const values = `, ${RELATION.valued} AS MATERIALIZED (SELECT ${keys}, ${maskOf(units)} AS mask, s${sensitive} AS v, count(*) AS n
FROM ${RELATION.units} GROUP BY ${keys}, s${sensitive})`
  const counted = `SELECT id, v, CAST(sum(n) AS ${bigint}) AS n FROM (${pairs(question, patterns, { source: RELATION.valued, patterns, value: ', v' })}) AS p GROUP BY id, v`
  const composed = `SELECT ${json.list(json.array(['v', 'n']), 'v')} AS composition FROM (${counted}) AS c GROUP BY id`
  return readCompositions(await ask(question, composedSql(`${withClasses(units)}${values}`, composed)))
}

function withClasses(units: Units): string {
  const keys = units.keys.join(', ')
  const grouped = `SELECT ${keys}, ${maskOf(units)} AS mask, count(*) AS n FROM ${RELATION.units} GROUP BY ${keys}`
  const numbered = `SELECT row_number() OVER () AS id, g.* FROM (${grouped}) AS g`
  return `${units.with}, ${RELATION.classes} AS MATERIALIZED (${numbered})`
}

function maskOf({ keys }: Units): string {
  return keys.map((key, at) => `CASE WHEN ${key} IS NULL THEN ${2 ** at} ELSE 0 END`).join(' + ')
}

/** Whom classes are compared with: a relation with columns, `mask` and `n`, and the masks in it. */
interface Others {
  readonly source: string
  readonly patterns: readonly number[]
  /** A further column, such as `, v`. */
  readonly value?: string
}

/** Every class with the persons of each of the others compatible with it: equal in the columns that neither suppresses. */
function pairs(question: Question, patterns: readonly number[], { source, value = '', ...others }: Others): string {
  const parts = patterns.flatMap((one) =>
    others.patterns.map((another) => {
      const common = quasiNames(question).filter((_, at) => ((one | another) & (1 << at)) === 0)
      const list = `${common.join(', ')}${value}`.replace(/^, /, '')
      const grouped = `SELECT ${list}${list && ', '}sum(n) AS n FROM ${source} WHERE mask = ${another}${list && ` GROUP BY ${list}`}`
      const on = common.map((name) => `a.${name} = b.${name}`).join(' AND ') || 'TRUE'
      return `SELECT a.id, a.n AS own, b.n${value.replace(', ', ', b.')} FROM ${RELATION.classes} AS a JOIN (${grouped}) AS b ON ${on} WHERE a.mask = ${one}`
    }),
  )
  return parts.join(' UNION ALL ')
}

function tooLarge(what: string): PushdownError {
  return new PushdownError('ERR_PUSHDOWN_TOO_LARGE', `there are ${what}, which are too many to compare in a statement`)
}

/**
 * Persons, and what is known of each.
 *
 * @module
 */

import type { PushdownDialect } from '../dialect.js'
import type { Question } from './question.js'
import { keyed, quasiNames, RELATION } from './question.js'

/** `[a, b]` as JSON, and all of a group as a list in ascending order: as text, so that two are equal when they hold the same. */
interface Json {
  array(items: readonly string[]): string
  list(item: string, order: string): string
}

const JSONS: Readonly<Record<PushdownDialect, Json>> = {
  postgres: {
    array: (items) => `json_build_array(${items.join(', ')})`,
    list: (item, order) => `CAST(json_agg(${item} ORDER BY ${order}) AS text)`,
  },
  sqlite: {
    array: (items) => `json_array(${items.join(', ')})`,
    list: (item, order) => `json_group_array(${item} ORDER BY ${order})`,
  },
  duckdb: {
    array: (items) => `json_array(${items.join(', ')})`,
    list: (item, order) => `CAST(to_json(list(${item} ORDER BY ${order})) AS VARCHAR)`,
  },
}

export function jsonOf({ database }: Question): Json {
  return JSONS[database.dialect]
}

/** `WITH …, units AS (…)`: one row a person, with the columns by which persons are alike, and their sensitive values. */
export interface Units {
  readonly with: string
  readonly keys: readonly string[]
}

/** Every row is a person, or every person has one. */
export function unitsOfRows(question: Question): Units {
  return {
    with: `${keyed(question)}, ${RELATION.units} AS (SELECT * FROM ${RELATION.keyed})`,
    keys: quasiNames(question),
  }
}

/** The quasi-identifiers of a row as one text, equal when they are. */
export function tupleOf(question: Question): string {
  const { dialect } = question.tools
  return dialect.binary(`CAST(${jsonOf(question).array(quasiNames(question))} AS ${dialect.text})`)
}

/** The tuples of one person as one text, in no order. */
export function historyOf(question: Question): string {
  return jsonOf(question).list('tuple', 'tuple')
}

/** Persons have several rows: each is known by all of theirs, and has all their values, in no order. */
export function unitsOfPersons(question: Question): Units {
  const { dialect } = question.tools
  const json = jsonOf(question)
  const list = [
    `${tupleOf(question)} AS tuple`,
    ...question.sensitive.map(
      (_, at) => `${dialect.binary(`CAST(${json.array([`s${at}`])} AS ${dialect.text})`)} AS s${at}`,
    ),
  ]
  const gathered = [
    `${historyOf(question)} AS history`,
    ...question.sensitive.map((_, at) => `${json.list(`s${at}`, `s${at}`)} AS s${at}`),
  ]
  const tuples = `${RELATION.tuples} AS (SELECT person, ${list.join(', ')} FROM ${RELATION.keyed})`
  const units = `${RELATION.units} AS (SELECT ${gathered.join(', ')} FROM ${RELATION.tuples} GROUP BY person)`
  return { with: `${keyed(question)}, ${tuples}, ${units}`, keys: ['history'] }
}

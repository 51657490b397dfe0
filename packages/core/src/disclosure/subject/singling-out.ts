/**
 * Singling out: what few others share, in one record or in all of them together.
 *
 * @module
 */

import { canPair } from '../pairing.js'
import { minimalCombinations } from './combinations.js'
import type { SubjectFinding } from './finding.js'
import { records as countOf, sharedBy } from './finding.js'
import type { Crowd, SubjectIndex } from './subject-index.js'
import { NONE } from './subject-index.js'

/** What is asked of both parts. */
export interface Question {
  readonly subject: SubjectIndex
  readonly crowd: Crowd
  /** Fewer persons than this, the subject included, are too few. */
  readonly k: number
}

/** Combinations are searched exhaustively up to this size. */
export const COMBINED_FIELDS = 3

/** How many facts about all records together, besides their number, are combined exhaustively. */
const COMBINED_FACTS = 2

/** What was found, and whether that is all. */
export interface Findings {
  readonly findings: SubjectFinding[]
  readonly complete: boolean
}

/** What few persons have in one record. */
export function singledOutByOne({ subject, crowd, k }: Question, budget: { tries: number }): Findings {
  const byFields = new Map<string, SubjectFinding>()
  let complete = true
  for (const record of distinct(subject.records)) {
    const few = minimalCombinations(visibleFields(record), {
      most: COMBINED_FIELDS,
      givesAway: (fields) => crowd.countPersons(record, fields, k - 1) < k - 1,
      budget,
    })
    complete &&= few.complete
    for (const combination of few.found) {
      const fields = combination.map((field) => subject.fields[field]?.name ?? '')
      const persons = crowd.countPersons(record, combination, k) + 1
      const key = JSON.stringify(fields)
      if ((byFields.get(key)?.persons ?? Number.POSITIVE_INFINITY) > persons) {
        byFields.set(key, { risk: 'singling-out', fields, persons, text: sentence(fields, persons) })
      }
    }
  }
  const findings = [...byFields.values()].sort((one, other) => one.fields.length - other.fields.length)
  return { findings, complete }
}

function sentence(fields: readonly string[], persons: number): SubjectFinding['text'] {
  const combination = fields.join(' + ')
  const { en, fr } = sharedBy(persons)
  if (fields.length === 0) return { en: `any record: ${en} has one`, fr: `tout enregistrement : ${fr} n’en a` }
  return {
    en: `${combination}: ${en} has this in a record`,
    fr: `${combination} : ${fr} n’a cela dans un enregistrement`,
  }
}

/** A fact about all records: so many of them have this value. */
interface Fact {
  readonly field: number
  readonly code: number
  readonly count: number
}

/** What few persons have in all their records together, such as nine surveys of which six are from one region. */
export function singledOutByAll(question: Question, budget: { tries: number }): Findings {
  const { subject, crowd, k } = question
  const count = subject.records.length
  if (count < 2) return { findings: [], complete: true }
  const alike = crowd.withRows(count)
  const facts = factsOf(question)
  const having = new Map(facts.map((fact) => [fact, personsWith(fact, crowd, alike)]))
  const personsHaving = (combination: readonly Fact[], limit: number) =>
    inAll(
      alike.keys(),
      combination.map((fact) => having.get(fact) ?? new Set()),
      limit,
    )
  const { found, complete } = minimalCombinations(facts, {
    most: COMBINED_FACTS,
    givesAway: (combination) => personsHaving(combination, k - 1) < k - 1,
    budget,
  })
  if (found.length > 0) {
    const findings = found.map((combination) => historyFinding(subject, combination, personsHaving(combination, k) + 1))
    return { findings, complete }
  }
  const persons = 1 + [...alike.values()].filter((tuples) => isLikeAll(question, tuples)).length
  return { findings: persons < k ? [wholeHistoryFinding(subject, persons)] : [], complete }
}

/** A value that singles out by itself already is not counted. */
function factsOf({ subject, crowd, k }: Question): Fact[] {
  return subject.fields.flatMap((_, field) => {
    const counts = new Map<number, number>()
    for (const record of subject.records) {
      const code = record[field] as number
      if (code === NONE || crowd.countPersons(record, [field], k - 1) < k - 1) continue
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    return Array.from(counts, ([code, count]) => ({ field, code, count }))
  })
}

function personsWith(
  { field, code, count }: Fact,
  crowd: Crowd,
  alike: ReadonlyMap<number, readonly number[]>,
): Set<number> {
  const persons = new Set<number>()
  for (const [person, tuples] of alike) {
    if (tuples.filter((tuple) => crowd.codeOf(tuple, field) === code).length === count) persons.add(person)
  }
  return persons
}

/** How many persons are in all sets; counting stops at `limit`. */
function inAll(persons: Iterable<number>, sets: readonly ReadonlySet<number>[], limit: number): number {
  let count = 0
  for (const person of persons) {
    if (!sets.every((set) => set.has(person))) continue
    if (++count >= limit) break
  }
  return count
}

/** Whether the records pair off, so that each pair is equal wherever the subject's is not suppressed. */
function isLikeAll({ subject, crowd }: Question, tuples: readonly number[]): boolean {
  const own = Uint32Array.from(subject.records.keys())
  return canPair(own, Uint32Array.from(tuples), (record, tuple) => {
    const codes = subject.records[record] as Uint32Array
    return crowd.matches(tuple, codes, visibleFields(codes))
  })
}

function historyFinding(subject: SubjectIndex, facts: readonly Fact[], persons: number): SubjectFinding {
  const { en, fr } = sharedBy(persons)
  const all = countOf(subject.records.length)
  const parts = inOrder(subject, facts).map(({ field, code, count }) => {
    const value = quoted(subject.text(field, code))
    return `, ${count} × ${subject.fields[field]?.name} = ${value}`
  })
  return {
    risk: 'singling-out',
    fields: [...new Set(facts.map(({ field }) => subject.fields[field]?.name ?? ''))],
    persons,
    text: { en: `${all.en}${parts.join('')}: ${en}`, fr: `${all.fr}${parts.join('')} : ${fr}` },
  }
}

/** Most records first; the order of the records says nothing. */
function inOrder(subject: SubjectIndex, facts: readonly Fact[]): Fact[] {
  const text = ({ field, code }: Fact) => subject.text(field, code)
  return [...facts].sort((one, other) => other.count - one.count || (text(one) < text(other) ? -1 : 1))
}

function wholeHistoryFinding(subject: SubjectIndex, persons: number): SubjectFinding {
  const { en, fr } = sharedBy(persons)
  const all = countOf(subject.records.length)
  const used = subject.fields.filter((_, field) => subject.records.some((record) => record[field] !== NONE))
  return {
    risk: 'singling-out',
    fields: used.map(({ name }) => name),
    persons,
    text: { en: `${all.en} taken together: ${en}`, fr: `${all.fr} pris ensemble : ${fr}` },
  }
}

/** Fields the record says something in. */
export function visibleFields(record: Uint32Array): number[] {
  return Array.from(record.keys()).filter((field) => record[field] !== NONE)
}

/** Records that say the same are asked about once. */
export function distinct(records: readonly Uint32Array[]): Uint32Array[] {
  return [...new Map(records.map((record) => [record.join(), record])).values()]
}

/** Long texts are cut: the reader knows the record. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
}

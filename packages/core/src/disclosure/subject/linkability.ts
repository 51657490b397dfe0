/**
 * Linkability: records of one person that can be told to be of one person.
 *
 * @module
 */

import { withoutTheNeedless } from './combinations.js'
import type { SubjectFinding } from './finding.js'
import type { Question } from './singling-out.js'
import { distinct } from './singling-out.js'
import type { Crowd } from './subject-index.js'
import { NONE } from './subject-index.js'

/**
 * Records are linkable when whoever guesses that two of them are one person's is right at least this often: the risk of a group
 * of three, the smallest that statistical offices publish.
 */
const OFTEN = 1 / 3

/**
 * Takes every two records of the subject and, of all records that agree where these two do, every two: how many pairs are
 * one person's? A third or more, and they are linkable.
 */
export function linkableRecords({ subject, crowd }: Question): SubjectFinding[] {
  const { records } = subject
  const found = new Map<string, SubjectFinding>()
  const mostLinked = new Map<string, number>()
  for (const [record, fields] of agreements(records)) {
    if (sameness(records, crowd, { record, fields }) < OFTEN) continue
    const needed = withoutTheNeedless(
      fields,
      (fewer) => fewer.length > 0 && sameness(records, crowd, { record, fields: fewer }) >= OFTEN,
    )
    const names = needed.map((field) => subject.fields[field]?.name ?? '')
    const persons = crowd.rowsByPerson(record, needed).size + 1
    const linked = records.filter((other) => agrees(other, record, needed)).length
    const key = JSON.stringify(names)
    const before = found.get(key)
    const most = mostLinked.get(key) ?? 0
    if (linked < most || (linked === most && before !== undefined && before.persons <= persons)) continue
    mostLinked.set(key, linked)
    found.set(key, {
      risk: 'linkability',
      fields: names,
      persons,
      text: {
        en: `${names.join(' + ')}: ${linked} records can be told to be one person's`,
        fr: `${names.join(' + ')} : on peut reconnaître que ${linked} enregistrements sont d’une seule personne`,
      },
    })
  }
  return [...found.values()]
}

/** In what every two records agree, each agreement once. */
function agreements(records: readonly Uint32Array[]): Iterable<[Uint32Array, number[]]> {
  const found = new Map<string, [Uint32Array, number[]]>()
  const kinds = distinct(records)
  const note = (record: Uint32Array, fields: number[]) => {
    if (fields.length > 0) found.set(fields.map((field) => `${field}:${record[field]}`).join(), [record, fields])
  }
  kinds.forEach((record, at) => {
    for (const other of kinds.slice(at + 1)) note(record, agreed(record, other))
    if (records.filter((same) => same.join() === record.join()).length > 1) note(record, agreed(record, record))
  })
  return found.values()
}

function agreed(one: Uint32Array, another: Uint32Array): number[] {
  return Array.from(one.keys()).filter((field) => one[field] !== NONE && one[field] === another[field])
}

function agrees(one: Uint32Array, another: Uint32Array, fields: readonly number[]): boolean {
  return fields.every((field) => one[field] === another[field])
}

/** The share of pairs that are one person's among all pairs of records that have these codes. */
function sameness(
  records: readonly Uint32Array[],
  crowd: Crowd,
  { record, fields }: { readonly record: Uint32Array; readonly fields: readonly number[] },
): number {
  const own = records.filter((other) => agrees(other, record, fields)).length
  const counts = [own, ...crowd.rowsByPerson(record, fields).values()]
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce((sum, count) => sum + pairs(count), 0) / pairs(all)
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2
}

/**
 * Inference: what can be told of a person although they are one of many.
 *
 * @module
 */

import { combinations } from './combinations.js'
import type { SubjectFinding } from './finding.js'
import type { Question } from './singling-out.js'
import { COMBINED_FIELDS, distinct, visibleFields } from './singling-out.js'
import { NONE } from './subject-index.js'

/** Quantile of the normal distribution for 95 % of confidence, both sides. */
const Z = 1.959963984540054

/** What is deduced right this often is deduced "with significant probability", as WP216 has it; it gives no number. */
const SIGNIFICANT = 0.9

/**
 * Finds the fewest fields whose values, wherever they occur, come with the subject's value of a sensitive field nine times in ten or
 * always, and would not by chance: the lower bound of Wilson's interval lies above the value's share among all.
 */
export function inferredValues({ subject, crowd, k }: Question, sensitive: readonly number[]): SubjectFinding[] {
  const found = new Map<string, SubjectFinding>()
  for (const record of distinct(subject.records)) {
    for (const target of sensitive.filter((field) => record[field] !== NONE)) {
      const known = visibleFields(record).filter((field) => !sensitive.includes(field))
      for (const { fields, persons, share } of revealing({ subject, crowd, k }, { record, target, known })) {
        const names = fields.map((field) => subject.fields[field]?.name ?? '')
        const inferred = subject.fields[target]?.name ?? ''
        found.set(JSON.stringify([names, inferred]), {
          risk: 'inference',
          fields: names,
          persons,
          inferred,
          text: sentence(names, inferred, share),
        })
      }
    }
  }
  return [...found.values()]
}

interface Target {
  readonly record: Uint32Array
  readonly target: number
  readonly known: readonly number[]
}

interface Revealing {
  readonly fields: number[]
  readonly persons: number
  /** How many of the others' records with these values have the inferred one. */
  readonly share: number
}

function revealing({ crowd, k }: Question, { record, target, known }: Target): Revealing[] {
  const found: Revealing[] = []
  const share = rowsLike([]).hits / Math.max(1, crowd.rows)
  for (let size = 1; size <= Math.min(COMBINED_FIELDS, known.length); size++) {
    for (const fields of combinations(known, size)) {
      if (found.some((smaller) => smaller.fields.every((field) => fields.includes(field)))) continue
      const { rows, hits } = rowsLike(fields)
      if (hits < SIGNIFICANT * rows || lowerBound(hits, rows) <= share) continue
      const persons = crowd.countPersons(record, fields, Number.POSITIVE_INFINITY) + 1
      if (persons >= k) found.push({ fields, persons, share: hits / rows })
    }
  }
  return found

  function rowsLike(fields: readonly number[]): { rows: number; hits: number } {
    let [rows, hits] = [0, 0]
    for (const tuple of crowd.tuplesLike(record, fields)) {
      const count = crowd.personsOf(tuple).length
      rows += count
      if (crowd.codeOf(tuple, target) === record[target]) hits += count
    }
    return { rows, hits }
  }
}

/** Of Wilson's interval; 0 of no records. */
function lowerBound(hits: number, rows: number): number {
  const middle = hits + (Z * Z) / 2
  const half = Z * Math.sqrt((hits * (rows - hits)) / Math.max(1, rows) + (Z * Z) / 4)
  return (middle - half) / (rows + Z * Z)
}

function sentence(names: readonly string[], inferred: string, share: number): SubjectFinding['text'] {
  const combination = names.join(' + ')
  const percent = Math.floor(share * 100)
  return share === 1
    ? {
        en: `${combination}: everybody with these values has the same ${inferred}`,
        fr: `${combination} : toutes les personnes ayant ces valeurs ont le même ${inferred}`,
      }
    : {
        en: `${combination}: ${percent} % of the records with these values have the same ${inferred}`,
        fr: `${combination} : ${percent} % des enregistrements ayant ces valeurs ont le même ${inferred}`,
      }
}

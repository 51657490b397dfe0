/**
 * Whether one person can still be recognised by the records that are left of them.
 *
 * @module
 */

import { ANONYMIZED_COMMENT, ANONYMIZED_DOMAIN } from '../anonymize/anonymized-comment.js'
import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import type { Text } from '../lib/text.js'
import { DisclosureError } from './errors.js'
import { SUPPRESSED_VALUES } from './row.js'
import type { Field, IsSuppressed } from './subject/field.js'
import { fieldsOf } from './subject/field.js'
import type { SubjectFinding } from './subject/finding.js'
import { inferredValues } from './subject/inference.js'
import { linkableRecords } from './subject/linkability.js'
import { COMBINED_FIELDS, singledOutByAll, singledOutByOne } from './subject/singling-out.js'
import type { OtherRecord } from './subject/subject-index.js'
import { SubjectIndex } from './subject/subject-index.js'

/** One person's records and everybody else's. */
export interface SubjectRecords {
  /** The person's records as they will be left. */
  readonly records: readonly object[]
  /** Everybody else's, as the same policy would leave them: a year does not compare with a day. Read once. */
  readonly others: Iterable<OtherRecord>
}

/** What to test. */
export interface SubjectOptions {
  /**
   * The fields an attacker is assumed to know, as policies write them (`customFields.region`).
   *
   * @defaultValue every field the person's records have
   */
  readonly fields?: readonly string[] | undefined
  /** The fields whose values should not be told from the others; without them inference is not tested. */
  readonly sensitive?: readonly string[] | undefined
  /**
   * The person is singled out by what fewer than this many persons share, themselves included. 2 means: by what nobody else
   * has. Statistical offices publish no group smaller than 3 to 11.
   *
   * @defaultValue 2
   */
  readonly k?: number | undefined
  /**
   * Text that stands for a suppressed value, besides `null`, random addresses under `anonymized.invalid` and the sentence
   * that replaces comments.
   *
   * @defaultValue `['', '*', '***', '--']`
   */
  readonly suppressedValues?: readonly string[] | undefined
}

/** How recognisable a person is. */
export type SubjectVerdict = 'singled-out' | 'linkable' | 'not-singled-out'

/** The verdict, what it rests on, and what it does not tell. */
export interface SubjectAssessment {
  /** The worst of the risks found; inference changes it not, for it concerns a group. */
  readonly verdict: SubjectVerdict
  readonly because: readonly SubjectFinding[]
  readonly tested: {
    readonly fields: readonly string[]
    readonly sensitive: readonly string[]
    readonly records: number
    /** Everybody, the person included. */
    readonly persons: number
    readonly k: number
    /** Up to this size all combinations were tried, whatever the time it takes. */
    readonly combinedFields: number
    /** Whether the larger ones were searched to the end, so that every smallest combination that singles out is named. */
    readonly exhaustive: boolean
  }
  readonly notTested: readonly Text[]
}

/**
 * Tells whether one person can be recognised among everybody by what is left of their records: singling out, linkability and
 * inference, as WP216 names them, and the fewest fields that do it.
 *
 * Singling out looks at one record (fewer than `k` persons have a record with these values) and at all of them together (so
 * many records, so many of them with this value). A suppressed value of the person tells nothing; one of somebody else does
 * not make them like the person. Values compare as text; those of an array together, in any order.
 *
 * It does not read texts for what they mean, know other sources, or see from which records were masked that they belong
 * together; see `notTested`. Of one record every smallest combination is named, of all together every smallest set of such counts,
 * as long as `tested.exhaustive` says so. Time grows with the third power of the number of fields, memory with the records.
 *
 * @example
 * Job level and company are each shared, and betray together.
 *
 * ```ts
 * import { assessSubject } from '@surveyseal/core/disclosure'
 *
 * const { verdict, because } = assessSubject({
 *   records: [{ name: '***', jobLevel: 'C', company: 'Acme' }],
 *   others: [
 *     { person: 1, record: { name: '***', jobLevel: 'C', company: 'Globex' } },
 *     { person: 2, record: { name: '***', jobLevel: 'B', company: 'Acme' } },
 *   ],
 * })
 * console.log(verdict, because[0]?.text.en) // singled-out jobLevel + company: nobody else has this in a record
 * ```
 *
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_EMPTY`, `ERR_DISCLOSURE_COLUMN_MISSING`, `ERR_DISCLOSURE_VALUE_INVALID`
 * @see {@link https://ec.europa.eu/justice/article-29/documentation/opinion-recommendation/files/2014/wp216_en.pdf | WP216}
 */
export function assessSubject({ records, others }: SubjectRecords, options: SubjectOptions = {}): SubjectAssessment {
  const { k, isSuppressed, known, sensitive } = validated(records, options)
  const fields = [...known, ...sensitive.filter(({ name }) => !known.some((field) => field.name === name))]
  const subject = new SubjectIndex(records, fields, isSuppressed)
  for (const other of others) subject.add(assertOther(other))
  const question = { subject, crowd: subject.freeze(), k }
  const budget = { tries: TRIES }
  const [byOne, byAll] = [singledOutByOne(question, budget), singledOutByAll(question, budget)]
  const singledOut = [...byOne.findings, ...byAll.findings]
  const exhaustive = byOne.complete && byAll.complete
  const linkable = linkableRecords(question)
  const targets = sensitive.map(({ name }) => fields.findIndex((field) => field.name === name))
  return {
    verdict: singledOut.length > 0 ? 'singled-out' : linkable.length > 0 ? 'linkable' : 'not-singled-out',
    because: [...singledOut, ...linkable, ...inferredValues(question, targets)],
    tested: {
      fields: fields.map(({ name }) => name),
      sensitive: sensitive.map(({ name }) => name),
      records: records.length,
      persons: subject.persons + 1,
      k,
      combinedFields: COMBINED_FIELDS,
      exhaustive,
    },
    notTested: [...(sensitive.length === 0 ? [INFERENCE] : []), ...(exhaustive ? [] : [LARGER]), ...NOT_TESTED],
  }
}

/** How many sets of more than {@link COMBINED_FIELDS} fields are asked about. */
const TRIES = 2 ** 13

const INFERENCE: Text = {
  en: 'Inference: no sensitive field was named.',
  fr: 'L’inférence : aucun champ sensible n’a été indiqué.',
}

const LARGER: Text = {
  en: 'Some combinations of more than three fields: there are too many.',
  fr: 'Certaines combinaisons de plus de trois champs : elles sont trop nombreuses.',
}

const NOT_TESTED: readonly Text[] = [
  { en: 'What texts tell by their meaning or style.', fr: 'Ce que les textes révèlent par leur sens ou leur style.' },
  {
    en: 'Other fields, files and sources, joined with these.',
    fr: 'Les autres champs, fichiers et sources, croisés avec ceux-ci.',
  },
  {
    en: 'Whether the masks themselves show which records were treated together.',
    fr: 'Si les masques eux-mêmes montrent quels enregistrements ont été traités ensemble.',
  },
]

interface Validated {
  readonly k: number
  readonly isSuppressed: IsSuppressed
  readonly known: readonly Field[]
  readonly sensitive: readonly Field[]
}

function validated(records: readonly object[], options: SubjectOptions): Validated {
  const { fields, sensitive = [], k = 2, suppressedValues = SUPPRESSED_VALUES } = options
  if (!Array.isArray(records) || !records.every(isRecord))
    throw invalidArgumentType('records', 'an array of objects', records)
  if (records.length === 0) throw new DisclosureError('ERR_DISCLOSURE_EMPTY', 'the person has no records')
  if (!Number.isSafeInteger(k) || k < 2) throw invalidArgumentValue('options.k', 'an integer from 2')
  const present = new Map(records.flatMap(fieldsOf).map((field) => [field.name, field]))
  return {
    k,
    isSuppressed: suppression(suppressedValues),
    known: fields === undefined ? [...present.values()] : fields.map((name) => named(name, present)),
    sensitive: sensitive.map((name) => named(name, present)),
  }
}

function named(name: string, present: ReadonlyMap<string, Field>): Field {
  const field = present.get(name)
  if (field !== undefined) return field
  throw new DisclosureError(
    'ERR_DISCLOSURE_COLUMN_MISSING',
    `no record of the person has the field ${JSON.stringify(name)}`,
  )
}

function suppression(values: readonly string[]): IsSuppressed {
  const texts = new Set([...values, ANONYMIZED_COMMENT.en, ANONYMIZED_COMMENT.fr])
  return (text) => texts.has(text) || text.endsWith(`@${ANONYMIZED_DOMAIN}`)
}

function assertOther(other: OtherRecord): OtherRecord {
  if (!isRecord(other) || !isRecord(other.record)) {
    throw invalidArgumentType('others', 'an iterable of { person, record }', other)
  }
  if (typeof other.person === 'string' || typeof other.person === 'number') return other
  throw invalidArgumentType('others', 'records whose person is text or a number', other.person)
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

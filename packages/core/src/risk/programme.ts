import * as z from 'zod/mini'
import type { PracticeFactors } from './classify.js'
import { classifyPractice } from './classify.js'
import type { CountermeasureId } from './countermeasures.js'
import { isCountermeasureId } from './countermeasures.js'
import { RiskError } from './errors.js'
import { isFactorId } from './factors.js'
import type { PracticeId } from './practices.js'
import { isPracticeId } from './practices.js'

/** That a countermeasure is in place for a practice. */
export interface Evidence {
  readonly countermeasure: CountermeasureId
  /** The id of the practice it is for. */
  readonly practice: string
  /** It counts from this instant. */
  readonly from: Date
  /** It no longer counts from this instant; it does not lapse when absent. */
  readonly until?: Date
  /** Where it can be found, such as the digest of a notice or the number of a report. */
  readonly source: string
}

/** A feedback programme: what it does, and what it has in place. */
export interface Programme {
  readonly name: string
  readonly practices: readonly (PracticeId | PracticeFactors)[]
  readonly evidence: readonly Evidence[]
}

/**
 * Reads a programme written as JSON.
 *
 * Dates are ISO 8601: a day (midnight UTC) or an instant with its offset. `evidence` may be left out. Keys that are not
 * part of the format are refused, and so are over 200 practices, 10,000 pieces of evidence and 1,000 characters of text.
 *
 * @example
 * A programme that calls customers back, with half of what that demands.
 *
 * ```ts
 * import { parseProgramme } from '@surveyseal/core/risk'
 *
 * export const programme = parseProgramme({
 *   name: 'Call back detractors',
 *   practices: ['close-the-loop', { id: 'exit-interviews', factors: ['survey-answers', 'individual-follow-up'] }],
 *   evidence: [
 *     { countermeasure: 'transparency-notice', practice: 'close-the-loop', from: '2026-01-01', source: 'notice v3' },
 *   ],
 * })
 * ```
 *
 * @param json - The parsed JSON.
 * @returns The programme, for {@link assessProgramme}.
 * @throws {@link RiskError} `ERR_PROGRAMME_INVALID` when the form is wrong, a practice is named twice or evidence is for
 * none of the practices; `ERR_PRACTICE_UNKNOWN`, `ERR_FACTOR_UNKNOWN`, `ERR_COUNTERMEASURE_UNKNOWN` for ids that do not
 * exist. The message names the place, never what was found there.
 */
export function parseProgramme(json: unknown): Programme {
  const parsed = programmeFormat().safeParse(json)
  if (!parsed.success) throw invalid(placeOf(parsed.error.issues[0]?.path ?? []), 'is not of the documented form')
  const practices = parsed.data.practices.map(practiceAt)
  const ids = new Set(practices.map((practice) => (typeof practice === 'string' ? practice : practice.id)))
  if (ids.size < practices.length) throw invalid('practices', 'names a practice twice')
  return {
    name: parsed.data.name,
    practices,
    evidence: parsed.data.evidence.map((item, index) => evidenceFor(ids, item, `evidence[${index}]`)),
  }
}

/** Made when it is needed, so that who does not parse programmes does not load the parser. */
function programmeFormat() {
  const text = z.string().check(z.minLength(1), z.maxLength(1000))
  const factors = z.array(text).check(z.maxLength(200))
  const instant = z.pipe(
    z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
    z.transform((text) => new Date(text)),
  )
  const evidence = z.strictObject({
    countermeasure: text,
    practice: text,
    from: instant,
    until: z.optional(instant),
    source: text,
  })
  return z.strictObject({
    name: text,
    practices: z.array(z.union([text, z.strictObject({ id: text, factors })])).check(z.minLength(1), z.maxLength(200)),
    evidence: z._default(z.array(evidence).check(z.maxLength(10_000)), []),
  })
}

type Parsed = z.infer<ReturnType<typeof programmeFormat>>

function practiceAt(practice: Parsed['practices'][number], index: number): PracticeId | PracticeFactors {
  const place = `practices[${index}]`
  if (typeof practice === 'string') {
    if (!isPracticeId(practice)) throw new RiskError('ERR_PRACTICE_UNKNOWN', `${place} is not a practice of the list`)
    return practice
  }
  const { id, factors } = practice
  if (!factors.every(isFactorId)) throw new RiskError('ERR_FACTOR_UNKNOWN', `${place}.factors names an unknown factor`)
  classifyPractice({ id, factors })
  return { id, factors }
}

function evidenceFor(practices: ReadonlySet<string>, item: Parsed['evidence'][number], place: string): Evidence {
  const { countermeasure, practice, from, until, source } = item
  if (!isCountermeasureId(countermeasure)) {
    throw new RiskError('ERR_COUNTERMEASURE_UNKNOWN', `${place}.countermeasure does not exist`)
  }
  if (!practices.has(practice)) throw invalid(`${place}.practice`, 'is not one of the practices')
  if (until !== undefined && until <= from) throw invalid(`${place}.until`, 'is not after from')
  return { countermeasure, practice, from, source, ...(until === undefined ? {} : { until }) }
}

function invalid(place: string, problem: string): RiskError {
  return new RiskError('ERR_PROGRAMME_INVALID', `${place === '' ? 'the programme' : place} ${problem}`)
}

/** Written as in code; strict objects report unknown keys at their parent, so only keys of the format appear. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}${place && '.'}${String(key)}`),
    '',
  )
}

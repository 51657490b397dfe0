import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import type { Text } from '../lib/text.js'
import type { Classification } from './classify.js'
import { classifyPractice } from './classify.js'
import type { Countermeasure, CountermeasureId, RequiredCountermeasure } from './countermeasures.js'
import { COUNTERMEASURES, countermeasuresFor } from './countermeasures.js'
import type { DpiaNeed } from './dpia.js'
import { dpiaNeed } from './dpia.js'
import type { DpiaLaw } from './dpia-law.js'
import { DPIA_LAW } from './dpia-law.js'
import { assertDpiaLaw } from './dpia-law-check.js'
import { RiskError } from './errors.js'
import type { Evidence, Programme } from './programme.js'
import type { RiskTier } from './tier.js'
import { highestTier } from './tier.js'

/** Options of {@link assessProgramme}. */
export interface AssessOptions {
  /** The instant the assessment is for. */
  readonly at: Date
  /** Evidence in addition to the programme's own, such as what governance keeps. */
  readonly evidence?: readonly Evidence[]
  /** The rules by which a DPIA is required; without it, {@link DPIA_LAW}. */
  readonly law?: DpiaLaw
}

/** A countermeasure that is in place. */
export interface MetCountermeasure {
  readonly countermeasure: CountermeasureId
  readonly source: string
  /** When its evidence lapses (ISO 8601), `null` when it does not. */
  readonly until: string | null
}

/** A countermeasure that was in place. */
export interface ExpiredCountermeasure {
  readonly countermeasure: CountermeasureId
  readonly source: string
  /** When its evidence lapsed (ISO 8601). */
  readonly until: string
}

/** One practice of an {@link Assessment}. */
export interface PracticeAssessment extends Classification {
  readonly required: readonly RequiredCountermeasure[]
  readonly met: readonly MetCountermeasure[]
  /** Required and not in place, the expired ones included. */
  readonly missing: readonly CountermeasureId[]
  /** Those of `missing` whose evidence has lapsed. */
  readonly expired: readonly ExpiredCountermeasure[]
}

/** A countermeasure a programme lacks, and who has to act. */
export interface MissingCountermeasure {
  readonly practice: string
  readonly countermeasure: CountermeasureId
  readonly scope: Countermeasure['scope']
  readonly actor: Text
}

/** What a programme needs, has and lacks at one instant. It serialises to JSON as it is. */
export interface Assessment {
  readonly name: string
  /** The instant (ISO 8601). */
  readonly at: string
  /** The highest tier of its practices. */
  readonly tier: RiskTier
  readonly practices: readonly PracticeAssessment[]
  readonly missing: readonly MissingCountermeasure[]
  readonly dpia: DpiaNeed
}

/**
 * Assesses a programme: the tier of every practice, the countermeasures it demands, and which are in place.
 *
 * Evidence counts for its own practice only, from `from` (inclusive) until `until` (exclusive). Whether one person gave
 * permission or consent is not asked here: for the countermeasures of scope `person` the gate asks it in addition.
 *
 * @example
 * What is missing today.
 *
 * ```ts
 * import { assessProgramme, parseProgramme } from '@surveyseal/core/risk'
 *
 * const programme = parseProgramme({ name: 'NPS', practices: ['standard-survey'], evidence: [] })
 * export const { tier, missing } = assessProgramme(programme, { at: new Date() })
 * // 'low', and the transparency notice
 * ```
 *
 * @param programme - What {@link parseProgramme} returned, or the same written in code.
 * @param options - See {@link AssessOptions}.
 * @returns The assessment. Not legal advice.
 * @throws {@link RiskError} `ERR_PROGRAMME_INVALID` when there is no practice, or one twice.
 * @throws {@link RiskError} `ERR_DPIA_LAW_INVALID` when `law` is not of the form of {@link DpiaLaw}.
 * @throws {@link RiskError} `ERR_PRACTICE_UNKNOWN`, `ERR_FACTOR_UNKNOWN` as {@link classifyPractice} does.
 */
export function assessProgramme(programme: Programme, options: AssessOptions): Assessment {
  const at = instant(options.at)
  const { law = DPIA_LAW } = options
  assertDpiaLaw(law)
  const evidence = [...programme.evidence, ...(options.evidence ?? [])]
  const classifications = programme.practices.map(classifyPractice)
  assertDistinct(classifications)
  const practices = classifications.map((classification) => assessPractice(classification, { at, evidence }))
  const tier = highestTier(practices.map((practice) => practice.tier))
  return {
    name: programme.name,
    at: at.toISOString(),
    tier,
    practices,
    missing: practices.flatMap(missingOf),
    dpia: dpiaNeed(classifications, law),
  }
}

function instant(at: unknown): Date {
  if (!(at instanceof Date)) throw invalidArgumentType('options.at', 'Date', at)
  if (Number.isNaN(at.getTime())) throw invalidArgumentValue('options.at', 'a valid date')
  return at
}

/** Evidence is tied to a practice by its id, so an id must mean one practice. */
function assertDistinct(classifications: readonly Classification[]): void {
  const ids = new Set(classifications.map(({ id }) => id))
  if (ids.size === 0) throw new RiskError('ERR_PROGRAMME_INVALID', 'a programme needs a practice')
  if (ids.size < classifications.length) {
    throw new RiskError('ERR_PROGRAMME_INVALID', 'a programme names a practice twice')
  }
}

function assessPractice(practice: Classification, { at, evidence = [] }: AssessOptions): PracticeAssessment {
  const required = countermeasuresFor(practice.tier)
  const begun = evidence.filter((item) => item.practice === practice.id && item.from <= at)
  const met: MetCountermeasure[] = []
  const missing: CountermeasureId[] = []
  const expired: ExpiredCountermeasure[] = []
  for (const { countermeasure } of required) {
    const last = begun.filter((item) => item.countermeasure === countermeasure).reduce(laterOf, undefined)
    const until = last?.until
    if (last !== undefined && (until === undefined || until > at)) {
      met.push({ countermeasure, source: last.source, until: until?.toISOString() ?? null })
    } else missing.push(countermeasure)
    if (last !== undefined && until !== undefined && until <= at) {
      expired.push({ countermeasure, source: last.source, until: until.toISOString() })
    }
  }
  return { ...practice, required, met, missing, expired }
}

/** Of two pieces of evidence the one that lasts longer. */
function laterOf(a: Evidence | undefined, b: Evidence): Evidence {
  if (a === undefined) return b
  return a.until === undefined || (b.until !== undefined && a.until >= b.until) ? a : b
}

function missingOf({ id, missing }: PracticeAssessment): MissingCountermeasure[] {
  return missing.map((countermeasure) => {
    const { scope, actor } = COUNTERMEASURES[countermeasure]
    return { practice: id, countermeasure, scope, actor }
  })
}

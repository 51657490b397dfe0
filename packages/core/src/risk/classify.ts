import { invalidArgumentType } from '../errors.js'
import type { Text } from '../lib/text.js'
import { RiskError } from './errors.js'
import type { FactorId } from './factors.js'
import { FACTORS, isFactorId } from './factors.js'
import type { PracticeId } from './practices.js'
import { isPracticeId, PRACTICES } from './practices.js'
import type { Source } from './sources.js'
import { SOURCES } from './sources.js'
import type { RiskTier, Standing } from './tier.js'
import { compareTiers, highestTier, raisedTier } from './tier.js'

/** A practice described by factors: one of the list with what it has in addition, or one of the host's own. */
export interface PracticeFactors {
  /** A {@link PracticeId}, or any other name for a practice of the host's own. */
  readonly id: string
  readonly factors: readonly FactorId[]
}

/** One factor's part in a {@link Classification}. */
export interface Reason {
  readonly factor: FactorId
  /** The tier this factor demands here. */
  readonly tier: RiskTier
  /** For a context factor: the tier that data and operations alone imply. */
  readonly raisedFrom?: RiskTier
  /** Whether the source states that tier, or it is inferred. */
  readonly evidence: Standing
  readonly source: Source
  readonly why: Text
}

/** The tier of a practice and why. */
export interface Classification {
  readonly id: string
  readonly tier: RiskTier
  /** `stated` when a source states the tier for one of the practice's factors, `inferred` otherwise. */
  readonly evidence: Standing
  /** One per factor, those that decide the tier first. */
  readonly reasons: readonly Reason[]
}

/**
 * Classifies a practice from its factors.
 *
 * The rule: data and operations each imply a least tier, and the highest counts. A context (children, scale, transfers, …)
 * implies a least tier too and, one or many of them together, lifts the practice by one tier above its data and
 * operations. Hence no factor ever lowers a tier. A practice of the list keeps its own factors; what is given is added.
 *
 * @example
 * Extra personal information is medium, unless it is about health.
 *
 * ```ts
 * import { classifyPractice } from '@surveyseal/core/risk'
 *
 * export const gender = classifyPractice('extra-personal-information').tier // 'medium'
 * export const health = classifyPractice({ id: 'extra-personal-information', factors: ['special-category'] }).tier // 'very-high'
 * ```
 *
 * @param practice - A practice of the list by its id, or a practice with factors.
 * @returns The tier and the reason of each factor.
 * @throws {@link RiskError} `ERR_PRACTICE_UNKNOWN` when it is not in the list and names neither data nor an operation.
 * @throws {@link RiskError} `ERR_FACTOR_UNKNOWN` when a factor does not exist.
 */
export function classifyPractice(practice: PracticeId | PracticeFactors): Classification {
  const { id, factors } = withFactors(practice)
  const base = highestTier(factors.filter((id) => FACTORS[id].kind !== 'context').map((id) => FACTORS[id].tier))
  const reasons = factors.map((factor) => reason(factor, base)).sort((a, b) => compareTiers(b.tier, a.tier))
  const tier = highestTier(reasons.map((reason) => reason.tier))
  const stated = reasons.some((reason) => reason.tier === tier && reason.evidence === 'stated')
  return { id, tier, evidence: stated ? 'stated' : 'inferred', reasons }
}

/** The practice with every factor it has, each once, all of them known. */
function withFactors(practice: PracticeId | PracticeFactors): PracticeFactors {
  if (practice === null || practice === undefined) throw invalidArgumentType('practice', 'string or object', practice)
  const { id, factors } = typeof practice === 'string' ? { id: practice, factors: [] } : practice
  if (typeof id !== 'string') throw invalidArgumentType('practice.id', 'string', id)
  if (!Array.isArray(factors)) throw invalidArgumentType('practice.factors', 'array', factors)
  if (!factors.every(isFactorId)) throw new RiskError('ERR_FACTOR_UNKNOWN', 'a factor of the practice does not exist')
  const all = [...new Set([...(isPracticeId(id) ? PRACTICES[id].factors : []), ...factors])]
  if (all.some((factor) => FACTORS[factor].kind !== 'context')) return { id, factors: all }
  throw new RiskError(
    'ERR_PRACTICE_UNKNOWN',
    'a practice outside the list must name the data or operations it consists of',
  )
}

function reason(id: FactorId, base: RiskTier): Reason {
  const { kind, tier, evidence, source, why } = FACTORS[id]
  const common = { factor: id, evidence, source: SOURCES[source], why }
  if (kind !== 'context') return { ...common, tier }
  return { ...common, tier: highestTier([tier, raisedTier(base)]), raisedFrom: base }
}

import type { Text } from '../lib/text.js'
import type { Classification } from './classify.js'
import type { CriterionId } from './criteria.js'
import { CRITERIA } from './criteria.js'
import type { FactorId } from './factors.js'
import { FACTORS } from './factors.js'

/** Why a DPIA is required: two criteria are met, or a practice is of the very high tier. */
export type DpiaReason = 'two-criteria' | 'very-high-tier'

/** A criterion that a programme meets, and through what. */
export interface MetCriterion {
  readonly id: CriterionId
  /** Its number in WP 248 rev.01. */
  readonly number: number
  readonly name: Text
  readonly because: readonly { readonly practice: string; readonly factor: FactorId }[]
}

/** Whether a data protection impact assessment is required, and why. */
export interface DpiaNeed {
  readonly required: boolean
  readonly because: readonly DpiaReason[]
  /** Every criterion met, by number. */
  readonly criteria: readonly MetCriterion[]
}

/**
 * @internal
 *
 * Criteria are counted over the whole programme, whose practices concern the same customers: the cautious reading of
 * WP 248 rev.01, section III.B.a ("a processing meeting two criteria"). The very high tier demands a risk assessment in
 * advance whatever the criteria.
 */
export function dpiaNeed(practices: readonly Classification[]): DpiaNeed {
  const criteria = (Object.keys(CRITERIA) as CriterionId[])
    .map((id) => metCriterion(id, practices))
    .filter(({ because }) => because.length > 0)
  const because: DpiaReason[] = []
  if (criteria.length >= 2) because.push('two-criteria')
  if (practices.some(({ tier }) => tier === 'very-high')) because.push('very-high-tier')
  return { required: because.length > 0, because, criteria }
}

function metCriterion(id: CriterionId, practices: readonly Classification[]): MetCriterion {
  const { number, name } = CRITERIA[id]
  const because = practices.flatMap(({ id: practice, reasons }) =>
    reasons.filter(({ factor }) => FACTORS[factor].criteria.includes(id)).map(({ factor }) => ({ practice, factor })),
  )
  return { id, number, name, because }
}

/** How risky a practice is for the people whose feedback it uses. */
export type RiskTier = 'low' | 'medium' | 'high' | 'very-high'

/** Whether a source says so itself (`stated`) or this project concluded it from one (`inferred`). */
export type Standing = 'stated' | 'inferred'

/** The tiers from the lowest to the highest. */
export const RISK_TIERS: readonly RiskTier[] = ['low', 'medium', 'high', 'very-high']

/**
 * Compares two tiers.
 *
 * @param a - A tier.
 * @param b - Another tier.
 * @returns Below zero when `a` is the lower, zero when they are equal, above zero when `a` is the higher.
 */
export function compareTiers(a: RiskTier, b: RiskTier): number {
  return RISK_TIERS.indexOf(a) - RISK_TIERS.indexOf(b)
}

/** @internal The highest of some tiers; `low` when there is none. */
export function highestTier(tiers: readonly RiskTier[]): RiskTier {
  return tiers.reduce((highest, tier) => (compareTiers(tier, highest) > 0 ? tier : highest), 'low')
}

/** @internal The tier one step up; the highest stays. */
export function raisedTier(tier: RiskTier): RiskTier {
  return RISK_TIERS[RISK_TIERS.indexOf(tier) + 1] ?? tier
}

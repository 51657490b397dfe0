import type { Assessment, CountermeasureId, RiskTier } from '@surveyseal/core/risk'
import { countermeasuresFor } from '@surveyseal/core/risk'

const TIERS: Readonly<Record<string, RiskTier>> = {
  'standard-survey': 'low',
  'link-answers-to-record': 'medium',
  'close-the-loop': 'medium',
  'share-verbatims': 'medium',
}

/** An assessment where everything is met but what is said to be missing; `tier` is that of the medium practices. */
export function assessment(options: { missing?: readonly CountermeasureId[]; tier?: RiskTier } = {}): Assessment {
  const { missing = [], tier: medium = 'medium' } = options
  const practices = Object.entries(TIERS).map(([id, listed]) => {
    const tier = listed === 'low' ? listed : medium
    const required = countermeasuresFor(tier)
    const met = required
      .filter(({ countermeasure }) => !missing.includes(countermeasure))
      .map(({ countermeasure }) => ({ countermeasure, source: 'test', until: null }))
    return { id, tier, evidence: 'stated' as const, reasons: [], required, met, missing, expired: [] }
  })
  return {
    name: 'test',
    at: '2026-03-01T09:00:00.000Z',
    tier: medium,
    practices,
    missing: [],
    dpia: { required: false, criteria: [] } as unknown as Assessment['dpia'],
  }
}

import type { Programme } from '@surveyseal/core/risk'
import { type Assessment, assessProgramme, DPIA_LAW, FACTORS, type FactorId, PRACTICES } from '@surveyseal/core/risk'

/** What a hostile host would call everything. */
export const HOSTILE = `</title><script>window.ran = 1</script><img src=x onerror="window.ran=1">' "onload=ran ‮exe.`

const at = new Date('2026-11-30T00:00:00Z')

/** Every practice of the list and one with every factor; evidence that is in place, lapsed and missing. */
export function fullAssessment(own = 'kiosk-interviews', source = 'notice v4'): Assessment {
  const from = new Date('2025-01-01')
  const programme: Programme = {
    name: own,
    practices: [
      ...(Object.keys(PRACTICES) as (keyof typeof PRACTICES)[]),
      { id: own, factors: Object.keys(FACTORS) as FactorId[] },
      { id: 'raised', factors: ['survey-answers', 'transfers'] },
    ],
    evidence: [
      {
        countermeasure: 'transparency-notice',
        practice: 'close-the-loop',
        from,
        until: new Date('2026-03-31'),
        source,
      },
      { countermeasure: 'transparency-notice', practice: own, from, source },
      { countermeasure: 'consent', practice: 'raised', from, source },
      { countermeasure: 'encryption-at-rest', practice: own, from, until: new Date('2027-01-01'), source },
    ],
  }
  return assessProgramme(programme, { at, law: DPIA_LAW })
}

/** A programme that lacks nothing. */
export function completeAssessment(): Assessment {
  const from = new Date('2025-01-01')
  const evidence = [
    { countermeasure: 'transparency-notice', practice: 'standard-survey', from, source: 'notice v4' } as const,
  ]
  return assessProgramme({ name: 'NPS', practices: ['standard-survey'], evidence }, { at })
}

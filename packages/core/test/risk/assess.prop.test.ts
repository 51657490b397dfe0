import {
  assessProgramme,
  COUNTERMEASURES,
  type CountermeasureId,
  type Evidence,
  PRACTICES,
  type PracticeId,
  type Programme,
} from '@surveyseal/core/risk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const day = fc.integer({ min: 0, max: 20 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)))
const practiceId = fc.constantFrom(...(Object.keys(PRACTICES) as PracticeId[]))
const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    countermeasure: fc.constantFrom(...(Object.keys(COUNTERMEASURES) as CountermeasureId[])),
    practice: practiceId,
    from: day,
    until: fc.option(day, { nil: undefined }),
    source: fc.constant('file'),
  })
  .map(({ until, ...item }) => (until === undefined ? item : { ...item, until }))
const programme: fc.Arbitrary<Programme> = fc.record({
  name: fc.constant('x'),
  practices: fc.uniqueArray(practiceId, { minLength: 1 }),
  evidence: fc.array(evidence, { maxLength: 40 }),
})

describe('assessment', () => {
  test('every required countermeasure is either met or missing, and what expired is missing', () => {
    fc.assert(
      fc.property(programme, day, (programme, at) => {
        for (const { required, met, missing, expired } of assessProgramme(programme, { at }).practices) {
          const ids = required.map(({ countermeasure }) => countermeasure)
          expect([...met.map(({ countermeasure }) => countermeasure), ...missing].sort()).toEqual([...ids].sort())
          for (const { countermeasure } of expired) expect(missing).toContain(countermeasure)
        }
      }),
    )
  })

  test('more evidence never leaves more missing', () => {
    fc.assert(
      fc.property(programme, evidence, day, (programme, more, at) => {
        const before = assessProgramme(programme, { at }).missing
        const after = assessProgramme(programme, { at, evidence: [more] }).missing
        for (const item of after) expect(before).toContainEqual(item)
      }),
    )
  })

  test('evidence given twice counts once', () => {
    fc.assert(
      fc.property(programme, day, (programme, at) => {
        const twice = assessProgramme(programme, { at, evidence: programme.evidence })
        expect(twice).toEqual(assessProgramme(programme, { at }))
      }),
    )
  })

  test('a practice more never lowers the tier, nor takes away a DPIA', () => {
    fc.assert(
      fc.property(programme, day, ({ practices, ...rest }, at) => {
        const fewer = assessProgramme({ ...rest, practices: practices.slice(0, 1) }, { at })
        const all = assessProgramme({ ...rest, practices }, { at })
        expect(all.dpia.required || !fewer.dpia.required).toBe(true)
        expect(all.practices.map(({ tier }) => tier)).toContain(all.tier)
        expect(all.practices[0]).toEqual(fewer.practices[0])
      }),
    )
  })
})

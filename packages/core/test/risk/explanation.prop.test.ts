import {
  type Assessment,
  assessProgramme,
  classifyPractice,
  compareTiers,
  FACTORS,
  type FactorId,
  type PracticeFactors,
} from '@surveyseal/core/risk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const at = new Date('2026-06-01T00:00:00Z')
const factorIds = Object.keys(FACTORS) as FactorId[]
const isContext = (id: FactorId): boolean => FACTORS[id].kind === 'context'

/** Practices of the host's own, so that every factor can be taken away. */
const factors = fc
  .uniqueArray(fc.constantFrom(...factorIds), { minLength: 1, maxLength: 7 })
  .filter((ids) => !ids.every(isContext))
const practices = fc
  .array(factors, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((factors, at): PracticeFactors => ({ id: `own-${at}`, factors })))

/** What is left to assess without some factors; `null` when nothing is. */
function assessWithout(all: readonly PracticeFactors[], gone: readonly { practice: string; factor: FactorId }[]) {
  const left = all
    .map(({ id, factors }) => ({
      id,
      factors: factors.filter((factor) => !gone.some((each) => each.practice === id && each.factor === factor)),
    }))
    .filter(({ factors }) => !factors.every(isContext))
  return left.length === 0 ? null : assess(left)
}

const assess = (all: readonly PracticeFactors[]): Assessment =>
  assessProgramme({ name: 'x', practices: all, evidence: [] }, { at })

const named = ({ dpia }: Assessment): string[] => [
  ...dpia.criteria.map(({ id }) => id),
  ...dpia.listed.map(({ list, number }) => `${list} ${number}`),
]

describe('explanations', () => {
  test('without the reasons that have its tier, a practice has a lower one, or is none any more', () => {
    fc.assert(
      fc.property(factors, (ids) => {
        const { tier, reasons } = classifyPractice({ id: 'own', factors: ids })
        const deciding = new Set(reasons.filter((reason) => reason.tier === tier).map(({ factor }) => factor))
        const left = ids.filter((id) => !deciding.has(id))
        if (left.every(isContext)) return
        expect(compareTiers(classifyPractice({ id: 'own', factors: left }).tier, tier)).toBeLessThan(0)
      }),
    )
  })

  test('without the factors named for it, a criterion or a type of a list is no longer met', () => {
    fc.assert(
      fc.property(practices, (all) => {
        const { dpia } = assess(all)
        for (const { id, because } of dpia.criteria) {
          const left = assessWithout(all, because)
          expect(left === null ? [] : named(left)).not.toContain(id)
        }
        for (const { list, number, because } of dpia.listed) {
          const left = assessWithout(all, because)
          expect(left === null ? [] : named(left)).not.toContain(`${list} ${number}`)
        }
      }),
    )
  })

  test('without all the factors named for it, no DPIA is required', () => {
    fc.assert(
      fc.property(practices, (all) => {
        const { dpia, practices: assessed } = assess(all)
        const veryHigh = assessed
          .filter(({ id }) => dpia.veryHigh.includes(id))
          .flatMap(({ id, reasons }) =>
            reasons.filter(({ tier }) => tier === 'very-high').map(({ factor }) => ({ practice: id, factor })),
          )
        const grounds = [...dpia.criteria, ...dpia.listed].flatMap(({ because }) => because)
        expect(assessWithout(all, [...grounds, ...veryHigh])?.dpia.required ?? false).toBe(false)
      }),
    )
  })

  test('every ground is a factor of the practice it names, and everything concluded has a source with the day it was read', () => {
    fc.assert(
      fc.property(practices, (all) => {
        const { dpia, practices: assessed } = assess(all)
        for (const { because, source } of [...dpia.criteria, ...dpia.listed]) {
          expect(because.length).toBeGreaterThan(0)
          for (const { practice, factor } of because) {
            expect(all.find(({ id }) => id === practice)?.factors).toContain(factor)
          }
          expect(source.read).toMatch(/^\d{4}-\d\d-\d\d$/)
        }
        for (const { source } of assessed.flatMap(({ reasons }) => reasons)) {
          expect(source.read).toMatch(/^\d{4}-\d\d-\d\d$/)
        }
      }),
    )
  })
})

describe('more of anything', () => {
  test('takes away no requirement, but permission where consent takes its place', () => {
    fc.assert(
      fc.property(practices, fc.constantFrom(...factorIds), (all, more) => {
        const before = assess(all).practices.map(({ required }) => required.map((each) => each.countermeasure))
        const after = assess(all.map(({ id, factors }) => ({ id, factors: [...factors, more] })))
        after.practices.forEach(({ required }, at) => {
          const ids = required.map((each) => each.countermeasure)
          for (const id of before[at] ?? []) {
            expect(ids.includes(id) || (id === 'permission' && ids.includes('consent'))).toBe(true)
          }
        })
      }),
    )
  })

  test('takes away no criterion, no type of a list and no DPIA', () => {
    fc.assert(
      fc.property(practices, fc.constantFrom(...factorIds), factors, (all, factor, another) => {
        const before = assess(all)
        const after = assess([
          ...all.map(({ id, factors }) => ({ id, factors: [...factors, factor] })),
          { id: 'another', factors: another },
        ])
        for (const id of named(before)) expect(named(after)).toContain(id)
        expect(after.dpia.required || !before.dpia.required).toBe(true)
        expect(compareTiers(after.tier, before.tier)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('assessing again', () => {
  test('changes nothing, nor does describing each practice by the factors it was found to have', () => {
    fc.assert(
      fc.property(practices, (all) => {
        const once = assess(all)
        expect(assess(all)).toEqual(once)
        const again = assess(
          once.practices.map(({ id, reasons }) => ({ id, factors: reasons.map(({ factor }) => factor) })),
        )
        const concluded = ({ practices, tier, missing }: Assessment) => ({ practices, tier, missing })
        expect(concluded(again)).toEqual(concluded(once))
        expect(named(again)).toEqual(named(once))
      }),
    )
  })
})

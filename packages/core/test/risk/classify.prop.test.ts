import {
  type Classification,
  classifyPractice,
  compareTiers,
  countermeasuresFor,
  FACTORS,
  type FactorId,
  PRACTICES,
  type PracticeId,
  RISK_TIERS,
} from '@surveyseal/core/risk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const factorIds = Object.keys(FACTORS) as FactorId[]
const practiceIds = Object.keys(PRACTICES) as PracticeId[]
const factors = fc.uniqueArray(fc.constantFrom(...factorIds), { maxLength: 8 })
const practice = fc.oneof(
  fc.record({ id: fc.constantFrom(...practiceIds), factors }),
  fc.record({ id: fc.constant('own'), factors: factors.map((ids): FactorId[] => ['survey-answers', ...ids]) }),
)

describe('classification', () => {
  test('a factor more never lowers the tier', () => {
    fc.assert(
      fc.property(practice, fc.constantFrom(...factorIds), ({ id, factors }, more) => {
        const before = classifyPractice({ id, factors }).tier
        expect(compareTiers(classifyPractice({ id, factors: [...factors, more] }).tier, before)).toBeGreaterThanOrEqual(
          0,
        )
      }),
    )
  })

  test('the tier is the highest of the reasons, and every factor has one reason with a source', () => {
    fc.assert(
      fc.property(practice, (practice) => {
        const { tier, reasons }: Classification = classifyPractice(practice)
        const given = practiceIds.includes(practice.id as PracticeId)
          ? PRACTICES[practice.id as PracticeId].factors
          : []
        expect(new Set(reasons.map(({ factor }) => factor))).toEqual(new Set([...given, ...practice.factors]))
        expect(reasons).toHaveLength(new Set(reasons.map(({ factor }) => factor)).size)
        expect(reasons[0]?.tier).toBe(tier)
        for (const reason of reasons) {
          expect(compareTiers(reason.tier, tier)).toBeLessThanOrEqual(0)
          expect(compareTiers(reason.tier, FACTORS[reason.factor].tier)).toBeGreaterThanOrEqual(0)
          expect(reason.source.title).not.toBe('')
        }
      }),
    )
  })

  test('the order and repetition of factors does not matter', () => {
    fc.assert(
      fc.property(practice, ({ id, factors }) => {
        const again = classifyPractice({ id, factors: [...factors].reverse().concat(factors) })
        expect(again.tier).toBe(classifyPractice({ id, factors }).tier)
      }),
    )
  })

  test('contexts lift data and operations by one tier at most, or to the least tier of a context', () => {
    fc.assert(
      fc.property(practice, ({ id, factors }) => {
        const contexts = factors.filter((factor) => FACTORS[factor].kind === 'context')
        const without = classifyPractice({ id, factors: factors.filter((factor) => !contexts.includes(factor)) }).tier
        const lifted = contexts.length === 0 ? 0 : 1
        const least = contexts.map((factor) => RISK_TIERS.indexOf(FACTORS[factor].tier))
        const expected = Math.min(Math.max(RISK_TIERS.indexOf(without) + lifted, ...least), RISK_TIERS.length - 1)
        expect(classifyPractice({ id, factors }).tier).toBe(RISK_TIERS[expected])
      }),
    )
  })

  test('a higher tier demands every protection of a lower one, consent standing in for permission', () => {
    const demanded = RISK_TIERS.map(
      (tier) => new Set(countermeasuresFor(tier).map(({ countermeasure }) => countermeasure)),
    )
    for (const [index, lower] of demanded.slice(0, -1).entries()) {
      const higher = demanded[index + 1]
      for (const id of lower) expect(higher?.has(id) || (id === 'permission' && higher?.has('consent'))).toBe(true)
    }
  })
})

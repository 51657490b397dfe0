import { classifyPractice, FACTORS, type FactorId } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

describe('classifyPractice', () => {
  test('a practice of the list has the tier of the list', () => {
    expect(classifyPractice('close-the-loop')).toMatchObject({
      id: 'close-the-loop',
      tier: 'medium',
      evidence: 'stated',
    })
  })

  test('explains itself: one reason per factor, the deciding ones first, each with its source', () => {
    const { reasons } = classifyPractice('mine-call-transcripts')
    expect(reasons.map(({ factor, tier, evidence }) => [factor, tier, evidence])).toEqual([
      ['call-transcripts', 'high', 'stated'],
      ['text-mining', 'high', 'inferred'],
    ])
    expect(reasons[0]?.source.url).toMatch(/^https:\/\/www\.forrester\.com\//)
    expect(reasons[0]?.why.fr).toBe(FACTORS['call-transcripts'].why.fr)
  })

  test('art. 9 data makes extra personal information very high, which is inferred', () => {
    expect(classifyPractice({ id: 'extra-personal-information', factors: ['special-category'] })).toMatchObject({
      tier: 'very-high',
      evidence: 'inferred',
    })
  })

  test('a context lifts a practice by one tier, many contexts no further, and says from where', () => {
    const one = classifyPractice({ id: 'standard-survey', factors: ['transfers'] })
    const many = classifyPractice({ id: 'standard-survey', factors: ['transfers', 'large-scale', 'consultants'] })
    expect(one.tier).toBe('medium')
    expect(many.tier).toBe('medium')
    expect(one.reasons[0]).toMatchObject({ factor: 'transfers', tier: 'medium', raisedFrom: 'low' })
    expect(classifyPractice({ id: 'third-party-ai', factors: ['transfers'] }).tier).toBe('very-high')
    expect(classifyPractice({ id: 'video-feedback', factors: ['transfers'] }).tier).toBe('very-high')
  })

  test('children make any practice high at least', () => {
    expect(classifyPractice({ id: 'standard-survey', factors: ['children'] }).tier).toBe('high')
    expect(classifyPractice({ id: 'mine-call-transcripts', factors: ['children'] }).tier).toBe('very-high')
  })

  test('a practice of the host is classified from the same factors', () => {
    expect(classifyPractice({ id: 'exit-interviews', factors: ['survey-answers', 'voice-recordings'] })).toMatchObject({
      id: 'exit-interviews',
      tier: 'very-high',
      evidence: 'stated',
    })
  })

  test('ERR_PRACTICE_UNKNOWN', () => {
    const classify = (practice: unknown) => () => classifyPractice(practice as 'standard-survey')
    for (const id of ['telepathy', '__proto__', 'constructor', 'toString', '']) {
      expect(codeOf(classify(id))).toBe('ERR_PRACTICE_UNKNOWN')
    }
    expect(codeOf(classify({ id: 'telepathy', factors: [] }))).toBe('ERR_PRACTICE_UNKNOWN')
    expect(codeOf(classify({ id: 'telepathy', factors: ['children', 'transfers'] }))).toBe('ERR_PRACTICE_UNKNOWN')
  })

  test('ERR_FACTOR_UNKNOWN', () => {
    for (const factor of ['telepathy', '__proto__', 'constructor', 7, { toString: () => 'children' }]) {
      const factors = [factor] as FactorId[]
      expect(codeOf(() => classifyPractice({ id: 'standard-survey', factors }))).toBe('ERR_FACTOR_UNKNOWN')
    }
  })

  test('a mistake of the program is an argument error', () => {
    for (const practice of [{ factors: ['children'] }, { id: 'x' }, { id: 1, factors: [] }, null, undefined, 7]) {
      expect(codeOf(() => classifyPractice(practice as never))).toBe('ERR_INVALID_ARG_TYPE')
    }
  })
})

import { AGE_RULES, findAgeRule } from '@surveyseal/consent'
import { describe, expect, test } from 'vitest'
import { codeOf } from './support/matchers.js'

const at = new Date('2026-03-01T00:00:00Z')

describe('AGE_RULES', () => {
  const states =
    'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK GB US'.split(' ')

  test.each(states)('has a rule for %s, of an age that article 8 allows, with a source and a day', (country) => {
    const { age, source, from } = findAgeRule(country, { at })
    expect(AGE_RULES.some((rule) => rule.country === country)).toBe(true)
    expect(age).toBeGreaterThanOrEqual(13)
    expect(age).toBeLessThanOrEqual(16)
    expect(source).not.toBe('')
    expect(new Date(from).toISOString().slice(0, 10)).toBe(from)
  })

  test('cannot be changed', () => {
    expect(Object.isFrozen(AGE_RULES) && AGE_RULES.every(Object.isFrozen)).toBe(true)
  })
})

describe('findAgeRule', () => {
  test('gives the rule of the day', () => {
    expect(findAgeRule('DK', { at: new Date('2023-12-31T23:59:59Z') }).age).toBe(13)
    expect(findAgeRule('DK', { at: new Date('2024-01-01T00:00:00Z') }).age).toBe(15)
  })

  test('is 16 where there is no rule, and before there was one', () => {
    expect(findAgeRule('ZZ', { at }).age).toBe(16)
    expect(findAgeRule('SE', { at: new Date('2018-01-01T00:00:00Z') }).age).toBe(16)
  })

  test('takes the host’s own rules', () => {
    const rules = [{ country: 'NO', age: 15, from: '2026-01-01', source: 'as the host reads it' }]
    expect(findAgeRule('NO', { at, rules })).toBe(rules[0])
  })

  test('a caller’s mistakes are argument errors', async () => {
    expect(await codeOf(() => findAgeRule('de', { at }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => findAgeRule(7 as never, { at }))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await codeOf(() => findAgeRule('DE', { at: 'today' as never }))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

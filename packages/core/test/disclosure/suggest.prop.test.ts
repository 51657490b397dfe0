import { compilePolicy, parsePolicy } from '@surveyseal/core/anonymize'
import type { Row } from '@surveyseal/core/disclosure'
import { measureDisclosureRisk, suggestGeneralization } from '@surveyseal/core/disclosure'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const quasiIdentifiers = ['age', 'town', 'since', 'zip', 'mixed']
const row = fc.record({
  age: fc.oneof(fc.integer({ min: 18, max: 90 }), fc.constant(null)),
  town: fc.constantFrom('Lyon', 'Lille', 'Nantes', 'Nancy', 'Brest', '***'),
  since: fc
    .date({ min: new Date('2019-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  zip: fc.integer({ min: 10000, max: 10400 }).map(String),
  mixed: fc.constantFrom<unknown>('a1', 'a2', 12, '12', true, 1.5),
  who: fc.integer({ min: 1, max: 12 }),
})
const rows = fc.array(row, { minLength: 2, maxLength: 40 })

/** What a policy of the suggested rules leaves of the rows. */
function applied(rows: readonly Row[], rules: ReturnType<typeof suggestGeneralization>['rules']): Row[] {
  const fields = Object.fromEntries(
    ['who', ...quasiIdentifiers].map((name) => [
      name,
      rules.find(({ column }) => column === name)?.rule ?? { technique: 'retain' },
    ]),
  )
  const policy = compilePolicy(parsePolicy({ version: 1, language: 'en', fields }))
  return rows.map((row) => policy.apply(row).record ?? {})
}

function persons(rows: readonly Row[], person: string | undefined): number {
  return person === undefined ? rows.length : new Set(rows.map((row) => row[person])).size
}

test('the rules, applied as a policy, really give the k they are said to give', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 2, max: 4 }), fc.constantFrom('who', undefined), (rows, k, person) => {
      const suggestion = suggestGeneralization(rows, { quasiIdentifiers, k, person })
      const left = applied(rows, suggestion.rules)
      // Where everything was removed from every row the column is gone: that is the only thing measuring refuses.
      const padded = left.map((row) => ({
        ...Object.fromEntries(quasiIdentifiers.map((name) => [name, null])),
        ...row,
      }))
      const measured = measureDisclosureRisk(padded, { quasiIdentifiers, person })
      expect(measured.k).toBe(suggestion.k)
      expect(suggestion.reached).toBe(measured.k >= k)
      if (person === undefined) expect(suggestion.reached).toBe(rows.length >= k)
      else if (persons(rows, person) < k) expect(suggestion.reached).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('no more information is lost than may be, and what is reached within the bound is told', () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (rows, maxLoss) => {
      const { loss, rules, reached, personsBelow } = suggestGeneralization(rows, { quasiIdentifiers, k: 2, maxLoss })
      expect(loss).toBeLessThanOrEqual(maxLoss + 1e-9)
      expect(reached).toBe(personsBelow === 0)
      for (const rule of rules) expect(rule.loss).toBeGreaterThan(0)
    }),
    { numRuns: 40 },
  )
})

test('rows that are safe already are left as they are', () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { rules, loss, reached } = suggestGeneralization([...rows, ...rows], { quasiIdentifiers, k: 2 })
      expect({ rules, loss, reached }).toEqual({ rules: [], loss: 0, reached: true })
    }),
    { numRuns: 20 },
  )
})

describe('suggestGeneralization', () => {
  test('takes rules of the caller, such as regions, before it masks', () => {
    const towns = ['Lyon', 'Lille', 'Nantes', 'Brest']
    const rows = towns.map((town) => ({ town }))
    const region = {
      technique: 'region',
      groups: { Lyon: 'south', Lille: 'north', Nantes: 'south', Brest: 'north' },
    } as const
    const suggestion = suggestGeneralization(rows, {
      quasiIdentifiers: ['town'],
      k: 2,
      rules: new Map([['town', [region]]]),
    })
    expect(suggestion).toMatchObject({ reached: true, k: 2, loss: 0.5, rules: [{ column: 'town', rule: region }] })
  })

  test('suggests no rule that changes nothing', () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({ score: at % 11, town: `town ${at}` }))
    const { reached, rules } = suggestGeneralization(rows, { quasiIdentifiers: ['score', 'town'], k: 5 })
    expect({ reached, columns: rules.map(({ column }) => column) }).toEqual({ reached: true, columns: ['town'] })
  })

  test('tells persons apart whose names are dates of one second, and takes 1 and "1" for one', () => {
    const options = { quasiIdentifiers: ['a'], k: 2, person: 'who' }
    const [early, late] = [new Date(1), new Date(2)]
    const rows = [early, late].map((who) => ({ a: 1, who }))
    expect(suggestGeneralization(rows, options)).toMatchObject({ reached: true, rules: [] })
    const one = [1, '1'].map((who) => ({ a: 1, who }))
    expect(suggestGeneralization(one, options)).toMatchObject({ reached: false, k: 1 })
  })

  test('works on a column named __proto__', () => {
    const rows = ['1', '2', '3'].map((value) => JSON.parse(`{"__proto__":"${value}"}`) as Row)
    expect(suggestGeneralization(rows, { quasiIdentifiers: ['__proto__'], k: 3 }).reached).toBe(true)
  })

  test('ERR_DISCLOSURE_EMPTY, ERR_DISCLOSURE_COLUMN_MISSING and ERR_DISCLOSURE_PERSON_MISSING, as in measuring', () => {
    const suggest = (rows: Row[], person?: string) =>
      codeOf(() => suggestGeneralization(rows, { quasiIdentifiers: ['a'], k: 2, person }))
    expect(suggest([])).toBe('ERR_DISCLOSURE_EMPTY')
    expect(suggest([{ b: 1 }])).toBe('ERR_DISCLOSURE_COLUMN_MISSING')
    expect(suggest([{ a: 1 }], 'who')).toBe('ERR_DISCLOSURE_PERSON_MISSING')
    expect(codeOf(() => suggestGeneralization([], { quasiIdentifiers: ['a'], k: 1 }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

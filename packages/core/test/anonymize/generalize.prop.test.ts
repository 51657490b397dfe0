import { compilePolicy, type GeneralizationRule, parsePolicy } from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** What a rule leaves of a value; `undefined` when nothing. */
function generalize(rule: GeneralizationRule, value: unknown): unknown {
  return compilePolicy(parsePolicy({ version: 1, fields: { a: rule } })).apply({ a: value }).record?.['a']
}

function refusal(rule: object): unknown {
  try {
    parsePolicy({ version: 1, fields: { a: rule } })
  } catch (error) {
    return Object(error).code
  }
  return undefined
}

type Precision = 'day' | 'week' | 'month' | 'quarter' | 'year'

const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true })
const anyRule: fc.Arbitrary<GeneralizationRule> = fc.oneof(
  fc.record({
    technique: fc.constant('round' as const),
    to: fc.constantFrom(1e-6, 0.01, 0.1, 0.25, 1, 5, 7, 1000, 1e15),
  }),
  fc.record({
    technique: fc.constant('top-bottom-code' as const),
    top: fc.integer({ min: 5, max: 90 }),
    bottom: fc.nat(5),
  }),
  fc
    .uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 5 })
    .map((edges) => ({ technique: 'band' as const, edges: edges.sort((a, b) => a - b) })),
  fc.record({
    technique: fc.constant('coarsen-date' as const),
    to: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
  }),
  fc.record({ technique: fc.constant('truncate' as const), keep: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    technique: fc.constant('region' as const),
    groups: fc.constant({ Lyon: 'Rhône', Nice: 'Riviera', '7': 'seven' }),
    others: fc.constantFrom('elsewhere', ''),
  }),
)
const anyValue = fc.oneof(
  amount,
  amount.map(String),
  fc.double(),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.date().map((date) => (Number.isNaN(date.getTime()) ? null : date.toISOString())),
  fc.date(),
  fc.constantFrom('Lyon', 'Nice', 7, '7', '2026-02-30', '2026', '2026-Q1', '1e5', '-0', '', null, true),
  fc.constant([]),
)

describe('generalization', () => {
  test('a date is shortened in one step or in several to the same, and what is short already stays', () => {
    const to = fc.constantFrom<[Precision, Precision]>(
      ['day', 'week'],
      ['day', 'month'],
      ['day', 'quarter'],
      ['day', 'year'],
      ['month', 'quarter'],
      ['month', 'year'],
      ['quarter', 'year'],
    )
    const written = fc.oneof(
      anyValue,
      fc.constantFrom('2026-W12', '2026-05', '2026-Q4', '2026', '2026-13', '2026-W54', '026'),
    )
    fc.assert(
      fc.property(to, written, ([fine, coarse], value) => {
        const shortened = (to: Precision, value: unknown): unknown =>
          generalize({ technique: 'coarsen-date', to }, value)
        expect(shortened(coarse, shortened(fine, value))).toEqual(shortened(coarse, value))
        if (['2026-Q4', '2026'].includes(value as string) && fine === 'month')
          expect(shortened(fine, value)).toBe(value)
      }),
      { numRuns: 1000 },
    )
    const cases = [
      ['quarter', '2026-05', '2026-Q2'],
      ['year', '2026-Q4', '2026'],
      ['month', '2026-Q4', '2026-Q4'],
      ['month', '2026-W12', undefined],
      ['week', '2026-05', undefined],
      ['day', '2026-W12', '2026-W12'],
    ] as const
    for (const [to, value, expected] of cases) {
      expect(generalize({ technique: 'coarsen-date', to }, value), value).toBe(expected)
    }
  })

  test('twice is once', () => {
    fc.assert(
      fc.property(anyRule, anyValue, (rule, value) => {
        const once = generalize(rule, value)
        if (once !== undefined) expect(generalize(rule, once)).toEqual(once)
      }),
      { numRuns: 1000 },
    )
  })

  test('gives a text or a finite number, or leaves the value out', () => {
    fc.assert(
      fc.property(anyRule, anyValue, (rule, value) => {
        const left = generalize(rule, value)
        if (left !== undefined && typeof left !== 'string') expect(Number.isFinite(left)).toBe(true)
      }),
    )
  })

  test('a rounded number is at most half a step away, and a multiple of the step', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(0.01, 0.1, 0.25, 1, 5, 1000), (value, to) => {
        const rounded = generalize({ technique: 'round', to }, value) as number
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(to / 2 + Math.abs(value) * 1e-12)
        expect(Math.abs(rounded / to - Math.round(rounded / to))).toBeLessThan(1e-3)
        expect(String(rounded)).not.toMatch(/\d(?:0{9}|9{9})\d$/)
      }),
    )
  })

  test('numbers written as text stay text and are generalized alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (value) => {
        for (const rule of [
          { technique: 'round', to: 5 },
          { technique: 'top-bottom-code', top: 90, bottom: 18 },
        ] as const) {
          expect(generalize(rule, String(value))).toBe(String(generalize(rule, value)))
        }
      }),
    )
  })

  test('no number is above the top nor below the bottom', () => {
    fc.assert(
      fc.property(amount, (value) => {
        const coded = generalize({ technique: 'top-bottom-code', top: 90, bottom: 18 }, value)
        expect(coded).toBe(Math.min(90, Math.max(18, value)))
      }),
    )
  })

  test('an interval holds its number, and every number is in exactly one', () => {
    const edges = [18, 25, 40.5, 65]
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (value) => {
        const label = generalize({ technique: 'band', edges }, value) as string
        const [low = -Infinity, high = Infinity] = bounds(label)
        expect(value).toBeGreaterThanOrEqual(low)
        expect(value).toBeLessThan(high)
      }),
    )
  })

  test('two dates of one period become one, and a date of another period does not', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, day, (first, second) => {
        for (const [to, length] of [
          ['day', 10],
          ['month', 7],
          ['year', 4],
        ] as const) {
          const [a, b] = [first, second].map((date) =>
            generalize({ technique: 'coarsen-date', to }, date.toISOString()),
          )
          expect(a === b).toBe(first.toISOString().slice(0, length) === second.toISOString().slice(0, length))
          expect(generalize({ technique: 'coarsen-date', to }, first)).toBe(a)
        }
      }),
    )
  })
})

function bounds(label: string): (number | undefined)[] {
  if (label.startsWith('<')) return [undefined, Number(label.slice(1))]
  if (label.startsWith('>=')) return [Number(label.slice(2)), undefined]
  return label.slice(1, -1).split(', ').map(Number)
}

describe('each technique leaves what it says', () => {
  test.each([
    [{ technique: 'round', to: 0.1 }, 0.34, 0.3],
    [{ technique: 'round', to: 10 }, '45', '50'],
    [{ technique: 'round', to: 10 }, -4, 0],
    [{ technique: 'round', to: 10 }, 'about 40', undefined],
    [{ technique: 'round', to: 10 }, ' 40', undefined],
    [{ technique: 'round', to: 10 }, null, undefined],
    [{ technique: 'top-bottom-code', top: 90 }, 103, 90],
    [{ technique: 'top-bottom-code', bottom: 18 }, '7', '18'],
    [{ technique: 'band', edges: [18, 25, 65] }, 18, '[18, 25)'],
    [{ technique: 'band', edges: [18, 25, 65] }, '24', '[18, 25)'],
    [{ technique: 'band', edges: [18, 25, 65] }, 17.9, '<18'],
    [{ technique: 'band', edges: [18, 25, 65] }, 65, '>=65'],
    [{ technique: 'coarsen-date', to: 'week' }, '2021-01-03', '2020-W53'],
    [{ technique: 'coarsen-date', to: 'week' }, '2018-12-31', '2019-W01'],
    [{ technique: 'coarsen-date', to: 'quarter' }, '2026-11-24 23:59', '2026-Q4'],
    [{ technique: 'coarsen-date', to: 'month' }, '2026-03-17T23:30:00-11:00', '2026-03'],
    [{ technique: 'coarsen-date', to: 'day' }, '2024-02-29', '2024-02-29'],
    [{ technique: 'coarsen-date', to: 'day' }, '2025-02-29', undefined],
    [{ technique: 'coarsen-date', to: 'year' }, '17/03/2026', undefined],
    [{ technique: 'coarsen-date', to: 'year' }, '0099-03-17', '0099'],
    [{ technique: 'coarsen-date', to: 'year' }, '0000-03-17', undefined],
    [{ technique: 'coarsen-date', to: 'year' }, new Date(Number.NaN), undefined],
    [{ technique: 'truncate', keep: 2 }, '69003', '69'],
    [{ technique: 'truncate', keep: 1 }, '👩‍🚀 Ada', '👩'],
    [{ technique: 'truncate', keep: 2 }, 69003, undefined],
    [{ technique: 'region', groups: { Lyon: 'Rhône' } }, 'Lyon', 'Rhône'],
    [{ technique: 'region', groups: { Lyon: 'Rhône' } }, 'lyon', undefined],
    [{ technique: 'region', groups: { Lyon: 'Rhône' }, others: 'other' }, 'toString', 'other'],
    [{ technique: 'region', groups: { Lyon: 'Rhône' }, others: 'other' }, '__proto__', 'other'],
  ] as const)('%j of %j', (rule, value, left) => {
    expect(generalize(rule as GeneralizationRule, value)).toEqual(left)
  })
})

describe('ERR_POLICY_INVALID: options that are missing, unusable or contradict each other', () => {
  test.each([
    { technique: 'round' },
    { technique: 'round', to: 0 },
    { technique: 'round', to: Number.NaN },
    { technique: 'round', to: '5' },
    { technique: 'top-bottom-code' },
    { technique: 'top-bottom-code', top: 1, bottom: 2 },
    { technique: 'band', edges: [] },
    { technique: 'band', edges: [2, 1] },
    { technique: 'band', edges: [1, 1] },
    { technique: 'band' },
    { technique: 'coarsen-date', to: 'decade' },
    { technique: 'coarsen-date', to: 'toString' },
    { technique: 'truncate', keep: 0 },
    { technique: 'truncate', keep: 1.5 },
    { technique: 'region', groups: {} },
    { technique: 'region', groups: { a: 'b', b: 'c' } },
    { technique: 'region', groups: { a: 1 } },
    { technique: 'region', groups: ['a'] },
  ])('%j', (rule) => {
    expect(refusal(rule)).toBe('ERR_POLICY_INVALID')
  })
})

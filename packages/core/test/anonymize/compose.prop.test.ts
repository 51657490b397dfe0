import type { Policy, Rule } from '@surveyseal/core/anonymize'
import {
  compilePolicy,
  composePolicies,
  defaultPolicy,
  parsePolicy,
  RETAIN_IDENTIFIERS,
} from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { applied } from './applied.js'
import { deterministicPolicy, policy, record } from './arbitraries.js'
import { conditionalPolicy, decided, isSuppressed, told } from './conditional.js'

type Json = Record<string, unknown>

const apply = (policy: Policy, record: object): Json | null => compilePolicy(policy).apply(record).record
const of = (rule: object): Policy => parsePolicy({ version: 1, fields: { a: rule } })

function canaries(record: unknown): Set<string> {
  return new Set(JSON.stringify(record).match(/canary-[0-9a-f-]{36}/g))
}

const to = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.constantFrom<Rule>(
    { technique: 'retain' },
    { technique: 'mask', with: '(masked)' },
    { technique: 'mask', with: '(gone)' },
    { technique: 'remove' },
    { technique: 'round', to: 5 },
    { technique: 'round', to: 10 },
    { technique: 'band', edges: [0, 10] },
    { technique: 'band', edges: [0, 10, 20] },
    { technique: 'region', groups: { x: 'X', '5': 'five' } },
    { technique: 'region', groups: { x: 'X', '5': 'five' }, others: 'else' },
  ),
  fc.record({ technique: fc.constant('coarsen-date' as const), to }),
  fc.record({ technique: fc.constant('truncate' as const), keep: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ technique: fc.constant('top-bottom-code' as const), top: fc.integer({ min: 5, max: 12 }) }),
  fc.record({
    technique: fc.constant('top-bottom-code' as const),
    top: fc.integer({ min: 5, max: 12 }),
    bottom: fc.integer({ min: -9, max: 5 }),
  }),
)
const value = fc.oneof(
  fc.integer({ min: -20, max: 30 }),
  fc.integer({ min: -20, max: 30 }).map(String),
  fc
    .date({ min: new Date('2020-01-01'), max: new Date('2021-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
  fc.constantFrom<unknown>(
    '2020',
    '2020-Q1',
    '2020-02',
    '2020-W07',
    '<0',
    '[0, 10)',
    '>=20',
    'x',
    'X',
    'five',
    'else',
    '',
    null,
    true,
  ),
  fc.string({ maxLength: 9 }),
  fc.constant({ b: 1 }),
)

describe('a stricter policy on top', () => {
  test('never reveals more: what is left of a value, or a fixed text, can be told from what either alone leaves', () => {
    let shown = 0
    fc.assert(
      fc.property(rule, rule, fc.array(value, { minLength: 2, maxLength: 12 }), (base, stricter, values) => {
        const left = (policy: Policy) => values.map((a) => JSON.stringify(apply(policy, { a })))
        const composed = left(composePolicies(of(base), of(stricter)))
        for (const alone of [left(of(base)), left(of(stricter))]) {
          const told = new Map<string | undefined, string | undefined>()
          composed.forEach((text, index) => {
            if (text === '{}' || text === '{"a":"(masked)"}' || text === '{"a":"(gone)"}') return
            shown += 1
            expect(alone[index]).not.toBe('{}')
            expect(told.get(alone[index]) ?? text).toBe(text)
            told.set(alone[index], text)
          })
        }
      }),
      { numRuns: 2000 },
    )
    expect(shown).toBeGreaterThan(1000)
  })

  test('keeps of a record no value that not both keep, whatever their rules and conditions', () => {
    const either = fc.oneof(policy, conditionalPolicy)
    fc.assert(
      fc.property(either, either, fc.oneof(record, told), (base, stricter, record) => {
        const composed = composePolicies(base, stricter)
        const left = canaries(apply(composed, record))
        for (const policy of [base, stricter]) {
          const alone = canaries(apply(policy, record))
          for (const canary of left) expect(alone).toContain(canary)
        }
        expect(canaries(apply(composePolicies(stricter, base), record))).toEqual(left)
      }),
      { numRuns: 1000 },
    )
  })

  test('is in every situation the composition of what both come to in it', () => {
    fc.assert(
      fc.property(conditionalPolicy, conditionalPolicy, told, (base, stricter, record) => {
        const isDropped = isSuppressed(base, record) || isSuppressed(stricter, record)
        const inSituation = composePolicies(decided(base, record), decided(stricter, record))
        expect(apply(composePolicies(base, stricter), record)).toEqual(isDropped ? null : apply(inSituation, record))
      }),
      { numRuns: 1000 },
    )
  })

  test('that is the same changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(deterministicPolicy, conditionalPolicy), fc.oneof(record, told), (policy, record) => {
        expect(JSON.stringify(apply(composePolicies(policy, policy), record))).toBe(
          JSON.stringify(apply(policy, record)),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('that retains all but a few fields changes only those', () => {
    const stricter = parsePolicy({
      version: 1,
      fields: { '*': { technique: 'retain' }, completedDate: { technique: 'coarsen-date', to: 'year' } },
      segments: { '*': { technique: 'retain' } },
    })
    const policy = composePolicies(defaultPolicy('en'), stricter)
    const customer = {
      email: 'a@b.example',
      firstName: 'Ann',
      npsScore: 9,
      drivers: ['x', { y: 1 }],
      completedDate: '2026-01-02',
    }
    const { record, changes } = applied(compilePolicy(policy), {
      ...customer,
      customFields: { club: 'x' },
      segments: { a: 1 },
    })
    expect({ ...record, email: '' }).toEqual({
      ...{ email: '', firstName: '***', npsScore: 9, drivers: ['x', { y: 1 }], completedDate: '2026' },
      customFields: { club: '***' },
    })
    expect(record['email']).toMatch(/^[a-z2-7]{26}@anonymized\.invalid$/)
    expect(changes).toContainEqual({ field: 'completedDate', technique: 'coarsen-date', because: 'rule', count: 1 })
  })

  test('keeps an identifier only if both policies are marked', () => {
    const plain = parsePolicy({ version: 1, fields: { '*': { technique: 'retain' } } })
    const marked = parsePolicy({ version: 1, fields: { email: { technique: 'retain' } }, [RETAIN_IDENTIFIERS]: 'why' })
    const email = { email: 'a' }
    expect(apply(composePolicies(marked, plain), email)).toEqual({})
    expect(apply(composePolicies(plain, marked), email)).toEqual({})
    const both = composePolicies(marked, marked)
    expect(apply(both, email)).toEqual(email)
    expect(both[RETAIN_IDENTIFIERS]).toBe('why')
  })

  test('decides kinds by what each policy declares, and by nothing that is declared later', () => {
    const rules = { 'm.*': [{ technique: 'retain', when: { kind: 'choice' } }, { technique: 'mask' }] }
    const base = parsePolicy({ version: 2, fields: rules, kinds: { 'm.a': 'choice' } })
    const other = parsePolicy({ version: 2, fields: rules, kinds: { 'm.*': 'choice' } })
    const { apply } = compilePolicy(composePolicies(base, other), { kinds: { 'm.*': 'choice' } })
    expect(apply({ m: { a: 1, b: 2 } }).record).toEqual({ m: { a: 1, b: '***' } })
  })

  test('with too many rules for a field is refused: ERR_POLICY_INVALID', () => {
    const many = (name: string): Policy => {
      const rules = Array.from({ length: 40 }, (_, index) => ({
        technique: 'retain',
        when: { fields: { [name]: [`${index}`] } },
      }))
      return parsePolicy({ version: 2, fields: { a: rules } })
    }
    expect(codeOf(() => composePolicies(many('b'), many('c')))).toBe('ERR_POLICY_INVALID')
    expect(composePolicies(many('b'), many('b')).fields['a']).toHaveLength(40)
  })
})

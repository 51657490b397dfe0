import type { FieldKind, Policy } from '@surveyseal/core/anonymize'
import { columnRules, compilePolicy, escapeFieldName, parsePolicy } from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { conditionalPolicy, decided, isSuppressed, told } from './conditional.js'

type Json = Record<string, unknown>

describe('columnRules', () => {
  test('gives the rules of each column, kinds decided', () => {
    const policy = parsePolicy({
      version: 2,
      kinds: { age: 'number' },
      fields: {
        '*': [
          { technique: 'retain', when: { kind: 'choice' } },
          { technique: 'round', to: 5, when: { kind: 'number', language: 'fr' } },
          { technique: 'mask' },
        ],
        name: { technique: 'blank' },
        'a.b': { technique: 'retain' },
      },
    })
    const columns = ['name', 'age', 'class', 'other', 'a', 'segments', 'bob@example.com']
    expect(Object.fromEntries(columnRules(policy, columns, { kinds: { class: 'choice' } }))).toEqual({
      name: { field: 'name', rules: [{ technique: 'blank' }], nested: false },
      age: {
        field: '*',
        rules: [{ technique: 'round', to: 5, when: { language: 'fr' } }, { technique: 'mask' }],
        nested: false,
      },
      class: { field: '*', rules: [{ technique: 'retain' }, { technique: 'mask' }], nested: false },
      other: { field: '*', rules: [{ technique: 'mask' }], nested: false },
      a: { field: 'a', rules: [], nested: true },
      segments: { field: 'segments', rules: [], nested: true },
      'bob@example.com': { field: 'bob@example\\.com', rules: [], nested: false },
    })
  })

  test("a policy of only a column's rules treats the column as the policy does", () => {
    fc.assert(
      fc.property(conditionalPolicy, told, (policy, record) => {
        const flat = Object.entries(record).filter(
          ([name, value]) => name !== '' && (typeof value !== 'object' || value === null),
        )
        const scalars = { ...Object.fromEntries(flat), segments: {} }
        const rules = columnRules(policy, Object.keys(scalars))
        const fields = [...rules].filter(([, { rules }]) => rules.length > 0)
        const alone = parsePolicy({
          ...policy,
          segments: {},
          fields: Object.fromEntries(fields.map(([name, { rules }]) => [escapeFieldName(name), rules])),
        })
        const of = (policy: Policy): unknown => compilePolicy(policy).apply(scalars).record
        expect(of(alone)).toEqual(of(policy))
      }),
    )
  })
})

describe('conditions', () => {
  test('leave of every record what the policy without conditions leaves that they come to for it', () => {
    const met = { suppressed: 0, kept: 0 }
    fc.assert(
      fc.property(conditionalPolicy, fc.array(told, { minLength: 1, maxLength: 4 }), (policy, records) => {
        const compiled = compilePolicy(policy)
        for (const record of [...records, ...records]) {
          const isDropped = isSuppressed(policy, record)
          met[isDropped ? 'suppressed' : 'kept'] += 1
          const expected = isDropped ? null : compilePolicy(decided(policy, record)).apply(record).record
          expect(JSON.stringify(compiled.apply(record).record)).toBe(JSON.stringify(expected))
        }
      }),
      { numRuns: 500 },
    )
    expect(Math.min(met.suppressed, met.kept)).toBeGreaterThan(10)
  })

  test('on a kind are decided by what is declared for the nearest path, never by the value', () => {
    const kinds: FieldKind[] = ['text', 'choice', 'number', 'date', 'boolean']
    const kind = fc.constantFrom(...kinds)
    const declared = fc.dictionary(fc.constantFrom('a', 'b', 'x\\.y', '__proto__', '*'), kind)
    const members = fc.dictionary(
      fc.constantFrom('a', 'b', 'x.y', '__proto__', 'd'),
      fc.constantFrom<unknown>('v', 7, true),
    )
    fc.assert(
      fc.property(declared, kind, members, fc.boolean(), (declared, kept, members, byHost) => {
        const rules = [
          { technique: 'retain', when: { kind: kept } },
          { technique: 'mask', when: { kind: 'text' } },
        ]
        const fields = { 'm.*': kept === 'text' ? rules.slice(0, 1) : rules }
        const kinds = Object.fromEntries(Object.entries(declared).map(([path, kind]) => [`m.${path}`, kind]))
        const policy = parsePolicy({ version: 2, fields, kinds: byHost ? {} : kinds })
        const { record } = compilePolicy(policy, byHost ? { kinds } : {}).apply({ m: members })
        const left = Object.entries(members).flatMap(([name, value]): [string, unknown][] => {
          const of = own(declared, escapeFieldName(name)) ?? own(declared, '*')
          if (of === kept) return [[name, value]]
          return of === 'text' ? [[name, '***']] : []
        })
        expect(record).toEqual(left.length === 0 ? {} : { m: Object.fromEntries(left) })
      }),
      { numRuns: 500 },
    )
  })

  test('where none holds the value is removed, and the report says that nothing applied', () => {
    const policy = parsePolicy({
      version: 2,
      fields: { score: [{ technique: 'retain', when: { segments: { region: ['EU'] } } }], note: { technique: 'mask' } },
    })
    const { apply } = compilePolicy(policy)
    expect(apply({ score: 9, note: 'x', segments: { region: 'EU' } }).record).toEqual({ score: 9, note: '***' })
    for (const region of ['US', 'eu', ' EU', null, ['EU'], { EU: 1 }, new Date(0)]) {
      const { record, changes } = apply({ score: 9, note: 'x', segments: { region } })
      expect(record).toEqual({ note: '***' })
      expect(changes).toContainEqual({ field: 'score', technique: 'remove', because: 'default-deny', count: 1 })
    }
    expect(apply({ score: 9 }).record).toEqual({})
  })

  test('may suppress the record, which is then null and said so', () => {
    const suppress = { technique: 'suppress-record', when: { segments: { group: ['Board'] } }, warning: 'too few' }
    const policy = parsePolicy({ version: 2, fields: { score: { technique: 'retain' } }, records: [suppress] })
    const { apply } = compilePolicy(policy)
    const suppressed = { field: '', technique: 'suppress-record', because: 'rule', count: 1, warning: 'too few' }
    expect(apply({ score: 1, segments: { group: 'Board' } })).toEqual({ record: null, changes: [suppressed] })
    expect(apply({ score: 1, segments: { group: 'Crew' } }).record).toEqual({ score: 1 })
    const all = compilePolicy(parsePolicy({ ...policy, records: [{ technique: 'suppress-record' }] }))
    expect(all.apply({ score: 1 }).record).toBeNull()
    expect(codeOf(() => all.apply({ score: { get: () => 1 } }))).toBe('ERR_RECORD_NOT_PLAIN')
    for (const { apply } of [compilePolicy(policy), all]) {
      for (const record of [null, 'x', []]) expect(codeOf(() => apply(record as object))).toBe('ERR_INVALID_ARG_TYPE')
    }
  })

  test('are decided by the record as it was, not by what another rule leaves of it', () => {
    const rules = {
      region: { technique: 'mask', with: 'EU' },
      score: { technique: 'retain', when: { fields: { region: ['EU'] } } },
    }
    const { apply } = compilePolicy(parsePolicy({ version: 2, fields: rules }))
    expect(apply({ region: 'US', score: 9 }).record).toEqual({ region: 'EU' })
  })

  test('see neither getters nor what is hidden or inherited', () => {
    const policy = parsePolicy({
      version: 2,
      fields: { a: { technique: 'retain', when: { language: 'fr', fields: { b: ['x'] } } } },
    })
    const { apply } = compilePolicy(policy)
    expect(apply({ a: 1, b: 'x', language: 'fr' }).record).toEqual({ a: 1 })
    const hidden = Object.defineProperty({ a: 1, language: 'fr' }, 'b', { value: 'x' })
    expect(apply(hidden).record).toEqual({})
    const prototype = Object.prototype as Json
    try {
      prototype['b'] = 'x'
      expect(apply({ a: 1, language: 'fr' }).record).toEqual({})
    } finally {
      delete prototype['b']
    }
  })

  test('however many situations there are, each record is treated by its own', () => {
    const rules = Array.from({ length: 40 }, (_, index) => [
      `f${index}`,
      { technique: 'retain', when: { fields: { [`c${index}`]: ['x'] } } },
    ])
    const { apply } = compilePolicy(parsePolicy({ version: 2, fields: Object.fromEntries(rules) }))
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(39)), (open) => {
        const members = open.flatMap((index) => [
          [`f${index}`, index],
          [`c${index}`, 'x'],
        ])
        const { record } = apply({ ...Object.fromEntries(members), f7: 7 })
        expect(record).toEqual(Object.fromEntries(open.map((index) => [`f${index}`, index])))
      }),
      { numRuns: 300 },
    )
  })
})

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Json)[name] : undefined
}

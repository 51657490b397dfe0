import { compilePolicy, defaultPolicy, type Policy, parsePolicy, type Rule } from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applied } from './applied.js'
import { deterministicPolicy, policy, record } from './arbitraries.js'

type Json = Record<string, unknown>

/** The canaries of a record that its text still holds. */
function canaries(record: unknown): Set<string> {
  return new Set(JSON.stringify(record).match(/canary-[0-9a-f-]{36}/g))
}

function apply(policy: Policy, record: Json): Json {
  return applied(compilePolicy(policy), record).record
}

/** The definition of what a policy keeps, written once more: the canaries below every value a `retain` rule names. */
function retained({ fields, segments }: Policy, record: Json): Set<string> {
  const steps = (path: string): string[] => path.match(/(?:\\.|[^.\\])+/g) ?? []
  const rules = [
    ...Object.entries(fields).map(([path, rule]) => ({ path: steps(path), rule: [rule].flat()[0] })),
    ...Object.entries(segments).map(([path, rule]) => ({
      path: ['segments', ...steps(path)],
      rule: [rule].flat()[0],
    })),
    { path: ['segments'], rule: undefined },
  ]
  const visit = (value: unknown, depth: number, open: { path: string[]; rule: Rule | undefined }[]): string[] => {
    const rule = open.find(({ path, rule }) => path.length === depth && rule !== undefined)?.rule
    if (rule !== undefined) return rule.technique === 'retain' ? [...canaries(value ?? null)] : []
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([name, member]) => {
      const exact = open.filter(({ path }) => path[depth]?.replace(/\\(.)/g, '$1') === name && path[depth] !== '*')
      const next = exact.length > 0 && !Array.isArray(value) ? exact : open.filter(({ path }) => path[depth] === '*')
      return next.length > 0 ? visit(member, depth + 1, next) : []
    })
  }
  return new Set(visit(record, 0, rules))
}

describe('anonymization', () => {
  test('keeps exactly the values that a retain rule names', () => {
    fc.assert(
      fc.property(policy, record, (policy, record) => {
        expect(canaries(apply(policy, record))).toEqual(retained(policy, record))
      }),
      { numRuns: 500 },
    )
  })

  test('denies by default: without rules nothing is left', () => {
    fc.assert(
      fc.property(record, (record) => {
        expect(apply(parsePolicy({ version: 1, fields: {} }), record)).toEqual({})
      }),
    )
  })

  test('keeps a retained record whole', () => {
    fc.assert(
      fc.property(record, (record) => {
        const all = parsePolicy({ version: 1, fields: { '*': { technique: 'retain' } } })
        const { segments, ...rest } = record
        expect(JSON.stringify(apply(all, record))).toBe(JSON.stringify(rest))
      }),
    )
  })

  test('never changes the record, shares nothing with it and gives plain JSON', () => {
    fc.assert(
      fc.property(policy, record, (policy, record) => {
        const before = JSON.stringify(record)
        const result = compilePolicy(policy).apply(deepFreeze(record))
        expect(JSON.stringify(record)).toBe(before)
        expect(Object.getPrototypeOf(result.record)).toBe(Object.prototype)
        expect(JSON.stringify(JSON.parse(JSON.stringify(result.record)))).toBe(JSON.stringify(result.record))
        for (const part of objectsIn(result.record)) expect(objectsIn(record).has(part)).toBe(false)
      }),
    )
  })

  test('twice is once, as long as nothing is random', () => {
    fc.assert(
      fc.property(deterministicPolicy, record, (policy, record) => {
        const once = apply(policy, record)
        expect(JSON.stringify(apply(policy, once))).toBe(JSON.stringify(once))
      }),
    )
  })

  test('another policy on top never reveals more', () => {
    fc.assert(
      fc.property(policy, policy, record, (first, second, record) => {
        const before = canaries(apply(first, record))
        for (const canary of canaries(apply(second, apply(first, record)))) expect(before).toContain(canary)
      }),
    )
  })

  test('a rule that no longer retains never reveals more', () => {
    fc.assert(
      fc.property(policy, record, fc.nat(), (policy, record, pick) => {
        const entries = Object.entries(policy.fields)
        fc.pre(entries.length > 0)
        const [path] = entries[pick % entries.length] ?? ['']
        const stricter = entries.map(([key, rule]) => [key, key === path ? { technique: 'mask' } : rule])
        const after = canaries(apply(parsePolicy({ ...policy, fields: Object.fromEntries(stricter) }), record))
        for (const canary of after) expect(canaries(apply(policy, record))).toContain(canary)
      }),
    )
  })

  test('the report holds no value of the record and no name but those of the policy', () => {
    fc.assert(
      fc.property(policy, record, fc.uuid(), (policy, record, secret) => {
        const { changes } = compilePolicy(policy).apply({ ...record, [secret]: secret, c: { [secret]: [secret] } })
        expect(JSON.stringify(changes)).not.toContain(secret)
        expect(canaries(changes)).toEqual(new Set())
        for (const { field, count } of changes) {
          expect(count).toBeGreaterThan(0)
          expect(field).toMatch(/^(?:\\.|[^\\])+$/)
        }
      }),
    )
  })

  test('random addresses end in .invalid and never repeat, in one record or another', () => {
    const emails = compilePolicy(parsePolicy({ version: 1, fields: { 'emails.*': { technique: 'random-email' } } }))
    const seen = new Set<unknown>()
    let made = 0
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
        for (const email of applied(emails, { emails: values }).record['emails'] as string[]) {
          expect(email).toMatch(/^[a-z2-7]{26}@anonymized\.invalid$/)
          seen.add(email)
          made += 1
        }
      }),
    )
    expect(seen.size).toBe(made)
  })

  test('the default policy leaves nothing of what it does not retain', () => {
    const compiled = compilePolicy(defaultPolicy('en'))
    const names = [...Object.keys(defaultPolicy('en').fields), 'id', 'notes', 'ipAddress'].map((path) =>
      path.replace('.*', ''),
    )
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...names),
          fc.uuid().map((id) => `canary-${id}`),
        ),
        record,
        (record, nested) => {
          const whole = { ...record, customFields: nested, inputBoxes: nested, segments: nested, notes: nested }
          const { fields } = defaultPolicy('en')
          const kept = Object.entries(record).filter(([name]) => [fields[name]].flat()[0]?.technique === 'retain')
          expect(canaries(compiled.apply(whole).record)).toEqual(new Set(kept.map(([, canary]) => canary)))
        },
      ),
    )
  })
})

function objectsIn(value: unknown, found: Set<unknown> = new Set()): Set<unknown> {
  if (typeof value !== 'object' || value === null) return found
  found.add(value)
  for (const member of Object.values(value)) objectsIn(member, found)
  return found
}

function deepFreeze<T>(value: T): T {
  for (const part of objectsIn(value)) Object.freeze(part)
  return value
}

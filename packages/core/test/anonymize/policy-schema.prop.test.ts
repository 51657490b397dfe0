import { parsePolicy, TECHNIQUES } from '@surveyseal/core/anonymize'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import schema from '../../schema/policy.schema.json' with { type: 'json' }
import { policy } from './arbitraries.js'
import { conditionalPolicy } from './conditional.js'

const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(schema)
const text = (value: unknown): string => JSON.stringify(value)

/** What a schema cannot say: two rules against each other, what a name means, an order of numbers, groups of groups. */
const BEYOND = ['ERR_POLICY_RULES_CONTRADICT', 'ERR_POLICY_RETAINS_IDENTIFIER']
const isOrder = (message: string, json: unknown): boolean =>
  /\.(?:edges|groups) is not of/.test(message) || (/\d\] is not of/.test(message) && text(json).includes('"bottom":'))

const whole = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    0,
    1,
    2,
    3,
    -1,
    0.5,
    1e-9,
    101,
    1e16,
    '',
    'x',
    'en',
    'fr',
    'a.b',
    '*',
    'a..b',
    '\\',
    'segments',
    'segments.a',
  ],
  ...['retain', 'mask', 'suppress-record', 'scramble', 'day', 'text', 'identifier', 'x'.repeat(101), 'x'.repeat(1001)],
  ...[
    [],
    {},
    [1, 2],
    [2, 1],
    { technique: 'mask' },
    [{ technique: 'mask' }],
    { technique: 'round', to: 5 },
    { kind: 'text' },
  ],
  ...[
    { language: 'fr' },
    { fields: { a: ['x'] } },
    { segments: { 'a.b': ['x'] } },
    { fields: { 'segments.a': ['x'] } },
  ],
  ...[
    { technique: 'region', groups: { a: 'b', c: 7 } },
    { technique: 'top-bottom-code' },
    [{ technique: 'suppress-record' }],
  ],
)
const names = [
  'version',
  'language',
  'fields',
  'segments',
  'kinds',
  'records',
  'technique',
  'warning',
  'when',
  'with',
  'to',
]
const name = fc.constantFrom(
  ...names,
  'top',
  'bottom',
  'edges',
  'keep',
  'groups',
  'others',
  'kind',
  'a',
  'a.*',
  '\\x',
  '__proto__',
)

/** A policy with some of its parts replaced, added or taken away. */
const damaged = fc
  .tuple(
    fc.oneof(policy, conditionalPolicy),
    fc.array(fc.tuple(fc.nat(), name, whole, fc.nat(3)), { minLength: 1, maxLength: 3 }),
  )
  .map(([policy, damages]) => {
    const json = JSON.parse(text(policy)) as object
    for (const [at, name, value, how] of damages) {
      const nodes = nodesOf(json)
      const node = nodes[at % nodes.length] as Record<string, unknown>
      const key = how === 0 ? name : (Object.keys(node)[at % Math.max(1, Object.keys(node).length)] ?? name)
      if (how === 1) delete node[key]
      else
        Object.defineProperty(node, key, {
          value: JSON.parse(text(value)),
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }
    return json
  })

function nodesOf(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(nodesOf)]
}

describe('the schema of policies', () => {
  test('accepts every policy that is read', () => {
    fc.assert(
      fc.property(fc.oneof(policy, conditionalPolicy), (policy) => {
        const json: unknown = JSON.parse(text(policy))
        expect(accepts(json), text(accepts.errors)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('accepts a damaged policy if and only if it is read, but for what no schema can say', () => {
    const seen = { refused: 0, read: 0, beyond: 0 }
    fc.assert(
      fc.property(damaged, (json) => {
        const thrown = codeOf(() => parsePolicy(json))
        const isRead = thrown === null
        const code = String(thrown)
        const isBeyond =
          BEYOND.includes(code) || (code === 'ERR_POLICY_INVALID' && isOrder(messageOf(json), json) && accepts(json))
        seen[isRead ? 'read' : isBeyond ? 'beyond' : 'refused'] += 1
        if (!isBeyond) expect(accepts(json), `${code} ${text(json)} ${text(accepts.errors)}`).toBe(isRead)
      }),
      { numRuns: 5000 },
    )
    expect(Math.min(seen.refused, seen.read)).toBeGreaterThan(100)
    expect(seen.beyond).toBeLessThan(seen.refused)
  })

  test('names every technique', () => {
    const named = [...text(schema).matchAll(/"technique":\{"const":"([a-z-]+)"\}/g)].map(([, id]) => id)
    expect(named.sort()).toEqual(Object.keys(TECHNIQUES).sort())
  })
})

function messageOf(json: unknown): string {
  try {
    parsePolicy(json)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

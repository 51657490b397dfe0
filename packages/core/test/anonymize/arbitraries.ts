import { escapeFieldName, type Policy, parsePolicy, type Rule } from '@surveyseal/core/anonymize'
import fc from 'fast-check'

/** Names that rules and records share, the awkward ones included. */
const name = fc.constantFrom('a', 'b', 'c', 'mood', 'segments', 'language', '__proto__', 'constructor', 'x.y', '*', '')

/** Values no rule and no technique ever makes. */
const canary = fc.uuid().map((id) => `canary-${id}`)

const leaf = fc.oneof(
  { weight: 4, arbitrary: canary },
  fc.constantFrom<unknown>(null, true, 0, -1.5, 1e300, '', '***', 'fr', 'en'),
)

/** An object like `JSON.parse` makes: `__proto__` is a member, not the prototype. */
function jsonObject(value: fc.Arbitrary<unknown>, maxKeys: number): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: maxKeys })
    .map((entries) => Object.fromEntries(entries))
}

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, jsonObject(tie('value'), 4), fc.array(tie('value'), { maxLength: 3 })),
}))

export const record: fc.Arbitrary<Record<string, unknown>> = jsonObject(value, 8)

const step = fc.oneof(name.filter((text) => text !== '').map(escapeFieldName), fc.constant('*'))
const path = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('.'))

/** Rules in which nothing is random. */
export const deterministicRule: fc.Arbitrary<Rule> = fc.constantFrom<Rule>(
  { technique: 'retain' },
  { technique: 'mask' },
  { technique: 'mask', with: '--' },
  { technique: 'comment' },
  { technique: 'blank' },
  { technique: 'remove' },
  { technique: 'round', to: 0.5 },
  { technique: 'top-bottom-code', top: 10, bottom: -1 },
  { technique: 'band', edges: [0, 10] },
  { technique: 'coarsen-date', to: 'month' },
  { technique: 'truncate', keep: 3 },
  { technique: 'region', groups: { fr: 'Europe', en: 'Europe' }, others: 'elsewhere' },
)

/** Policies of such rules; pairs of rules that contradict each other are thinned out. */
function policyOf(rule: fc.Arbitrary<Rule>): fc.Arbitrary<Policy> {
  const rules = (key: fc.Arbitrary<string>) => fc.array(fc.tuple(key, rule), { maxLength: 6 })
  return fc
    .record({ language: fc.constantFrom('en', 'fr'), fields: rules(path), segments: rules(step) })
    .map(({ language, fields, segments }) => {
      const base = { version: 1, language, fields: {}, segments: Object.fromEntries(segments) }
      return fields.reduce((policy, rule) => withRule(policy, rule), parsePolicy(base))
    })
}

export const deterministicPolicy: fc.Arbitrary<Policy> = policyOf(deterministicRule)

export const policy: fc.Arbitrary<Policy> = policyOf(
  fc.oneof({ weight: 6, arbitrary: deterministicRule }, fc.constant<Rule>({ technique: 'random-email' })),
)

function withRule(policy: Policy, [path, rule]: readonly [string, Rule]): Policy {
  try {
    return parsePolicy({ ...policy, fields: Object.fromEntries([...Object.entries(policy.fields), [path, rule]]) })
  } catch {
    return policy
  }
}

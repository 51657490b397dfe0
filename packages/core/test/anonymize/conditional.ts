import type { FieldRule, Policy, Rule, When } from '@surveyseal/core/anonymize'
import { escapeFieldName, parsePolicy } from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { deterministicRule, record } from './arbitraries.js'

type Json = Record<string, unknown>

const names = ['a', 'b', 'mood', 'x.y', 'language', '__proto__', 'region']
const values = ['fr', 'en', 'EU', '', '1', 'true', '-1.5', '***']
const some = fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
const tests = fc.dictionary(fc.constantFrom(...names.map(escapeFieldName)), some, { minKeys: 1, maxKeys: 2 })
const when: fc.Arbitrary<When> = fc
  .record(
    {
      segments: tests,
      fields: fc.oneof(tests, fc.constant({ 'b.a': ['fr', 'EU'] })),
      language: fc.constantFrom('fr', 'en', 'de'),
    },
    { requiredKeys: [] },
  )
  .filter((when) => Object.keys(when).length > 0)
const alternatives: fc.Arbitrary<readonly Rule[]> = fc.array(
  fc
    .tuple(deterministicRule, fc.option(when, { nil: undefined }))
    .map(([rule, when]) => (when ? { ...rule, when } : rule)),
  { minLength: 1, maxLength: 4 },
)
const fields = fc.dictionary(fc.constantFrom(...names.map(escapeFieldName), '*', 'segment'), alternatives, {
  maxKeys: 4,
})
/** A condition that records meet more often. */
const about = fc.record({ fields: fc.record({ region: some }) })
/** Policies of version 2 whose rules have conditions on records. */
export const conditionalPolicy: fc.Arbitrary<Policy> = fc
  .record({ fields, segments: fields, records: fc.array(about, { maxLength: 1 }) })
  .map(({ fields, segments, records }) => ({
    version: 2,
    language: 'en',
    fields,
    segments,
    records: records.map((when) => ({ technique: 'suppress-record', when })),
  }))
  .filter((json) => isPolicy(json))
  .map(parsePolicy)

/** Records whose members are often what conditions ask for. */
export const told: fc.Arbitrary<Json> = fc
  .tuple(
    record,
    fc.dictionary(fc.constantFrom(...names), asked(), { minKeys: 4 }),
    fc.dictionary(fc.constantFrom(...names), asked()),
  )
  .map(([record, members, segments]) => ({ ...record, ...members, segments }))

function asked(): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(...values, 'fr-CA', 'EN_gb', 1, -1.5, true, null, { a: 'fr' }, ['EU'])
}

function isPolicy(json: unknown): boolean {
  try {
    return parsePolicy(json) !== undefined
  } catch {
    return false
  }
}

/** What a condition means, written once more. */
function holds({ segments = {}, fields = {}, language }: When, record: Json): boolean {
  const own = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
      ? (value as Json)[name]
      : undefined
  const isOneOf = (value: unknown, values: readonly string[]): boolean =>
    typeof value === 'string'
      ? values.includes(value)
      : typeof value !== 'object' && values.includes(JSON.stringify(value))
  const tag = own(record, 'language')
  if (language !== undefined && !(typeof tag === 'string' && tag.toLowerCase().split(/[-_]/)[0] === language))
    return false
  for (const [name, values] of Object.entries(segments)) {
    if (!isOneOf(own(own(record, 'segments'), name.replace(/\\(.)/g, '$1')), values)) return false
  }
  for (const [path, values] of Object.entries(fields)) {
    const steps = path === 'b.a' ? ['b', 'a'] : [path.replace(/\\(.)/g, '$1')]
    if (!isOneOf(steps.reduce<unknown>(own, record), values)) return false
  }
  return true
}

/** The policy without conditions that is left for one record. */
export function decided({ language, fields, segments }: Policy, record: Json): Policy {
  const decide = (rules: Readonly<Record<string, FieldRule>>): object =>
    Object.fromEntries(
      Object.entries(rules).map(([path, rule]) => {
        const applying = [rule].flat().find(({ when = {} }) => holds(when, record))
        const { when: _, ...left } = applying ?? { technique: 'remove' }
        return [path, left]
      }),
    )
  return parsePolicy({ version: 1, language, fields: decide(fields), segments: decide(segments) })
}

/** Whether one of the policy's conditions drops the record. */
export function isSuppressed({ records = [] }: Policy, record: Json): boolean {
  return records.some(({ when = {} }) => holds(when, record))
}

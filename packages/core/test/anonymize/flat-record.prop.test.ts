import type { Anonymized, CompileOptions, Policy } from '@surveyseal/core/anonymize'
import { compilePolicy } from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { policy } from './arbitraries.js'

const name = fc.constantFrom(
  ...['a', 'b', 'c', 'email', 'segments', 'language', '__proto__', 'constructor', 'toString', 'x.y', '*', '', '0', '7'],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '\u2028',
    '\ud800',
    '$' + '{a}',
    '"]}; throw 1 //',
    '*/',
    '</script>',
    'record',
    'value0',
  ],
)
const scalar = fc.oneof(
  fc.string(),
  fc.double(),
  fc.constantFrom(null, true, false, 0, -0, Number.NaN, 'fr', 'en-GB', '***'),
)
const entries = fc.uniqueArray(fc.tuple(name, scalar), { selector: ([key]) => key, maxLength: 10 })
const flat: fc.Arbitrary<object> = entries.map((entries) => Object.fromEntries(entries))

const getter = { get: () => expect.unreachable('a getter ran') }
const strange = fc.constantFrom<PropertyDescriptor>(
  { ...getter, enumerable: true },
  { ...getter, enumerable: false },
  { set: () => expect.unreachable('a setter ran'), enumerable: true },
  { value: 'hidden', enumerable: false },
  ...[undefined, () => 1, 10n, Symbol('x'), new Map(), Object('x'), { a: 1 }, [[1]]].map((value) => ({
    value,
    enumerable: true,
  })),
)

/** A record that a parser may make, and after it one of the same names with something in it that no parser makes. */
const hostile: fc.Arbitrary<object[]> = fc
  .tuple(entries, fc.nat(), strange, fc.constantFrom(Object.prototype, null, Date.prototype, Array.prototype))
  .filter(([entries]) => entries.length > 0)
  .map(([entries, pick, descriptor, prototype]) => {
    const [key] = entries[pick % entries.length] ?? ['']
    const record = Object.fromEntries(entries)
    return [record, Object.setPrototypeOf(Object.defineProperty({ ...record }, key, descriptor), prototype)]
  })

/** A record and after it one whose last member is its prototype's. */
const inheriting: fc.Arbitrary<object[]> = entries.map((entries) => {
  const prototype = Object.assign(Object.create(null) as object, Object.fromEntries(entries.slice(-1)))
  return [Object.fromEntries(entries), Object.setPrototypeOf(Object.fromEntries(entries.slice(0, -1)), prototype)]
})

const randomBytes = (length: number): Uint8Array => new Uint8Array(length).fill(7)
const compile = (policy: Policy, options: CompileOptions): ((record: object) => unknown) => {
  const compiled = compilePolicy(policy, { columns: ['a', 'constructor'], randomBytes, ...options })
  return (record) => {
    let result: Anonymized | undefined
    const code = codeOf(() => {
      result = compiled.apply(record)
    })
    return result ? shown(result) : code
  }
}

/** Everything there is to see, the order of members included. The first member differs between the two ways. */
function shown({ record, changes }: Anonymized): unknown {
  if (record === null) return changes
  const { first, ...members } = record
  return [Object.getPrototypeOf(record), Object.entries(members), changes]
}

/** A date is no scalar: the walk, which is the definition, treats this record and nothing else does. */
const walked = (record: object): object => withLast(record, new Date(0))
const short = (record: object): object => withLast(record, 0)
function withLast(record: object, value: unknown): object {
  const descriptors = { first: { value, enumerable: true }, ...Object.getOwnPropertyDescriptors(record) }
  return Object.create(Object.getPrototypeOf(record), descriptors) as object
}

/** Every way treats the records one after the other, each of them twice, and remembers what it likes. */
function expectSame(policy: Policy, records: readonly object[], ways: readonly CompileOptions[]): void {
  const walk = compile(policy, {})
  const expected = [...records, ...records].map((record) => walk(walked(record)))
  for (const options of ways) {
    const way = compile(policy, options)
    expect([...records, ...records].map((record) => way(short(record)))).toEqual(expected)
  }
}

describe('a record of scalars', () => {
  const careful = [{}, { functionConstructor: Function }]
  const trusting = [{ parsed: true }, { parsed: true, functionConstructor: Function }]

  test('is treated the same by the walk, from memory and by a generated program, looked at closely or not', () => {
    fc.assert(
      fc.property(policy, fc.array(flat, { minLength: 1, maxLength: 4 }), (policy, records) => {
        expectSame(policy, records, [...careful, ...trusting])
      }),
      { numRuns: 400 },
    )
  })

  test('has only the members that are its own', () => {
    fc.assert(
      fc.property(policy, inheriting, (policy, records) => {
        expectSame(policy, records, [...careful, ...trusting])
      }),
      { numRuns: 200 },
    )
  })

  test('is refused or not alike, whatever stands in for a scalar, and no getter runs', () => {
    fc.assert(
      fc.property(policy, hostile, (policy, records) => {
        expectSame(policy, records, careful)
      }),
      { numRuns: 400 },
    )
  })
})

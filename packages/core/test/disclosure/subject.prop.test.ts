import type { OtherRecord } from '@surveyseal/core/disclosure'
import { assessSubject } from '@surveyseal/core/disclosure'
import fc from 'fast-check'
import { expect, test } from 'vitest'

type Person = readonly Readonly<Record<string, unknown>>[]

const names = ['a', 'b', 'c', 'd'] as const
const value = fc.constantFrom<unknown>('x', 'y', 'z', 1, '1', null, '***')
const record = fc.record({ a: value, b: value, c: value, d: value })
const person: fc.Arbitrary<Person> = fc.array(record, { minLength: 1, maxLength: 3 })
const crowd: fc.Arbitrary<Person[]> = fc.array(person, { maxLength: 12 })

function othersOf(persons: readonly Person[]): OtherRecord[] {
  return persons.flatMap((records, person) => records.map((record) => ({ person, record })))
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined || value === '***' ? null : String(value)
}

function visible(record: Person[number]): string[] {
  return names.filter((name) => textOf(record[name]) !== null)
}

function agree(one: Person[number], another: Person[number], fields: readonly string[]): boolean {
  return fields.every((field) => textOf(one[field]) === textOf(another[field]))
}

function subsets(fields: readonly string[]): string[][] {
  const [first, ...rest] = fields
  if (first === undefined) return [[]]
  return subsets(rest).flatMap((subset) => [subset, [first, ...subset]])
}

/** The definition read aloud: who else has a record like it? */
function sharing(subject: Person[number], fields: readonly string[], persons: readonly Person[]): number {
  return 1 + persons.filter((records) => records.some((other) => agree(subject, other, fields))).length
}

/** Whether all records pair off, in any order. */
function sameHistory(subject: Person, other: Person): boolean {
  if (subject.length !== other.length) return false
  const [first, ...rest] = subject
  if (first === undefined) return true
  return other.some((record, at) => agree(first, record, visible(first)) && sameHistory(rest, other.toSpliced(at, 1)))
}

/** Of sets, those of which no other is a part. */
function minimal<Item>(sets: readonly (readonly Item[])[]): (readonly Item[])[] {
  return sets.filter(
    (one) => !sets.some((less) => less.length < one.length && less.every((item) => one.includes(item))),
  )
}

test('every combination that fewer than k persons share, and no part of which does, is named, and no other, of any size', () => {
  const many = [...names, 'e', 'f']
  const cell = fc.constantFrom<unknown>('x', 'y', 'y', 'y', 1, '1', null, '***')
  const wide = fc.record(Object.fromEntries(many.map((name) => [name, cell])))
  const wideCrowd = fc.array(fc.array(wide, { minLength: 1, maxLength: 3 }), { maxLength: 25 })
  const records = fc.array(wide, { minLength: 1, maxLength: 2 })
  fc.assert(
    fc.property(records, wideCrowd, fc.integer({ min: 2, max: 4 }), (records, persons, k) => {
      const { because, tested } = assessSubject({ records, others: othersOf(persons) }, { k })
      const named = because
        .filter(({ risk, text }) => risk === 'singling-out' && /has this in a record|has one$/.test(text.en))
        .map(({ fields }) => [...fields].sort().join())
      const expected = records.flatMap((record) => {
        const seen = many.filter((name) => textOf(record[name]) !== null)
        return minimal(subsets(seen).filter((fields) => sharing(record, fields, persons) < k))
      })
      expect(tested.exhaustive).toBe(true)
      expect(new Set(named)).toEqual(new Set(expected.map((fields) => [...fields].sort().join())))
    }),
    { numRuns: 500 },
  )
})

test('of all records together, every smallest set of facts that fewer than k persons share is named, of any size', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 2, maxLength: 3 }),
      fc.array(fc.array(record, { minLength: 2, maxLength: 3 }), { maxLength: 14 }),
      fc.integer({ min: 2, max: 3 }),
      (records, persons, k) => {
        const { because } = assessSubject({ records, others: othersOf(persons) }, { k })
        const named = because.flatMap(({ text }) => {
          const facts = /^\d records((?:, \d × \w = "\w+")*):/.exec(text.en)?.[1]
          return facts === undefined ? [] : [facts.split(', ').slice(1).sort().join()]
        })
        const alike = persons.filter(({ length }) => length === records.length)
        const few = subsets(factsOf(records, persons, k)).filter(
          (facts) => 1 + alike.filter((other) => facts.every((fact) => holds(fact, other))).length < k,
        )
        expect(new Set(named)).toEqual(new Set(minimal(few).map((facts) => [...facts].sort().join())))
      },
    ),
    { numRuns: 500 },
  )
})

/** `2 × a = "x"` for every value the subject has, unless fewer than k persons have it in any record. */
function factsOf(subject: Person, persons: readonly Person[], k: number): string[] {
  return names.flatMap((name) => {
    const texts = new Set(subject.map((record) => textOf(record[name])).filter((text) => text !== null))
    return [...texts].flatMap((text) => {
      const having = (records: Person) => records.filter((record) => textOf(record[name]) === text).length
      const count = having(subject)
      return 1 + persons.filter((other) => having(other) > 0).length < k ? [] : [`${count} × ${name} = "${text}"`]
    })
  })
}

function holds(fact: string, records: Person): boolean {
  const [, count, name = '', text] = /^(\d) × (\w) = "(\w+)"$/.exec(fact) ?? []
  return records.filter((record) => textOf(record[name]) === text).length === Number(count)
}

test('a person is singled out if and only if a record, or all records together, are shared by fewer than k persons', () => {
  fc.assert(
    fc.property(person, crowd, fc.integer({ min: 2, max: 4 }), (records, persons, k) => {
      const { verdict } = assessSubject({ records, others: othersOf(persons) }, { k })
      const byOne = records.some((record) => sharing(record, visible(record), persons) < k)
      const byAll = records.length > 1 && 1 + persons.filter((other) => sameHistory(records, other)).length < k
      const byNumberAndFacts = records.length > 1 && factsAreFew(records, persons, k)
      expect(verdict === 'singled-out').toBe(byOne || byAll || byNumberAndFacts)
    }),
    { numRuns: 500 },
  )
})

/** So many records, so many of them with this value, and so many with that. */
function factsAreFew(subject: Person, persons: readonly Person[], k: number): boolean {
  const alike = persons.filter(({ length }) => length === subject.length)
  const count = (records: Person, name: string, text: string) => records.filter((r) => textOf(r[name]) === text).length
  const facts = names.flatMap((name) => {
    const texts = new Set(subject.map((record) => textOf(record[name])).filter((text) => text !== null))
    return [...texts].map((text) => (other: Person) => count(other, name, text) === count(subject, name, text))
  })
  const pairs = facts.flatMap((one) => facts.map((another) => [one, another] as const))
  return (
    1 + alike.length < k ||
    pairs.some(([one, another]) => 1 + alike.filter((other) => one(other) && another(other)).length < k)
  )
}

test('a person with k - 1 doubles is never singled out', () => {
  fc.assert(
    fc.property(person, crowd, fc.integer({ min: 2, max: 4 }), (records, persons, k) => {
      const doubles = Array.from({ length: k - 1 }, () => records)
      const { because } = assessSubject({ records, others: othersOf([...persons, ...doubles]) }, { k })
      expect(because.filter(({ risk }) => risk === 'singling-out')).toEqual([])
    }),
  )
})

test('a planted combination of up to three fields that nobody else has is always named', () => {
  fc.assert(
    fc.property(crowd, fc.subarray([...names], { minLength: 1, maxLength: 3 }), (persons, planted) => {
      // Everybody has every value but the planted combination, each part of which is shared.
      const subject = Object.fromEntries(names.map((name) => [name, planted.includes(name) ? 'planted' : 'x']))
      const parts = planted.map((missing) => [{ ...subject, [missing]: 'x' }])
      const { verdict, because } = assessSubject({ records: [subject], others: othersOf([...persons, ...parts]) })
      expect(verdict).toBe('singled-out')
      expect(because.map(({ fields }) => [...fields].sort().join())).toContain([...planted].sort().join())
    }),
  )
})

test('the order of the records and of the others changes neither the verdict nor what is named', () => {
  fc.assert(
    fc.property(person, crowd, (records, persons) => {
      const others = othersOf(persons)
      const one = assessSubject({ records, others }, { sensitive: ['d'].filter((name) => name in (records[0] ?? {})) })
      const another = assessSubject(
        { records: [...records].reverse(), others: [...others].reverse() },
        { sensitive: ['d'].filter((name) => name in (records[0] ?? {})) },
      )
      const keys = (assessment: typeof one) => assessment.because.map((each) => JSON.stringify(each)).sort()
      expect(another.verdict).toBe(one.verdict)
      expect(keys(another)).toEqual(keys(one))
    }),
  )
})

import type { DisclosureOptions, Row } from '@surveyseal/core/disclosure'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const columns = ['a', 'b', 'c'] as const
const value = fc.constantFrom<unknown>(1, '1', 2, 3, 4, 'x', 'y', null, '***')
const row = fc.record({ a: value, b: value, c: value, who: fc.integer({ min: 1, max: 5 }) })
const rows: fc.Arbitrary<Row[]> = fc.array(row, { minLength: 1, maxLength: 14 })
const quasiIdentifiers: fc.Arbitrary<string[]> = fc.subarray([...columns], { minLength: 1 })
const options: fc.Arbitrary<DisclosureOptions> = fc.record({
  quasiIdentifiers,
  person: fc.constantFrom('who', undefined),
  suppressed: fc.constantFrom('class' as const, 'wildcard' as const),
})

interface Naive {
  readonly suppressed: string
  readonly k: number
  readonly classes: number | null
  readonly uniques: number
  readonly averageRisk: number
  readonly highestRisk: number
}

/** The definition read aloud: compare everybody with everybody, one joined key per row, every pairing of rows. */
function naive(rows: readonly Row[], { quasiIdentifiers, person, suppressed }: DisclosureOptions): Naive {
  const texts = rows.map((row) =>
    quasiIdentifiers.map((column) => (row[column] === null || row[column] === '***' ? null : String(row[column]))),
  )
  const persons = new Map<unknown, (string | null)[][]>()
  texts.forEach((text, at) => {
    const who = person === undefined ? at : rows[at]?.[person]
    persons.set(who, [...(persons.get(who) ?? []), text])
  })
  const histories = [...persons.values()]
  const keys = histories.map((history) => JSON.stringify(history.map((text) => JSON.stringify(text)).sort()))
  const alike = (one: number, another: number) =>
    suppressed === 'class' ? keys[one] === keys[another] : pairsOff(histories[one] ?? [], histories[another] ?? [])
  const like = keys.map((_, one) => keys.filter((_, another) => alike(one, another)).length)
  const k = Math.min(...like)
  return {
    suppressed: suppressed ?? 'class',
    k,
    classes: suppressed === 'class' ? new Set(keys).size : null,
    uniques: like.filter((count) => count === 1).length,
    averageRisk: like.reduce((sum, count) => sum + 1 / count, 0) / like.length,
    highestRisk: 1 / k,
  }
}

function pairsOff(left: readonly (string | null)[][], right: readonly (string | null)[][]): boolean {
  if (left.length !== right.length) return false
  const [first, ...rest] = left
  if (first === undefined) return true
  return right.some((candidate, at) => {
    const compatible = first.every(
      (text, column) => text === null || candidate[column] === null || text === candidate[column],
    )
    return compatible && pairsOff(rest, right.toSpliced(at, 1))
  })
}

test('the figures are those of the definition, rows or persons, own class or wildcard', () => {
  fc.assert(
    fc.property(rows, options, (rows, options) => {
      const measured = measureDisclosureRisk(rows, options)
      const other = naive(rows, { ...options, suppressed: options.suppressed === 'class' ? 'wildcard' : 'class' })
      const expected = naive(rows, options)
      expect(measured).toMatchObject({ ...expected, averageRisk: expect.closeTo(expected.averageRisk, 12) })
      expect(measured.other).toMatchObject({ ...other, averageRisk: expect.closeTo(other.averageRisk, 12) })
    }),
    { numRuns: 500 },
  )
})

test('a hundred rows with wildcards are counted as if everybody were compared with everybody', () => {
  const many = fc.array(row, { minLength: 1, maxLength: 100 })
  fc.assert(
    fc.property(many, quasiIdentifiers, (rows, quasiIdentifiers) => {
      const options = { quasiIdentifiers, suppressed: 'wildcard' } as const
      const expected = naive(rows, options)
      const measured = measureDisclosureRisk(rows, options)
      expect(measured).toMatchObject({ ...expected, averageRisk: expect.closeTo(expected.averageRisk, 12) })
    }),
  )
})

test('twenty persons with several rows and wildcards are counted as if everybody were compared with everybody', () => {
  const cell = fc.constantFrom<unknown>(1, 2, 'x', 'x', 'x', null)
  const many = fc.array(fc.record({ a: cell, b: cell, c: cell, who: fc.integer({ min: 1, max: 20 }) }), {
    minLength: 20,
    maxLength: 50,
  })
  fc.assert(
    fc.property(many, quasiIdentifiers, (rows, quasiIdentifiers) => {
      const options = { quasiIdentifiers, person: 'who', suppressed: 'wildcard' } as const
      const expected = naive(rows, options)
      const measured = measureDisclosureRisk(rows, options)
      expect(measured).toMatchObject({ ...expected, averageRisk: expect.closeTo(expected.averageRisk, 12) })
    }),
    { numRuns: 300 },
  )
})

test('the order of the rows changes nothing, to the last bit', () => {
  const shuffled = rows.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })),
  )
  fc.assert(
    fc.property(shuffled, options, ([rows, moved], options) => {
      expect(measureDisclosureRisk(moved, options)).toEqual(measureDisclosureRisk(rows, options))
    }),
  )
})

test('knowing one more quasi-identifier never lowers the risk, own class or wildcard', () => {
  fc.assert(
    fc.property(rows, options, fc.constantFrom(...columns), (rows, options, column) => {
      const less = measureDisclosureRisk(rows, options)
      const more = measureDisclosureRisk(rows, { ...options, quasiIdentifiers: [...options.quasiIdentifiers, column] })
      expect(more.averageRisk).toBeGreaterThanOrEqual(less.averageRisk)
      expect(more.highestRisk).toBeGreaterThanOrEqual(less.highestRisk)
      expect(more.uniques).toBeGreaterThanOrEqual(less.uniques)
    }),
  )
})

test('a wildcard never makes anybody stand out more than a value of its own does', () => {
  fc.assert(
    fc.property(rows, options, (rows, options) => {
      const measured = measureDisclosureRisk(rows, { ...options, suppressed: 'wildcard' })
      expect(measured.averageRisk).toBeLessThanOrEqual(measured.other.averageRisk)
      expect(measured.k).toBeGreaterThanOrEqual(measured.other.k)
      expect(measured.uniques).toBeLessThanOrEqual(measured.other.uniques)
    }),
  )
})

import type { Row } from '@surveyseal/core/disclosure'
import { createDisclosureMeasure, measureDisclosureRisk } from '@surveyseal/core/disclosure'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const quasiIdentifiers = ['a', 'b']
const value = fc.constantFrom<unknown>('x', 'y', null)
const words = fc.constantFrom<unknown>('red', 'green', 'blue', 3, null)
const numbers = fc.constantFrom<unknown>(1, '1.0', '+1e0', '2', 3.5, '-4', 10, 2 ** 53, 2n ** 53n + 1n, null)
const rowsWith = (s: fc.Arbitrary<unknown>): fc.Arbitrary<Row[]> =>
  fc.array(fc.record({ a: value, b: value, s, who: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 14 })

type Reading = 'class' | 'wildcard'

function groups(rows: readonly Row[], reading: Reading): Row[][] {
  const alike = (one: Row, other: Row) =>
    quasiIdentifiers.every(
      (name) => one[name] === other[name] || (reading === 'wildcard' && (one[name] === null || other[name] === null)),
    )
  return rows.map((one) => rows.filter((other) => alike(one, other)))
}

function shares(values: readonly string[], among: readonly string[]): number[] {
  return among.map((value) => values.filter((other) => other === value).length / values.length)
}

function text({ s }: Row): string {
  return s === null ? 'suppressed' : String(s)
}

test('l is the number of distinct values, and the exponential of their entropy, of the class where it is least', () => {
  fc.assert(
    fc.property(
      fc.oneof(rowsWith(words), rowsWith(numbers)),
      fc.constantFrom<Reading>('class', 'wildcard'),
      (rows, suppressed) => {
        const { l } = measureDisclosureRisk(rows, { quasiIdentifiers, sensitive: ['s'], suppressed, recursiveC: 2 })
        const values = groups(rows, suppressed).map((group) =>
          group.map(text).filter((value) => suppressed === 'class' || value !== 'suppressed'),
        )
        const distinct = values.map((each) => Math.max(1, new Set(each).size))
        const entropies = values.map((each) =>
          Math.exp(-shares(each, [...new Set(each)]).reduce((sum, share) => sum + share * Math.log(share), 0)),
        )
        const recursive = values.map((each) => {
          const values = each.length === 0 ? ['nothing known'] : each
          const counts = [...new Set(values)]
            .map((value) => values.filter((other) => other === value).length)
            .sort((x, y) => y - x)
          const from = (l: number) => counts.slice(l - 1).reduce((sum, count) => sum + count, 0)
          return counts.filter((_, at) => counts.slice(0, at + 1).every((_, l) => (counts[0] ?? 0) < 2 * from(l + 1)))
            .length
        })
        expect(l?.distinct).toBe(Math.min(...distinct))
        expect(l?.entropy).toBeCloseTo(Math.min(...entropies), 9)
        expect(l?.recursive).toEqual({ c: 2, l: Math.min(...recursive) })
      },
    ),
    { numRuns: 300 },
  )
})

test('t is the largest distance of a class from the whole, ordered for numbers, equal for words', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.constantFrom<Reading>('class', 'wildcard'), fc.gen(), (ordered, suppressed, gen) => {
      const rows = gen(() => rowsWith(ordered ? numbers : fc.oneof(words, fc.constant('other'))))
      const isOrdered = rows.every(({ s }) => s === null || typeof s === 'bigint' || !Number.isNaN(Number(s)))
      const { t } = measureDisclosureRisk(rows, { quasiIdentifiers, sensitive: ['s'], suppressed })
      const kept = (group: readonly Row[]) =>
        group
          .map(text)
          .filter((value) => value !== 'suppressed' || (suppressed === 'class' && !isOrdered))
          .map((value) => (/^[+]?1(\.0|e0)?$/.test(value) && isOrdered ? '1' : value))
      const whole = kept(rows)
      const all = [...new Set(whole)].sort((one, other) =>
        isOrdered ? Number(one) - Number(other) || (one < other ? -1 : 1) : 0,
      )
      const distances = groups(rows, suppressed)
        .map(kept)
        .filter((values) => values.length > 0)
        .map((values) => {
          const differences = shares(values, all).map((share, at) => share - (shares(whole, all)[at] ?? 0))
          if (!isOrdered) return differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / 2
          if (all.length < 2) return 0
          let [moved, carried] = [0, 0]
          for (const difference of differences) {
            carried += difference
            moved += Math.abs(carried)
          }
          return moved / (all.length - 1)
        })
      expect(t).toBeCloseTo(Math.max(0, ...distances), 9)
    }),
    { numRuns: 300 },
  )
})

test('of several sensitive columns, the least diverse and the farthest from the whole count', () => {
  const rows = fc.array(fc.record({ a: value, b: value, s: words, r: numbers }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(rows, (rows) => {
      const measured = (...sensitive: string[]) => measureDisclosureRisk(rows, { quasiIdentifiers, sensitive })
      const [both, s, r] = [measured('s', 'r'), measured('s'), measured('r')]
      expect(both.l?.distinct).toBe(Math.min(s.l?.distinct ?? 0, r.l?.distinct ?? 0))
      expect(both.t).toBe(Math.max(s.t ?? 0, r.t ?? 0))
    }),
  )
})

test('a person whose value is known from their rows is in a class of one value, however many rows it has', () => {
  fc.assert(
    fc.property(rowsWith(words), (rows) => {
      const one = rows.map((row) => ({ ...row, who: 1 }))
      const { l, persons } = measureDisclosureRisk(one, { quasiIdentifiers, sensitive: ['s'], person: 'who' })
      expect({ persons, distinct: l?.distinct, entropy: l?.entropy }).toEqual({ persons: 1, distinct: 1, entropy: 1 })
    }),
  )
})

test('of persons with several rows, all their rows are what is known, and all their values what is sensitive', () => {
  const own = (rows: readonly Row[], read: (row: Row) => unknown) => JSON.stringify(rows.map(read).map(String).sort())
  fc.assert(
    fc.property(rowsWith(words), (rows) => {
      fc.pre(new Set(rows.map(({ who }) => who)).size < rows.length)
      const persons = [...new Set(rows.map(({ who }) => who))].map((who) => rows.filter((row) => row['who'] === who))
      const collapsed = persons.map((rows) => ({
        a: own(rows, ({ a, b }) => JSON.stringify([a, b])),
        b: 'all the same',
        s: own(rows, ({ s }) => s),
      }))
      const [measured, expected] = [
        measureDisclosureRisk(rows, { quasiIdentifiers, sensitive: ['s'], person: 'who' }),
        measureDisclosureRisk(collapsed, { quasiIdentifiers, sensitive: ['s'] }),
      ]
      const { k, classes, l, t, separation, averageRisk, sizes } = expected
      expect(measured).toMatchObject({ k, classes, l, t, separation, averageRisk, sizes })
    }),
    { numRuns: 300 },
  )
})

/** Whether the rows pair off, tried in every way. */
function pairsOff(left: readonly Row[], right: readonly Row[]): boolean {
  const [first, ...rest] = left
  if (left.length !== right.length) return false
  if (first === undefined) return true
  const alike = (one: Row, other: Row) =>
    quasiIdentifiers.every((name) => one[name] === other[name] || one[name] === null || other[name] === null)
  return right.some((other, at) => alike(first, other) && pairsOff(rest, right.toSpliced(at, 1)))
}

test('with wildcards, a class is whoever has rows that pair off, and tells what all of them have', () => {
  const many = fc.array(fc.record({ a: value, b: value, s: words, who: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 4,
    maxLength: 20,
  })
  fc.assert(
    fc.property(many, (rows) => {
      const persons = [...new Set(rows.map(({ who }) => who))].map((who) => rows.filter((row) => row.who === who))
      fc.pre(persons.length < rows.length)
      const told = (own: readonly Row[]) => (own.every(({ s }) => s === null) ? null : own.map(text).sort().join())
      const known = (group: readonly Row[][]) => group.map(told).filter((each) => each !== null)
      const classes = persons.map((one) => known(persons.filter((other) => pairsOff(one, other))))
      const whole = known(persons)
      const all = [...new Set(whole)]
      const { l, t } = measureDisclosureRisk(rows, {
        ...{ quasiIdentifiers, sensitive: ['s'], person: 'who', suppressed: 'wildcard' },
      })
      expect(l?.distinct).toBe(Math.min(...classes.map((each) => Math.max(1, new Set(each).size))))
      const distances = classes.map((each) =>
        each.length === 0
          ? 0
          : shares(each, all).reduce((sum, share, at) => sum + Math.abs(share - (shares(whole, all)[at] ?? 0)), 0) / 2,
      )
      expect(t).toBeCloseTo(Math.max(0, ...distances), 9)
    }),
    { numRuns: 300 },
  )
})

test('a person with one row is what that row is', () => {
  fc.assert(
    fc.property(fc.oneof(rowsWith(words), rowsWith(numbers)), (rows) => {
      const numbered = rows.map((row, at) => ({ ...row, who: new Date(at) }))
      const options = { quasiIdentifiers, sensitive: ['s'] }
      expect(measureDisclosureRisk(numbered, { ...options, person: 'who' })).toEqual(
        measureDisclosureRisk(rows, options),
      )
    }),
  )
})

test('distinction and separation are classes by persons, and the share of pairs that are told apart', () => {
  fc.assert(
    fc.property(rowsWith(words), fc.constantFrom<Reading>('class', 'wildcard'), (rows, suppressed) => {
      const measured = measureDisclosureRisk(rows, { quasiIdentifiers, suppressed })
      const like = groups(rows, suppressed)
      const apart = like.reduce((sum, group) => sum + rows.length - group.length, 0)
      expect(measured.separation).toBeCloseTo(rows.length === 1 ? 1 : apart / (rows.length * (rows.length - 1)), 12)
      const classes = new Set(rows.map(({ a, b }) => JSON.stringify([a, b]))).size
      expect(measured.distinction).toBe(suppressed === 'class' ? classes / rows.length : null)
      expect(measured.sizes.reduce((sum, { persons }) => sum + persons, 0)).toBe(rows.length)
    }),
  )
})

test('k-map counts who of the population has the same values, and looks for the others among the persons', () => {
  fc.assert(
    fc.property(
      rowsWith(words),
      rowsWith(words),
      fc.constantFrom<Reading>('class', 'wildcard'),
      (rows, reference, suppressed) => {
        const measured = measureDisclosureRisk(rows, { quasiIdentifiers, suppressed, reference })
        const found = rows.map((row) => (groups([row, ...reference], suppressed)[0]?.length ?? 0) - 1)
        const like = groups(rows, suppressed).map((group) => group.length)
        const candidates = found.map((count, at) => (count === 0 ? (like[at] ?? 0) : count))
        expect(measured.kMap).toEqual({ k: Math.min(...found), unmatched: found.filter((count) => count === 0).length })
        expect(measured.journalistRisk).toBe(1 / Math.min(...candidates))
        const mean = candidates.reduce((sum, count) => sum + 1 / count, 0) / rows.length
        expect(measured.marketerRisk).toBeCloseTo(mean, 12)
      },
    ),
  )
})

test('a population changes no figure but those that are found in it', () => {
  fc.assert(
    fc.property(rowsWith(words), rowsWith(words), (rows, reference) => {
      const { kMap, journalistRisk, marketerRisk, ...rest } = measureDisclosureRisk(rows, {
        quasiIdentifiers,
        reference,
        sensitive: ['s'],
      })
      expect(kMap).not.toBeNull()
      expect(measureDisclosureRisk(rows, { quasiIdentifiers, sensitive: ['s'] })).toMatchObject({
        ...rest,
        other: expect.anything(),
      })
      expect(journalistRisk).toBeGreaterThan(0)
      expect(marketerRisk).toBeLessThanOrEqual(journalistRisk)
    }),
  )
})

test('a column left out makes the others all that is known', () => {
  fc.assert(
    fc.property(rowsWith(words), fc.constantFrom('who', undefined), (rows, person) => {
      const measure = createDisclosureMeasure({ quasiIdentifiers, person })
      for (const row of rows) measure.add(row)
      const [a] = measure.contributions()
      const without = measureDisclosureRisk(rows, { quasiIdentifiers: ['b'], person })
      const alone = measureDisclosureRisk(rows, { quasiIdentifiers: ['a'], person })
      expect(a).toEqual({
        column: 'a',
        distinction: alone.distinction,
        separation: expect.closeTo(alone.separation, 12),
        averageRiskWithout: expect.closeTo(without.averageRisk, 12),
        uniquesWithout: without.uniques,
        suppressed: rows.filter(({ a }) => a === null).length / rows.length,
      })
    }),
  )
})

test('rows of an array, of a stream, and of any prototype give the same figures', () => {
  const rows = fc.array(fc.record({ a: fc.integer({ min: 0, max: 40 }), b: value, s: words }), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 300 }), (rows, times) => {
      const many = Array.from({ length: times }, (_, at) => rows.map((row) => ({ ...row, a: row.a + at * 41 }))).flat()
      const options = { quasiIdentifiers, sensitive: ['s'] }
      const streamed = measureDisclosureRisk(new Set(many), options)
      expect(measureDisclosureRisk(many, options)).toEqual(streamed)
      const bare = many.map((row) => Object.create(row, Object.getOwnPropertyDescriptors(row)) as Row)
      expect(measureDisclosureRisk(bare, options)).toEqual(streamed)
    }),
    { numRuns: 30 },
  )
})

test('rows with any columns, those every object inherits included, read alike from an array and a stream', () => {
  const names = ['a', 'b', 'constructor', 'toString', '__proto__', '0', 'length', 'é', '', 'name', 'j', 'k']
  const cell = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom<unknown>('1', -0, 4096, 1.5, NaN, 2n, true))
  const cells = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), cell), { selector: ([name]) => name })
  const rows = fc.array(
    cells.map((entries) => Object.fromEntries(entries) as Row),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(rows, fc.shuffledSubarray(names, { minLength: 1 }), (rows, columns) => {
      const quasiIdentifiers = columns.filter((column) => rows.some((row) => Object.hasOwn(row, column)))
      fc.pre(quasiIdentifiers.length > 0)
      const keys = rows.map((row) =>
        JSON.stringify(quasiIdentifiers.map((name) => (Object.hasOwn(row, name) ? String(row[name]) : null))),
      )
      const measured = measureDisclosureRisk(rows, { quasiIdentifiers })
      expect(measured.classes).toBe(new Set(keys).size)
      expect(measureDisclosureRisk(rows.values(), { quasiIdentifiers })).toEqual(measured)
    }),
    { numRuns: 300 },
  )
})

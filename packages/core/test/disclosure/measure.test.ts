import type { Row } from '@surveyseal/core/disclosure'
import { createDisclosureMeasure, measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { describe, expect, test } from 'vitest'
import { Column } from '../../src/disclosure/column.js'

/** The 8-row table of sdcMicro's test of frequency counts; its NA case suppresses C in rows 3 and 7. */
const A = [2, 3, 2, 2, 3, 3, 1, 2]
const B = [3, 3, 3, 3, 3, 3, 4, 3]
const C = [1, 3, 1, 2, 1, 1, 1, 1]
const complete: Row[] = A.map((a, row) => ({ A: a, B: B[row], C: C[row] }))
const withMissing: Row[] = complete.map((row, index) => (index === 2 || index === 6 ? { ...row, C: null } : row))
const quasiIdentifiers = ['A', 'B', 'C']

/** The number of persons like each one, from the average risk with and without that person's row repeated. */
function sumOfRisks(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + 1 / count, 0) / counts.length
}

function code(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'nothing thrown'
}

describe('foreign figures', () => {
  test('sdcMicro, complete table: 3 unique persons, 2 that share with one other', () => {
    const measured = measureDisclosureRisk(complete, { quasiIdentifiers })
    expect(measured).toMatchObject({ rows: 8, persons: 8, k: 1, classes: 5, uniques: 3, highestRisk: 1 })
    expect(measured.averageRisk).toBe(5 / 8)
    expect(measured.averageRisk).toBeCloseTo(sumOfRisks([3, 1, 3, 1, 2, 2, 1, 3]), 15)
  })

  test('sdcMicro, a missing value may be any value: 3, 1, 4, 2, 2, 2, 1, 3 persons alike', () => {
    const measured = measureDisclosureRisk(withMissing, { quasiIdentifiers, suppressed: 'wildcard' })
    expect(measured).toMatchObject({ suppressed: 'wildcard', k: 1, classes: null, uniques: 2, highestRisk: 1 })
    expect(measured.averageRisk).toBeCloseTo(sumOfRisks([3, 1, 4, 2, 2, 2, 1, 3]), 15)
  })

  test('PostgreSQL GROUP BY, a missing value is one of its own: 2, 1, 1, 1, 2, 2, 1, 2 persons alike', () => {
    const measured = measureDisclosureRisk(withMissing, { quasiIdentifiers, suppressed: 'class' })
    expect(measured).toMatchObject({ suppressed: 'class', k: 1, classes: 6, uniques: 4, highestRisk: 1 })
    expect(measured.averageRisk).toBe(6 / 8)
  })

  test('the figures of the other semantics come along', () => {
    const asClass = measureDisclosureRisk(withMissing, { quasiIdentifiers, suppressed: 'class' })
    const asWildcard = measureDisclosureRisk(withMissing, { quasiIdentifiers, suppressed: 'wildcard' })
    expect(asClass.other).toEqual({ ...asWildcard, rows: undefined, persons: undefined, other: undefined })
    expect(asWildcard.other).toEqual({ ...asClass, rows: undefined, persons: undefined, other: undefined })
  })
})

describe('values', () => {
  test('compare as text, dates by their ISO form', () => {
    const rows = [{ v: 1 }, { v: '1' }, { v: 1n }, { v: new Date(0) }, { v: '1970-01-01T00:00:00.000Z' }, { v: true }]
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['v'] })).toMatchObject({ classes: 3, uniques: 1 })
  })

  test('null, undefined, absent, empty, *, *** and -- are suppressed and equal to each other', () => {
    const rows = [{ v: null }, { v: undefined }, {}, { v: '' }, { v: '*' }, { v: '***' }, { v: '--' }]
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers: ['v'] })
    expect(measured).toMatchObject({ classes: 1, k: 7, other: { k: 7 } })
  })

  test('the text that stands for a suppressed value can be chosen', () => {
    const rows = [{ v: '***' }, { v: 'n/a' }, { v: 'x' }]
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers: ['v'], suppressedValues: ['n/a'] })
    expect(measured).toMatchObject({ classes: 3, other: { k: 2, uniques: 0 } })
  })

  test('inherited properties are not values', () => {
    class Answer {
      get region(): string {
        return 'north'
      }
    }
    const rows = [new Answer(), { region: null }] as unknown as Row[]
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['region'] })).toMatchObject({ classes: 1 })
    const names = ['__proto__', 'constructor', 'toString']
    const own = JSON.parse('[{"__proto__":1,"constructor":1,"toString":1},{"__proto__":2},{}]') as Row[]
    expect(measureDisclosureRisk(own, { quasiIdentifiers: names })).toMatchObject({ classes: 3 })
  })

  test('ERR_DISCLOSURE_VALUE_INVALID: an object, function, symbol or invalid date is no value', () => {
    for (const v of [{}, [], () => 1, Symbol('v'), new Date(Number.NaN)]) {
      const measure = createDisclosureMeasure({ quasiIdentifiers: ['v'] })
      measure.add({ v: 1 })
      expect(code(() => measure.add({ v }))).toBe('ERR_DISCLOSURE_VALUE_INVALID')
      expect(measure.result().rows).toBe(1)
    }
  })
})

describe('persons', () => {
  const person = 'who'

  test('are counted instead of rows: four answers of one person do not hide them', () => {
    const rows = [1, 1, 1, 1].map((who) => ({ who, v: 'x' }))
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['v'] })).toMatchObject({ k: 4, persons: 4 })
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['v'], person })).toMatchObject({
      k: 1,
      persons: 1,
      rows: 4,
    })
  })

  test('are alike when all their rows are, in any order', () => {
    const rows = [
      { who: 'a', v: 1 },
      { who: 'b', v: 2 },
      { who: 'a', v: 2 },
      { who: 'b', v: 1 },
      { who: 'c', v: 1 },
      { who: 'd', v: 1 },
      { who: 'd', v: 1 },
    ]
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['v'], person })).toMatchObject({
      classes: 3,
      k: 1,
      uniques: 2,
    })
  })

  test('with wildcards are alike when their rows pair off', () => {
    const rows = [
      { who: 'a', v: 1 },
      { who: 'a', v: null },
      { who: 'b', v: 2 },
      { who: 'b', v: 1 },
      { who: 'c', v: 2 },
      { who: 'c', v: 3 },
    ]
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers: ['v'], person, suppressed: 'wildcard' })
    expect(measured).toMatchObject({ k: 1, uniques: 1, classes: null })
    expect(measured.averageRisk).toBeCloseTo((1 / 2 + 1 / 2 + 1) / 3, 15)
  })

  test('ERR_DISCLOSURE_PERSON_MISSING: a row that names nobody cannot be counted', () => {
    for (const row of [{ v: 1 }, { v: 1, who: '' }, { v: 1, who: '***' }]) {
      const rows = [{ v: 1, who: 1 }, row]
      expect(code(() => measureDisclosureRisk(rows, { quasiIdentifiers: ['v'], person }))).toBe(
        'ERR_DISCLOSURE_PERSON_MISSING',
      )
    }
  })
})

describe('refusals', () => {
  test('ERR_DISCLOSURE_EMPTY: no rows', () => {
    expect(code(() => measureDisclosureRisk([], { quasiIdentifiers: ['v'] }))).toBe('ERR_DISCLOSURE_EMPTY')
  })

  test('ERR_DISCLOSURE_COLUMN_MISSING: a quasi-identifier that no row has', () => {
    const rows = [{ v: undefined }, {}]
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['v'] }).k).toBe(2)
    expect(code(() => measureDisclosureRisk(rows, { quasiIdentifiers: ['v', 'w'] }))).toBe(
      'ERR_DISCLOSURE_COLUMN_MISSING',
    )
  })

  test('ERR_DISCLOSURE_COLUMN_MISSING: a quasi-identifier that only the reference has, or only the rows', () => {
    const both = { quasiIdentifiers: ['v', 'w'] }
    const [whole, part] = [[{ v: 1, w: 1 }], [{ v: 1 }]]
    expect(code(() => measureDisclosureRisk(part, { ...both, reference: whole }))).toBe('ERR_DISCLOSURE_COLUMN_MISSING')
    expect(code(() => measureDisclosureRisk(whole, { ...both, reference: part }))).toBe('ERR_DISCLOSURE_COLUMN_MISSING')
    expect(measureDisclosureRisk(whole, { ...both, reference: whole }).kMap).toEqual({ k: 1, unmatched: 0 })
  })

  test('ERR_DISCLOSURE_EMPTY: a reference population of nobody', () => {
    const rows = [{ v: 1 }]
    expect(code(() => measureDisclosureRisk(rows, { quasiIdentifiers: ['v'], reference: [] }))).toBe(
      'ERR_DISCLOSURE_EMPTY',
    )
  })

  test('ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE: a calling program that is wrong', () => {
    const measure = (rows: unknown, options: unknown) =>
      code(() => measureDisclosureRisk(rows as Row[], options as never))
    expect(measure(null, { quasiIdentifiers: ['v'] })).toBe('ERR_INVALID_ARG_TYPE')
    expect(measure([null], { quasiIdentifiers: ['v'] })).toBe('ERR_INVALID_ARG_TYPE')
    expect(measure([], null)).toBe('ERR_INVALID_ARG_TYPE')
    expect(measure([], { quasiIdentifiers: 'v' })).toBe('ERR_INVALID_ARG_TYPE')
    expect(measure([], { quasiIdentifiers: ['v'], person: 1 })).toBe('ERR_INVALID_ARG_TYPE')
    expect(measure([], { quasiIdentifiers: ['v'], suppressedValues: [null] })).toBe('ERR_INVALID_ARG_TYPE')
    expect(measure([], { quasiIdentifiers: [] })).toBe('ERR_INVALID_ARG_VALUE')
    expect(measure([], { quasiIdentifiers: ['v'], sensitive: ['v'] })).toBe('ERR_INVALID_ARG_VALUE')
    expect(measure([], { quasiIdentifiers: ['v'], person: 'v' })).toBe('ERR_INVALID_ARG_VALUE')
    expect(measure([], { quasiIdentifiers: ['v'], sensitive: ['p'], person: 'p' })).toBe('ERR_INVALID_ARG_VALUE')
    expect(measure([], { quasiIdentifiers: ['v'], recursiveC: 0 })).toBe('ERR_INVALID_ARG_VALUE')
    expect(measure([], { quasiIdentifiers: ['v'], suppressed: 'both' })).toBe('ERR_INVALID_ARG_VALUE')
  })
})

test('ERR_DISCLOSURE_TOO_MANY_VALUES: more distinct values than a column holds, text or not', () => {
  for (const values of [
    ['a', 'b', 'c', 'd'],
    [1, 2, 3, 4],
    [new Date(0), true, 4n, 'd'],
  ]) {
    const column = new Column('v', { suppressedValues: ['*'], mostValues: 3 })
    const codes = values.slice(0, 3).map((v) => column.encode({ v }, true))
    expect(codes).toEqual([1, 2, 3])
    expect(code(() => column.encode({ v: values[3] }, true))).toBe('ERR_DISCLOSURE_TOO_MANY_VALUES')
    expect(column.encode({ v: '*' }, true)).toBe(0)
    expect(column.encode({ v: values[2] }, true)).toBe(3)
  }
})

describe('a stream', () => {
  test('may reuse one row object, and may be asked in between', () => {
    const measure = createDisclosureMeasure({ quasiIdentifiers: ['v'] })
    const row = { v: 1 }
    measure.add(row)
    row.v = 2
    measure.add(row)
    expect(measure.result()).toMatchObject({ rows: 2, classes: 2 })
    measure.add(row)
    expect(measure.result()).toMatchObject({ rows: 3, classes: 2, uniques: 1 })
  })

  test('of 20,000 rows in which any cell may be suppressed does not compare them one by one', () => {
    let random = 1
    const cell = () => {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0
      return random >>> 16 < 13_000 ? null : (random >>> 16) % 5
    }
    const columns = Array.from({ length: 20 }, (_, at) => `column ${at}`)
    const rows = Array.from({ length: 20_000 }, () => Object.fromEntries(columns.map((column) => [column, cell()])))
    const { other, uniques } = measureDisclosureRisk(rows, { quasiIdentifiers: columns })
    expect(other.k).toBe(1)
    expect(other.uniques).toBeLessThan(uniques)
  })

  test('outgrows every table', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => ({ a: at % 200, b: Math.floor(at / 200), who: at % 7000 }))
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['a', 'b'] })).toMatchObject({ classes: 20_000, k: 1 })
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['a'] })).toMatchObject({ classes: 200, k: 100 })
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['a'], person: 'who' }).persons).toBe(7000)
  })
})

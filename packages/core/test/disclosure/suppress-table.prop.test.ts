import type { SuppressedTable } from '@surveyseal/core/disclosure'
import { suppressTable } from '@surveyseal/core/disclosure'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const shape = fc.constantFrom<readonly [number, number]>([1, 1], [1, 2], [2, 1], [2, 2], [1, 4], [4, 1], [2, 3])
const counts = shape.chain(([rows, columns]) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
)

/** Rows, their totals, and the total row, in one list. */
function flat(
  cells: readonly (readonly (number | null)[])[],
  totals: readonly (number | null)[],
  last: readonly (number | null)[],
): (number | null)[] {
  return [...cells.flatMap((row, at) => [...row, totals[at] ?? null]), ...last]
}

function published({ cells, rowTotals, columnTotals, total }: SuppressedTable): (number | null)[] {
  return flat(cells, rowTotals, [...columnTotals, total])
}

function summed(counts: readonly (readonly number[])[]): (number | null)[] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const columns = (counts[0] ?? []).map((_, column) => sum(counts.map((row) => row[column] ?? 0)))
  return flat(counts, counts.map(sum), [...columns, sum(columns)])
}

/** Every table of counts that the published numbers allow, as far as counts grow by no more than `most`. */
function consistent(
  counts: readonly (readonly number[])[],
  shown: readonly (number | null)[],
  most: number,
): (number | null)[][] {
  const width = (counts[0]?.length ?? 0) + 1
  const free = counts.flatMap((row, r) =>
    row.flatMap((_, c) => (shown[r * width + c] === null ? [[r, c] as const] : [])),
  )
  const found: (number | null)[][] = []
  const table = counts.map((row) => [...row])
  const fill = (at: number) => {
    const place = free[at]
    if (place === undefined) {
      const all = summed(table)
      if (all.every((count, position) => shown[position] === null || shown[position] === count)) found.push(all)
      return
    }
    const [r, c] = place
    const row = table[r] ?? []
    for (let count = 0; count <= (counts[r]?.[c] ?? 0) + most; count++) {
      row[c] = count
      fill(at + 1)
    }
    row[c] = counts[r]?.[c] ?? 0
  }
  fill(0)
  return found
}

test('whoever tries every table that the published counts allow finds no small count, nor any suppressed one', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom(2, 3), fc.boolean(), (counts, minimum, zeros) => {
      const shown = published(suppressTable(counts, { minimum, zeros }))
      const truth = summed(counts)
      const possible = consistent(counts, shown, minimum)
      truth.forEach((count, at) => {
        const isSmall = (count ?? 0) < minimum && ((count ?? 0) > 0 || zeros)
        if (isSmall) expect(shown[at]).toBe(null)
        if (shown[at] !== null) {
          expect(shown[at]).toBe(count)
          return
        }
        const range = possible.map((table) => table[at] ?? 0)
        const width = range.reduce((most, each) => Math.max(most, each), 0) - range.reduce((a, b) => Math.min(a, b))
        expect(width).toBeGreaterThanOrEqual(isSmall ? minimum : 1)
      })
    }),
    { numRuns: 150 },
  )
})

test('a table without small counts is published as it is', () => {
  const large = fc.array(fc.array(fc.integer({ min: 5, max: 500 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 9,
  })
  fc.assert(
    fc.property(large, (counts) => {
      expect(published(suppressTable(counts, { minimum: 5 }))).toEqual(summed(counts))
    }),
  )
})

describe('suppressTable', () => {
  test('takes the cheapest other counts, and totals only where it must', () => {
    const { cells, total } = suppressTable(
      [
        [2, 20, 40],
        [30, 40, 50],
        [50, 60, 9],
      ],
      { minimum: 5 },
    )
    expect(cells).toEqual([
      [null, null, 40],
      [null, null, 50],
      [50, 60, 9],
    ])
    expect(total).toBe(301)
    expect(suppressTable([[3, 10]], { minimum: 5 })).toEqual({
      cells: [[null, null]],
      rowTotals: [13],
      columnTotals: [null, null],
      total: 13,
    })
  })

  test('of 50 rows by 20 columns ends', () => {
    const counts = Array.from({ length: 50 }, (_, row) =>
      Array.from({ length: 20 }, (_, at) => (row * 31 + at * 17) % 40),
    )
    const { cells } = suppressTable(counts, { minimum: 5 })
    expect(cells.flat().every((count) => count === null || count === 0 || count >= 5)).toBe(true)
  })

  test('ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE: what is no table of counts', () => {
    const suppress = (counts: unknown, minimum: unknown = 5) =>
      codeOf(() => suppressTable(counts as never, { minimum: minimum as never }))
    expect(suppress(null)).toBe('ERR_INVALID_ARG_TYPE')
    expect(suppress([])).toBe('ERR_INVALID_ARG_TYPE')
    for (const counts of [[[]], [[1], [1, 2]], [[1.5]], [[-1]], [['1']]])
      expect(suppress(counts)).toBe('ERR_INVALID_ARG_VALUE')
    expect(suppress([[1]], 1)).toBe('ERR_INVALID_ARG_VALUE')
  })
})

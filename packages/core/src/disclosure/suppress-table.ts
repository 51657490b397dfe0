/**
 * Tables of counts that can be published.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import type { Cell } from './table-network.js'
import { TableNetwork } from './table-network.js'

/** A table of counts with its totals; `null` is a suppressed count. */
export interface SuppressedTable {
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
  readonly total: number | null
}

/** Which counts are small. */
export interface SuppressTableOptions {
  /** Counts from 1 up to below this are suppressed, at least 2; statistical offices use 3 to 11. */
  readonly minimum: number
  /**
   * Whether a count of nobody is suppressed too: it tells that everybody of a row is in the other columns.
   *
   * @defaultValue `false`
   */
  readonly zeros?: boolean | undefined
}

/**
 * Suppresses the small counts of a table, and as many others as it takes that nobody can work them out from the totals.
 *
 * Whoever solves the equations of rows, columns and totals, knowing that counts are not negative, is left with a range of at
 * least `minimum` for each small count, and with no suppressed count for certain. Which counts were small is not told, for
 * that would narrow the range. Others are chosen one cycle after the other by how little they hold; the result is safe, not
 * always the smallest possible. It knows this table alone: two tables about the same people can be subtracted from each other.
 *
 * @example
 * One small count takes three others with it.
 *
 * ```ts
 * import { suppressTable } from '@surveyseal/core/disclosure'
 *
 * const { cells } = suppressTable([[2, 20], [30, 40], [50, 60]], { minimum: 5 })
 * console.log(cells) // [[null, null], [null, null], [50, 60]]
 * ```
 *
 * @param counts - Rows of counts, all of one length; at most 10,000 counts.
 */
export function suppressTable(
  counts: readonly (readonly number[])[],
  { minimum, zeros = false }: SuppressTableOptions,
): SuppressedTable {
  assertCounts(counts)
  if (!Number.isSafeInteger(minimum) || minimum < 2) throw invalidArgumentValue('options.minimum', 'an integer from 2')
  const table = cellsOf(counts)
  const small = table.filter(({ count }) => count < minimum && (count > 0 || zeros))
  for (const cell of small) cell.suppressed = true
  protect(table, (cell) => (small.includes(cell) ? minimum : 1))
  const shown = (row: number, column: number) => {
    const { count, suppressed } = table[row * (columns(counts) + 1) + column] as Cell
    return suppressed ? null : count
  }
  return {
    cells: counts.map((row, at) => row.map((_, column) => shown(at, column))),
    rowTotals: counts.map((_, row) => shown(row, columns(counts))),
    columnTotals: Array.from({ length: columns(counts) }, (_, column) => shown(counts.length, column)),
    total: shown(counts.length, columns(counts)),
  }
}

/** Every suppressed count must have room to vary; where it has not, what widens it most cheaply is suppressed too. */
function protect(table: readonly Cell[], needed: (cell: Cell) => number): void {
  const network = new TableNetwork(table)
  for (let changed = true; changed; ) {
    changed = false
    for (const cell of table.filter(({ suppressed }) => suppressed)) {
      const enough = needed(cell)
      while (network.slack(cell, enough) < enough) {
        for (const other of network.cheapestWidening(cell, enough)) other.suppressed = true
        changed = true
      }
    }
  }
}

/**
 * Counts and totals as arcs from row to column. Totals go the other way, so that in every row and column what changes must
 * cancel out: changes are circulations.
 */
function cellsOf(counts: readonly (readonly number[])[]): Cell[] {
  const [rows, width] = [counts.length, columns(counts)]
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const full = counts.map((row) => [...row, sum(row)])
  full.push(Array.from({ length: width + 1 }, (_, column) => sum(full.map((row) => row[column] as number))))
  return full.flatMap((row, r) =>
    row.map((count, c) => {
      const [rowNode, columnNode] = [r, rows + 1 + c]
      const isMargin = (r === rows) !== (c === width)
      return { count, suppressed: false, from: isMargin ? columnNode : rowNode, to: isMargin ? rowNode : columnNode }
    }),
  )
}

function columns(counts: readonly (readonly number[])[]): number {
  return counts[0]?.length ?? 0
}

function assertCounts(counts: readonly (readonly number[])[]): void {
  const isTable = Array.isArray(counts) && counts.length > 0 && counts.every((row) => Array.isArray(row))
  if (!isTable) throw invalidArgumentType('counts', 'an array of rows', counts)
  const width = columns(counts)
  const isEven = width > 0 && width * counts.length <= 10_000 && counts.every((row) => row.length === width)
  if (!isEven) throw invalidArgumentValue('counts', 'rows of one length, at most 10,000 counts in all')
  if (!counts.flat().every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw invalidArgumentValue('counts', 'integers from 0')
  }
}

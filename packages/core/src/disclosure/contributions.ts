/**
 * What each quasi-identifier adds to the risk.
 *
 * @module
 */

import { Counters } from './counters.js'
import { SUPPRESSED } from './row.js'
import { TupleTable } from './tuple-table.js'

/** One quasi-identifier, by itself and left out. Suppressed values are a value of their own, every row is a person. */
export interface ColumnContribution {
  readonly column: string
  /** Distinct values / rows. */
  readonly distinction: number
  /** The share of pairs of rows that the column tells apart. */
  readonly separation: number
  /** The mean risk when the column is not known. */
  readonly averageRiskWithout: number
  /** Rows no other is like when the column is not known. */
  readonly uniquesWithout: number
  /** The share of rows in which the column is suppressed. */
  readonly suppressed: number
}

/**
 * @param table - The distinct tuples.
 * @param rows - For each tuple, how many rows have it.
 * @param names - The columns.
 */
export function contributionsOf(
  table: TupleTable,
  rows: Uint32Array,
  names: readonly string[],
): readonly ColumnContribution[] {
  const total = rows.reduce((sum, count) => sum + count, 0)
  return names.map((column, at) => {
    const alone = projected(table, rows, [at])
    const others = projected(
      table,
      rows,
      [...names.keys()].filter((other) => other !== at),
    )
    const pairs = alone.reduce((sum, count) => sum + count * (count - 1), 0)
    return {
      column,
      distinction: alone.length / total,
      separation: total === 1 ? 1 : 1 - pairs / (total * (total - 1)),
      averageRiskWithout: others.length / total,
      uniquesWithout: others.filter((count) => count === 1).length,
      suppressed: suppressedRows(table, rows, at) / total,
    }
  })
}

function suppressedRows({ codes, width }: TupleTable, rows: Uint32Array, column: number): number {
  return rows.reduce((sum, count, tuple) => (codes[tuple * width + column] === SUPPRESSED ? sum + count : sum), 0)
}

/** How many rows share each combination of some columns. */
function projected({ codes, size, width }: TupleTable, rows: Uint32Array, columns: readonly number[]): Uint32Array {
  const table = new TupleTable(columns.length)
  const counts = new Counters()
  const tuple = new Uint32Array(columns.length)
  for (let number = 0; number < size; number++) {
    columns.forEach((column, at) => {
      tuple[at] = codes[number * width + column] as number
    })
    const found = table.intern(tuple)
    counts.set(found, (counts.upTo(found + 1)[found] ?? 0) + (rows[number] as number))
  }
  return counts.upTo(table.size)
}

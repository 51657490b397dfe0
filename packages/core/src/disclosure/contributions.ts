/**
 * What each quasi-identifier adds to the risk.
 *
 * @module
 */

import { Counters } from './counters.js'
import { historiesOfPersons } from './histories.js'
import { SUPPRESSED } from './row.js'
import { TupleTable } from './tuple-table.js'

/** One quasi-identifier, by itself and left out. Suppressed values are a value of their own. */
export interface ColumnContribution {
  readonly column: string
  /** Classes by this column alone / persons. */
  readonly distinction: number
  /** The share of pairs of persons that the column tells apart. */
  readonly separation: number
  /** The mean risk when the column is not known. */
  readonly averageRiskWithout: number
  /** Persons no other is like when the column is not known. */
  readonly uniquesWithout: number
  /** The share of rows in which the column is suppressed. */
  readonly suppressed: number
}

/** The rows: which tuple each has, and whose it is; `persons` is `null` where every row is a person. */
export interface CountedRows {
  readonly table: TupleTable
  /** For each tuple, how many rows have it. */
  readonly counts: Uint32Array
  readonly persons: { readonly tupleOfRow: Uint32Array; readonly personOfRow: Uint32Array } | null
}

/** For each of the columns, which are named in the order of the table. */
export function contributionsOf(rows: CountedRows, names: readonly string[]): readonly ColumnContribution[] {
  const allRows = rows.counts.reduce((sum, count) => sum + count, 0)
  return names.map((column, at) => {
    const alone = classesBy(rows, [at])
    const others = classesBy(
      rows,
      [...names.keys()].filter((other) => other !== at),
    )
    const total = alone.reduce((sum, count) => sum + count, 0)
    const pairs = alone.reduce((sum, count) => sum + count * (count - 1), 0)
    return {
      column,
      distinction: alone.length / total,
      separation: total === 1 ? 1 : 1 - pairs / (total * (total - 1)),
      averageRiskWithout: others.length / total,
      uniquesWithout: others.filter((count) => count === 1).length,
      suppressed: suppressedRows(rows, at) / allRows,
    }
  })
}

function suppressedRows({ table: { codes, width }, counts }: CountedRows, column: number): number {
  return counts.reduce((sum, count, tuple) => (codes[tuple * width + column] === SUPPRESSED ? sum + count : sum), 0)
}

/** How many persons are in each class, when only some columns are known. */
function classesBy({ table, counts, persons }: CountedRows, columns: readonly number[]): Uint32Array {
  const projected = new TupleTable(columns.length)
  const tuple = new Uint32Array(columns.length)
  const numbers = Uint32Array.from({ length: table.size }, (_, number) => {
    columns.forEach((column, at) => {
      tuple[at] = table.codes[number * table.width + column] as number
    })
    return projected.intern(tuple)
  })
  if (persons !== null) {
    const tupleOfRow = persons.tupleOfRow.map((number) => numbers[number] as number)
    return historiesOfPersons(projected, tupleOfRow, persons.personOfRow).histories.persons
  }
  const sizes = new Counters()
  numbers.forEach((found, number) => {
    sizes.set(found, (sizes.upTo(found + 1)[found] ?? 0) + (counts[number] as number))
  })
  return sizes.upTo(projected.size)
}

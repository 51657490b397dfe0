/**
 * Encoding many rows at once.
 *
 * @module
 */

import type { Column } from './column.js'
import type { Row } from './row.js'

/** Rows next to each other, `to` excluded. */
export interface RowRange {
  readonly rows: readonly Row[]
  readonly from: number
  readonly to: number
}

/** How many columns are read in one pass. */
const SIDE_BY_SIDE = 8

/**
 * Encodes rows that have nothing but what is their own under the columns' names.
 *
 * @param columns - The columns.
 * @param codes - For each column where the codes go, from 0.
 * @param range - The rows.
 */
export function encodeRows(columns: readonly Column[], codes: readonly Uint32Array[], range: RowRange): void {
  encodeSideBySide(columns, codes, range)
  for (let at = SIDE_BY_SIDE; at < columns.length; at++) {
    encodeColumn(columns[at] as Column, codes[at] as Uint32Array, range)
  }
  for (const column of columns) column.present ||= isIn(range, column.name)
}

function isIn({ rows, from, to }: RowRange, name: string): boolean {
  return rows.slice(from, to).some((row) => Object.hasOwn(row, name))
}

/**
 * Each column has a line of its own and not a turn in a loop, because an engine remembers for each place of a program which name
 * was read there, and reads five times as fast while it is always the same.
 */
function encodeSideBySide(
  columns: readonly Column[],
  codes: readonly Uint32Array[],
  { rows, from, to }: RowRange,
): void {
  const [a, b, c, d, e, f, g, h] = columns
  const [nameA = '', nameB = '', nameC = '', nameD = '', nameE = '', nameF = '', nameG = '', nameH = ''] = columns.map(
    ({ name }) => name,
  )
  const [ofA, ofB, ofC, ofD, ofE, ofF, ofG, ofH] = codes
  for (let at = from, next = 0; at < to; at++, next++) {
    const row = rows[at] as Row
    if (a && ofA) ofA[next] = a.codeOf(row[nameA])
    if (b && ofB) ofB[next] = b.codeOf(row[nameB])
    if (c && ofC) ofC[next] = c.codeOf(row[nameC])
    if (d && ofD) ofD[next] = d.codeOf(row[nameD])
    if (e && ofE) ofE[next] = e.codeOf(row[nameE])
    if (f && ofF) ofF[next] = f.codeOf(row[nameF])
    if (g && ofG) ofG[next] = g.codeOf(row[nameG])
    if (h && ofH) ofH[next] = h.codeOf(row[nameH])
  }
}

function encodeColumn(column: Column, codes: Uint32Array, { rows, from, to }: RowRange): void {
  const { name } = column
  for (let at = from; at < to; at++) codes[at - from] = column.codeOf((rows[at] as Row)[name])
}

/**
 * What stands in a table, column by column, as text.
 *
 * @module
 */

import type { DumpTable, DumpValue } from '../../testing/test-linkage.js'

/** The texts of one table; members of JSON texts are columns too. */
export interface Cells {
  readonly name: string
  readonly rows: number
  readonly columns: ReadonlyMap<string, readonly (string | null)[]>
}

/** Columns of the engine's own; they are no identifiers, whatever their values. */
export const ENGINE_COLUMNS: ReadonlySet<string> = new Set(['rowid', 'ctid', 'xmin'])

const DEPTH = 4
const COLUMNS = 256

/** Reads a table. */
export function cellsOf({ name, rows }: DumpTable): Cells {
  const columns = new Map<string, (string | null)[]>()
  const put = (column: string, row: number, text: string): void => {
    let cells = columns.get(column)
    if (cells === undefined) {
      if (columns.size === COLUMNS) return
      cells = new Array<string | null>(rows.length).fill(null)
      columns.set(column, cells)
    }
    cells[row] = text
  }
  for (const [row, record] of rows.entries()) {
    for (const [column, value] of Object.entries(record)) {
      const text = textOf(value)
      if (text === null) continue
      put(column, row, text)
      if (/^\s*[[{]/.test(text)) putMembers(parse(text), column, DEPTH, (path, member) => put(path, row, member))
    }
  }
  return { name, rows: rows.length, columns }
}

function textOf(value: DumpValue | undefined): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
  // How PostgreSQL writes bytes.
  return typeof value === 'string' && /^\\x[0-9a-f]*$/.test(value) ? value.slice(2) : String(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function putMembers(value: unknown, path: string, depth: number, put: (path: string, text: string) => void): void {
  if (typeof value !== 'object' || value === null) {
    if (value !== null) put(path, String(value))
    return
  }
  if (depth === 0) return
  for (const [name, member] of Object.entries(value)) putMembers(member, `${path}.${name}`, depth - 1, put)
}

import type { SqlRow } from '../sql.js'

// More rows in one statement gain nothing; both engines take far more parameters than this makes.
const rowsAtMost = 256

/**
 * Cuts rows into parts for one statement each. Every part is a power of two long, so that however many rows there are, only
 * nine different statements are ever prepared.
 */
export function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  let size = rowsAtMost
  for (let start = 0; start < rows.length; start += size) {
    while (size > rows.length - start) size /= 2
    yield rows.slice(start, start + size)
  }
}

/**
 * Cuts values that are only looked for into parts as {@link parts} does, with the last one filled up by its last value, so that
 * three of them need one statement and not two.
 */
export function* lists<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += rowsAtMost) {
    const list = values.slice(start, start + rowsAtMost)
    const size = 2 ** Math.ceil(Math.log2(list.length))
    yield [...list, ...new Array<T>(size - list.length).fill(list.at(-1) as T)]
  }
}

/** A row as the record it is kept as: statements name their columns after its fields. Rows have no prototype, records have. */
export function recordOf<T>(row: SqlRow): T {
  return { ...row } as unknown as T
}

/** Keeps the text that is written for a number of rows; of those that {@link parts} and {@link lists} ask for there are nine. */
export function written(write: (rows: number) => string): (rows: number) => string {
  const texts = new Map<number, string>()
  return (rows) => {
    const text = texts.get(rows) ?? write(rows)
    texts.set(rows, text)
    return text
  }
}

/** Writes `$4, $5, $6`. */
export function placeholders(count: number, first: number): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ')
}

/** Writes `($1, $2), ($3, $4)`. */
export function rowsOfPlaceholders(rows: number, columns: number): string {
  return Array.from({ length: rows }, (_, row) => `(${placeholders(columns, 1 + row * columns)})`).join(', ')
}

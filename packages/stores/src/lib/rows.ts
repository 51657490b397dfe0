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

/** Writes `$4, $5, $6`. */
export function placeholders(count: number, first: number): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ')
}

/** Writes `($1, $2), ($3, $4)`. */
export function rowsOfPlaceholders(rows: number, columns: number): string {
  return Array.from({ length: rows }, (_, row) => `(${placeholders(columns, 1 + row * columns)})`).join(', ')
}

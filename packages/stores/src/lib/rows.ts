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

/** Writes `($2, $3), ($4, $5)`: `rows` groups of one placeholder for each of `casts`, which may name a type to cast to. */
export function placeholders(rows: number, casts: readonly (string | null)[], first: number): string {
  const group = (row: number) =>
    casts.map((cast, column) => {
      const placeholder = `$${first + row * casts.length + column}`
      return cast === null ? placeholder : `CAST(${placeholder} AS ${cast})`
    })
  return Array.from({ length: rows }, (_, row) => `(${group(row).join(', ')})`).join(', ')
}

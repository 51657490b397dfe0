/**
 * Comparing plain data without a test runner.
 *
 * @module
 */

/** Compares plain data whatever the order of members. */
export function same(actual: unknown, expected: unknown): void {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(sorted(value)))
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}

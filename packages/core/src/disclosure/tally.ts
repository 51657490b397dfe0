/**
 * How often each value of a sensitive column occurs among persons who are alike.
 *
 * @module
 */

/** Values by their number, and how many persons have each. */
export interface Tally {
  readonly total: number
  readonly values: readonly number[]
  readonly counts: readonly number[]
}

/** Counts values. */
export function tallyOf(values: Uint32Array): Tally {
  return tallyOfCounts(countsOf(values))
}

/** Makes a tally of counts that may be zero. */
export function tallyOfCounts(counts: Iterable<readonly [number, number]>): Tally {
  const entries = [...counts].filter(([, count]) => count > 0)
  return {
    total: entries.reduce((sum, [, count]) => sum + count, 0),
    values: entries.map(([value]) => value),
    counts: entries.map(([, count]) => count),
  }
}

/** The tally without the values that are suppressed. */
export function visibleOf({ values, counts }: Tally, isSuppressed: (value: number) => boolean): Tally {
  return tallyOfCounts(values.map((value, at) => [value, isSuppressed(value) ? 0 : (counts[at] as number)]))
}

function countsOf(values: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/**
 * t-closeness.
 *
 * @module
 */

import type { Tally } from './tally.js'

/**
 * The largest distance of a class's distribution from that of the whole.
 *
 * @param tallies - One for each class; those with nobody are left out.
 * @param whole - Everybody. It holds every value of the tallies.
 * @param ranks - For each value its place in ascending order, from 0 without gaps, for the ordered distance: the work it takes
 *   to move the differences from place to place, `sum(|cumulative difference|) / (m - 1)`. `null` for the distance of values
 *   that have no order, `sum(|difference|) / 2`.
 * @see Li, Li and Venkatasubramanian, t-Closeness: Privacy Beyond k-Anonymity and l-Diversity, section 4.1.
 */
export function closenessOf(tallies: Iterable<Tally>, whole: Tally, ranks: ReadonlyMap<number, number> | null): number {
  const distance = ranks === null ? unordered(whole) : ordered(whole, ranks)
  let farthest = 0
  for (const tally of tallies) if (tally.total > 0) farthest = Math.max(farthest, distance(tally))
  return farthest
}

/** All numerators are integers, so that nothing is rounded before the last division. */
function unordered(whole: Tally): (tally: Tally) => number {
  const countOf = new Map(whole.values.map((value, at) => [value, whole.counts[at] as number]))
  return ({ values, counts, total }) => {
    const surplus = values.reduce((sum, value, at) => {
      return sum + Math.max(0, (counts[at] as number) * whole.total - (countOf.get(value) ?? 0) * total)
    }, 0)
    return surplus / (total * whole.total)
  }
}

/** Between two values of a class its cumulative count stands still, so what is in between is summed from tables. */
function ordered(whole: Tally, ranks: ReadonlyMap<number, number>): (tally: Tally) => number {
  const places = new Set(whole.values.map((value) => ranks.get(value))).size
  if (places < 2) return () => 0
  const counts = new Float64Array(places)
  whole.values.forEach((value, at) => {
    const rank = ranks.get(value) as number
    counts[rank] = (counts[rank] as number) + (whole.counts[at] as number)
  })
  const cumulative = new Float64Array(places)
  const summed = new Float64Array(places + 1)
  for (let rank = 0; rank < places; rank++) {
    cumulative[rank] = (cumulative[rank - 1] ?? 0) + (counts[rank] as number)
    summed[rank + 1] = (summed[rank] as number) + (cumulative[rank] as number)
  }
  return (tally) => {
    const steps = tally.values
      .map((value, at) => ({ rank: ranks.get(value) as number, count: tally.counts[at] as number }))
      .sort((one, other) => one.rank - other.rank)
    let [moved, seen, from] = [0, 0, 0]
    for (const { rank, count } of [...steps, { rank: places, count: 0 }]) {
      moved += between(from, rank, seen)
      seen += count
      from = rank
    }
    return moved / (tally.total * whole.total * (places - 1))

    /** Sum over the ranks of |seen * whole.total - cumulative * tally.total|. */
    function between(from: number, to: number, seen: number): number {
      const own = seen * whole.total
      let [low, high] = [from, to]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((cumulative[middle] as number) * tally.total < own) low = middle + 1
        else high = middle
      }
      const below = own * (low - from) - ((summed[low] as number) - (summed[from] as number)) * tally.total
      const above = ((summed[to] as number) - (summed[low] as number)) * tally.total - own * (to - low)
      return below + above
    }
  }
}

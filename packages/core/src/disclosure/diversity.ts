/**
 * l-diversity.
 *
 * @module
 */

import type { Tally } from './tally.js'

/** How diverse a sensitive column is in the class where it is least so. */
export interface Diversity {
  /** Distinct values. */
  readonly distinct: number
  /** The exponential of the entropy: as many equally common values would be as hard to tell apart. */
  readonly entropy: number
  /** The largest `l` for which recursive (`c`, l)-diversity holds everywhere, 0 when not even 1 does. */
  readonly recursive: { readonly c: number; readonly l: number }
}

/** What a class is taken for of which nothing is known. */
const ONE_VALUE: Tally = { total: 1, values: [0], counts: [1] }

/**
 * Distinct, entropy and recursive diversity, each of the class where it is least.
 *
 * @param tallies - One for each class; an empty one, of which nothing is known, counts as one value.
 * @param c - See {@link Diversity.recursive}.
 * @see Machanavajjhala et al., l-Diversity: Privacy Beyond k-Anonymity, definitions 4.1 and 4.2.
 */
export function diversityOf(tallies: Iterable<Tally>, c: number): Diversity {
  let [distinct, entropy, l] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const each of tallies) {
    const tally = each.total === 0 ? ONE_VALUE : each
    distinct = Math.min(distinct, tally.counts.length)
    entropy = Math.min(entropy, entropyOf(tally))
    l = Math.min(l, recursiveOf(tally, c))
  }
  return { distinct, entropy, recursive: { c, l } }
}

/** log(n) - sum(count * log(count)) / n, in which equal counts cancel but for the last bits. */
function entropyOf({ total, counts }: Tally): number {
  if (counts.length <= 1) return 1
  // Ascending, so that the order of the rows cannot move the last bit of a sum.
  const ascending = [...counts].sort((one, other) => one - other)
  const weighted = ascending.reduce((sum, count) => sum + count * Math.log(count), 0)
  const number = Math.exp(Math.log(total) - weighted / total)
  return Math.abs(number - Math.round(number)) < 1e-9 ? Math.round(number) : number
}

function recursiveOf({ total, counts }: Tally, c: number): number {
  const descending = [...counts].sort((one, other) => other - one)
  const most = descending[0] as number
  let rest = total
  let l = 0
  for (const count of descending) {
    if (!(most < c * rest)) break
    l++
    rest -= count
  }
  return l
}

/**
 * What classes tell of a sensitive column.
 *
 * @module
 */

import { closenessOf } from './closeness.js'
import type { Diversity } from './diversity.js'
import { diversityOf } from './diversity.js'
import type { DisclosureFigures } from './figures.js'
import type { SuppressedSemantics } from './row.js'
import type { Tally } from './tally.js'
import { visibleOf } from './tally.js'

/** l-diversity and t-closeness. */
export type SensitiveFigures = Pick<DisclosureFigures, 'l' | 't'>

/** How often each value of a sensitive column occurs, in each class and in all. */
export interface SensitiveTallies {
  /** One for each class; of classes with the same counts one is enough. */
  readonly tallies: Iterable<Tally>
  readonly whole: Tally
  /** Whether nothing is known of a value. */
  readonly isSuppressed: (value: number) => boolean
  /** The place of each value that is not suppressed in ascending order, when all are numbers; `null` when they have no order. */
  readonly ranks: ReadonlyMap<number, number> | null
}

/**
 * The figures of a column whose values were counted elsewhere, as by a database.
 *
 * A suppressed value is one of its own, which has no place among numbers; or it may be any, and therefore adds nothing to
 * diversity.
 */
export function sensitiveFigures(
  { tallies, whole, isSuppressed, ranks }: SensitiveTallies,
  { suppressed, recursiveC }: { readonly suppressed: SuppressedSemantics; readonly recursiveC: number },
): SensitiveFigures {
  const all = [...tallies]
  const visible = (tally: Tally) => visibleOf(tally, isSuppressed)
  const diverse = suppressed === 'class' ? all : all.map(visible)
  const isWhole = suppressed === 'class' && ranks === null
  const compared = isWhole ? all : all.map(visible)
  const reference = isWhole ? whole : visible(whole)
  return { l: diversityOf(diverse, recursiveC), t: closenessOf(compared, reference, ranks) }
}

/** Of several columns, the least diverse and the farthest from the whole. */
export function worstFigures(columns: readonly SensitiveFigures[]): SensitiveFigures {
  const [first = { l: null, t: null }, ...rest] = columns
  return rest.reduce((one, another) => {
    if (one.l === null || one.t === null || another.l === null || another.t === null) return { l: null, t: null }
    return { l: lesser(one.l, another.l), t: Math.max(one.t, another.t) }
  }, first)
}

function lesser(one: Diversity, another: Diversity): Diversity {
  return {
    distinct: Math.min(one.distinct, another.distinct),
    entropy: Math.min(one.entropy, another.entropy),
    recursive: { c: one.recursive.c, l: Math.min(one.recursive.l, another.recursive.l) },
  }
}

/**
 * The figures a disclosure risk is reported with.
 *
 * @module
 */

import type { Histories } from './histories.js'
import type { SuppressedSemantics } from './row.js'

/** Disclosure risk under one reading of suppressed values. Risks are probabilities, 0 to 1. */
export interface DisclosureFigures {
  /** How suppressed values were read. */
  readonly suppressed: SuppressedSemantics
  /** The smallest number of persons anyone shares their quasi-identifiers with, themselves included. */
  readonly k: number
  /** The number of equivalence classes; `null` with wildcards, where likeness is not transitive and there are none. */
  readonly classes: number | null
  /** Persons nobody else is like. */
  readonly uniques: number
  /** The mean over persons of 1 / (number of persons like them): what picking one of them at random gets right. */
  readonly averageRisk: number
  /** The risk of the person who stands out most: 1 / k. */
  readonly highestRisk: number
}

/** A measured disclosure risk: the figures of the chosen semantics, and those of the other one. */
export interface DisclosureRisk extends DisclosureFigures {
  readonly rows: number
  readonly persons: number
  readonly other: DisclosureFigures
}

/**
 * @param histories - What is known of each person.
 * @param likePersons - For each history, how many persons are like those who have it, themselves included.
 */
export function figuresOf(
  histories: Histories,
  likePersons: Uint32Array,
  suppressed: SuppressedSemantics,
): DisclosureFigures {
  const personsByLikeness = new Map<number, number>()
  for (let history = 0; history < histories.size; history++) {
    const like = likePersons[history] as number
    personsByLikeness.set(like, (personsByLikeness.get(like) ?? 0) + (histories.persons[history] as number))
  }
  // Summed in ascending order, so that the order of the rows cannot move the last bit.
  const ascending = [...personsByLikeness].sort(([one], [another]) => one - another)
  const [[k] = [0]] = ascending
  return {
    suppressed,
    k,
    classes: suppressed === 'class' ? histories.size : null,
    uniques: personsByLikeness.get(1) ?? 0,
    averageRisk: ascending.reduce((sum, [like, persons]) => sum + persons / like, 0) / histories.total,
    highestRisk: 1 / k,
  }
}

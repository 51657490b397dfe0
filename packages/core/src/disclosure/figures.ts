/**
 * The figures a disclosure risk is reported with.
 *
 * @module
 */

import type { Diversity } from './diversity.js'
import type { Histories } from './histories.js'
import type { SuppressedSemantics } from './row.js'

/** How many persons are like just so many persons, themselves included. */
export interface ClassSizes {
  readonly from: number
  /** `null` for any number from `from` on. */
  readonly to: number | null
  readonly persons: number
}

/** Disclosure risk compared with a population the persons were taken from. */
export interface KMap {
  /** The smallest number of persons of the population anyone may be; 0 when somebody's values do not occur in it. */
  readonly k: number
  /** Persons whose values do not occur in the population: it lacks them, or they were changed. */
  readonly unmatched: number
}

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
  /** The risk of the person who stands out least. */
  readonly lowestRisk: number
  /** An attacker looks for one person they know to be in the data: the highest risk. */
  readonly prosecutorRisk: number
  /** An attacker looks for anybody, among the reference population if there is one, and otherwise among the persons. */
  readonly journalistRisk: number
  /** An attacker looks for everybody, likewise: the share they find. */
  readonly marketerRisk: number
  /** Classes / persons: the share of values that differ. `null` with wildcards. */
  readonly distinction: number | null
  /** The share of pairs of persons that the quasi-identifiers tell apart. */
  readonly separation: number
  /** How many persons are in groups of which size. */
  readonly sizes: readonly ClassSizes[]
  /** `null` without a reference population. */
  readonly kMap: KMap | null
  /** l-diversity of the sensitive columns; `null` without any, or with wildcards when there are too many values to compare. */
  readonly l: Diversity | null
  /** t-closeness of the sensitive columns: the largest distance of a class from the whole; `null` as `l` is. */
  readonly t: number | null
}

/** A measured disclosure risk: the figures of the chosen semantics, and those of the other one. */
export interface DisclosureRisk extends DisclosureFigures {
  readonly rows: number
  readonly persons: number
  readonly other: DisclosureFigures
}

/** What the figures of one reading are made from. */
export interface Likeness {
  readonly suppressed: SuppressedSemantics
  /** For each history, how many persons are like those who have it, themselves included. */
  readonly like: Uint32Array
  /** For each history, how many persons of the population are; `null` without one. */
  readonly candidates: Uint32Array | null
}

/** Where one group of sizes ends and the next begins. */
const SIZES = [1, 2, 3, 5, 10, 20, 50, 100, 1000]

/**
 * @param histories - What is known of each person.
 * @param likeness - How many are like whom.
 */
export function figuresOf(
  histories: Histories,
  { suppressed, like, candidates }: Likeness,
): Omit<DisclosureFigures, 'l' | 't'> {
  const groups = personsBy(like, histories)
  const told = figuresOfGroups(groups, { suppressed, classes: suppressed === 'class' ? histories.size : null })
  if (candidates === null) return told
  const sought = candidates.includes(0) ? orOwn(candidates, like) : candidates
  return { ...told, ...figuresInPopulation(personsBy(candidates, histories), personsBy(sought, histories)) }
}

/** How many persons have each number, by the number, ascending; at least one. */
export type PersonsBySize = readonly (readonly [size: number, persons: number])[]

/**
 * The figures that a population changes, of persons who were counted elsewhere, as by a database.
 *
 * @param found - How many persons of the population each person may be: by that number, ascending.
 * @param sought - The same where the population has any; whom it lacks is looked for among the persons themselves.
 */
export function figuresInPopulation(
  found: PersonsBySize,
  sought: PersonsBySize,
): Pick<DisclosureFigures, 'journalistRisk' | 'marketerRisk' | 'kMap'> {
  const [[k, persons], [fewest]] = [found[0] as [number, number], sought[0] as [number, number]]
  const total = found.reduce((sum, [, count]) => sum + count, 0)
  return {
    journalistRisk: 1 / fewest,
    marketerRisk: meanRisk(sought, total),
    kMap: { k, unmatched: k === 0 ? persons : 0 },
  }
}

/**
 * The figures of persons who were counted elsewhere, as by a database, without a population to compare them with.
 *
 * @param groups - How many persons are like just so many persons, themselves included: by size, ascending; at least one.
 * @param options - How suppressed values were read, and how many equivalence classes there are, `null` with wildcards.
 */
export function figuresOfGroups(
  groups: PersonsBySize,
  { suppressed, classes }: Pick<DisclosureFigures, 'suppressed' | 'classes'>,
): Omit<DisclosureFigures, 'l' | 't'> {
  const k = (groups[0] as [number, number])[0]
  const total = groups.reduce((sum, [, persons]) => sum + persons, 0)
  const alike = groups.reduce((sum, [size, persons]) => sum + persons * (size - 1), 0)
  return {
    suppressed,
    k,
    classes,
    uniques: k === 1 ? (groups[0] as [number, number])[1] : 0,
    averageRisk: meanRisk(groups, total),
    highestRisk: 1 / k,
    lowestRisk: 1 / (groups.at(-1) as [number, number])[0],
    prosecutorRisk: 1 / k,
    journalistRisk: 1 / k,
    marketerRisk: meanRisk(groups, total),
    distinction: classes === null ? null : classes / total,
    separation: total === 1 ? 1 : 1 - alike / (total * (total - 1)),
    sizes: sizesOf(groups),
    kMap: null,
  }
}

function orOwn(candidates: Uint32Array, like: Uint32Array): Uint32Array {
  return candidates.map((count, history) => (count === 0 ? (like[history] as number) : count))
}

function meanRisk(groups: PersonsBySize, total: number): number {
  return groups.reduce((sum, [size, persons]) => sum + persons / size, 0) / total
}

/** Most groups are small: those below this size are counted in a plain list. */
const SMALL = 4096

/** How many persons have each number, ascending, so that the order of the rows cannot move the last bit of a sum. */
function personsBy(numbers: Uint32Array, { size, persons }: Histories): [number, number][] {
  const small = new Float64Array(SMALL)
  const large = new Map<number, number>()
  for (let history = 0; history < size; history++) {
    const number = numbers[history] as number
    const count = persons[history] as number
    if (number < SMALL) small[number] = (small[number] as number) + count
    else large.set(number, (large.get(number) ?? 0) + count)
  }
  const ascending = [...large].sort(([one], [another]) => one - another)
  return [...Array.from(small, (count, number): [number, number] => [number, count]), ...ascending].filter(
    ([, count]) => count > 0,
  )
}

function sizesOf(groups: PersonsBySize): ClassSizes[] {
  return SIZES.map((from, at) => {
    const next = SIZES[at + 1]
    const own = groups.filter(([size]) => size >= from && (next === undefined || size < next))
    return {
      from,
      to: next === undefined ? null : next - 1,
      persons: own.reduce((sum, [, persons]) => sum + persons, 0),
    }
  })
}

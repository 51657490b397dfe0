/**
 * Comparing what is known of people with what is known of answers.
 *
 * @module
 */

import type { Series } from './series.js'
import { countInversions, countTail, inversionTail } from './statistics.js'

/** One figure and what chance would make of it. */
export interface Figure {
  readonly statistic: 'joined' | 'in sequence' | 'concordant' | 'in one class'
  readonly observed: number
  readonly expected: number
  /** An upper bound. */
  readonly probability: number
}

/** Pairs by batch: positions of pairs whose answers were let out together. */
export type Batches = readonly Int32Array[]

/** A series with the pairs of each batch sorted by it, ties at random. */
export interface Sorted extends Series {
  readonly sorted: Batches
  readonly missing: boolean
  /** Whether its order is that of another one, which is compared already. */
  readonly ordered?: false
}

/** Sorts a series; `ties` is any random order of all pairs. */
export function sortSeries(series: Series, batches: Batches, ties: Int32Array): Sorted {
  const { order } = series
  const at = (pair: number): number => order[pair] ?? Number.NaN
  const sorted = batches.map((batch) =>
    batch.filter((pair) => !Number.isNaN(at(pair))).sort((a, b) => at(a) - at(b) || (ties[a] ?? 0) - (ties[b] ?? 0)),
  )
  return { ...series, sorted, missing: order.some((value) => Number.isNaN(value)) }
}

/** The pairs of each batch for which both are known: among them chance is a random permutation again. */
function common(person: Sorted, answer: Sorted): readonly (readonly [Int32Array, Int32Array])[] {
  const known =
    ({ order }: Sorted) =>
    (pair: number) =>
      !Number.isNaN(order[pair] ?? Number.NaN)
  return person.sorted.map((people, batch) => {
    const answers = answer.sorted[batch] ?? new Int32Array(0)
    return [
      answer.missing ? people.filter(known(answer)) : people,
      person.missing ? answers.filter(known(person)) : answers,
    ]
  })
}

/** The first person gave the first answer, or the last; whoever comes next gave the next one; early people, early answers. */
export function compareOrder(person: Sorted, answer: Sorted): readonly Figure[] {
  const permutations = common(person, answer)
    .filter(([people]) => people.length > 1)
    .map(([people, answers]) => permutationOf(people, answers, person.order.length))
  const sizes = permutations.map(({ length }) => length)
  const pairsOfPairs = sizes.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const inversions = permutations.reduce((sum, permutation) => sum + countInversions(permutation), 0)
  const reversals = pairsOfPairs - inversions
  return [
    counted('joined', permutations, (value, at) => value === at, sizes.length),
    counted('joined', permutations, (value, at, { length }) => value === length - 1 - at, sizes.length),
    counted('in sequence', permutations, (value, at, all) => value === (all[at + 1] ?? -1) - 1, sizes.length),
    counted('in sequence', permutations, (value, at, all) => value === (all[at + 1] ?? -9) + 1, sizes.length),
    concordance(reversals, pairsOfPairs, inversionTail(inversions, sizes)),
    concordance(inversions, pairsOfPairs, inversionTail(reversals, sizes)),
  ]
}

/** For each person in order, the place of the own answer among the answers in order. */
function permutationOf(people: Int32Array, answers: Int32Array, pairs: number): Int32Array {
  const places = new Int32Array(pairs)
  for (const [place, pair] of answers.entries()) places[pair] = place
  return people.map((pair) => places[pair] ?? 0)
}

function counted(
  statistic: Figure['statistic'],
  permutations: readonly Int32Array[],
  holds: (value: number, at: number, all: Int32Array) => boolean,
  expected: number,
): Figure {
  let observed = 0
  for (const permutation of permutations) {
    for (let at = 0; at < permutation.length; at++) if (holds(permutation[at] ?? 0, at, permutation)) observed++
  }
  return { statistic, observed, expected, probability: countTail(observed, expected) }
}

function concordance(observed: number, all: number, probability: number): Figure {
  return { statistic: 'concordant', observed, expected: all / 2, probability }
}

/** Everyone gave the answer whose number is nearest to their own. */
export function compareNearest(person: Sorted, answer: Sorted, random: () => number): readonly Figure[] {
  let [observed, expected] = [0, 0]
  for (const [people, answers] of common(person, answer)) {
    if (answers.length === 0) continue
    expected++
    for (const pair of people) {
      const guess = nearest(answers, answer.order, { value: person.order[pair] ?? 0, random })
      if (guess === pair) observed++
    }
  }
  return [{ statistic: 'joined', observed, expected, probability: countTail(observed, expected) }]
}

/** Whether two ranges of numbers meet at all; otherwise everyone is nearest to the same answer. */
export function mayBeNear(person: Sorted, answer: Sorted): boolean {
  const [[least, most], [low, high]] = [rangeOf(person), rangeOf(answer)]
  return least <= high && low <= most
}

function rangeOf({ order, sorted }: Sorted): readonly [number, number] {
  const ends = sorted.filter(({ length }) => length > 0).flatMap((batch) => [batch[0] ?? 0, batch.at(-1) ?? 0])
  const values = ends.map((pair) => order[pair] ?? 0)
  return [Math.min(...values), Math.max(...values)]
}

function nearest(
  answers: Int32Array,
  order: Float64Array,
  { value, random }: { readonly value: number; readonly random: () => number },
): number {
  const at = (place: number): number => order[answers[place] ?? -1] ?? Number.NaN
  const above = firstFrom(answers.length, (place) => at(place) >= value)
  const isBelowNearer = above === answers.length || (above > 0 && value - at(above - 1) < at(above) - value)
  const found = at(isBelowNearer ? above - 1 : above)
  const low = firstFrom(answers.length, (place) => at(place) >= found)
  const high = firstFrom(answers.length, (place) => at(place) > found)
  return answers[low + Math.floor(random() * (high - low))] ?? -1
}

/** The first place from which on it holds, by halving. */
function firstFrom(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

const CLASSES = 32

/** Everyone gave one of the answers that have the same value; and whole classes of people and of answers may be one. */
export function compareLabels(
  [person, answer]: readonly [Values, Values],
  batches: Batches,
  random: () => number,
): readonly Figure[] {
  const classes = new Map<string, { met: number; expected: number; least: number }>()
  let [observed, expected] = [0, 0]
  for (const batch of batches) {
    const members = batch.filter((pair) => person[pair] != null && answer[pair] != null)
    const [people, answers] = [groupBy(members, person), groupBy(members, answer)]
    let guessed = 0
    for (const [label, group] of people) {
      const candidates = answers.get(label)
      if (candidates === undefined) continue
      guessed += group.length
      const sum = classes.get(label) ?? { met: 0, expected: 0, least: 0 }
      sum.expected += (group.length * candidates.length) / members.length
      sum.least += Math.min(group.length, candidates.length)
      classes.set(label, sum)
      for (const pair of group) {
        if (answer[pair] === label) sum.met++
        if (candidates[Math.floor(random() * candidates.length)] === pair) observed++
      }
    }
    expected += guessed / Math.max(1, members.length)
  }
  if (classes.size === 0) return []
  const largest = [...classes.values()].sort((a, b) => b.least - a.least).slice(0, CLASSES)
  return [
    { statistic: 'joined', observed, expected, probability: countTail(observed, expected) },
    ...largest.map(({ met, expected }) => classFigure(met, expected)),
  ]
}

type Values = readonly (string | null)[]

function classFigure(observed: number, expected: number): Figure {
  return { statistic: 'in one class', observed, expected, probability: countTail(observed, expected) }
}

function groupBy(members: Int32Array, labels: Values): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>()
  for (const pair of members) {
    const label = labels[pair]
    if (label == null) continue
    const group = groups.get(label)
    if (group === undefined) groups.set(label, [pair])
    else group.push(pair)
  }
  return groups
}

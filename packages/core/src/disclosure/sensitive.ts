/**
 * What persons who are alike have in a sensitive column.
 *
 * @module
 */

import type { Column } from './column.js'
import type { Histories } from './histories.js'
import { SUPPRESSED } from './row.js'
import { SequenceTable } from './sequence-table.js'
import type { Tally } from './tally.js'
import { tallyOf, tallyOfCounts } from './tally.js'
import { countLike } from './wildcard.js'

/** A sensitive column, by person. */
export interface SensitiveValues {
  /** For each history, the values of the persons who have it: from `starts[h]` up to `starts[h + 1]`. */
  readonly values: Uint32Array
  readonly starts: Uint32Array
  /** Whether nothing is known of a value. */
  readonly isSuppressed: (value: number) => boolean
  /** The place of each value in ascending order, when all are numbers, `1` and `1.0` at one; `null` when they have no order. */
  readonly ranks: ReadonlyMap<number, number> | null
}

/** How a value of a CSV file that is a number is written. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Longer ones are beyond what a `Number` holds, and take long to read. */
const WHOLE = /^[+-]?\d{1,300}$/

/** Every row is a person. */
export function sensitiveOfRows(column: Column, codes: Uint32Array, historyOfRow: Uint32Array): SensitiveValues {
  return {
    ...grouped(codes, historyOfRow),
    isSuppressed: (value) => value === SUPPRESSED,
    ranks: ranksOf(column, codes),
  }
}

/**
 * Rows belong to persons: a person's value is the multiset of the values of their rows.
 *
 * @param byPerson - The codes of person p, from `starts[p]` up to `starts[p + 1]`.
 */
export function sensitiveOfPersons(
  column: Column,
  byPerson: { readonly starts: Uint32Array; readonly tuples: Uint32Array },
  historyOfPerson: Uint32Array,
): SensitiveValues {
  const { starts, tuples: codes } = byPerson
  const persons = starts.length - 1
  if (codes.length === persons) return sensitiveOfRows(column, codes, historyOfPerson)
  const sequences = new SequenceTable()
  const suppressed = new Set<number>()
  const values = historyOfPerson.map((_, person) => {
    const own = codes.slice(starts[person], starts[person + 1]).sort()
    const value = sequences.intern(own)
    if (own.every((code) => code === SUPPRESSED)) suppressed.add(value)
    return value
  })
  return { ...grouped(values, historyOfPerson), isSuppressed: (value) => suppressed.has(value), ranks: null }
}

/** One tally for each history, of the persons who have it. */
export function* talliesOfClasses({ values, starts }: SensitiveValues): Generator<Tally> {
  for (let history = 0; history + 1 < starts.length; history++) {
    yield tallyOf(values.subarray(starts[history], starts[history + 1]))
  }
}

/** Beyond this many counts, one for each history and value, the figures are left out. */
const MOST_COUNTS = 2 ** 22

/** One tally for each history, of the persons who are compatible with it; `null` when there are too many. */
export function talliesWithWildcards(histories: Histories, sensitive: SensitiveValues): Iterable<Tally> | null {
  if (!histories.table.includes(SUPPRESSED)) return talliesOfClasses(sensitive)
  const all = tallyOf(sensitive.values).values
  if (all.length * histories.size > MOST_COUNTS) return null
  const groupOf = new Map(all.map((value, at) => [value, at]))
  const groups = all.map(() => new Uint32Array(histories.size))
  for (let history = 0; history < histories.size; history++) {
    for (const value of sensitive.values.subarray(sensitive.starts[history], sensitive.starts[history + 1])) {
      const persons = groups[groupOf.get(value) as number] as Uint32Array
      persons[history] = (persons[history] as number) + 1
    }
  }
  const like = countLike(histories, groups)
  return Array.from({ length: histories.size }, (_, history) =>
    tallyOfCounts(all.map((value, at) => [value, like[at]?.[history] ?? 0])),
  )
}

function ranksOf({ texts }: Column, codes: Uint32Array): ReadonlyMap<number, number> | null {
  const used = [...new Set(codes)].filter((code) => code !== SUPPRESSED)
  return ranksOfTexts(used.map((code) => [code, texts[code] as string]))
}

/**
 * The place of each value in ascending order, `1` and `1.0` at one, when the text of every one is that of a number; else `null`.
 *
 * @param values - Each value by its number, with its text.
 */
export function ranksOfTexts(values: readonly (readonly [number, string])[]): ReadonlyMap<number, number> | null {
  if (!values.every(([, text]) => NUMBER.test(text))) return null
  const ascending = values
    .map(([value, text]) => ({ value, number: numberOf(text) }))
    .sort((one, other) => compare(one.number, other.number))
  let rank = 0
  return new Map(
    ascending.map(({ value, number }, at) => {
      rank += compare(ascending[at - 1]?.number ?? number, number) === 0 ? 0 : 1
      return [value, rank]
    }),
  )
}

/** Whole numbers are told apart even where a `number` is too coarse. */
function numberOf(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) || !WHOLE.test(text) ? number : BigInt(text.replace('+', ''))
}

function compare(one: number | bigint, other: number | bigint): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Counting sort. */
function grouped(values: Uint32Array, historyOf: Uint32Array): { values: Uint32Array; starts: Uint32Array } {
  const histories = historyOf.reduce((most, history) => Math.max(most, history + 1), 0)
  const starts = new Uint32Array(histories + 1)
  for (const history of historyOf) starts[history + 1] = (starts[history + 1] as number) + 1
  for (let history = 0; history < histories; history++) {
    starts[history + 1] = (starts[history + 1] as number) + (starts[history] as number)
  }
  const next = starts.slice()
  const ordered = new Uint32Array(values.length)
  historyOf.forEach((history, unit) => {
    ordered[next[history] as number] = values[unit] as number
    next[history] = (next[history] as number) + 1
  })
  return { values: ordered, starts }
}

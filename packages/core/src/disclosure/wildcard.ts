/**
 * Who is like whom when a suppressed value may stand for any value.
 *
 * @module
 */

import type { Histories } from './histories.js'
import { tuplesOf } from './histories.js'
import { canPair } from './pairing.js'
import { Projection } from './projection.js'
import { SUPPRESSED } from './row.js'
import { SequenceTable } from './sequence-table.js'
import { TupleTable } from './tuple-table.js'

/** Up to this many histories are compared one by one with the others; more are joined. */
const FEW = 8

/**
 * Counts, for each history, the persons whose history is compatible with it.
 *
 * Two tuples are compatible when every column is equal or suppressed in either. Two histories are when they have equally
 * many rows that can be paired off so that each pair is compatible.
 */
export function likeWithWildcards(histories: Histories): Uint32Array {
  if (!histories.table.includes(SUPPRESSED)) return histories.persons
  const like = histories.persons.slice()
  const all = Array.from(like.keys())
  for (const [length, group] of grouped(all, (history) => tuplesOf(histories, history).length)) {
    for (const bucket of buckets(histories, group)) {
      if (length === 1) countSingle(histories, bucket, like)
      else countPaired(histories, bucket, like)
    }
  }
  return like
}

/** Histories of one row. Those that suppress the same columns differ in the others: only different patterns are compared. */
function countSingle(histories: Histories, bucket: readonly number[], like: Uint32Array): void {
  const patterns = patternsOf(histories, bucket)
  patterns.forEach((one, index) => {
    for (const another of patterns.slice(index + 1)) {
      if (Math.min(one.histories.length, another.histories.length) <= FEW) compare(one, another)
      else {
        join(one, another)
        join(another, one)
      }
    }
  })

  function compare(one: Pattern, another: Pattern): void {
    for (const left of one.histories) {
      for (const right of another.histories) {
        if (compatible(histories.table, onlyTuple(histories, left), onlyTuple(histories, right))) {
          addBoth(histories, like, left, right)
        }
      }
    }
  }

  /** Adds to each history of the first pattern those of the second that are equal in the columns visible in both. */
  function join(one: Pattern, another: Pattern): void {
    const visible = one.visible.filter((column) => another.visible.includes(column))
    const projection = new Projection(histories.table, visible)
    const sums: number[] = []
    for (const history of another.histories) {
      const key = projection.intern(onlyTuple(histories, history))
      sums[key] = (sums[key] ?? 0) + (histories.persons[history] as number)
    }
    for (const history of one.histories) {
      const key = projection.find(onlyTuple(histories, history))
      like[history] = (like[history] as number) + (sums[key] ?? 0)
    }
  }
}

/** Histories of one row that suppress the same columns. */
interface Pattern {
  readonly visible: readonly number[]
  readonly histories: readonly number[]
}

function patternsOf(histories: Histories, group: readonly number[]): Pattern[] {
  const { width, codes } = histories.table
  const masks = new TupleTable(width)
  const mask = new Uint32Array(width)
  const byMask = grouped(group, (history) => {
    const start = onlyTuple(histories, history) * width
    for (let column = 0; column < width; column++) mask[column] = codes[start + column] === SUPPRESSED ? 0 : 1
    return masks.intern(mask)
  })
  return Array.from(byMask, ([number, histories]) => {
    const visible = Array.from(mask.keys()).filter((column) => masks.codes[number * width + column] === 1)
    return { visible, histories }
  })
}

function onlyTuple({ tuples, starts }: Histories, history: number): number {
  return tuples[starts[history] as number] as number
}

/** Compatible histories are equal in the columns that none of the group suppresses, so only those that are get compared. */
function buckets(histories: Histories, group: readonly number[]): Iterable<readonly number[]> {
  const { width, codes } = histories.table
  const visible = new Set(Array(width).keys())
  for (const history of group) {
    for (const tuple of tuplesOf(histories, history)) {
      for (const column of visible) if (codes[tuple * width + column] === SUPPRESSED) visible.delete(column)
    }
  }
  const projection = new Projection(histories.table, [...visible])
  const sequences = new SequenceTable()
  const projected = (history: number) => tuplesOf(histories, history).map((tuple) => projection.intern(tuple))
  return grouped(group, (history) => sequences.intern(projected(history).sort())).values()
}

/** Histories of several rows: every pair is tried, except two that suppress nothing and therefore differ. */
function countPaired(histories: Histories, bucket: readonly number[], like: Uint32Array): void {
  const { table } = histories
  const suppresses = bucket.map((history) =>
    tuplesOf(histories, history).some((tuple) => table.includes(SUPPRESSED, tuple)),
  )
  bucket.forEach((one, index) => {
    for (let next = index + 1; next < bucket.length; next++) {
      if (!suppresses[index] && !suppresses[next]) continue
      const another = bucket[next] as number
      const pairOff = canPair(tuplesOf(histories, one), tuplesOf(histories, another), (left, right) =>
        compatible(table, left, right),
      )
      if (pairOff) addBoth(histories, like, one, another)
    }
  })
}

function compatible({ codes, width }: TupleTable, one: number, another: number): boolean {
  for (let column = 0; column < width; column++) {
    const left = codes[one * width + column]
    const right = codes[another * width + column]
    if (left !== right && left !== SUPPRESSED && right !== SUPPRESSED) return false
  }
  return true
}

function addBoth({ persons }: Histories, like: Uint32Array, one: number, another: number): void {
  like[one] = (like[one] as number) + (persons[another] as number)
  like[another] = (like[another] as number) + (persons[one] as number)
}

function grouped(items: readonly number[], keyOf: (item: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

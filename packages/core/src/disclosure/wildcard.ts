/**
 * Who is like whom when a suppressed value may stand for any value.
 *
 * @module
 */

import type { Histories } from './histories.js'
import { tuplesOf } from './histories.js'
import { canPair } from './pairing.js'
import { SUPPRESSED } from './row.js'
import { SequenceTable } from './sequence-table.js'
import { TupleTable } from './tuple-table.js'
import { countCompatible } from './wildcard-join.js'

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
    if (length === 1) countSingle(histories, group, like)
    else for (const bucket of buckets(histories, group)) countPaired(histories, bucket, like)
  }
  return like
}

/** Histories of one row are as compatible as their tuples. */
function countSingle({ table, tuples, starts, persons }: Histories, group: readonly number[], like: Uint32Array): void {
  const tupleOf = Uint32Array.from(group, (history) => tuples[starts[history] as number] as number)
  const personsOf = Uint32Array.from(group, (history) => persons[history] as number)
  const counts = countCompatible(table, tupleOf, personsOf)
  group.forEach((history, at) => {
    like[history] = counts[at] as number
  })
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
  const columns = [...visible]
  const projections = new TupleTable(columns.length)
  const sequences = new SequenceTable()
  return grouped(group, (history) => {
    const projected = tuplesOf(histories, history).map((tuple) =>
      projections.intern(Uint32Array.from(columns, (column) => codes[tuple * width + column] as number)),
    )
    return sequences.intern(projected.sort())
  }).values()
}

/** Histories of several rows: every pair is tried, except two that suppress nothing and therefore differ. */
function countPaired(histories: Histories, bucket: readonly number[], like: Uint32Array): void {
  const { table, persons } = histories
  const tuples = bucket.map((history) => tuplesOf(histories, history))
  const suppresses = tuples.map((history) => history.some((tuple) => table.includes(SUPPRESSED, tuple)))
  const compatible = (one: number, another: number) => areCompatible(table, one, another)
  for (let one = 0; one < bucket.length; one++) {
    for (let another = one + 1; another < bucket.length; another++) {
      if (!suppresses[one] && !suppresses[another]) continue
      if (!canPair(tuples[one] as Uint32Array, tuples[another] as Uint32Array, compatible)) continue
      add(bucket[one] as number, bucket[another] as number)
      add(bucket[another] as number, bucket[one] as number)
    }
  }

  function add(history: number, other: number): void {
    like[history] = (like[history] as number) + (persons[other] as number)
  }
}

function areCompatible({ codes, width }: TupleTable, one: number, another: number): boolean {
  for (let column = 0; column < width; column++) {
    const left = codes[one * width + column]
    const right = codes[another * width + column]
    if (left !== right && left !== SUPPRESSED && right !== SUPPRESSED) return false
  }
  return true
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

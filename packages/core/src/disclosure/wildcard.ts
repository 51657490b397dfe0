/**
 * Who is like whom when a suppressed value may stand for any value.
 *
 * @module
 */

import type { Histories } from './histories.js'
import { tuplesOf } from './histories.js'
import { SUPPRESSED } from './row.js'
import { SequenceTable } from './sequence-table.js'
import { TupleLists } from './tuple-lists.js'
import { TupleTable } from './tuple-table.js'
import { compatibleWith, countAllCompatible, countCompatible } from './wildcard-join.js'

/**
 * Counts, for each history, the persons whose history is compatible with it.
 *
 * Two tuples are compatible when every column is equal or suppressed in either. Two histories are when they have equally
 * many rows that can be paired off so that each pair is compatible.
 */
export function likeWithWildcards(histories: Histories): Uint32Array {
  return histories.table.includes(SUPPRESSED)
    ? (countLike(histories, [histories.persons])[0] as Uint32Array)
    : histories.persons
}

/**
 * The same of several groups of persons.
 *
 * @param groups - For each group and history, how many persons of the group have it.
 */
export function countLike(histories: Histories, groups: readonly Uint32Array[]): Uint32Array[] {
  const like = groups.map((persons) => persons.slice())
  const all = Array.from({ length: histories.size }, (_, history) => history)
  for (const [length, alike] of grouped(all, (history) => tuplesOf(histories, history).length)) {
    if (length === 1) countSingle(histories, alike, { groups, like })
    else countPaired(histories, alike, { groups, like })
  }
  return like
}

/** Groups of persons, and for each history how many of them are like those who have it. */
interface Counted {
  readonly groups: readonly Uint32Array[]
  readonly like: readonly Uint32Array[]
}

/** Histories of one row are as compatible as their tuples. */
function countSingle({ table, tuples, starts }: Histories, alike: readonly number[], { groups, like }: Counted): void {
  const tupleOf = Uint32Array.from(alike, (history) => tuples[starts[history] as number] as number)
  const own = groups.map((persons) => Uint32Array.from(alike, (history) => persons[history] as number))
  countAllCompatible(table, tupleOf, own).forEach((counts, group) => {
    alike.forEach((history, at) => {
      ;(like[group] as Uint32Array)[history] = counts[at] as number
    })
  })
}

/** Compatible histories are equal in the columns that none of the group suppresses: for each, what these columns say. */
function projections(histories: Histories, group: readonly number[]): number[] {
  const { width, codes } = histories.table
  const visible = new Set(Array(width).keys())
  for (const history of group) {
    for (const tuple of tuplesOf(histories, history)) {
      for (const column of visible) if (codes[tuple * width + column] === SUPPRESSED) visible.delete(column)
    }
  }
  const columns = [...visible]
  const table = new TupleTable(columns.length)
  const sequences = new SequenceTable()
  return group.map((history) => {
    const projected = tuplesOf(histories, history).map((tuple) =>
      table.intern(Uint32Array.from(columns, (column) => codes[tuple * width + column] as number)),
    )
    return sequences.intern(projected.sort())
  })
}

/**
 * Histories of several rows. Whoever is compatible has a row that is so with the row fewest are compatible with: only those who
 * have one are tried. Two that suppress nothing differ.
 */
function countPaired(histories: Histories, group: readonly number[], { groups, like }: Counted): void {
  const { table } = histories
  const own = group.map((history) => tuplesOf(histories, history))
  const suppresses = own.map((tuples) => tuples.some((tuple) => table.includes(SUPPRESSED, tuple)))
  const known = projections(histories, group)
  const eachCandidate = candidatesOf(table, own)
  const lists = new TupleLists(table, own)
  const groupsOf = group.map((history) => [...groups.keys()].filter((at) => groups[at]?.[history] !== 0))
  for (const one of group.keys()) {
    eachCandidate(one, (another) => {
      // Each pair is met from both sides.
      if (another <= one || known[another] !== known[one] || !(suppresses[one] || suppresses[another])) return
      if (!lists.canPair(one, another)) return
      add(one, another)
      add(another, one)
    })
  }

  function add(one: number, another: number): void {
    const [history, other] = [group[one] as number, group[another] as number]
    for (const at of groupsOf[another] as number[]) {
      const counts = like[at] as Uint32Array
      counts[history] = (counts[history] as number) + ((groups[at] as Uint32Array)[other] as number)
    }
  }
}

/** Calls back, for one of some lists of tuples, with those that have a tuple compatible with its rarest one, each once. */
function candidatesOf(
  table: TupleTable,
  lists: readonly Uint32Array[],
): (list: number, use: (other: number) => void) => void {
  const having = new Map<number, number[]>()
  lists.forEach((tuples, list) => {
    for (const tuple of new Set(tuples)) append(having, tuple, list)
  })
  const tuples = Uint32Array.from(having.keys())
  const listsOf = [...having.values()]
  const itemOf = new Map(Array.from(tuples, (tuple, item) => [tuple, item]))
  const counts = countCompatible(
    table,
    tuples,
    Uint32Array.from(listsOf, ({ length }) => length),
  )
  const rarest = lists.map((own) => {
    const items = Array.from(own, (tuple) => itemOf.get(tuple) as number)
    return items.reduce((one, other) => ((counts[other] as number) < (counts[one] as number) ? other : one))
  })
  const wanted = new Set(rarest)
  const eachCompatible = compatibleWith(table, tuples, (item) => wanted.has(item))
  const found = new Uint32Array(lists.length)
  return (list, use) => {
    eachCompatible(rarest[list] as number, (item) => {
      for (const other of listsOf[item] as number[]) {
        if (found[other] === list + 1) continue
        found[other] = list + 1
        use(other)
      }
    })
  }
}

function grouped(items: readonly number[], keyOf: (item: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const item of items) append(groups, keyOf(item), item)
  return groups
}

function append(groups: Map<number, number[]>, key: number, item: number): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

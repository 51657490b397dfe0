/**
 * Every way of joining, tried on a dump.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { LinkageAttackName, LinkageDump } from '../../testing/test-linkage.js'
import { type Cells, cellsOf } from './cells.js'
import {
  type Batches,
  compareLabels,
  compareNearest,
  compareOrder,
  type Figure,
  mayBeNear,
  type Sorted,
  sortSeries,
} from './compare.js'
import { fileSeries } from './file-series.js'
import { type Finder, type Hit, hashFinder, hitsIn, valueFinder } from './needles.js'
import { followOwners, type Identifiers, identify, identifyRows, type OwnedTable } from './owners.js'
import { type Series, type SeriesKind, seriesOf } from './series.js'
import { countTail, seededRandom } from './statistics.js'

/** One way of joining and what came of it. */
export interface Tried {
  readonly attack: LinkageAttackName
  readonly columns: readonly [person: string, answer: string]
  readonly figures: readonly Figure[]
}

/** What belongs to people, or to answers. */
interface Side {
  readonly ids: Identifiers
  readonly tables: readonly OwnedTable[]
  readonly series: readonly Series[]
}

interface Sides {
  readonly people: Side
  readonly answers: Side
  readonly known: Identifiers
  readonly batches: Batches
  readonly random: () => number
}

/** Tries everything. */
export function attack(dump: LinkageDump): readonly Tried[] {
  const sides = sidesOf(dump)
  return [...identifiers(sides), ...columns(sides)]
}

function sidesOf(dump: LinkageDump): Sides {
  const { pairs, seed = 1 } = dump
  const tables = dump.tables.map(cellsOf)
  const known: Identifiers = new Map()
  for (const [at, { person }] of pairs.entries()) for (const value of person) identify(known, value, at)
  const ids = new Map(known)
  const others = tables.filter(({ name }) => name !== dump.answers.table)
  const owned = followOwners(ids, others, pairs.length)
  return {
    people: { ids, tables: owned, series: allSeries(owned, dump) },
    answers: answerSide(dump, tables, others),
    known,
    batches: batchesOf(dump),
    random: seededRandom(seed),
  }
}

function answerSide(dump: LinkageDump, tables: readonly Cells[], others: readonly Cells[]): Side {
  const { pairs, answers } = dump
  const first = tables.find(({ name }) => name === answers.table) as Cells
  const places = new Map(pairs.map(({ answer }, at) => [answer, at]))
  const keys = first.columns.get(answers.key) ?? []
  const owners = Int32Array.from({ length: first.rows }, (_, row) => places.get(keys[row] ?? '') ?? -1)
  const owned = owners.filter((owner) => owner >= 0)
  if (places.size !== pairs.length || owned.length !== pairs.length || new Set(owned).size !== pairs.length) {
    throw invalidArgumentValue('pairs.answer', 'answers that stand in the table of answers, each once')
  }
  const ids: Identifiers = new Map()
  identifyRows(ids, { cells: first, owners })
  const all = [{ cells: first, owners }, ...followOwners(ids, others, pairs.length)]
  return { ids, tables: all, series: allSeries(all, dump) }
}

function allSeries(tables: readonly OwnedTable[], { files = [], pairs }: LinkageDump): readonly Series[] {
  const inFiles = files.flatMap((file) => fileSeries(tables, file, pairs.length))
  return [...tables.flatMap((table) => seriesOf(table, pairs.length)), ...inFiles]
}

function batchesOf({ pairs }: LinkageDump): Batches {
  const batches = new Map<string | undefined, number[]>()
  for (const [at, { batch }] of pairs.entries()) {
    const members = batches.get(batch)
    if (members === undefined) batches.set(batch, [at])
    else members.push(at)
  }
  return Array.from(batches.values(), (members) => Int32Array.from(members))
}

/** Values and digests of either side in the texts of the other. */
function identifiers({ people, answers, known, batches, random }: Sides): readonly Tried[] {
  const ways: readonly (readonly [LinkageAttackName, (side: Side) => Finder])[] = [
    ['identifier', ({ ids }) => valueFinder(ids)],
    ['hash', ({ ids }) => hashFinder(ids, known)],
  ]
  return ways.flatMap(([attack, finderOf]) => {
    const inAnswers = byColumn(hitsIn(answers.tables, finderOf(people)))
    const inPeople = byColumn(hitsIn(people.tables, finderOf(answers)))
    return [
      ...inAnswers.map(([column, hits]): Tried => {
        const found = hits.map(({ found, owner }): Candidate => [found, owner])
        return { attack, columns: ['a value of the person', column], figures: guess(found, batches, random) }
      }),
      ...inPeople.map(([column, hits]): Tried => {
        const found = hits.map(({ found, owner }): Candidate => [owner, found])
        return { attack, columns: [column, 'a value of the answer'], figures: guess(found, batches, random) }
      }),
    ]
  })
}

function byColumn(hits: readonly Hit[]): readonly (readonly [string, readonly Hit[]])[] {
  const columns = new Map<string, Hit[]>()
  for (const hit of hits) {
    const list = columns.get(hit.column)
    if (list === undefined) columns.set(hit.column, [hit])
    else list.push(hit)
  }
  return [...columns]
}

type Candidate = readonly [person: number, answer: number]

/** One of the answers that were found for each person, and that came in the same batch. */
function guess(found: readonly Candidate[], batches: Batches, random: () => number): readonly Figure[] {
  const batchOf = new Map(batches.flatMap((members, batch) => Array.from(members, (pair) => [pair, batch] as const)))
  const candidates = new Map<number, number[]>()
  for (const [person, answer] of found) {
    if (batchOf.get(person) !== batchOf.get(answer)) continue
    const list = candidates.get(person)
    if (list === undefined) candidates.set(person, [answer])
    else list.push(answer)
  }
  let [observed, expected] = [0, 0]
  for (const [person, answers] of candidates) {
    expected += 1 / (batches[batchOf.get(person) ?? 0]?.length ?? 1)
    if (answers[Math.floor(random() * answers.length)] === person) observed++
  }
  return [{ statistic: 'joined', observed, expected, probability: countTail(observed, expected) }]
}

/** Every column of one side with every column of the other. */
function columns({ people, answers, batches, random }: Sides): readonly Tried[] {
  const [peopleSorted, answersSorted] = [people, answers].map(({ series }) => sortAll(series, batches, random))
  const tried: Tried[] = []
  const similar: (readonly [Sorted, Sorted])[] = []
  for (const person of peopleSorted ?? []) {
    for (const answer of answersSorted ?? []) {
      tried.push(...compare(person, answer, { batches, random }))
      if (isSimilar(person, answer)) similar.push([person, answer])
    }
  }
  return [...tried, ...combinations(similar, batches, random)]
}

function sortAll(series: readonly Series[], batches: Batches, random: () => number): readonly Sorted[] {
  const pairs = batches.reduce((sum, { length }) => sum + length, 0)
  const keys = Float64Array.from({ length: pairs }, () => random())
  const ties = Int32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
  return distinctOrders(series.map((one) => sortSeries(one, batches, ties)))
}

/** Of several columns of one kind in the very same order, one is compared by order. */
function distinctOrders(series: readonly Sorted[]): readonly Sorted[] {
  const seen = new Set<string>()
  return series.map((one) => {
    const name = [one.kind, ...one.sorted.map((batch) => fingerprint(batch))].join()
    if (seen.has(name)) return { ...one, ordered: false as const }
    seen.add(name)
    return one
  })
}

/** FNV-1a over the members; a collision would only leave out one comparison. */
function fingerprint(members: Int32Array): string {
  let [low, high] = [0x811c9dc5, 0x1234567]
  for (const member of members) {
    low = Math.imul(low ^ member, 0x01000193)
    high = Math.imul(high ^ (member + 1), 0x85ebca6b)
  }
  return `${members.length}:${low}:${high}`
}

interface Setting {
  readonly batches: Batches
  readonly random: () => number
}

const NUMBERS: ReadonlySet<SeriesKind> = new Set(['number', 'time', 'length', 'offset'])

function compare(person: Sorted, answer: Sorted, { batches, random }: Setting): readonly Tried[] {
  const columns = [person.name, answer.name] as const
  const tried: Tried[] = []
  if (person.ordered !== false && answer.ordered !== false) {
    tried.push({ attack: orderAttack(person, answer), columns, figures: compareOrder(person, answer) })
  }
  if (NUMBERS.has(person.kind) && NUMBERS.has(answer.kind) && mayBeNear(person, answer)) {
    tried.push({ attack: valueAttack(person, answer), columns, figures: compareNearest(person, answer, random) })
  }
  if (person.labels !== null && answer.labels !== null) {
    const figures = compareLabels([person.labels, answer.labels], batches, random)
    if (figures.length > 0) tried.push({ attack: valueAttack(person, answer), columns, figures })
  }
  return tried
}

function orderAttack(...sides: readonly Series[]): LinkageAttackName {
  if (sides.some(({ kind }) => kind === 'offset')) return 'file-order'
  if (sides.some(({ kind }) => kind === 'length')) return 'size'
  return sides.every(({ kind }) => kind === 'time') ? 'time' : 'order'
}

function valueAttack(...sides: readonly Series[]): LinkageAttackName {
  if (sides.some(({ kind }) => kind === 'offset')) return 'file-order'
  if (sides.some(({ kind }) => kind === 'length')) return 'size'
  if (sides.every(({ kind }) => kind === 'time')) return 'time'
  return sides.every(({ kind }) => kind === 'language') ? 'language' : 'value'
}

const SIMILAR = 0.5
const COMBINED = 6

/** Whether both have mostly the same values, several of them: what an attacker would take for the same property. */
function isSimilar({ labels: ofPeople }: Series, { labels: ofAnswers }: Series): boolean {
  if (ofPeople === null || ofAnswers === null) return false
  const [one, other] = [new Set(ofPeople), new Set(ofAnswers)]
  const shared = [...one].filter((value) => other.has(value)).length
  return shared > 1 && shared >= SIMILAR * Math.max(one.size, other.size)
}

/** Two of the similar columns at a time, and all of them. */
function combinations(
  similar: readonly (readonly [Sorted, Sorted])[],
  batches: Batches,
  random: () => number,
): readonly Tried[] {
  const chosen = similar.slice(0, COMBINED)
  const twos = chosen.flatMap((one, at) => chosen.slice(at + 1).map((other) => [one, other]))
  const sets = chosen.length > 2 ? [...twos, chosen] : twos
  return sets.map((set): Tried => {
    const people = set.map(([person]) => person)
    const answers = set.map(([, answer]) => answer)
    return {
      attack: 'combination',
      columns: [namesOf(people), namesOf(answers)],
      figures: compareLabels([joint(people), joint(answers)], batches, random),
    }
  })
}

function namesOf(series: readonly Series[]): string {
  return series.map(({ name }) => name).join(' + ')
}

/** The values of several columns as one; missing where one of them is. */
function joint(series: readonly Series[]): readonly (string | null)[] {
  const length = series[0]?.order.length ?? 0
  return Array.from({ length }, (_, pair) => {
    const values = series.map(({ labels }) => labels?.[pair] ?? null)
    return values.includes(null) ? null : JSON.stringify(values)
  })
}

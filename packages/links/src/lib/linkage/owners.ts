/**
 * Which rows of a dump belong to whom.
 *
 * @module
 */

import { type Cells, ENGINE_COLUMNS } from './cells.js'

/** Values that belong to one owner, a pair's position; several owners make it -1. */
export type Identifiers = Map<string, number>

/** The rows of one table that belong to somebody: for each row the position of the pair, or -1. */
export interface OwnedTable {
  readonly cells: Cells
  readonly owners: Int32Array
}

const ROUNDS = 4
/** Shorter values of a row are shared too easily to follow. */
const FOLLOWED = 6

/** Notes a value; one that two have identifies nobody. */
export function identify(ids: Identifiers, value: string, owner: number): void {
  const before = ids.get(value)
  if (before === undefined) ids.set(value, owner)
  else if (before !== owner) ids.set(value, -1)
}

/** Notes everything that stands in somebody's rows. */
export function identifyRows(ids: Identifiers, { cells, owners }: OwnedTable): void {
  for (const [column, texts] of cells.columns) {
    if (ENGINE_COLUMNS.has(column)) continue
    for (const [row, text] of texts.entries()) {
      const owner = owners[row] ?? -1
      if (owner >= 0 && text !== null && text.length >= FOLLOWED) identify(ids, text, owner)
    }
  }
}

/**
 * Follows identifiers from table to table: a link's digest stands beside its respondent, and beside the digest stands more.
 * What it learns it adds to `ids`.
 */
export function followOwners(ids: Identifiers, tables: readonly Cells[], people: number): readonly OwnedTable[] {
  const owned = new Map<Cells, OwnedTable>()
  for (let round = 0; round < ROUNDS; round++) {
    const before = owned.size
    for (const cells of tables) {
      if (owned.has(cells)) continue
      const owners = ownersOf(cells, ids, people)
      if (owners === null) continue
      owned.set(cells, { cells, owners })
      identifyRows(ids, { cells, owners })
    }
    if (owned.size === before) break
  }
  return [...owned.values()]
}

/** By the column that tells most people apart; a small number may stand in any column, and prove nothing. */
function ownersOf(cells: Cells, ids: Identifiers, people: number): Int32Array | null {
  let best: Int32Array | null = null
  let most = Math.max(1, people / 100)
  for (const [column, texts] of cells.columns) {
    if (ENGINE_COLUMNS.has(column)) continue
    const owners = Int32Array.from(texts, (text) => (text === null ? -1 : (ids.get(text) ?? -1)))
    const distinct = new Set(owners)
    distinct.delete(-1)
    if (distinct.size <= most) continue
    most = distinct.size
    best = owners
  }
  return best
}

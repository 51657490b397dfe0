/**
 * A tree cut into tiles of 256 hashes (c2sp.org/tlog-tiles).
 *
 * @module
 */

import { concatBytes } from './bytes.js'
import { HASH, leafHash, nodeHash } from './hashing.js'

/** Hashes of a full tile. */
export const TILE = 256

/** A hash on its way into a tile of its level, whose place is counted over the whole level. */
export interface TileHash {
  /** 0 for leaves; each level above spans 256 of the one below. */
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/** A tile that is complete, or the last one of its level. */
export interface Tile {
  readonly level: number
  /** Its place among the tiles of its level. */
  readonly index: number
  readonly hashes: readonly Uint8Array[]
}

/** Adds leaves one after the other. */
export class TileTree {
  readonly #levels: { full: number; hashes: Uint8Array[] }[] = []

  /** Adds an entry; gives the hashes that came to be, the leaf's first, and the tiles they completed. */
  add(entry: Uint8Array): { readonly hashes: readonly TileHash[]; readonly tiles: readonly Tile[] } {
    const hashes: TileHash[] = []
    const tiles: Tile[] = []
    let hash = leafHash(entry)
    for (let level = 0; ; level++) {
      const row = this.#row(level)
      hashes.push({ level, index: row.full * TILE + row.hashes.length, hash })
      row.hashes.push(hash)
      if (row.hashes.length < TILE) return { hashes, tiles }
      tiles.push({ level, index: row.full, hashes: row.hashes })
      hash = rootOfTile(row.hashes)
      row.full += 1
      row.hashes = []
    }
  }

  /** The tiles that are not complete. */
  partial(): readonly Tile[] {
    return this.#levels.flatMap(({ full, hashes }, level) =>
      hashes.length > 0 ? [{ level, index: full, hashes }] : [],
    )
  }

  #row(level: number): { full: number; hashes: Uint8Array[] } {
    const row = this.#levels[level] ?? { full: 0, hashes: [] }
    this.#levels[level] = row
    return row
  }
}

/** Where a tile lies; `width` is that of the tile in a tree of its size. */
export function tilePath(level: number | 'entries', index: number, width: number): string {
  const digits = String(index).padStart(3 * Math.ceil(String(index).length / 3), '0')
  const elements = digits.match(/\d{3}/g) ?? []
  const name = elements.map((element, at) => (at < elements.length - 1 ? `x${element}` : element)).join('/')
  return `tile/${level}/${name}${width < TILE ? `.p/${width}` : ''}`
}

/** How many hashes a tile has in a tree of `size` entries. */
export function tileWidth(level: number, index: number, size: number): number {
  return Math.min(TILE, Math.floor(size / TILE ** level) - index * TILE)
}

/** Entries of a bundle, each after its length in two bytes. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]))
}

/** The whole entries a bundle begins with; what is not one more whole entry stays. */
export function parseBundle(bytes: Uint8Array): { readonly entries: readonly Uint8Array[]; readonly rest: number } {
  const entries: Uint8Array[] = []
  let at = 0
  for (;;) {
    const [high, low] = [bytes[at], bytes[at + 1]]
    if (high === undefined || low === undefined) break
    const end = at + 2 + high * 256 + low
    if (end > bytes.length) break
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return { entries, rest: bytes.length - at }
}

/** The hash at a place of a tile, null when the tile ends before it. */
export function hashInTile(tile: Uint8Array, place: number): Uint8Array | null {
  const hash = tile.subarray(place * HASH, (place + 1) * HASH)
  return hash.length === HASH ? hash : null
}

function rootOfTile(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1) {
    const pairs: Uint8Array[] = []
    for (let at = 0; at < row.length; at += 2) pairs.push(nodeHash(row[at] as Uint8Array, row[at + 1] as Uint8Array))
    row = pairs
  }
  return row[0] as Uint8Array
}

/**
 * A log as files that anybody can be given.
 *
 * @module
 */

import { parseCheckpoint } from './checkpoint.js'
import { BadEntryError, LedgerError } from './errors.js'
import type { LedgerReader } from './ledger-store.js'
import { concatBytes, equalBytes, utf8 } from './lib/bytes.js'
import { Frontier } from './lib/frontier.js'
import { formatBundle, TILE, type Tile, TileTree, tilePath } from './lib/tile-tree.js'

/** One file of an exported log. */
export interface TileFile {
  /** Relative, with `/` between its parts. */
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * Writes a log as static files (c2sp.org/tlog-tiles): bundles of entries, tiles of hashes and, last, the checkpoint.
 *
 * The entries of these files are the commitments, so nothing that was logged can be read from them, erased or not: they may be
 * published, or lie with a witness or in a backup. The log must agree with the checkpoint; its signature is not verified.
 *
 * @param reader - The log's store.
 * @param note - A checkpoint of the log; the files are those of its size.
 * @returns The files, one after the other.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`; `ERR_LEDGER_ENTRY_MISSING`,
 *   `ERR_LEDGER_FORK` when the log lacks entries of the checkpoint or has others.
 */
export async function* exportTiles(reader: LedgerReader, note: string): AsyncGenerator<TileFile, void, undefined> {
  const { origin, size, root } = parseCheckpoint(note)
  const [tree, edge] = [new TileTree(), new Frontier()]
  for (let from = 0; from < size; from += TILE) {
    const entries = await commitmentsFrom(reader, origin, { from, to: Math.min(from + TILE, size) })
    yield { path: tilePath('entries', from / TILE, entries.length), bytes: formatBundle(entries) }
    for (const entry of entries) {
      edge.add(entry)
      yield* tree.add(entry).tiles.map(fileOf)
    }
  }
  yield* tree.partial().map(fileOf)
  if (!equalBytes(edge.root(), root)) {
    throw new LedgerError('ERR_LEDGER_FORK', 'the log has other entries than a checkpoint it signed')
  }
  yield { path: 'checkpoint', bytes: utf8(note) }
}

async function commitmentsFrom(
  reader: LedgerReader,
  origin: string,
  range: { from: number; to: number },
): Promise<readonly Uint8Array[]> {
  const { from, to } = range
  const places = Array.from({ length: to - from }, (_, at) => from + at)
  const commitments = await reader.commitments(origin, places)
  return commitments.map((commitment, at) => {
    if (commitment !== null) return commitment
    throw new BadEntryError('ERR_LEDGER_ENTRY_MISSING', 'it is not there', { first: from + at, last: from + at })
  })
}

function fileOf({ level, index, hashes }: Tile): TileFile {
  return { path: tilePath(level, index, hashes.length), bytes: concatBytes(...hashes) }
}

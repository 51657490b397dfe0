/**
 * Walking through a log that lies in files.
 *
 * @module
 */

import { BadEntryError, LedgerError, type LedgerErrorCode } from './errors.js'
import { equalBytes } from './lib/bytes.js'
import { Frontier } from './lib/frontier.js'
import { HASH } from './lib/hashing.js'
import { hashInTile, parseBundle, TILE, type TileHash, TileTree, tilePath, tileWidth } from './lib/tile-tree.js'
import { readLogKeys, type VerifiedCheckpoint, verifyCheckpoint } from './verify-checkpoint.js'
import { type VerifiedLedger, type VerifyLedgerOptions, verifyCheckpoints } from './verify-ledger.js'

/** Reads one file of an exported log, by its relative path; null when it is not there. */
export type ReadTileFile = (path: string) => Promise<Uint8Array | null>

/** An exported log without a fault. */
export type VerifiedTiles = Pick<VerifiedLedger, 'origin' | 'size' | 'root' | 'proved' | 'notProved'> & {
  readonly checkpoint: VerifiedCheckpoint
}

/**
 * Verifies a log that was exported as files (c2sp.org/tlog-tiles), from its first entry to its last: every entry against
 * its hash, every tile against the one below, the last root against the checkpoint, its signature and its witnesses.
 *
 * The files hold commitments, so what the entries are is not proved; and entries beyond the checkpoint are not looked at.
 *
 * @param read - Gives the files; may come from anywhere.
 * @param options - The policy, and checkpoints that were kept elsewhere.
 * @returns What was proved, and what was not.
 * @throws {@link BadEntryError} The first entry that does not hold: `ERR_LEDGER_ENTRY_MISSING`, `ERR_LEDGER_ENTRY_MISMATCH`,
 *   `ERR_LEDGER_NODE_MISMATCH`, `ERR_LEDGER_FORK`, `ERR_LEDGER_ROLLBACK`.
 * @throws {@link LedgerError} those of `verifyCheckpoint`; `ERR_LEDGER_CHECKPOINT_MALFORMED` also when there is none.
 */
export async function verifyTiles(
  read: ReadTileFile,
  options: Pick<VerifyLedgerOptions, 'policy' | 'known'>,
): Promise<VerifiedTiles> {
  const { policy, known = [] } = options
  const origin = policy.origin ?? readLogKeys(policy.log)[0]?.name ?? ''
  const checkpoint = await verifyCheckpoint(await readNote(read), { ...policy, origin })
  const { size } = checkpoint
  const all = await verifyCheckpoints(known, { ...policy, origin, quorum: 0 })
  const walk = new TileWalk(read, size)
  for (const each of [...all.filter((one) => one.size <= size), checkpoint]) await walk.to(each)
  const beyond = all.find((each) => each.size > size)
  if (beyond !== undefined) {
    const range = { first: size, last: beyond.size - 1 }
    throw new BadEntryError('ERR_LEDGER_ROLLBACK', 'the log signed a checkpoint over them and lacks them', range)
  }
  const isWitnessed = (policy.quorum ?? policy.witnesses?.length ?? 0) > 0
  return {
    origin,
    size,
    root: checkpoint.root,
    checkpoint,
    proved: [
      'tree-matches-entries',
      'log-signed-checkpoint',
      ...(isWitnessed ? (['witnesses-cosigned'] as const) : []),
    ],
    notProved: [
      'no-newer-entries-dropped',
      ...(isWitnessed ? [] : (['same-log-shown-to-all'] as const)),
      'content-of-entries',
    ],
  }
}

async function readNote(read: ReadTileFile): Promise<string> {
  const bytes = await read('checkpoint')
  if (bytes === null) throw new LedgerError('ERR_LEDGER_CHECKPOINT_MALFORMED', 'there is no checkpoint')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new LedgerError('ERR_LEDGER_NOTE_MALFORMED', 'not a signed note')
  }
}

class TileWalk {
  readonly #read: ReadTileFile
  readonly #size: number
  readonly #tree: TileTree = new TileTree()
  readonly #edge: Frontier = new Frontier()
  /** The tile read last, by level. */
  readonly #tiles: { index: number; bytes: Uint8Array }[] = []
  #bundle: readonly Uint8Array[] = []
  #confirmed = 0

  constructor(read: ReadTileFile, size: number) {
    this.#read = read
    this.#size = size
  }

  /** Goes on to a checkpoint, which must agree. */
  async to({ size, root }: VerifiedCheckpoint): Promise<void> {
    while (this.#edge.size < size) await this.#step(this.#edge.size)
    if (!equalBytes(this.#edge.root(), root)) {
      const last = Math.max(size - 1, 0)
      const range = { first: Math.min(this.#confirmed, last), last }
      throw new BadEntryError('ERR_LEDGER_FORK', 'the log signed a checkpoint over other entries', range)
    }
    this.#confirmed = size
  }

  async #step(index: number): Promise<void> {
    if (index % TILE === 0) this.#bundle = await this.#readBundle(index / TILE)
    const entry = this.#bundle[index % TILE]
    if (entry === undefined) throw bad('ERR_LEDGER_ENTRY_MISSING', 'it is not there', index)
    if (entry.length !== HASH) throw bad('ERR_LEDGER_ENTRY_MISMATCH', 'it is no commitment', index)
    this.#edge.add(entry)
    for (const each of this.#tree.add(entry).hashes) await this.#checkHash(each)
  }

  async #readBundle(index: number): Promise<readonly Uint8Array[]> {
    const width = tileWidth(0, index, this.#size)
    const bytes = (await this.#read(tilePath('entries', index, width))) ?? new Uint8Array()
    const { entries, rest } = parseBundle(bytes)
    // An entry that was cut off is missed when the walk comes to it; what follows the last one belongs to none.
    if (entries.length < width || (entries.length === width && rest === 0)) return entries
    const end = index * TILE + width
    throw bad('ERR_LEDGER_ENTRY_MISMATCH', 'something follows it that is no entry', end - 1)
  }

  async #checkHash({ level, index, hash }: TileHash): Promise<void> {
    const stored = hashInTile(await this.#tile(level, Math.floor(index / TILE)), index % TILE)
    if (stored !== null && equalBytes(stored, hash)) return
    if (level === 0) throw bad('ERR_LEDGER_ENTRY_MISMATCH', 'its hash is not the one that is stored', index)
    const range = { first: index * TILE ** level, last: (index + 1) * TILE ** level - 1 }
    throw new BadEntryError('ERR_LEDGER_NODE_MISMATCH', 'a stored hash of the tree is not that of the entries', range)
  }

  async #tile(level: number, index: number): Promise<Uint8Array> {
    const known = this.#tiles[level]
    if (known?.index === index) return known.bytes
    const width = tileWidth(level, index, this.#size)
    const bytes = (await this.#read(tilePath(level, index, width))) ?? new Uint8Array()
    if (bytes.length > width * HASH) {
      const last = (index * TILE + width) * TILE ** level - 1
      throw bad('ERR_LEDGER_NODE_MISMATCH', 'something follows the hashes of its tile', last)
    }
    this.#tiles[level] = { index, bytes }
    return bytes
  }
}

function bad(code: LedgerErrorCode, message: string, index: number): BadEntryError {
  return new BadEntryError(code, message, { first: index, last: index })
}

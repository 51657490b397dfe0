/**
 * Walking through a whole log.
 *
 * @module
 */

import { commitEntry, type Opening } from './commit-entry.js'
import { isErasureOf, verifyErasure } from './erasure.js'
import { BadEntryError, LedgerError } from './errors.js'
import type { EntryRecord, LedgerReader } from './ledger-store.js'
import { equalBytes } from './lib/bytes.js'
import { Frontier } from './lib/frontier.js'
import { HASH } from './lib/hashing.js'
import { isHash } from './lib/proof-input.js'
import { type NodeId, perfectSubtrees } from './lib/ranges.js'
import { type LedgerPolicy, readLogKeys, type VerifiedCheckpoint, verifyCheckpoint } from './verify-checkpoint.js'

/** What a walk through a log proved. */
export type LedgerClaim =
  /** Every entry that is not erased is, byte for byte, what it was committed to. */
  | 'entries-match-commitments'
  /** Every stored hash of the tree is that of the entries. */
  | 'tree-matches-entries'
  /** What is missing of erased entries is accounted for by the log's own signature. */
  | 'erasures-signed-by-log'
  /** The log signed this state, or an earlier one of which this is a continuation. */
  | 'log-signed-checkpoint'
  /** As many witnesses as the policy demands saw the newest checkpoint. */
  | 'witnesses-cosigned'

/** What it did not prove. */
export type UnprovedLedgerClaim =
  /** That the newest entries were not dropped: a checkpoint somebody else kept would show it. */
  | 'no-newer-entries-dropped'
  /** That entries after the newest checkpoint will stay: the log has not signed them. */
  | 'newest-entries-signed'
  /** That everybody is shown the same log: witnesses would. */
  | 'same-log-shown-to-all'
  /** What erased entries were. */
  | 'content-of-erased-entries'
  /** What the entries are: exported files hold their commitments. */
  | 'content-of-entries'

/** How a log is verified. */
export interface VerifyLedgerOptions {
  /** Whose signatures count. Witnesses are demanded of the newest checkpoint only. */
  readonly policy: LedgerPolicy
  /** Checkpoints of this log that were kept elsewhere: with a receipt, by a witness, in a backup. */
  readonly known?: readonly string[]
  /**
   * Finds salts and bytes of entries that were logged as commitments alone, `null` for each that is nowhere, in the order
   * asked for. Left out, there must be no such entry.
   */
  readonly openings?: FindOpenings
}

/** Finds what commitments are opened with, where it is kept; at most 512 at once. */
export type FindOpenings = (commitments: readonly Uint8Array[]) => Promise<readonly (Opening | null)[]>

/** A log without a fault. */
export interface VerifiedLedger {
  readonly origin: string
  /** Entries of the log. */
  readonly size: number
  /** The root of all of them. */
  readonly root: Uint8Array
  /** How many of them are erased. */
  readonly erased: number
  /** Of how many of them salt and bytes are kept elsewhere; they were found there. */
  readonly elsewhere: number
  /** The newest checkpoint, null when the log has signed none. */
  readonly checkpoint: VerifiedCheckpoint | null
  readonly proved: readonly LedgerClaim[]
  readonly notProved: readonly UnprovedLedgerClaim[]
}

const AT_ONCE = 512

/**
 * Verifies a whole log from its first entry to its last: every entry against its commitment, every stored hash of the
 * tree against the entries, every checkpoint's root and signature, every erasure's signature.
 *
 * @param reader - A store, or whatever reads as one.
 * @param options - The policy, and checkpoints that were kept elsewhere.
 * @returns What was proved, and what was not.
 * @throws {@link BadEntryError} The first entry that does not hold: `ERR_LEDGER_ENTRY_MISSING`, `ERR_LEDGER_ENTRY_MISMATCH`,
 *   `ERR_LEDGER_ERASURE_INVALID`, `ERR_LEDGER_NODE_MISMATCH`, `ERR_LEDGER_FORK`, `ERR_LEDGER_ROLLBACK`.
 * @throws {@link LedgerError} those of `verifyCheckpoint`.
 *
 * @example
 * The log of a store, and a checkpoint that came with a receipt.
 *
 * ```ts
 * import { type LedgerReader, verifyLedger } from '@surveyseal/ledger'
 *
 * export async function check(store: LedgerReader, log: string, checkpoint: string): Promise<number> {
 *   const { size } = await verifyLedger(store, { policy: { log }, known: [checkpoint] })
 *   return size
 * }
 * ```
 */
export async function verifyLedger(reader: LedgerReader, options: VerifyLedgerOptions): Promise<VerifiedLedger> {
  const { policy, known = [], openings = nowhere } = options
  const origin = policy.origin ?? readLogKeys(policy.log)[0]?.name ?? ''
  // In this order: a log that grows meanwhile is larger than every checkpoint that was read.
  const stored = await reader.checkpoints(origin)
  const { size, frontier } = await reader.head(origin)
  const checkpoints = await verifyCheckpoints([...stored.map(({ note }) => note), ...known], { ...policy, origin })
  const walk = new Walk(reader, { origin, policy, openings })
  for (const checkpoint of checkpoints.filter((each) => each.size <= size)) await walk.to(checkpoint)
  await walk.toEnd(size, frontier)
  const beyond = checkpoints.find((each) => each.size > size)
  if (beyond !== undefined) {
    const range = { first: size, last: beyond.size - 1 }
    throw new BadEntryError('ERR_LEDGER_ROLLBACK', 'the log signed a checkpoint over them and lacks them', range)
  }
  return report(walk, { origin, size, policy, checkpoint: checkpoints.at(-1) ?? null })
}

/**
 * By size; the policy's witnesses are demanded of the newest, since a log may have older checkpoints nobody cosigned.
 *
 * @internal
 */
export async function verifyCheckpoints(notes: readonly string[], policy: LedgerPolicy): Promise<VerifiedCheckpoint[]> {
  const lenient = { ...policy, quorum: 0 }
  const verified = await Promise.all(notes.map(async (note) => ({ note, ...(await verifyCheckpoint(note, lenient)) })))
  verified.sort((a, b) => a.size - b.size || a.cosignatures.length - b.cosignatures.length)
  const newest = verified.at(-1)
  if (newest !== undefined) await verifyCheckpoint(newest.note, policy)
  return verified.map(({ note: _, ...checkpoint }) => checkpoint)
}

class Walk {
  readonly tree: Frontier = new Frontier()
  erased = 0
  elsewhere = 0
  readonly #reader: LedgerReader
  readonly #origin: string
  readonly #policy: LedgerPolicy
  readonly #openings: FindOpenings
  /** How far a checkpoint has confirmed the entries. */
  #confirmed = 0

  constructor(
    reader: LedgerReader,
    { origin, policy, openings }: { origin: string; policy: LedgerPolicy; openings: FindOpenings },
  ) {
    this.#reader = reader
    this.#origin = origin
    this.#policy = policy
    this.#openings = openings
  }

  /** Goes on to a checkpoint, which must agree. */
  async to({ size, root }: VerifiedCheckpoint): Promise<void> {
    await this.#goTo(size)
    if (!equalBytes(this.tree.root(), root)) {
      const range = { first: Math.min(this.#confirmed, Math.max(size - 1, 0)), last: Math.max(size - 1, 0) }
      throw new BadEntryError('ERR_LEDGER_FORK', 'the log signed a checkpoint over other entries', range)
    }
    this.#confirmed = size
  }

  /** Goes on to the last entry, and compares what the store keeps of the tree's right edge. */
  async toEnd(size: number, frontier: Uint8Array): Promise<void> {
    await this.#goTo(size)
    const mine = this.tree.frontier()
    for (const [at, id] of perfectSubtrees({ from: 0, to: size }).entries()) {
      const [start, end] = [at * HASH, (at + 1) * HASH]
      if (!equalBytes(mine.subarray(start, end), frontier.subarray(start, end))) throw nodeMismatch(id)
    }
    if (frontier.length !== mine.length) throw nodeMismatch({ level: 0, index: size })
    const stray = await this.#strayAfter(size)
    if (stray !== null) throw nodeMismatch({ level: 0, index: stray })
  }

  /** The place of an entry shortly beyond the end, where the log would grow to. Of a log that has grown meanwhile it is none. */
  async #strayAfter(size: number): Promise<number | null> {
    const [stray] = await this.#reader.entries(this.#origin, { from: size, to: size + AT_ONCE })
    if (stray === undefined || (await this.#reader.head(this.#origin)).size !== size) return null
    return stray.index
  }

  async #goTo(end: number): Promise<void> {
    while (this.tree.size < end) await this.#step(this.tree.size, Math.min(end, this.tree.size + AT_ONCE))
  }

  async #step(from: number, to: number): Promise<void> {
    const entries = await this.#found(await this.#reader.entries(this.#origin, { from, to }))
    for (let index = from; index < to; index++) await this.#checkEntry(index, entries[index - from])
    const { nodes } = this.tree.grow(entries.map(({ commitment }) => commitment))
    const stored = nodes.length === 0 ? [] : await this.#reader.nodes(this.#origin, nodes)
    for (const [at, { hash, ...id }] of nodes.entries()) {
      const found = stored[at]
      if (found === null || found === undefined || !equalBytes(found, hash)) throw nodeMismatch(id)
    }
  }

  /** Puts in salt and bytes of entries that have neither them nor an erasure. */
  async #found(entries: readonly EntryRecord[]): Promise<readonly EntryRecord[]> {
    const bare = entries.filter(({ salt, bytes, erasure }) => salt === null && bytes === null && erasure === null)
    if (bare.length === 0) return entries
    const openings = await this.#openings(bare.map(({ commitment }) => commitment))
    const found = new Map(bare.map(({ index }, at) => [index, openings[at] ?? null]))
    return entries.map((entry) => {
      const opening = found.get(entry.index)
      if (!opening) return entry
      this.elsewhere += 1
      return { ...entry, salt: opening.salt, bytes: opening.bytes }
    })
  }

  async #checkEntry(index: number, entry: EntryRecord | undefined): Promise<void> {
    if (entry?.index !== index || !isHash(entry.commitment)) {
      throw bad('ERR_LEDGER_ENTRY_MISSING', 'it is not there', index)
    }
    const { salt, bytes, erasure } = entry
    if (erasure !== null) return this.#checkErasure(entry, erasure)
    if (salt === null && bytes === null) throw unaccounted(index)
    // A database may hold text, or a number, where bytes belong.
    const isWhole = salt instanceof Uint8Array && salt.length === HASH && bytes instanceof Uint8Array
    if (isWhole && equalBytes(commitEntry({ salt, bytes }), entry.commitment)) return
    throw bad('ERR_LEDGER_ENTRY_MISMATCH', 'its bytes are not those it was committed to', index)
  }

  async #checkErasure(entry: EntryRecord, note: string): Promise<void> {
    const { log, origin = this.#origin } = this.#policy
    const erasure = await verifyErasure(note, { log, origin }).catch((error: unknown) => {
      if (error instanceof LedgerError && error.code !== 'ERR_LEDGER_CRYPTO_UNAVAILABLE') return null
      throw error
    })
    const isGone = entry.salt === null && entry.bytes === null
    if (erasure === null || !isGone || !isErasureOf(erasure, entry)) {
      throw unaccounted(entry.index)
    }
    this.erased += 1
  }
}

async function nowhere(commitments: readonly Uint8Array[]): Promise<readonly null[]> {
  return commitments.map(() => null)
}

interface Walked extends Pick<VerifiedLedger, 'origin' | 'size' | 'checkpoint'> {
  readonly policy: LedgerPolicy
}

function report({ tree, erased, elsewhere }: Walk, { policy, ...walked }: Walked): VerifiedLedger {
  const { size, checkpoint } = walked
  const isWitnessed = checkpoint !== null && (policy.quorum ?? policy.witnesses?.length ?? 0) > 0
  const isSigned = size === checkpoint?.size
  const proved = {
    'entries-match-commitments': true,
    'tree-matches-entries': true,
    'erasures-signed-by-log': erased > 0,
    'log-signed-checkpoint': checkpoint !== null,
    'witnesses-cosigned': isWitnessed,
  } satisfies Record<LedgerClaim, boolean>
  const notProved = {
    'no-newer-entries-dropped': true,
    'newest-entries-signed': !isSigned,
    'same-log-shown-to-all': !isWitnessed,
    'content-of-erased-entries': erased > 0,
    'content-of-entries': false,
  } satisfies Record<UnprovedLedgerClaim, boolean>
  return { ...walked, root: tree.root(), erased, elsewhere, proved: held(proved), notProved: held(notProved) }
}

function held<Claim extends string>(claims: Readonly<Record<Claim, boolean>>): Claim[] {
  return (Object.keys(claims) as Claim[]).filter((claim) => claims[claim])
}

function nodeMismatch({ level, index }: NodeId): BadEntryError {
  const range = { first: index * 2 ** level, last: (index + 1) * 2 ** level - 1 }
  return new BadEntryError('ERR_LEDGER_NODE_MISMATCH', 'a stored hash of the tree is not that of the entries', range)
}

function unaccounted(index: number): BadEntryError {
  return bad('ERR_LEDGER_ERASURE_INVALID', 'it is gone, and the log did not sign that it is', index)
}

function bad(code: LedgerError['code'], message: string, index: number): BadEntryError {
  return new BadEntryError(code, message, { first: index, last: index })
}

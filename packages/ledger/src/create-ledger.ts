/**
 * Opening a log.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { parseCheckpoint, signCheckpoint } from './checkpoint.js'
import { signErasure } from './erasure.js'
import { LedgerError } from './errors.js'
import type { AppendedEntry, EntryInput, ErasedEntry, Ledger, LedgerOptions } from './ledger.js'
import type { EntryRecord, LedgerStore, Range } from './ledger-store.js'
import { equalBytes } from './lib/bytes.js'
import { Committer } from './lib/committer.js'
import { HASH, leafHash } from './lib/hashing.js'
import { growLog, rootAt, subtreeRoots } from './lib/log-tree.js'
import { isCount } from './lib/proof-input.js'
import { besideRanges, consistencyRanges, inclusionRanges } from './lib/ranges.js'
import { keyOf } from './signer.js'
import { formatTlogProof } from './tlog-proof.js'
import { verifyCheckpoint } from './verify-checkpoint.js'
import { type ConsistencyProof, verifyConsistency } from './verify-consistency.js'
import { type InclusionProof, verifyInclusion } from './verify-inclusion.js'
import type { RangeProof } from './verify-range.js'

const BYTES_AT_MOST = 1_048_576

/**
 * Opens a log of a store; one nobody has appended to is empty. Nothing is read or written yet.
 *
 * @param options - Store and signer.
 * @returns The log.
 * @throws {@link LedgerError} `ERR_LEDGER_KEY_MALFORMED`: the signer's key is not one for notes.
 *
 * @example
 * An entry, and the proof that its holder keeps.
 *
 * ```ts
 * import { createLedger, generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
 * import { memoryLedgerStore } from '@surveyseal/ledger/testing'
 * import { verifyTlogProof } from '@surveyseal/ledger/verify'
 *
 * const { signerKey, verifierKey } = await generateLedgerKeys('feedback.example/consents')
 * const ledger = createLedger({ store: memoryLedgerStore(), signer: await loadSigner(signerKey) })
 * const entry = await ledger.append({ bytes: new TextEncoder().encode('given') })
 * const proof = await ledger.attest(entry.index)
 * export const { index } = await verifyTlogProof(proof, { entry, policy: { log: verifierKey } })
 * ```
 */
export function createLedger<Tx>(options: LedgerOptions<Tx>): Ledger<Tx> {
  const { name } = keyOf(options.signer, 'note')
  const { randomBytes = fresh } = options
  return new StoredLedger({ ...options, randomBytes }, name)
}

class StoredLedger<Tx> implements Ledger<Tx> {
  readonly origin: string
  readonly #options: Required<LedgerOptions<Tx>>
  readonly #store: LedgerStore<Tx>

  constructor(options: Required<LedgerOptions<Tx>>, origin: string) {
    this.origin = origin
    this.#options = options
    this.#store = options.store
  }

  async size(): Promise<number> {
    return (await this.#store.head(this.origin)).size
  }

  async append(entry: EntryInput): Promise<AppendedEntry> {
    const [appended] = await this.appendAll([entry])
    return appended as AppendedEntry
  }

  async appendAll(entries: readonly EntryInput[]): Promise<readonly AppendedEntry[]> {
    const committer = new Committer()
    const openings = entries.map((entry) => this.#open(entry, committer))
    const indices = openings.length === 0 ? [] : await this.#store.append(this.origin, openings, growLog)
    return openings.map((opening, at) => ({ index: indices[at] as number, ...opening }))
  }

  async commitAll(commitments: readonly Uint8Array[]): Promise<readonly number[]> {
    for (const commitment of commitments) assertCommitment(commitment)
    const entries = commitments.map((commitment) => ({ commitment, salt: null, bytes: null }))
    return entries.length === 0 ? [] : this.#store.append(this.origin, entries, growLog)
  }

  async find(commitment: Uint8Array): Promise<number | null> {
    assertCommitment(commitment)
    return this.#store.find(this.origin, commitment)
  }

  async read(index: number): Promise<EntryRecord> {
    assertCount('index', index)
    const [entry] = await this.#store.entries(this.origin, { from: index, to: index + 1 })
    if (entry === undefined) throw new LedgerError('ERR_LEDGER_ENTRY_MISSING', 'the log has no such entry')
    return entry
  }

  async checkpoint(): Promise<string> {
    const size = await this.size()
    const newest = await this.#store.newestCheckpoint(this.origin)
    if (newest !== null) await this.#assertAgrees(newest.note, size)
    if (newest?.size === size) return newest.note
    const root = await rootAt(this.#store, this.origin, size)
    if (newest !== null) await this.#assertContinues(newest.note, { size, root })
    const note = await signCheckpoint({ origin: this.origin, size, root }, this.#options.signer)
    await this.#store.saveCheckpoint(this.origin, { size, note })
    return note
  }

  async keepCheckpoint(note: string): Promise<void> {
    const { size } = await verifyCheckpoint(note, { log: this.#options.signer.verifierKey })
    await this.#assertAgrees(note, await this.size())
    await this.#store.saveCheckpoint(this.origin, { size, note })
  }

  async prove(index: number, size?: number): Promise<InclusionProof> {
    assertCount('index', index)
    const covered = await this.#covered(size, index + 1)
    const path = await subtreeRoots(this.#store, this.origin, inclusionRanges(index, covered))
    return { index, size: covered, path }
  }

  async proveRange(range: Range, size?: number): Promise<RangeProof> {
    const { from, to } = range
    assertCount('range.from', from)
    assertCount('range.to', to)
    if (from >= to) throw invalidArgumentValue('range', 'at least one entry')
    const covered = await this.#covered(size, to)
    const path = await subtreeRoots(this.#store, this.origin, besideRanges({ from, to }, covered))
    return { from, to, size: covered, path }
  }

  async proveConsistency(from: number, to: number): Promise<ConsistencyProof> {
    assertCount('from', from)
    assertCount('to', to)
    if (from === 0 || from > to) throw invalidArgumentValue('from', 'at least 1 and at most "to"')
    await this.#covered(to, to)
    return { from, to, path: await subtreeRoots(this.#store, this.origin, consistencyRanges(from, to)) }
  }

  async attest(index: number): Promise<string> {
    assertCount('index', index)
    const newest = await this.#store.newestCheckpoint(this.origin)
    const checkpoint = newest !== null && index < newest.size ? newest.note : await this.checkpoint()
    const { size, root } = parseCheckpoint(checkpoint)
    const proof = await this.prove(index, size)
    await this.#assertHolds(proof, root)
    return formatTlogProof({ index, path: proof.path, checkpoint })
  }

  async erase(index: number, summary: Record<string, unknown>): Promise<ErasedEntry> {
    const { origin } = this
    const { commitment, erasure: earlier } = await this.read(index)
    if (earlier !== null) throw alreadyErased()
    const erasure = await signErasure({ origin, index, commitment, summary }, this.#options.signer)
    if (!(await this.#store.erase(origin, index, erasure))) throw alreadyErased()
    return { erasure, scrubbed: await this.#store.scrub() }
  }

  async scrub(): Promise<boolean> {
    return this.#store.scrub()
  }

  async transaction<T>(run: (ledger: Ledger<Tx>, tx: Tx) => Promise<T>): Promise<T> {
    return this.#store.transaction((store, tx) => run(new StoredLedger({ ...this.#options, store }, this.origin), tx))
  }

  #open({ bytes, salt = this.#options.randomBytes(HASH) }: EntryInput, committer: Committer) {
    if (bytes instanceof Uint8Array && bytes.length > BYTES_AT_MOST) {
      throw invalidArgumentValue('bytes', `at most ${BYTES_AT_MOST} bytes`)
    }
    return { salt, bytes, commitment: committer.commit({ salt, bytes }) }
  }

  /** A log that has signed one thing must not sign another. */
  async #assertAgrees(note: string, size: number): Promise<void> {
    const signed = parseCheckpoint(note)
    if (signed.size > size) {
      throw new LedgerError('ERR_LEDGER_ROLLBACK', 'the log has fewer entries than a checkpoint it signed')
    }
    if (equalBytes(await rootAt(this.#store, this.origin, signed.size), signed.root)) return
    throw new LedgerError('ERR_LEDGER_FORK', 'the log has other entries than a checkpoint it signed')
  }

  /**
   * The same of what was added since: where the tree grew on from a hash that is not the one that was signed, its older part
   * is whole and the new root contradicts it.
   */
  async #assertContinues(note: string, { size, root }: { readonly size: number; readonly root: Uint8Array }) {
    const signed = parseCheckpoint(note)
    if (signed.size === 0) return
    const proof = await this.proveConsistency(signed.size, size)
    if (holds(() => verifyConsistency(proof, { fromRoot: signed.root, toRoot: root }))) return
    throw new LedgerError('ERR_LEDGER_FORK', 'the log did not grow out of a checkpoint it signed')
  }

  /** A proof that does not hold must not be given to anybody: it would be taken for a lie of the log. */
  async #assertHolds(proof: InclusionProof, root: Uint8Array): Promise<void> {
    const [commitment] = await this.#store.commitments(this.origin, [proof.index])
    if (commitment && holds(() => verifyInclusion(proof, { leafHash: leafHash(commitment), root }))) return
    throw new LedgerError('ERR_LEDGER_NODE_MISMATCH', 'a stored hash of the tree is not that of the entries')
  }

  /** The size of the tree that is asked about, which must hold the first `needed` entries and be there. */
  async #covered(asked: number | undefined, needed: number): Promise<number> {
    if (asked !== undefined) assertCount('size', asked)
    const size = await this.size()
    const covered = asked ?? size
    if (covered <= size && needed <= covered) return covered
    throw new LedgerError('ERR_LEDGER_INDEX_OUT_OF_RANGE', 'the log is too small for this proof')
  }
}

function assertCount(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  if (!isCount(value)) throw invalidArgumentValue(name, 'a count that a number holds exactly')
}

function assertCommitment(value: unknown): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidArgumentType('commitment', 'Uint8Array', value)
  if (value.length !== HASH) throw invalidArgumentValue('commitment', `${HASH} bytes`)
}

function holds(verify: () => void): boolean {
  try {
    verify()
    return true
  } catch {
    return false
  }
}

function alreadyErased(): LedgerError {
  return new LedgerError('ERR_LEDGER_ENTRY_ERASED', 'the entry was erased before')
}

function fresh(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/**
 * A log that only grows: every entry can be proved, none can be changed, and any can be erased.
 *
 * @module
 */

import type { Opening } from './commit-entry.js'
import type { Erasure } from './erasure.js'
import type { EntryRecord, LedgerStore, Range } from './ledger-store.js'
import type { LedgerSigner } from './signer.js'
import type { ConsistencyProof } from './verify-consistency.js'
import type { InclusionProof } from './verify-inclusion.js'
import type { VerifyLedgerOptions } from './verify-ledger.js'
import type { RangeProof } from './verify-range.js'

/** What a log runs on. */
export interface LedgerOptions<Tx> {
  /** Where it is kept. */
  readonly store: LedgerStore<Tx>
  /** Signs checkpoints and erasures; the name of its key is the log's origin and its name in the store. */
  readonly signer: LedgerSigner
  /**
   * Gives the salts, which must be as random as keys.
   *
   * @defaultValue the runtime's `crypto.getRandomValues`
   */
  readonly randomBytes?: (length: number) => Uint8Array
}

/** What is to be logged. */
export interface EntryInput {
  /** At most 1,048,576 bytes. */
  readonly bytes: Uint8Array
  /**
   * 32 random bytes used for nothing else. Give them if the entry must not be logged twice when the call is repeated.
   *
   * @defaultValue fresh ones
   */
  readonly salt?: Uint8Array
}

/** An entry that is in the log. */
export interface AppendedEntry extends Opening {
  /** Its place, counted from 0. */
  readonly index: number
  /** What stands for it in the tree: 32 bytes. */
  readonly commitment: Uint8Array
}

/** An entry whose salt and bytes are gone. */
export interface ErasedEntry {
  /** What the log says about it now, signed; `verifyErasure` reads it. */
  readonly erasure: string
  /**
   * Whether the bytes are unreadable in the files of the database as well. When it is `false`, in a transaction or while
   * others read, call {@link Ledger.scrub} later. On PostgreSQL it stays `false`: vacuum, and its log's own pace, decide.
   */
  readonly scrubbed: boolean
}

/** A log. Any number of processes may use it at once. */
export interface Ledger<Tx> {
  /** The log's name, in checkpoints and in the store. */
  readonly origin: string
  /** How many entries it has. */
  size(): Promise<number>
  /**
   * Adds an entry. When the promise is fulfilled the entry is kept, in its place for good. The same salt and bytes again
   * give the same place.
   *
   * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
   */
  append(entry: EntryInput): Promise<AppendedEntry>
  /** Adds many entries as one, in their order; many times faster than one after the other. */
  appendAll(entries: readonly EntryInput[]): Promise<readonly AppendedEntry[]>
  /**
   * Adds commitments as one, in their order, whose salts and bytes are kept elsewhere: a log of what another table holds,
   * without a second copy of it. A commitment that the log holds already keeps its place.
   *
   * Whoever walks through the log must be able to find salts and bytes ({@link VerifyLedgerOptions.openings}), or an
   * erasure here: destroying them elsewhere and {@link Ledger.erase} belong together.
   *
   * @param commitments - From `commitEntry`: 32 bytes each.
   * @returns Their places.
   * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
   */
  commitAll(commitments: readonly Uint8Array[]): Promise<readonly number[]>
  /** Finds the place of a commitment, `null` when the log does not hold it. */
  find(commitment: Uint8Array): Promise<number | null>
  /**
   * Reads an entry, erased or not.
   *
   * @throws {@link LedgerError} `ERR_LEDGER_ENTRY_MISSING`.
   */
  read(index: number): Promise<EntryRecord>
  /**
   * Signs the state of the log and keeps the note. Nothing that contradicts the newest one kept is ever signed: that one is
   * compared with the stored tree, and what was added is proved to continue it. While the log has not grown the note is the
   * one kept, cosignatures included.
   *
   * @throws {@link LedgerError} `ERR_LEDGER_ROLLBACK`, `ERR_LEDGER_FORK`: the database was set back or changed.
   */
  checkpoint(): Promise<string>
  /**
   * Keeps a checkpoint that witnesses have cosigned, instead of the one without.
   *
   * @throws {@link LedgerError} those of `verifyCheckpoint`; `ERR_LEDGER_ROLLBACK`, `ERR_LEDGER_FORK`.
   */
  keepCheckpoint(note: string): Promise<void>
  /**
   * Proves that an entry is in the tree of the first `size` entries, all of them if left out.
   *
   * @throws {@link LedgerError} `ERR_LEDGER_INDEX_OUT_OF_RANGE`, `ERR_LEDGER_NODE_MISMATCH`.
   */
  prove(index: number, size?: number): Promise<InclusionProof>
  /** Proves the same for entries `from` to `to - 1` at once. */
  proveRange(range: Range, size?: number): Promise<RangeProof>
  /** Proves that the tree of the first `to` entries grew out of that of the first `from`, `from` being at least 1. */
  proveConsistency(from: number, to: number): Promise<ConsistencyProof>
  /**
   * Proves an entry offline: place, path and the newest kept checkpoint, which is signed anew if it does not cover the
   * entry yet (c2sp.org/tlog-proof). `verifyTlogProof` reads it, and it was verified before it is given out.
   *
   * @throws {@link LedgerError} those of {@link Ledger.checkpoint} and {@link Ledger.prove}.
   */
  attest(index: number): Promise<string>
  /**
   * Destroys the bytes and salt of an entry and leaves a signed summary. Every proof given before stays valid, and says
   * nothing any more about what the entry was. The summary says not when: of entries erased in one moment, somebody would
   * know that they belong together.
   *
   * What it cannot reach is named in SECURITY.md: backups, receipts in other hands, dead rows of PostgreSQL.
   *
   * @param summary - What may be kept; plain JSON of at most 16,384 characters. It is not erased again.
   * @throws {@link LedgerError} `ERR_LEDGER_ENTRY_MISSING`, `ERR_LEDGER_ENTRY_ERASED`.
   */
  erase(index: number, summary: Erasure['summary']): Promise<ErasedEntry>
  /** Does what {@link ErasedEntry.scrubbed} tells of, for all that was erased before. */
  scrub(): Promise<boolean>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (ledger: Ledger<Tx>, tx: Tx) => Promise<T>): Promise<T>
}

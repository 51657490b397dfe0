/**
 * The port a database implements so that a log can grow, be proved and be erased from.
 *
 * @module
 */

import type { NodeId, Range } from './lib/ranges.js'

export type { NodeId, Range } from './lib/ranges.js'

/** How far a log has grown. A log nobody has appended to has size 0 and an empty frontier. */
export interface LedgerHead {
  /** Entries so far. */
  readonly size: number
  /** The roots of the tree's perfect subtrees, largest first, 32 bytes each. */
  readonly frontier: Uint8Array
}

/** An entry on its way into a log. */
export interface NewEntry {
  /** SHA-256 of salt and bytes: 32 bytes, unique in a log. */
  readonly commitment: Uint8Array
  /** 32 bytes; `null` when salt and bytes are kept elsewhere. */
  readonly salt: Uint8Array | null
  /** At most 1,048,576 bytes; `null` together with the salt. */
  readonly bytes: Uint8Array | null
}

/**
 * An entry of a log. Salt and bytes are there until they are erased, and the erasure is there from then on. Of an entry
 * that was logged as its commitment alone, salt and bytes were never there.
 */
export interface EntryRecord {
  /** Its place, counted from 0. */
  readonly index: number
  readonly commitment: Uint8Array
  readonly salt: Uint8Array | null
  readonly bytes: Uint8Array | null
  /** The signed summary of what was erased. ASCII or other well-formed text, at most 65,536 characters. */
  readonly erasure: string | null
}

/** What adding entries makes of a log. */
export interface LedgerGrowth extends LedgerHead {
  /** The inner nodes that were completed on the way. */
  readonly nodes: readonly (NodeId & { readonly hash: Uint8Array })[]
}

/** A checkpoint as it was signed. */
export interface CheckpointRecord {
  readonly size: number
  /** The signed note, at most 262,144 characters. */
  readonly note: string
}

/** Reading a log; enough to prove and to verify. */
export interface LedgerReader {
  /** Reads how far the log has grown. */
  head(log: string): Promise<LedgerHead>
  /** Reads entries `from` to `to - 1`, those that are there, in their order. */
  entries(log: string, range: Range): Promise<readonly EntryRecord[]>
  /** Reads the commitments of entries, `null` for each that is missing, in the order asked for. */
  commitments(log: string, indices: readonly number[]): Promise<readonly (Uint8Array | null)[]>
  /** Reads inner nodes, of level 1 and above, `null` for each that is missing, in the order asked for. */
  nodes(log: string, ids: readonly NodeId[]): Promise<readonly (Uint8Array | null)[]>
  /** Reads all checkpoints, the one of the smallest size first. */
  checkpoints(log: string): Promise<readonly CheckpointRecord[]>
}

/**
 * Storage of the logs of one tenant; logs have names.
 *
 * Every implementation passes `ledgerStoreContract` of `@surveyseal/ledger/testing`.
 *
 * @typeParam Tx - The handle a host writes its own rows with inside {@link LedgerStore.transaction}.
 */
export interface LedgerStore<Tx> extends LedgerReader {
  /**
   * Adds entries, while nobody else can add to the same log, all of them or none.
   *
   * An entry may come as its commitment alone. An entry whose commitment the log already holds, or that came earlier in the same call, is not added again. `grow` is
   * called at most once per attempt, with the head as it is then and the entries that are new, and only if there are any.
   *
   * @returns The place of each entry, in the order given.
   */
  append(
    log: string,
    entries: readonly NewEntry[],
    grow: (head: LedgerHead, fresh: readonly NewEntry[]) => LedgerGrowth,
  ): Promise<readonly number[]>
  /** Finds the place of a commitment. */
  find(log: string, commitment: Uint8Array): Promise<number | null>
  /** Destroys salt and bytes of an entry, if they are here, and keeps the summary; `false`, and no change, if it has one. */
  erase(log: string, index: number, erasure: string): Promise<boolean>
  /**
   * Makes what was erased unreadable on the medium, as far as the database can, and tells whether that was done. Inside a
   * transaction nothing is, and the answer is `false`.
   */
  scrub(): Promise<boolean>
  /** Keeps a checkpoint, instead of an earlier one of the same size. */
  saveCheckpoint(log: string, checkpoint: CheckpointRecord): Promise<void>
  /** Reads the checkpoint of the greatest size. */
  newestCheckpoint(log: string): Promise<CheckpointRecord | null>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (store: LedgerStore<Tx>, tx: Tx) => Promise<T>): Promise<T>
}

/**
 * A store in memory, for tests.
 *
 * @module
 */

import type {
  CheckpointRecord,
  EntryRecord,
  LedgerHead,
  LedgerReader,
  LedgerStore,
  NewEntry,
  NodeId,
} from '../ledger-store.js'
import { equalBytes } from '../lib/bytes.js'

/** Lets a test's own writes follow the fate of the transaction. */
export interface MemoryTransaction {
  /** Runs `write` when, and only when, the transaction commits. */
  onCommit(write: () => void): void
}

interface Log {
  readonly head: LedgerHead
  readonly entries: readonly EntryRecord[]
  readonly nodes: ReadonlyMap<string, Uint8Array>
  readonly checkpoints: readonly CheckpointRecord[]
}

const EMPTY: Log = { head: { size: 0, frontier: new Uint8Array() }, entries: [], nodes: new Map(), checkpoints: [] }

/**
 * Makes an empty store for one tenant. It forgets everything when the process ends.
 *
 * @returns The store; transactions run one after the other.
 */
export function memoryLedgerStore(): LedgerStore<MemoryTransaction> {
  const now = new MemoryStore()
  let last: Promise<unknown> = Promise.resolve()

  /** Everything waits for what came before it, so that a transaction never sees or undoes what another wrote. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    head: (log) => inTurn(() => now.head(log)),
    entries: (log, range) => inTurn(() => now.entries(log, range)),
    commitments: (log, indices) => inTurn(() => now.commitments(log, indices)),
    nodes: (log, ids) => inTurn(() => now.nodes(log, ids)),
    checkpoints: (log) => inTurn(() => now.checkpoints(log)),
    append: (log, entries, grow) => inTurn(() => now.append(log, entries, grow)),
    find: (log, commitment) => inTurn(() => now.find(log, commitment)),
    erase: (log, index, erasure) => inTurn(() => now.erase(log, index, erasure)),
    saveCheckpoint: (log, checkpoint) => inTurn(() => now.saveCheckpoint(log, checkpoint)),
    newestCheckpoint: (log) => inTurn(() => now.newestCheckpoint(log)),
    scrub: async () => true,
    transaction: (run) => inTurn(() => now.transaction(run)),
  }
}

class MemoryStore implements LedgerStore<MemoryTransaction> {
  #logs: ReadonlyMap<string, Log> = new Map()

  async head(log: string): Promise<LedgerHead> {
    return this.#log(log).head
  }

  async entries(log: string, { from, to }: Parameters<LedgerReader['entries']>[1]): Promise<EntryRecord[]> {
    return this.#log(log).entries.slice(from, to)
  }

  async commitments(log: string, indices: readonly number[]): Promise<(Uint8Array | null)[]> {
    const { entries } = this.#log(log)
    return indices.map((index) => entries[index]?.commitment ?? null)
  }

  async nodes(log: string, ids: readonly NodeId[]): Promise<(Uint8Array | null)[]> {
    const { nodes } = this.#log(log)
    return ids.map((id) => nodes.get(nameOf(id)) ?? null)
  }

  async checkpoints(log: string): Promise<readonly CheckpointRecord[]> {
    return this.#log(log).checkpoints
  }

  async append(log: string, entries: readonly NewEntry[], grow: Parameters<LedgerStore<never>['append']>[2]) {
    const places: number[] = []
    const fresh: NewEntry[] = []
    const before = this.#log(log)
    for (const entry of entries) {
      const known = [...before.entries, ...fresh].findIndex((each) => equalBytes(each.commitment, entry.commitment))
      places.push(known === -1 ? before.head.size + fresh.length : known)
      if (known === -1) fresh.push(entry)
    }
    if (fresh.length === 0) return places
    const { size, frontier, nodes } = grow(before.head, fresh)
    const added = fresh.map((entry, at) => ({ ...entry, index: before.head.size + at, erasure: null }))
    this.#set(log, {
      ...before,
      head: { size, frontier },
      entries: [...before.entries, ...added],
      nodes: new Map([...before.nodes, ...nodes.map(({ hash, ...id }) => [nameOf(id), hash] as const)]),
    })
    return places
  }

  async find(log: string, commitment: Uint8Array): Promise<number | null> {
    return this.#log(log).entries.find((entry) => equalBytes(entry.commitment, commitment))?.index ?? null
  }

  async erase(log: string, index: number, erasure: string): Promise<boolean> {
    const before = this.#log(log)
    const entry = before.entries[index]
    if (entry === undefined || entry.erasure !== null) return false
    this.#set(log, { ...before, entries: before.entries.with(index, { ...entry, salt: null, bytes: null, erasure }) })
    return true
  }

  async scrub(): Promise<boolean> {
    return false
  }

  async saveCheckpoint(log: string, checkpoint: CheckpointRecord): Promise<void> {
    const before = this.#log(log)
    const others = before.checkpoints.filter(({ size }) => size !== checkpoint.size)
    this.#set(log, { ...before, checkpoints: [...others, checkpoint].sort((a, b) => a.size - b.size) })
  }

  async newestCheckpoint(log: string): Promise<CheckpointRecord | null> {
    return this.#log(log).checkpoints.at(-1) ?? null
  }

  async transaction<T>(run: (store: MemoryStore, tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const before = this.#logs
    const writes: (() => void)[] = []
    try {
      const result = await run(this, { onCommit: (write) => writes.push(write) })
      for (const write of writes) write()
      return result
    } catch (error) {
      this.#logs = before
      throw error
    }
  }

  #log(name: string): Log {
    return this.#logs.get(name) ?? EMPTY
  }

  #set(name: string, log: Log): void {
    this.#logs = new Map(this.#logs).set(name, log)
  }
}

function nameOf({ level, index }: NodeId): string {
  return `${level}/${index}`
}

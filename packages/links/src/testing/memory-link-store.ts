/**
 * Links in memory.
 *
 * @module
 */

import type { LinkKey, LinkRecord, LinkSelector, LinkStore, Spend, SpendOutcome } from '../link-store.js'

/** Lets a test's own writes share the fate of a transaction. */
export interface MemoryTransaction {
  /** Runs `write`, which must not throw, when and only when the transaction commits. */
  onCommit(write: () => void): void
}

/**
 * Creates a store for tests and examples: transactions that exclude each other and roll back, nothing kept on exit.
 *
 * Inside a transaction use the store it hands over: the outer one waits for the transaction to end.
 *
 * @returns A store for one tenant.
 */
export function memoryLinkStore(): LinkStore<MemoryTransaction> {
  let rows: Rows = new Map()
  let last: Promise<unknown> = Promise.resolve()

  async function commit<T>(
    run: (store: LinkStore<MemoryTransaction>, tx: MemoryTransaction) => Promise<T>,
  ): Promise<T> {
    const draft = new Map(rows)
    const writes: (() => void)[] = []
    const tx: MemoryTransaction = { onCommit: (write) => void writes.push(write) }
    const result = await run(storeOver(draft, tx), tx)
    rows = draft
    for (const write of writes) write()
    return result
  }

  function transaction<T>(run: (store: LinkStore<MemoryTransaction>, tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const result = last.then(() => commit(run))
    last = result.catch(() => undefined)
    return result
  }

  return {
    register: (records) => transaction((store) => store.register(records)),
    issue: (records, at) => transaction((store) => store.issue(records, at)),
    find: (key) => transaction((store) => store.find(key)),
    spend: (key, spend) => transaction((store) => store.spend(key, spend)),
    revoke: (selector, at) => transaction((store) => store.revoke(selector, at)),
    transaction,
  }
}

/** Rows are replaced, never changed, so that copying the map is enough to roll back. */
type Rows = Map<string, { readonly record: LinkRecord; readonly accepted: ReadonlySet<string> }>

function storeOver(rows: Rows, tx: MemoryTransaction): LinkStore<MemoryTransaction> {
  const store: LinkStore<MemoryTransaction> = {
    register: async (records) => register(rows, records),
    issue: async (records, at) => {
      for (const record of records) revoke(rows, (present) => isPredecessor(present, record), at)
      register(rows, records)
    },
    find: async (key) => structuredClone(rows.get(nameOf(key))?.record ?? null),
    spend: async (key, spend) => spendOnce(rows, key, spend),
    revoke: async (selector, at) => revoke(rows, (record) => matches(record, selector), at),
    transaction: (run) => run(store, tx),
  }
  return store
}

function register(rows: Rows, records: readonly LinkRecord[]): void {
  for (const record of records) {
    const name = nameOf(record)
    if (!rows.has(name)) rows.set(name, { record: structuredClone(record), accepted: new Set() })
  }
}

function spendOnce(rows: Rows, key: LinkKey, { idempotencyKey, at }: Spend): SpendOutcome {
  const row = rows.get(nameOf(key))
  if (row === undefined) return 'refused'
  if (row.accepted.has(idempotencyKey)) return 'repeated'
  const { usesLeft, revokedAt, validFrom, validUntil } = row.record
  const usable = usesLeft > 0 && revokedAt === null && at >= (validFrom ?? -Infinity) && at < (validUntil ?? Infinity)
  if (!usable) return 'refused'
  const record = { ...row.record, usesLeft: usesLeft - 1 }
  rows.set(nameOf(key), { record, accepted: new Set([...row.accepted, idempotencyKey]) })
  return 'spent'
}

function revoke(rows: Rows, selects: (record: LinkRecord) => boolean, at: number): number {
  const chosen = [...rows].filter(([, { record }]) => record.revokedAt === null && selects(record))
  for (const [name, { record, accepted }] of chosen) rows.set(name, { record: { ...record, revokedAt: at }, accepted })
  return chosen.length
}

function matches(record: LinkRecord, selector: LinkSelector): boolean {
  const { survey, purpose, digest, respondent, cohort } = record
  const values: Partial<Record<string, string | null>> = { survey, purpose, digest, respondent, cohort }
  return Object.entries(selector).every(([name, value]) => values[name] === value)
}

function isPredecessor(present: LinkRecord, { survey, purpose, respondent, serial }: LinkRecord): boolean {
  return matches(present, { survey, purpose, respondent }) && present.serial === serial
}

function nameOf({ survey, purpose, digest }: LinkKey): string {
  return JSON.stringify([survey, purpose, digest])
}

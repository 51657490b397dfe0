/**
 * Ledgers in a database.
 *
 * @module
 */

import type {
  CheckpointRecord,
  EntryRecord,
  LedgerGrowth,
  LedgerHead,
  LedgerStore,
  NewEntry,
  NodeId,
  Range,
} from '@surveyseal/ledger'
import { StoreError } from './errors.js'
import { forget } from './lib/forget.js'
import { type LedgerStatements, ledgerStatements } from './lib/ledger-statements.js'
import { parts, recordOf } from './lib/rows.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql, SqlRow, SqlValue } from './sql.js'

/**
 * Keeps the logs of one tenant in a database.
 *
 * Made on a database, each call is a transaction of its own and {@link LedgerStore.transaction} opens one; made on the
 * handle of a transaction, everything is part of that one. It does not make the tables: `migrate` does.
 *
 * Appending to a log waits for whoever else appends to it, until their transaction has ended; so append late in a
 * transaction. `scrub` takes in and empties SQLite's write-ahead log. On PostgreSQL it does nothing and answers `false`:
 * only vacuum, log rotation and the replicas' own pace take dead rows away.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `ledgerStoreContract` of `@surveyseal/ledger/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A log on a database that is open.
 *
 * ```ts
 * import { createLedger, type Ledger, type LedgerSigner } from '@surveyseal/ledger'
 * import { ledgerStore, type Sql } from '@surveyseal/stores'
 *
 * export function ledgerOf(database: Sql, tenant: string, signer: LedgerSigner): Ledger<Sql> {
 *   return createLedger({ store: ledgerStore(database, { tenant }), signer })
 * }
 * ```
 */
export function ledgerStore(sql: Sql, options: StoreOptions): LedgerStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlLedgerStore(sql, tenant, ledgerStatements(namesOfTables(tablePrefix)))
}

class SqlLedgerStore implements LedgerStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: LedgerStatements

  constructor(sql: Sql, tenant: string, statements: LedgerStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async head(log: string): Promise<LedgerHead> {
    const [row] = await this.#sql.query(this.#statements.head, [this.#tenant, log])
    return row === undefined ? { size: 0, frontier: new Uint8Array() } : toHead(row)
  }

  async entries(log: string, { from, to }: Range): Promise<EntryRecord[]> {
    const rows = await this.#sql.query(this.#statements.entries, [this.#tenant, log, from, to])
    return rows.map(recordOf<EntryRecord>)
  }

  async commitments(log: string, indices: readonly number[]): Promise<(Uint8Array | null)[]> {
    const found = new Map<unknown, Uint8Array>()
    for (const some of parts(indices)) {
      const rows = await this.#sql.query(this.#statements.commitments(some.length), [this.#tenant, log, ...some])
      for (const { place, commitment } of rows) found.set(place, commitment as Uint8Array)
    }
    return indices.map((index) => found.get(index) ?? null)
  }

  async nodes(log: string, ids: readonly NodeId[]): Promise<(Uint8Array | null)[]> {
    const found = new Map<string, Uint8Array>()
    for (const some of parts(ids)) {
      const places = some.flatMap(({ level, index }) => [level, index])
      const rows = await this.#sql.query(this.#statements.nodes(some.length), [this.#tenant, log, ...places])
      for (const { level, place, hash } of rows) found.set(`${level}/${place}`, hash as Uint8Array)
    }
    return ids.map(({ level, index }) => found.get(`${level}/${index}`) ?? null)
  }

  async checkpoints(log: string): Promise<CheckpointRecord[]> {
    const rows = await this.#sql.query(this.#statements.checkpoints, [this.#tenant, log])
    return rows.map(recordOf<CheckpointRecord>)
  }

  async append(
    log: string,
    entries: readonly NewEntry[],
    grow: (head: LedgerHead, fresh: readonly NewEntry[]) => LedgerGrowth,
  ): Promise<number[]> {
    return this.#sql.transaction(async (tx) => {
      const head = await this.#lock(tx, log)
      const places = await this.#placesOf(tx, log, entries)
      const fresh: NewEntry[] = []
      for (const entry of entries) {
        const name = nameOf(entry.commitment)
        if (places.has(name)) continue
        places.set(name, head.size + fresh.length)
        fresh.push(entry)
      }
      if (fresh.length > 0) await this.#add(tx, log, { head, fresh, growth: grow(head, fresh) })
      return entries.map(({ commitment }) => places.get(nameOf(commitment)) ?? -1)
    })
  }

  async find(log: string, commitment: Uint8Array): Promise<number | null> {
    const [row] = await this.#sql.query(this.#statements.places(1), [this.#tenant, log, commitment])
    return row === undefined ? null : Number(row['place'])
  }

  async erase(log: string, index: number, erasure: string): Promise<boolean> {
    return (await this.#sql.execute(this.#statements.erase, [this.#tenant, log, index, erasure])) > 0
  }

  async scrub(): Promise<boolean> {
    return this.#sql.dialect === 'sqlite' && forget(this.#sql)
  }

  async saveCheckpoint(log: string, { size, note }: CheckpointRecord): Promise<void> {
    await this.#sql.query(this.#statements.saveCheckpoint, [this.#tenant, log, size, note])
  }

  async newestCheckpoint(log: string): Promise<CheckpointRecord | null> {
    const [row] = await this.#sql.query(this.#statements.newestCheckpoint, [this.#tenant, log])
    return row === undefined ? null : recordOf<CheckpointRecord>(row)
  }

  async transaction<T>(run: (store: LedgerStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction((tx) => run(new SqlLedgerStore(tx, this.#tenant, this.#statements), tx))
  }

  async #lock(tx: Sql, log: string): Promise<LedgerHead> {
    const key = [this.#tenant, log]
    const [row] = await tx.query(this.#statements.lock, key)
    if (row !== undefined) return toHead(row)
    await tx.query(this.#statements.begin, [...key, new Uint8Array()])
    const [made] = await tx.query(this.#statements.lock, key)
    // At an isolation level that does not see what another made meanwhile, the whole is tried again.
    if (made === undefined) throw new StoreError('ERR_STORE_CONFLICT', 'another writer made the log')
    return toHead(made)
  }

  async #placesOf(tx: Sql, log: string, entries: readonly NewEntry[]): Promise<Map<string, number>> {
    const places = new Map<string, number>()
    for (const some of parts(entries)) {
      const commitments = some.map(({ commitment }) => commitment)
      const rows = await tx.query(this.#statements.places(some.length), [this.#tenant, log, ...commitments])
      for (const { place, commitment } of rows) places.set(nameOf(commitment as Uint8Array), Number(place))
    }
    return places
  }

  async #add(
    tx: Sql,
    log: string,
    { head, fresh, growth }: { head: LedgerHead; fresh: readonly NewEntry[]; growth: LedgerGrowth },
  ): Promise<void> {
    const key = [this.#tenant, log]
    const entries = fresh.map(({ commitment, salt, bytes }, at) => [...key, head.size + at, commitment, salt, bytes])
    const nodes = growth.nodes.map(({ level, index, hash }) => [...key, level, index, hash])
    await insert(tx, entries, this.#statements.insertEntries)
    await insert(tx, nodes, this.#statements.insertNodes)
    await tx.query(this.#statements.advance, [...key, growth.size, growth.frontier])
  }
}

async function insert(tx: Sql, rows: readonly SqlValue[][], statement: (count: number) => string): Promise<void> {
  for (const some of parts(rows)) await tx.query(statement(some.length), some.flat())
}

function toHead({ size, frontier }: SqlRow): LedgerHead {
  return { size: Number(size), frontier: frontier as Uint8Array }
}

/** A name under which a map finds bytes again. */
function nameOf(bytes: Uint8Array): string {
  return bytes.join()
}

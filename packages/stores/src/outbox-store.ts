/**
 * The outbox in a database.
 *
 * @module
 */

import type { BuriedRecord, LeasedRecord, LeaseOptions, OutboxRecord, OutboxStore } from '@surveyseal/consent/outbox'
import { type OutboxStatements, outboxStatements } from './lib/outbox-statements.js'
import { lists, parts, recordOf } from './lib/rows.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/**
 * Keeps one tenant's events in a database until they are delivered.
 *
 * Events are added through the handle of the transaction in which what they tell happens; everything else is a transaction
 * of its own. It does not make the tables: `migrate` does.
 *
 * @param sql - A database.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `outboxStoreContract` of `@surveyseal/consent/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * Withdrawals that are told to whoever must act, with the withdrawal or not at all.
 *
 * ```ts
 * import { type ConsentServiceOptions, createConsentService } from '@surveyseal/consent'
 * import { outboxStore, type Sql } from '@surveyseal/stores'
 *
 * export const serviceOf = (database: Sql, options: ConsentServiceOptions<Sql>) =>
 *   createConsentService({ ...options, outbox: outboxStore(database, { tenant: 'acme' }) })
 * ```
 */
export function outboxStore(sql: Sql, options: StoreOptions): OutboxStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlOutboxStore(sql, tenant, outboxStatements(namesOfTables(tablePrefix)))
}

class SqlOutboxStore implements OutboxStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: OutboxStatements

  constructor(sql: Sql, tenant: string, statements: OutboxStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async enqueue(tx: Sql, records: readonly OutboxRecord[]): Promise<void> {
    for (const part of parts(records)) {
      const values = part.flatMap(({ id, type, occurredAt, body }) => [this.#tenant, id, type, occurredAt, body, 0, 0])
      await tx.query(this.#statements.enqueue(part.length), values)
    }
  }

  async lease({ types, at, until, limit }: LeaseOptions): Promise<readonly LeasedRecord[]> {
    const text = this.#statements.lease(types.length)
    const rows = await this.#sql.transaction((tx) => tx.query(text, [this.#tenant, until, at, limit, ...types]))
    const leased = rows.map(recordOf<LeasedRecord>)
    return leased.sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const part of lists(ids)) await this.#write(this.#statements.remove(part.length), part)
  }

  async removeAbout(tx: Sql, text: string): Promise<void> {
    await tx.execute(this.#statements.removeAbout, [this.#tenant, text])
  }

  async postpone({ id, attempt }: { id: string; attempt: number }, dueAt: number): Promise<boolean> {
    return (await this.#write(this.#statements.postpone, [id, attempt, dueAt])) > 0
  }

  async bury({ id, attempt }: { id: string; attempt: number }, at: number): Promise<boolean> {
    return (await this.#write(this.#statements.bury, [id, attempt, at])) > 0
  }

  async buried(limit: number): Promise<readonly BuriedRecord[]> {
    const rows = await this.#sql.query(this.#statements.buried, [this.#tenant, limit])
    return rows.map(recordOf<BuriedRecord>)
  }

  async revive(ids: readonly string[]): Promise<number> {
    let revived = 0
    for (const part of lists(ids)) revived += await this.#write(this.#statements.revive(part.length), part)
    return revived
  }

  /** In a transaction, because only transactions are tried again when the database asks for it. */
  #write(text: string, values: readonly (string | number)[]): Promise<number> {
    return this.#sql.transaction((tx) => tx.execute(text, [this.#tenant, ...values]))
  }
}

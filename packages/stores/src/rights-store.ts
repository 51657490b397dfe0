/**
 * Requests of people about their data, in a database.
 *
 * @module
 */

import type { RightsRequest, RightsStore } from '@surveyseal/consent/rights'
import { type RightsStatements, rightsStatements } from './lib/rights-statements.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql, SqlRow, SqlValue } from './sql.js'

/**
 * Keeps the requests that reach one tenant.
 *
 * Made on a database, each call is a transaction of its own and {@link RightsStore.transaction} opens one; made on the
 * handle of a transaction, everything is part of that one. It does not make the tables: `migrate` does.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `rightsStoreContract` of `@surveyseal/consent/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A store on a database that is open.
 *
 * ```ts
 * import { rightsStore, type Sql } from '@surveyseal/stores'
 *
 * export const storeOf = (database: Sql) => rightsStore(database, { tenant: 'acme' })
 * ```
 */
export function rightsStore(sql: Sql, options: StoreOptions): RightsStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlRightsStore(sql, tenant, rightsStatements(namesOfTables(tablePrefix)))
}

class SqlRightsStore implements RightsStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: RightsStatements

  constructor(sql: Sql, tenant: string, statements: RightsStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async add(request: RightsRequest): Promise<void> {
    const { id, person, right, survey, purposes, receivedAt, lastDay, state, closedAt, steps } = request
    const about = [id, person, right, survey, purposes === null ? null : JSON.stringify(purposes), receivedAt]
    await this.#write(this.#statements.add, [...about, lastDay, state, closedAt, JSON.stringify(steps), steps.length])
  }

  async find(id: string): Promise<RightsRequest | null> {
    const [row] = await this.#read(this.#statements.find, id)
    return row ?? null
  }

  ofPerson(person: string): Promise<readonly RightsRequest[]> {
    return this.#read(this.#statements.ofPerson, person)
  }

  open(limit: number): Promise<readonly RightsRequest[]> {
    return this.#read(this.#statements.open, limit)
  }

  async advance({ id, lastDay, state, closedAt, steps }: RightsRequest): Promise<boolean> {
    const values = [id, lastDay, state, closedAt, JSON.stringify(steps), steps.length]
    return (await this.#write(this.#statements.advance, values)) > 0
  }

  async separate(id: string, person: string): Promise<boolean> {
    return (await this.#write(this.#statements.separate, [id, person])) > 0
  }

  async purge(closedBefore: number): Promise<number> {
    return this.#write(this.#statements.purge, [closedBefore])
  }

  async transaction<T>(run: (store: RightsStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction((tx) => run(new SqlRightsStore(tx, this.#tenant, this.#statements), tx))
  }

  async #read(text: string, value: SqlValue): Promise<RightsRequest[]> {
    return (await this.#sql.query(text, [this.#tenant, value])).map(toRequest)
  }

  /** In a transaction, because only transactions are tried again when the database asks for it. */
  #write(text: string, values: readonly SqlValue[]): Promise<number> {
    return this.#sql.transaction((tx) => tx.execute(text, [this.#tenant, ...values]))
  }
}

function toRequest(row: SqlRow): RightsRequest {
  const purposes = row['purposes'] === null ? null : JSON.parse(String(row['purposes']))
  return { ...row, purposes, steps: JSON.parse(String(row['steps'])) } as unknown as RightsRequest
}

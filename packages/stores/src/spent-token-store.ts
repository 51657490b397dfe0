/**
 * Spent tokens of unlinkable links in a database.
 *
 * @module
 */

import type { SpentToken, SpentTokenStore, WaveRef } from '@surveyseal/links/unlinkable'
import { assertTenant, namesOfTables } from './lib/tables.js'
import { type UnlinkableStatements, unlinkableStatements } from './lib/unlinkable-statements.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/**
 * Remembers which tokens of one tenant's waves were answered with.
 *
 * Made on a database, each call is a transaction of its own and {@link SpentTokenStore.transaction} opens one; made on the
 * handle of a transaction, everything is part of that one. It does not make the tables: `migrate` does. Put it into
 * another database than the issuances where you can: whoever reads one then still lacks the other.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `spentTokenStoreContract` of `@surveyseal/links/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A store on a database that is open.
 *
 * ```ts
 * import { spentTokenStore, type Sql } from '@surveyseal/stores'
 *
 * export const storeOf = (database: Sql) => spentTokenStore(database, { tenant: 'acme' })
 * ```
 */
export function spentTokenStore(sql: Sql, options: StoreOptions): SpentTokenStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlSpentTokenStore(sql, tenant, unlinkableStatements(namesOfTables(tablePrefix)))
}

class SqlSpentTokenStore implements SpentTokenStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: UnlinkableStatements

  constructor(sql: Sql, tenant: string, statements: UnlinkableStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async spend({ survey, wave, tokenHash }: SpentToken): Promise<boolean> {
    return (await this.#sql.execute(this.#statements.spend, [this.#tenant, survey, wave, tokenHash])) > 0
  }

  async count({ survey, wave }: WaveRef): Promise<number> {
    const [row] = await this.#sql.query(this.#statements.countSpent, [this.#tenant, survey, wave])
    return Number(row?.['number'])
  }

  async transaction<T>(run: (store: SpentTokenStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction((tx) => run(new SqlSpentTokenStore(tx, this.#tenant, this.#statements), tx))
  }
}

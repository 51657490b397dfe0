/**
 * Issuances of unlinkable links in a database.
 *
 * @module
 */

import type { IssuanceRecord, IssuanceRef, IssuanceStore, WaveRecord, WaveRef } from '@surveyseal/links/unlinkable'
import { recordOf } from './lib/rows.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import { type UnlinkableStatements, unlinkableStatements } from './lib/unlinkable-statements.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/**
 * Remembers who of one tenant's respondents has a token of which wave.
 *
 * Made on a database, each call is a transaction of its own and {@link IssuanceStore.transaction} opens one; made on the
 * handle of a transaction, everything is part of that one. It does not make the tables: `migrate` does.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `issuanceStoreContract` of `@surveyseal/links/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A store on a database that is open.
 *
 * ```ts
 * import { issuanceStore, type Sql } from '@surveyseal/stores'
 *
 * export const storeOf = (database: Sql) => issuanceStore(database, { tenant: 'acme' })
 * ```
 */
export function issuanceStore(sql: Sql, options: StoreOptions): IssuanceStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlIssuanceStore(sql, tenant, unlinkableStatements(namesOfTables(tablePrefix)))
}

class SqlIssuanceStore implements IssuanceStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: UnlinkableStatements

  constructor(sql: Sql, tenant: string, statements: UnlinkableStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async openWave(record: WaveRecord): Promise<WaveRecord> {
    const { survey, wave, pepperCheck, floor } = record
    return this.#sql.transaction(async (tx) => {
      await tx.query(this.#statements.openWave, [this.#tenant, survey, wave, pepperCheck, floor])
      const [row] = await tx.query(this.#statements.findWave, [this.#tenant, survey, wave])
      return recordOf<WaveRecord>(row ?? {})
    })
  }

  async claim(record: IssuanceRecord): Promise<boolean> {
    const { survey, wave, person, blindedHash, keyId } = record
    const values = [this.#tenant, survey, wave, person, blindedHash, keyId]
    return (await this.#sql.execute(this.#statements.claim, values)) > 0
  }

  async find({ survey, wave, person }: IssuanceRef): Promise<IssuanceRecord | null> {
    const [row] = await this.#sql.query(this.#statements.findIssuance, [this.#tenant, survey, wave, person])
    return row === undefined ? null : recordOf<IssuanceRecord>(row)
  }

  async remove({ survey, wave, person }: IssuanceRef): Promise<void> {
    await this.#sql.execute(this.#statements.removeIssuance, [this.#tenant, survey, wave, person])
  }

  async count({ survey, wave }: WaveRef): Promise<number> {
    const [row] = await this.#sql.query(this.#statements.countIssuances, [this.#tenant, survey, wave])
    return Number(row?.['number'])
  }

  async transaction<T>(run: (store: IssuanceStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction((tx) => run(new SqlIssuanceStore(tx, this.#tenant, this.#statements), tx))
  }
}

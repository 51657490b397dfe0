/**
 * Linkages of surveys in a database.
 *
 * @module
 */

import type { AnswerLinkage, LinkageMove, LinkageStore } from '@surveyseal/links/answer-linkage'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/**
 * Remembers which linkage each of one tenant's surveys was declared with.
 *
 * Made on the handle of a transaction, everything is part of that one. It does not make the tables: `migrate` does.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `linkageStoreContract` of `@surveyseal/links/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A store on a database that is open.
 *
 * ```ts
 * import { linkageStore, type Sql } from '@surveyseal/stores'
 *
 * export const storeOf = (database: Sql) => linkageStore(database, { tenant: 'acme' })
 * ```
 */
export function linkageStore(sql: Sql, options: StoreOptions): LinkageStore {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlLinkageStore(sql, tenant, namesOfTables(tablePrefix).answerLinkages)
}

class SqlLinkageStore implements LinkageStore {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #table: string

  constructor(sql: Sql, tenant: string, table: string) {
    this.#sql = sql
    this.#tenant = tenant
    this.#table = table
  }

  async find(survey: string): Promise<AnswerLinkage | null> {
    const text = `SELECT linkage FROM ${this.#table} WHERE tenant = $1 AND survey = $2`
    const [row] = await this.#sql.query(text, [this.#tenant, survey])
    return (row?.['linkage'] ?? null) as AnswerLinkage | null
  }

  async declare(survey: string, linkage: AnswerLinkage): Promise<AnswerLinkage> {
    const text = `INSERT INTO ${this.#table} (tenant, survey, linkage) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
    await this.#sql.query(text, [this.#tenant, survey, linkage])
    return (await this.find(survey)) ?? linkage
  }

  async move({ survey, from, to }: LinkageMove): Promise<boolean> {
    const text = `UPDATE ${this.#table} SET linkage = $4 WHERE tenant = $1 AND survey = $2 AND linkage = $3`
    return (await this.#sql.execute(text, [this.#tenant, survey, from, to])) > 0
  }
}

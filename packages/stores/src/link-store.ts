/**
 * Links in a database.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { LinkKey, LinkRecord, LinkSelector, LinkStore, Spend, SpendOutcome } from '@surveyseal/links'
import { StoreError } from './errors.js'
import type { LinkStatements } from './lib/link-statements.js'
import { linkFields, linkStatements } from './lib/link-statements.js'
import { parts } from './lib/rows.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { Sql, SqlRow, SqlValue } from './sql.js'

/** Whose rows a store sees, and where they are. */
export interface StoreOptions {
  /** Goes into every statement: no call reads or writes the rows of another. */
  readonly tenant: string
  /**
   * The prefix the tables were made with.
   *
   * @defaultValue `'surveyseal_'`
   */
  readonly tablePrefix?: string
}

/**
 * Keeps the links of one tenant in a database.
 *
 * Made on a database, each call is a transaction of its own and {@link LinkStore.transaction} opens one; made on the handle
 * of a transaction, everything is part of that one. It does not make the tables: `migrate` does.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `linkStoreContract` of `@surveyseal/links/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * The answer and the spent link are kept together or not at all.
 *
 * ```ts
 * import { linkStore } from '@surveyseal/stores'
 * import type { Sql } from '@surveyseal/stores'
 *
 * export function answer(database: Sql, digest: string, text: string): Promise<boolean> {
 *   const key = { survey: 'nps', purpose: 'survey', digest }
 *   return linkStore(database, { tenant: 'acme' }).transaction(async (links, tx) => {
 *     const outcome = await links.spend(key, { idempotencyKey: digest, at: Date.now() })
 *     if (outcome === 'spent') await tx.query('INSERT INTO answers (text) VALUES ($1)', [text])
 *     return outcome !== 'refused'
 *   })
 * }
 * ```
 */
export function linkStore(sql: Sql, options: StoreOptions): LinkStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlLinkStore(sql, tenant, linkStatements(namesOfTables(tablePrefix)))
}

// In each round another issuer of the same links must have come first; two are rare, this many are a fault.
const roundsAtMost = 10

class SqlLinkStore implements LinkStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: LinkStatements

  constructor(sql: Sql, tenant: string, statements: LinkStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async register(records: readonly LinkRecord[]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      for (const part of parts(records)) await this.#insert(tx, part, () => null)
    })
  }

  async issue(records: readonly LinkRecord[], at: number): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      for (const group of groupsOf(records)) await this.#issue(tx, group, at)
    })
  }

  async find(key: LinkKey): Promise<LinkRecord | null> {
    const [row] = await this.#sql.query(this.#statements.find, this.#key(key))
    return row === undefined ? null : ({ ...row } as unknown as LinkRecord)
  }

  async spend(key: LinkKey, { idempotencyKey, at }: Spend): Promise<SpendOutcome> {
    const { note, use, isNoted, forget } = this.#statements
    const attempt = [...this.#key(key), idempotencyKey]
    return this.#sql.transaction(async (tx) => {
      // Writing the attempt first makes one that races with the same idempotency key wait, then find it noted.
      const [noted] = await tx.query(note, [...attempt, at])
      if (noted === undefined) {
        const [before] = await tx.query(isNoted, attempt)
        return before === undefined ? 'refused' : 'repeated'
      }
      const [used] = await tx.query(use, [...this.#key(key), at])
      if (used !== undefined) return 'spent'
      await tx.query(forget, attempt)
      return 'refused'
    })
  }

  async revoke(selector: LinkSelector, at: number): Promise<number> {
    const by = linkFields.filter((field) => Object.hasOwn(selector, field))
    if (!by.includes('survey') && !by.includes('respondent')) {
      throw invalidArgumentValue('selector', 'a survey or a respondent')
    }
    const values = by.map((field) => (selector as Partial<LinkRecord>)[field] as SqlValue)
    const revoked = await this.#sql.query(this.#statements.revoke(by), [this.#tenant, at, ...values])
    return revoked.length
  }

  async transaction<T>(run: (store: LinkStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction((tx) => run(new SqlLinkStore(tx, this.#tenant, this.#statements), tx))
  }

  /** All of one survey, purpose and serial, so that a list of respondents or digests finds its rows through an index. */
  async #issue(tx: Sql, group: readonly LinkRecord[], at: number): Promise<void> {
    let left = group
    for (let rounds = 0; rounds < roundsAtMost; rounds++) {
      // What exists is left out, so that repeating a batch does not revoke what was issued since.
      left = revokeReplaced(without(left, await this.#existing(tx, left)), at)
      left = without(left, await this.#replace(tx, left, at))
      if (left.length === 0) return
    }
    throw new StoreError('ERR_STORE_CONFLICT', 'other issuers of the same links came first each time')
  }

  async #existing(tx: Sql, group: readonly LinkRecord[]): Promise<readonly SqlRow[]> {
    const found: SqlRow[] = []
    for (const part of parts(group)) {
      const { survey, purpose } = part[0] as LinkRecord
      const digests = part.map(({ digest }) => digest)
      const text = this.#statements.existing(digests.length)
      found.push(...(await tx.query(text, [this.#tenant, survey, purpose, ...digests])))
    }
    return found
  }

  /** Returns the rows that were put in; of the others, another issuer has just taken the place. */
  async #replace(tx: Sql, group: readonly LinkRecord[], at: number): Promise<readonly SqlRow[]> {
    const inserted: SqlRow[] = []
    for (const part of parts(group)) {
      const { survey, purpose, serial } = part[0] as LinkRecord
      const respondents = part.map(({ respondent }) => respondent)
      const text = this.#statements.revokePredecessors(respondents.length)
      await tx.query(text, [this.#tenant, at, survey, purpose, serial, ...respondents])
      inserted.push(...(await this.#insert(tx, part, ({ revokedAt }) => (revokedAt === null ? 1 : null))))
    }
    return inserted
  }

  async #insert(
    tx: Sql,
    records: readonly LinkRecord[],
    isCurrent: (record: LinkRecord) => 1 | null,
  ): Promise<readonly SqlRow[]> {
    const values = records.flatMap((record) => [
      this.#tenant,
      ...linkFields.map((field) => record[field]),
      isCurrent(record),
    ])
    return tx.query(this.#statements.insert(records.length), values)
  }

  #key({ survey, purpose, digest }: LinkKey): SqlValue[] {
    return [this.#tenant, survey, purpose, digest]
  }
}

/** Cuts records into groups of one survey, purpose and serial; of several with one digest the first counts. */
function groupsOf(records: readonly LinkRecord[]): readonly (readonly LinkRecord[])[] {
  const groups = new Map<string, Map<string, LinkRecord>>()
  for (const record of records) {
    const name = JSON.stringify([record.survey, record.purpose, record.serial])
    const group = groups.get(name) ?? new Map<string, LinkRecord>()
    groups.set(name, group)
    if (!group.has(record.digest)) group.set(record.digest, record)
  }
  return [...groups.values()].map((group) => [...group.values()])
}

function without(group: readonly LinkRecord[], gone: readonly SqlRow[]): readonly LinkRecord[] {
  const digests = new Set(gone.map(({ digest }) => digest))
  return group.filter(({ digest }) => !digests.has(digest))
}

/** Of several links for one respondent the last one counts, as if they were issued one after the other. */
function revokeReplaced(group: readonly LinkRecord[], at: number): readonly LinkRecord[] {
  const last = new Map(group.map((record) => [record.respondent, record]))
  return group.map((record) =>
    last.get(record.respondent) === record ? record : { ...record, revokedAt: record.revokedAt ?? at },
  )
}

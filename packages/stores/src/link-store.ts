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
      let left = firstOfEachKey(records)
      for (let rounds = 0; rounds < roundsAtMost; rounds++) {
        // What exists is left out, so that repeating a batch does not revoke what was issued since.
        left = revokeReplaced(without(left, await this.#existing(tx, left)), at)
        left = without(left, await this.#replace(tx, left, at))
        if (left.length === 0) return
      }
      throw new StoreError('ERR_STORE_CONFLICT', 'other issuers of the same links came first each time')
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

  async #existing(tx: Sql, records: readonly LinkRecord[]): Promise<readonly SqlRow[]> {
    const found: SqlRow[] = []
    for (const part of parts(records)) {
      const keys = part.flatMap(({ survey, purpose, digest }) => [survey, purpose, digest])
      found.push(...(await tx.query(this.#statements.existing(part.length), [this.#tenant, ...keys])))
    }
    return found
  }

  /** Returns the keys of the records that were put in; another issuer has just taken the place of the others. */
  async #replace(tx: Sql, records: readonly LinkRecord[], at: number): Promise<readonly SqlRow[]> {
    const inserted: SqlRow[] = []
    for (const part of parts(records)) {
      const whose = part.flatMap(({ survey, purpose, respondent, serial }) => [survey, purpose, respondent, serial])
      await tx.query(this.#statements.revokePredecessors(part.length), [this.#tenant, at, ...whose])
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

function firstOfEachKey(records: readonly LinkRecord[]): readonly LinkRecord[] {
  const seen = new Set<string>()
  return records.filter((record) => seen.size < seen.add(keyOf(record)).size)
}

function without(records: readonly LinkRecord[], gone: readonly SqlRow[]): readonly LinkRecord[] {
  const keys = new Set(gone.map(keyOf))
  return records.filter((record) => !keys.has(keyOf(record)))
}

/** Of several records for one respondent and serial the last one counts, as if they were issued one after the other. */
function revokeReplaced(records: readonly LinkRecord[], at: number): readonly LinkRecord[] {
  const last = new Map(records.map((record) => [identity(record), record]))
  return records.map((record) =>
    last.get(identity(record)) === record ? record : { ...record, revokedAt: record.revokedAt ?? at },
  )
}

function keyOf({ survey, purpose, digest }: LinkRecord | SqlRow): string {
  return JSON.stringify([survey, purpose, digest])
}

function identity({ survey, purpose, respondent, serial }: LinkRecord): string {
  return JSON.stringify([survey, purpose, respondent, serial])
}

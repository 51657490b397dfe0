/**
 * Links in a database.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type {
  Draft,
  DraftStore,
  Invitee,
  LinkKey,
  LinkRecord,
  LinkSelector,
  LinkStore,
  PurgeCount,
  Spend,
  SpendOutcome,
  SpendQuery,
  SpentLink,
  Suppression,
  SuppressionCount,
  SuppressionSelector,
  SuppressionStore,
} from '@surveyseal/links'
import { StoreError } from './errors.js'
import { type DraftStatements, draftStatements } from './lib/draft-statements.js'
import { groupsOf, lessSpent, revokeReplaced, without } from './lib/link-groups.js'
import type { LinkStatements } from './lib/link-statements.js'
import { linkFields, linkStatements } from './lib/link-statements.js'
import { parts, recordOf } from './lib/rows.js'
import { sqlDrafts } from './lib/sql-drafts.js'
import { sqlSuppressions } from './lib/sql-suppressions.js'
import { type SuppressionStatements, suppressionStatements } from './lib/suppression-statements.js'
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
  const tables = namesOfTables(tablePrefix)
  return new SqlLinkStore(sql, tenant, {
    ...linkStatements(tables),
    drafts: draftStatements(tables),
    suppressions: suppressionStatements(tables),
  })
}

interface Statements extends LinkStatements {
  readonly drafts: DraftStatements
  readonly suppressions: SuppressionStatements
}

// In each round another issuer of the same links must have come first; two are rare, this many are a fault.
const roundsAtMost = 10

class SqlLinkStore implements LinkStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: Statements
  readonly #drafts: DraftStore
  readonly #suppressions: SuppressionStore

  constructor(sql: Sql, tenant: string, statements: Statements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
    this.#drafts = sqlDrafts(sql, tenant, statements.drafts)
    this.#suppressions = sqlSuppressions(sql, tenant, statements.suppressions)
  }

  async register(records: readonly LinkRecord[]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      for (const part of parts(records)) await this.#insert(tx, part, () => null)
    })
  }

  async issue(records: readonly LinkRecord[], at: number): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      for (const group of groupsOf(records, ({ digest }) => digest)) await this.#issue(tx, group, at)
    })
  }

  async find(key: LinkKey): Promise<LinkRecord | null> {
    const [row] = await this.#sql.query(this.#statements.find, this.#key(key))
    if (row === undefined) return null
    return toRecord(key, row)
  }

  async issued(invitees: readonly Invitee[]): Promise<readonly LinkRecord[]> {
    const found: SqlRow[] = []
    for (const group of groupsOf(invitees, ({ respondent }) => respondent)) {
      for (const part of parts(group)) {
        found.push(...(await this.#sql.query(this.#statements.issued(part.length), this.#invitees(part))))
      }
    }
    return found.map(recordOf<LinkRecord>)
  }

  async spend(key: LinkKey, { idempotencyKey, at }: Spend): Promise<SpendOutcome> {
    const { note, use, isNoted, forget } = this.#statements
    const attempt = [...this.#key(key), idempotencyKey]
    return this.#sql.transaction(async (tx) => {
      // Writing the attempt first makes one that races with the same idempotency key wait, then find it noted.
      if ((await tx.execute(note, [...attempt, at])) === 0) {
        const [before] = await tx.query(isNoted, attempt)
        return before === undefined ? 'refused' : 'repeated'
      }
      if ((await tx.execute(use, [...this.#key(key), at])) > 0) return 'spent'
      await tx.execute(forget, attempt)
      return 'refused'
    })
  }

  async spends({ survey, purpose, idempotencyKeys }: SpendQuery): Promise<readonly SpentLink[]> {
    const found: SpentLink[] = []
    for (const part of parts([...new Set(idempotencyKeys)])) {
      const rows = await this.#sql.query(this.#statements.spends(part.length), [this.#tenant, survey, purpose, ...part])
      for (const { idempotencyKey, ...record } of rows) {
        found.push({ idempotencyKey: String(idempotencyKey), record: record as unknown as LinkRecord })
      }
    }
    return found
  }

  async revoke(selector: LinkSelector, at: number): Promise<number> {
    const by = linkFields.filter((field) => Object.hasOwn(selector, field))
    if (!by.includes('survey') && !by.includes('respondent')) {
      throw invalidArgumentValue('selector', 'a survey or a respondent')
    }
    const values = by.map((field) => (selector as Partial<LinkRecord>)[field] as SqlValue)
    return this.#sql.transaction(async (tx) => {
      const revoked = await tx.execute(this.#statements.revoke(by), [this.#tenant, at, ...values])
      await tx.execute(this.#statements.drafts.dropBy(by), [this.#tenant, ...values])
      return revoked
    })
  }

  async erase(respondent: string): Promise<number> {
    const { drafts, lock, eraseSpends, erase } = this.#statements
    const about = [this.#tenant, respondent]
    return this.#sql.transaction(async (tx) => {
      // Whoever spends a link or keeps its draft has locked it, and has either ended by now or finds it gone.
      await tx.execute(lock, about)
      await tx.execute(drafts.dropBy(['respondent']), about)
      await tx.execute(eraseSpends, about)
      return tx.execute(erase, about)
    })
  }

  async holds(respondent: string): Promise<boolean> {
    return (await this.#sql.query(this.#statements.holds, [this.#tenant, respondent])).length > 0
  }

  async pepperIds(): Promise<readonly string[]> {
    const rows = await this.#sql.query(this.#statements.pepperIds, [this.#tenant])
    return rows.map(({ pepperId }) => String(pepperId))
  }

  async purge(before: number): Promise<PurgeCount> {
    return this.#sql.transaction(async (tx) => {
      const drafts = await tx.execute(this.#statements.drafts.purge, [this.#tenant, before])
      const links = await tx.execute(this.#statements.purgeLinks, [this.#tenant, before])
      if (links > 0) await tx.execute(this.#statements.purgeSpends, [this.#tenant])
      return { links, drafts }
    })
  }

  saveDraft(key: LinkKey, draft: Draft): Promise<boolean> {
    return this.#drafts.saveDraft(key, draft)
  }

  findDraft(key: LinkKey): Promise<Draft | null> {
    return this.#drafts.findDraft(key)
  }

  dropDraft(key: LinkKey): Promise<void> {
    return this.#drafts.dropDraft(key)
  }

  suppress(rows: readonly Suppression[]): Promise<void> {
    return this.#suppressions.suppress(rows)
  }

  suppressed(digests: readonly string[]): Promise<readonly Suppression[]> {
    return this.#suppressions.suppressed(digests)
  }

  withhold(digests: readonly string[]): Promise<readonly string[]> {
    return this.#suppressions.withhold(digests)
  }

  countSuppressions(pepperIds: readonly string[]): Promise<readonly SuppressionCount[]> {
    return this.#suppressions.countSuppressions(pepperIds)
  }

  unsuppress(selector: SuppressionSelector): Promise<number> {
    return this.#suppressions.unsuppress(selector)
  }

  transaction<T>(run: (store: LinkStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
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
      const revoked = await tx.query(text, [this.#tenant, at, survey, purpose, serial, ...respondents])
      await this.#dropDrafts(tx, part, revoked)
      // After the predecessors were revoked, none of them can be spent any more.
      const records = lessSpent(part, await tx.query(this.#statements.spentBefore(part.length), this.#invitees(part)))
      inserted.push(...(await this.#insert(tx, records, ({ revokedAt }) => (revokedAt === null ? 1 : null))))
    }
    return inserted
  }

  async #dropDrafts(tx: Sql, group: readonly LinkRecord[], revoked: readonly SqlRow[]): Promise<void> {
    const { survey, purpose } = group[0] as LinkRecord
    for (const part of parts(revoked.map(({ digest }) => String(digest)))) {
      await tx.query(this.#statements.drafts.dropAll(part.length), [this.#tenant, survey, purpose, ...part])
    }
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

  #invitees(group: readonly Invitee[]): SqlValue[] {
    const { survey, purpose, serial } = group[0] as Invitee
    return [this.#tenant, survey, purpose, serial, ...group.map(({ respondent }) => respondent)]
  }

  #key({ survey, purpose, digest }: LinkKey): SqlValue[] {
    return [this.#tenant, survey, purpose, digest]
  }
}

/** Field by field, as every redemption does it: rows have no prototype, and copying them whole takes five times as long. */
function toRecord({ survey, purpose, digest }: LinkKey, row: SqlRow): LinkRecord {
  const { pepperId, respondent, serial, cohort, batch, usesLeft, validFrom, validUntil, revokedAt } =
    row as unknown as LinkRecord
  return {
    survey,
    purpose,
    digest,
    pepperId,
    respondent,
    serial,
    cohort,
    batch,
    usesLeft,
    validFrom,
    validUntil,
    revokedAt,
  }
}

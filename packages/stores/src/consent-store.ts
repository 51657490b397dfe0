/**
 * Consent in a database.
 *
 * @module
 */

import type {
  AppendOutcome,
  ChainHead,
  ChainKey,
  ConsentStore,
  EventRecord,
  RequestRecord,
  SummaryRecord,
} from '@surveyseal/consent'
import { StoreError } from './errors.js'
import type { ConsentStatements } from './lib/consent-statements.js'
import { consentStatements, eventFields, requestFields } from './lib/consent-statements.js'
import { parts, recordOf } from './lib/rows.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql, SqlValue } from './sql.js'

/**
 * Keeps the consent of one tenant's respondents in a database.
 *
 * Made on a database, each call is a transaction of its own and {@link ConsentStore.transaction} opens one; made on the
 * handle of a transaction, everything is part of that one. It does not make the tables: `migrate` does.
 *
 * @param sql - A database, or the handle of a transaction.
 * @param options - Tenant and table prefix.
 * @returns The store; it passes `consentStoreContract` of `@surveyseal/consent/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A store on a database that is open.
 *
 * ```ts
 * import type { ConsentStore } from '@surveyseal/consent'
 * import type { Sql } from '@surveyseal/stores'
 * import { consentStore } from '@surveyseal/stores'
 *
 * export function consentOf(database: Sql, tenant: string): ConsentStore<Sql> {
 *   return consentStore(database, { tenant })
 * }
 * ```
 */
export function consentStore(sql: Sql, options: StoreOptions): ConsentStore<Sql> {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  return new SqlConsentStore(sql, tenant, consentStatements(namesOfTables(tablePrefix)))
}

// Whoever comes first leaves something that the next look finds, so the second round decides; more are a fault.
const roundsAtMost = 3

class SqlConsentStore implements ConsentStore<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #statements: ConsentStatements

  constructor(sql: Sql, tenant: string, statements: ConsentStatements) {
    this.#sql = sql
    this.#tenant = tenant
    this.#statements = statements
  }

  async saveRequest(request: RequestRecord): Promise<void> {
    const { purposes, ...rest } = request
    const row = { ...rest, purposes: JSON.stringify(purposes) }
    await this.#sql.query(this.#statements.saveRequest, [this.#tenant, ...requestFields.map((field) => row[field])])
  }

  async findRequest(nonce: string): Promise<RequestRecord | null> {
    const [row] = await this.#sql.query(this.#statements.findRequest, [this.#tenant, nonce])
    if (row === undefined) return null
    return { ...row, purposes: JSON.parse(String(row['purposes'])) } as unknown as RequestRecord
  }

  async purgeRequests(before: number): Promise<number> {
    return this.#sql.execute(this.#statements.purgeRequests, [this.#tenant, before])
  }

  async append(record: EventRecord): Promise<AppendOutcome> {
    return this.#sql.transaction(async (tx) => {
      await this.#hold(tx, record)
      for (let rounds = 0; rounds < roundsAtMost; rounds++) {
        const refusal = await this.#refusal(tx, record)
        if (refusal !== null) return refusal
        const values = eventFields.map((field) => record[field])
        if ((await tx.execute(this.#statements.append, [this.#tenant, ...values])) > 0) return 'appended'
      }
      throw new StoreError('ERR_STORE_CONFLICT', 'other events of the same chain came first each time')
    })
  }

  async head(chain: ChainKey): Promise<ChainHead | null> {
    const [row] = await this.#sql.query(this.#statements.head, this.#chain(chain))
    return row === undefined ? null : recordOf<ChainHead>(row)
  }

  async events(chain: ChainKey): Promise<EventRecord[]> {
    const rows = await this.#sql.query(this.#statements.events, this.#chain(chain))
    return rows.map(recordOf<EventRecord>)
  }

  async surveys(): Promise<readonly string[]> {
    return (await this.#sql.query(this.#statements.surveys, [this.#tenant])).map(({ survey }) => String(survey))
  }

  async holds(chain: ChainKey): Promise<boolean> {
    return (await this.#sql.query(this.#statements.holds, this.#chain(chain))).length > 0
  }

  async reduce(
    chain: ChainKey,
    { head, summaries }: { readonly head: ChainHead | null; readonly summaries: readonly SummaryRecord[] },
  ): Promise<boolean> {
    const key = this.#chain(chain)
    const { eraseEvents, eraseRequests, lockEvents, lockRequests, summarize } = this.#statements
    return this.#sql.transaction(async (tx) => {
      // On SQLite whoever writes is alone. Elsewhere an event that is not committed cannot be seen, and is waited for.
      if (tx.dialect === 'postgres') for (const lock of [lockRequests, lockEvents]) await tx.query(lock, key)
      const [standing] = await tx.query(this.#statements.head, key)
      if ((standing?.['hash'] ?? null) !== (head?.hash ?? null)) return false
      const erased = await tx.execute(eraseEvents, [...key, head?.seq ?? 0])
      // Another event came between the two statements.
      if (head !== null && erased === 0) return false
      await tx.execute(eraseRequests, key)
      for (const part of parts(summaries)) {
        const rows = part.flatMap(({ hash, keepUntil, summary }) => [this.#tenant, hash, keepUntil, summary])
        await tx.execute(summarize(part.length), rows)
      }
      return true
    })
  }

  async summary(hash: string): Promise<string | null> {
    const [row] = await this.#sql.query(this.#statements.summary, [this.#tenant, hash])
    return row === undefined ? null : String(row['summary'])
  }

  async purgeSummaries(month: number): Promise<number> {
    return this.#sql.execute(this.#statements.purgeSummaries, [this.#tenant, month])
  }

  async transaction<T>(run: (store: ConsentStore<Sql>, tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction((tx) => run(new SqlConsentStore(tx, this.#tenant, this.#statements), tx))
  }

  /** What an event answers or follows is not erased before the event is there to be erased with it. */
  async #hold(tx: Sql, record: EventRecord): Promise<void> {
    if (tx.dialect !== 'postgres') return
    const { nonce, seq } = record
    if (nonce !== null) await tx.query(this.#statements.holdRequest, [this.#tenant, nonce])
    else await tx.query(this.#statements.holdEvent, [...this.#chain(record), seq - 1])
  }

  /** Why the event may not be appended as things stand, null if it may. */
  async #refusal(tx: Sql, record: EventRecord): Promise<AppendOutcome | null> {
    const { digest, nonce, seq, prev } = record
    const [standing] = await tx.query(this.#statements.standing, [...this.#chain(record), digest, nonce])
    if (standing?.['repeated'] !== 0) return 'repeated'
    if (nonce !== null && standing['unspent'] !== 1) return 'nonce-spent'
    return seq === Number(standing['seq']) + 1 && prev === standing['hash'] ? null : 'head-moved'
  }

  #chain({ survey, subject }: ChainKey): SqlValue[] {
    return [this.#tenant, survey, subject]
  }
}

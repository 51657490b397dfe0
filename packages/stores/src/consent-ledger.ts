/**
 * The log of consent events in a database.
 *
 * @module
 */

import type { ConsentLedger } from '@surveyseal/consent'
import {
  createLedger,
  type FindOpenings,
  type Ledger,
  LedgerError,
  type LedgerSigner,
  type Opening,
} from '@surveyseal/ledger'
import { ledgerStore } from './ledger-store.js'
import { consentStatements } from './lib/consent-statements.js'
import { parts } from './lib/rows.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/** Whose log, and what signs it. */
export interface ConsentLedgerOptions extends StoreOptions {
  /** Signs checkpoints; the name of its key is the log's name. */
  readonly signer: LedgerSigner
}

/**
 * Lets consent events become leaves of a ledger in the same database, each in the transaction that records it.
 *
 * The log gets the event's hash, which is a salted commitment, and no copy of the event; {@link consentOpenings} finds the
 * events again when the log is walked through.
 *
 * @param sql - The database of `consentStore`.
 * @param options - Tenant, table prefix and signer.
 * @returns What `createConsentService` takes as `ledger`.
 *
 * @example
 * A service whose events are logged.
 *
 * ```ts
 * import { type ConsentServiceOptions, createConsentService, type ConsentService } from '@surveyseal/consent'
 * import type { LedgerSigner } from '@surveyseal/ledger'
 * import { consentLedger, consentStore, type Sql } from '@surveyseal/stores'
 *
 * export function openService(
 *   database: Sql,
 *   options: Omit<ConsentServiceOptions<Sql>, 'store' | 'ledger'>,
 *   signer: LedgerSigner,
 * ): ConsentService<Sql> {
 *   const store = consentStore(database, { tenant: 'acme' })
 *   return createConsentService({ ...options, store, ledger: consentLedger(database, { tenant: 'acme', signer }) })
 * }
 * ```
 */
export function consentLedger(sql: Sql, options: ConsentLedgerOptions): ConsentLedger<Sql> {
  const { signer } = options
  const on = (handle: Sql): Ledger<Sql> => createLedger({ store: ledgerStore(handle, options), signer })
  const ledger = on(sql)
  return {
    async commit(hash, tx) {
      await on(tx).commitAll([toBytes(hash)])
    },
    async erase(hash, tx) {
      const within = on(tx)
      const index = await within.find(toBytes(hash))
      if (index === null || (await within.read(index)).erasure !== null) return
      await within.erase(index, ERASED)
    },
    async attest(hash) {
      const index = await ledger.find(toBytes(hash))
      if (index === null) throw new LedgerError('ERR_LEDGER_ENTRY_MISSING', 'the log does not hold this event')
      return ledger.attest(index)
    },
  }
}

/** The same for everybody: what may be kept about the event is the consent store's, and goes from there in time. */
const ERASED = { of: 'consent event' }

/**
 * Finds the events whose hashes a log holds, for `verifyLedger`.
 *
 * @param sql - The database of `consentStore`.
 * @param options - Tenant and table prefix.
 * @returns What `verifyLedger` takes as `openings`.
 */
export function consentOpenings(sql: Sql, options: StoreOptions): FindOpenings {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  const { openings } = consentStatements(namesOfTables(tablePrefix))
  return async (commitments) => {
    const hashes = commitments.map((commitment) => Buffer.from(commitment).toString('base64url'))
    const found = new Map<string, Opening>()
    for (const some of parts(hashes)) {
      const rows = await sql.query(openings(some.length), [tenant, ...some])
      for (const { hash, salt, jws } of rows) {
        found.set(String(hash), { salt: toBytes(salt), bytes: new TextEncoder().encode(String(jws)) })
      }
    }
    return hashes.map((hash) => found.get(hash) ?? null)
  }
}

function toBytes(base64url: unknown): Uint8Array {
  return Uint8Array.from(Buffer.from(String(base64url), 'base64url'))
}

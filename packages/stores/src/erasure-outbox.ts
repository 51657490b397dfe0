/**
 * What an erasure has to tell others, in the outbox of a database.
 *
 * @module
 */

import { type OutboxRecord, toOutboxRecord } from '@surveyseal/consent/outbox'
import type { ErasureMessage, ErasureOutbox } from '@surveyseal/core/erase'
import { isWithin } from './lib/transaction.js'
import type { StoreOptions } from './link-store.js'
import { outboxStore } from './outbox-store.js'
import type { Sql } from './sql.js'

/** Whose outbox, and by which clock. */
export interface ErasureOutboxOptions extends StoreOptions {
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/**
 * Puts the messages of an erasure into the outbox of one tenant, from where a dispatcher of `@surveyseal/consent/outbox` delivers
 * them: `erasure.review` and `erasure.reply` in the very transaction that changes the record, where `recordTable` works on the
 * same database, and `erasure.completed` when everything is done.
 *
 * @param sql - The database of the records, and of `outboxStore`.
 * @param options - Tenant, table prefix and clock.
 * @returns The outbox.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * Widgets and replies are told by whatever dispatcher the host runs.
 *
 * ```ts
 * import { type ErasureCertificate, type ErasureTools, resumeErasure } from '@surveyseal/core/erase'
 * import { erasureOutbox, type Sql } from '@surveyseal/stores'
 *
 * export function finish(database: Sql, id: string, tools: ErasureTools): Promise<ErasureCertificate> {
 *   return resumeErasure(id, { ...tools, outbox: erasureOutbox(database, { tenant: 'acme' }) })
 * }
 * ```
 */
export function erasureOutbox(sql: Sql, options: ErasureOutboxOptions): ErasureOutbox {
  const { clock = () => new Date() } = options
  const store = outboxStore(sql, options)
  const enqueue = (tx: Sql, messages: readonly ErasureMessage[]): Promise<void> =>
    store.enqueue(
      tx,
      messages.map((message) => toRecord(message, clock().getTime())),
    )
  return {
    put: (messages) => sql.transaction((tx) => enqueue(tx, messages)),
    async putWithin(tx, messages) {
      if (!isWithin(tx, sql)) return false
      await enqueue(tx, messages)
      return true
    },
  }
}

function toRecord(message: ErasureMessage, occurredAt: number): OutboxRecord {
  const about = { id: message.key, occurredAt }
  if (message.type === 'erasure.completed') {
    const { type, erasure, certificate } = message
    return toOutboxRecord({ ...about, type, body: { erasure, certificate } })
  }
  const { type, target, id } = message
  return toOutboxRecord({ ...about, type, body: { target, record: id } })
}

/**
 * What is sent through the outbox.
 *
 * @module
 */

import type { ErasureCertificate } from '@surveyseal/core/erase'
import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { WithdrawalRoute } from '../consent-event.js'
import type { OutboxRecord } from './outbox-store.js'

/** A person withdrew. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface ConsentWithdrawn {
  /** The person's pseudonym in this survey. */
  readonly subject: string
  readonly survey: string
  /** Digest of the withdrawal, and its position in the chain: a consumer that knows a later position ignores this one. */
  readonly event: string
  readonly seq: number
  readonly via: WithdrawalRoute
  readonly receivedAt: number
  readonly purposes: readonly string[]
  /** Practices no purpose permits any more that this person has given: stop them. */
  readonly practices: readonly string[]
  /** The host's own ids of links to revoke, as it listed them when the person withdrew. */
  readonly links: readonly string[]
}

/**
 * Everything about a person in a survey was erased: stop whatever rests on their permission, and forget the pseudonym. It takes the
 * place of whatever else waited to be told about them.
 */
export interface ConsentErased {
  readonly subject: string
  readonly survey: string
}

/**
 * A link was answered with. Not for surveys whose answers are delinked or unlinkable: the message would say when, and so
 * which answer.
 */
export interface LinkSpent {
  readonly survey: string
  readonly purpose: string
  /** The link's digest in the link store. */
  readonly link: string
}

/** A record was erased of which something is shown or was sent elsewhere. Delete the message once it is dealt with. */
export interface RecordErased {
  /** The erasure target that has it. */
  readonly target: string
  /** Its id there. */
  readonly record: string
}

/** An erasure was carried out. It names nobody and no record: nothing may group what one person left. */
export interface ErasureCompleted {
  /** The id that the plan had. */
  readonly erasure: string
  readonly certificate: ErasureCertificate
}

/** Types of events and what each says. Append-only. */
export interface OutboxBodies {
  'consent.withdrawn': ConsentWithdrawn
  'consent.erased': ConsentErased
  'link.spent': LinkSpent
  /** A review of the record is shown on a widget or a page: take it down. */
  'erasure.review': RecordErased
  /** A reply to the record was sent: the link in it must stop working. */
  'erasure.reply': RecordErased
  'erasure.completed': ErasureCompleted
}

/** The name of a type of events. */
export type OutboxType = keyof OutboxBodies

/**
 * One event.
 *
 * @typeParam Type - Which of the types.
 */
export type OutboxEvent<Type extends OutboxType = OutboxType> = {
  [T in Type]: {
    /** The same at every delivery: a consumer that did the work for this id has nothing left to do. */
    readonly id: string
    readonly type: T
    /** Milliseconds since 1970-01-01T00:00:00Z. Orders nothing. */
    readonly occurredAt: number
    readonly body: OutboxBodies[T]
  }
}[Type]

/**
 * Makes the row an outbox store keeps.
 *
 * @param event - Its id, 1 to 128 of `A-Z a-z 0-9 . _ : -`, is best derived from what happened, so that telling it twice
 * keeps it once.
 * @returns The row.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * Telling that a link was answered with, in the transaction that spent it.
 *
 * ```ts
 * import { type OutboxStore, toOutboxRecord } from '@surveyseal/consent/outbox'
 *
 * export async function tell<Tx>(outbox: OutboxStore<Tx>, tx: Tx, link: string): Promise<void> {
 *   const body = { survey: 'nps-2026', purpose: 'survey', link }
 *   await outbox.enqueue(tx, [toOutboxRecord({ id: `spent:${link}`, type: 'link.spent', occurredAt: Date.now(), body })])
 * }
 * ```
 */
export function toOutboxRecord({ id, type, occurredAt, body }: OutboxEvent): OutboxRecord {
  if (typeof id !== 'string' || !/^[A-Za-z0-9._:-]{1,128}$/.test(id)) {
    throw invalidArgumentValue('event.id', '1 to 128 of A-Z a-z 0-9 . _ : -')
  }
  if (!Number.isSafeInteger(occurredAt)) throw invalidArgumentValue('event.occurredAt', 'an integer of milliseconds')
  return { id, type, occurredAt, body: JSON.stringify(body) }
}

/**
 * Reads a row back. Who wrote it was this program, or a later version of it.
 *
 * @internal
 */
export function readOutboxRecord({ id, type, occurredAt, body }: OutboxRecord): OutboxEvent {
  return { id, type: type as OutboxType, occurredAt, body: JSON.parse(body) } as OutboxEvent
}

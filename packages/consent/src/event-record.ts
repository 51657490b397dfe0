/**
 * Taking an event in, and reading it back from a store.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import { base64url } from 'jose'
import type { ConsentEvent, Custody, RecordedEvent } from './consent-event.js'
import type { ConsentStore, EventRecord } from './consent-store.js'
import { ConsentError } from './errors.js'
import { assertDate } from './lib/arguments.js'
import { commitText, decodeBase64url } from './lib/bytes.js'
import { readEvent } from './lib/documents.js'

/**
 * Gives a verified event its salt, its hash and the time it was received.
 *
 * The hash is SHA-256 of 32 fresh random bytes followed by the bytes of the event. The next event names it, and it may be
 * published: once the salt and the event are destroyed, nobody can tell from it what the event was.
 *
 * @param event - From `verifyConsent` or `withdrawConsent`.
 * @param options - `now` by the server's clock.
 * @returns The event as it is recorded; `issueReceipt` and {@link toEventRecord} take it next.
 */
export function receiveEvent(event: ConsentEvent, options: { readonly now: Date }): RecordedEvent {
  assertDate('options.now', options.now)
  const salt = randomBytes(32)
  return Object.freeze({
    ...event,
    salt: base64url.encode(salt),
    hash: commitText(salt, event.jws),
    receivedAt: options.now.getTime(),
  })
}

/**
 * Makes the row a {@link ConsentStore} keeps.
 *
 * @param event - From {@link receiveEvent}.
 * @param receipt - From `issueReceipt`.
 * @returns The row.
 */
export function toEventRecord(event: RecordedEvent, receipt: string): EventRecord {
  const { subject, survey, seq, prev, hash, salt, digest, jws, receivedAt } = event
  const nonce = event.kind === 'decision' ? event.nonce : null
  return { subject, survey, seq, prev, hash, salt, digest, nonce, jws, receivedAt, receipt }
}

/**
 * Reads a row of one's own store. The signature was verified when the row was written and is not verified again; that
 * the bytes are those bytes is.
 *
 * @param record - From {@link ConsentStore.events}.
 * @returns The event.
 * @throws {@link ConsentError} `ERR_CONSENT_RECORD_INVALID` when the bytes do not match their hash, or the row.
 */
export function readEventRecord(record: EventRecord): RecordedEvent {
  const event = restoreEvent(readVerified(record.jws), record)
  const row = toEventRecord(event, record.receipt)
  if (COLUMNS.some((column) => row[column] !== record[column])) throw invalid()
  return event
}

/**
 * Joins an event with what the server added to it.
 *
 * @internal
 */
export function restoreEvent(event: ConsentEvent, { salt, hash, receivedAt }: Custody): RecordedEvent {
  const bytes = decodeBase64url(salt)
  if (bytes?.length !== 32 || commitText(bytes, event.jws) !== hash) throw invalid()
  return Object.freeze({ ...event, salt, hash, receivedAt })
}

const COLUMNS = ['subject', 'survey', 'seq', 'prev', 'digest', 'nonce'] as const

function readVerified(jws: string): ConsentEvent {
  try {
    return readEvent(jws)
  } catch {
    throw invalid()
  }
}

function invalid(): ConsentError {
  return new ConsentError('ERR_CONSENT_RECORD_INVALID', 'an event does not match its hash or its row')
}

/**
 * Rows for the contract of consent stores.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import { base64url } from 'jose'
import type { ChainKey, ConsentStore, EventRecord, RequestRecord, SummaryRecord } from '../consent-store.js'

/** A summary that a test recognises. */
export function summaryOf({ hash }: EventRecord): SummaryRecord {
  return { hash, keepUntil: 24_322, summary: `of ${hash}` }
}

/** Somebody new. */
export function chain(): ChainKey {
  return { subject: random(), survey: 'spring-2026' }
}

/** A request with every member set. */
export function requestOf({ subject, survey }: ChainKey): RequestRecord {
  return {
    subject,
    survey,
    nonce: random(),
    audience: 'https://feedback.example',
    notice: random(),
    language: 'fr-CA',
    purposes: ['improve-service', 'call-back'],
    validUntil: 1_798_761_600_000,
    actor: 'guardian',
    seq: 1,
    prev: null,
    issuedAt: 1_767_225_600_123,
    expiresAt: 1_767_229_200_123,
  }
}

/** The event after `previous`, with a request of its own saved. */
export async function prepare<Tx>(
  store: ConsentStore<Tx>,
  key: ChainKey,
  previous?: EventRecord,
): Promise<EventRecord> {
  const record = next(key, previous)
  await store.saveRequest({ ...requestOf(key), nonce: nonceOf(record), seq: record.seq, prev: record.prev })
  return record
}

/** The event after `previous`, of a request nobody saved. */
export function next({ subject, survey }: ChainKey, previous?: EventRecord): EventRecord {
  return {
    subject,
    survey,
    seq: (previous?.seq ?? 0) + 1,
    prev: previous?.hash ?? null,
    hash: random(),
    salt: random(),
    digest: random(),
    nonce: random(),
    jws: `${random()}.${random()}.${random()}`,
    receivedAt: 1_767_225_601_456,
    receipt: `${random()}.${random()}.${random()}`,
  }
}

/** The nonce of an event that has one. */
export function nonceOf({ nonce }: EventRecord): string {
  return nonce ?? ''
}

/** 32 bytes as base64url. */
export function random(): string {
  return base64url.encode(randomBytes(32))
}

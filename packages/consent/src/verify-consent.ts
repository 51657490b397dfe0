/**
 * The server's side of receiving: what a browser sent, checked against what was asked.
 *
 * @module
 */

import type { DecisionEvent } from './consent-event.js'
import type { RequestRecord } from './consent-store.js'
import { ConsentError } from './errors.js'
import { assertDate, assertSeconds } from './lib/arguments.js'
import { verifyDecision } from './lib/documents.js'

/** What the event is checked against. */
export interface VerifyConsentOptions {
  /** From the server's own store, found by nonce; never what the client sent back. */
  readonly request: RequestRecord
  /** @defaultValue the current time */
  readonly now?: Date
  /** How far the device's clock may be off, either way, where something is given. @defaultValue 300 */
  readonly skewSeconds?: number
}

/**
 * Verifies what a browser signed against what it was asked. Pure: it neither spends the nonce nor stores anything.
 *
 * In order: length, structure, algorithm, type, header members, signature, payload, then audience, subject, survey, nonce,
 * validity, actor and position, notice and language, purposes, and the device's clock. The signature proves that whoever holds the
 * browser's key signed these decisions on this notice; whose key it is, it does not prove.
 *
 * @param jws - The compact JWS the client sent.
 * @param options - See {@link VerifyConsentOptions}.
 * @returns The event; `receiveEvent` takes it next.
 * @throws {@link ConsentError} `ERR_CONSENT_MALFORMED`, `ERR_CONSENT_DUPLICATE_KEY`, `ERR_CONSENT_ALGORITHM_REFUSED`,
 * `ERR_CONSENT_TYPE_REFUSED`, `ERR_CONSENT_PRIVATE_KEY` for what cannot be a signed decision.
 * @throws {@link ConsentError} `ERR_CONSENT_SIGNATURE_INVALID`.
 * @throws {@link ConsentError} `ERR_CONSENT_REQUEST_MISMATCH`, `ERR_CONSENT_NOTICE_MISMATCH`,
 * `ERR_CONSENT_PURPOSES_MISMATCH` when it answers another request.
 * @throws {@link ConsentError} `ERR_CONSENT_NONCE_UNKNOWN` when the request has expired.
 * @throws {@link ConsentError} `ERR_CONSENT_CLOCK_AHEAD`, `ERR_CONSENT_CLOCK_BEHIND`.
 */
export async function verifyConsent(jws: string, options: VerifyConsentOptions): Promise<DecisionEvent> {
  const event = await verifyDecision(jws)
  assertAnswers(event, options)
  return event
}

/**
 * Compares an authentic decision with its request.
 *
 * @internal
 */
export function assertAnswers(event: DecisionEvent, options: VerifyConsentOptions): void {
  const { request, now = new Date(), skewSeconds = 300 } = options
  assertDate('options.now', now)
  assertSeconds('options.skewSeconds', skewSeconds)
  assertSameRequest(event, request)
  assertSameNotice(event, request)
  assertSamePurposes(event, request)
  assertInTime(event, request, now.getTime(), skewSeconds * 1000)
}

const ANSWERED = ['audience', 'subject', 'survey', 'nonce', 'validUntil', 'actor', 'seq', 'prev'] as const

function assertSameRequest(event: DecisionEvent, request: RequestRecord): void {
  for (const member of ANSWERED) {
    if (event[member] === request[member]) continue
    throw new ConsentError('ERR_CONSENT_REQUEST_MISMATCH', `"${member}" is not the one requested`)
  }
}

function assertSameNotice(event: DecisionEvent, request: RequestRecord): void {
  if (event.notice === request.notice && event.language === request.language) return
  throw new ConsentError('ERR_CONSENT_NOTICE_MISMATCH', 'another notice or language was signed than was requested')
}

function assertSamePurposes(event: DecisionEvent, request: RequestRecord): void {
  const decided = Object.keys(event.decisions)
  if (decided.length === request.purposes.length && request.purposes.every((id) => decided.includes(id))) return
  throw new ConsentError('ERR_CONSENT_PURPOSES_MISMATCH', 'the requested purposes must be decided, and no others')
}

/**
 * The device's clock counts whole seconds, so the request's instant is rounded down before they are compared. What gives
 * nothing is not held to it: the server orders, and no clock is too wrong to say no with.
 */
function assertInTime(event: DecisionEvent, request: RequestRecord, now: number, skew: number): void {
  if (now >= request.expiresAt) throw new ConsentError('ERR_CONSENT_NONCE_UNKNOWN', 'the request has expired')
  if (!givesAny(event)) return
  if (event.issuedAt > now + skew) throw new ConsentError('ERR_CONSENT_CLOCK_AHEAD', 'signed in the future')
  if (event.issuedAt < Math.floor(request.issuedAt / 1000) * 1000 - skew) {
    throw new ConsentError('ERR_CONSENT_CLOCK_BEHIND', 'signed before it was requested')
  }
}

function givesAny({ decisions }: DecisionEvent): boolean {
  return Object.values(decisions).some((decision) => decision === 'given' || decision === 'renewed')
}

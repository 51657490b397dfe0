/**
 * The documents of this package as what they say: each is opened, verified and read in one place.
 *
 * @module
 */

import { decodeProtectedHeader } from 'jose'
import type { ConsentEvent, DecisionEvent, EventBase, WithdrawalEvent } from '../consent-event.js'
import { ConsentError } from '../errors.js'
import type { NoticeDocument } from '../notice.js'
import type { ControllerKey, ControllerKeys } from '../signer.js'
import { digestText } from './bytes.js'
import { type JwsFormat, openJws, readPayload, type UnverifiedJws, verifyJws } from './jws.js'
import { readDocument } from './notice-schema.js'
import {
  type ControllerHeader,
  controllerHeader,
  type EventHeader,
  type EventPayload,
  eventHeader,
  eventPayload,
  type ReceiptPayload,
  receiptPayload,
  type WithdrawalPayload,
  withdrawalPayload,
} from './schemas.js'

const MAX_EVENT_LENGTH = 16_384

const DECISION: JwsFormat<EventHeader> = {
  typ: 'consent-event+jwt',
  header: eventHeader,
  maxLength: MAX_EVENT_LENGTH,
}

const WITHDRAWAL: JwsFormat<ControllerHeader> = {
  typ: 'consent-withdrawal+jwt',
  header: controllerHeader,
  maxLength: MAX_EVENT_LENGTH,
}

const RECEIPT: JwsFormat<ControllerHeader> = {
  typ: 'consent-receipt+jwt',
  header: controllerHeader,
  maxLength: 524_288,
}

/** Verifies that a decision was signed by the key it names. Whether anyone asked for it is another question. */
export async function verifyDecision(jws: unknown): Promise<DecisionEvent> {
  const opened = openJws(jws, DECISION)
  return toDecision(opened, await verifyJws(opened, opened.header.jwk, eventPayload))
}

/** Verifies an event of either kind; a withdrawal is signed by the controller. */
export async function verifyEvent(jws: string, keys: ControllerKeys): Promise<ConsentEvent> {
  if (typeOf(jws) !== WITHDRAWAL.typ) return verifyDecision(jws)
  const opened = openJws(jws, WITHDRAWAL)
  return toWithdrawal(opened, await verifyJws(opened, findKey(keys, opened.header.kid), withdrawalPayload))
}

/** Reads an event of either kind that was verified before. */
export function readEvent(jws: string): ConsentEvent {
  if (typeOf(jws) === WITHDRAWAL.typ) return readWithdrawal(jws)
  const opened = openJws(jws, DECISION)
  return toDecision(opened, readPayload(opened, eventPayload))
}

/** Reads a withdrawal this controller signed. */
export function readWithdrawal(jws: string): WithdrawalEvent {
  const opened = openJws(jws, WITHDRAWAL)
  return toWithdrawal(opened, readPayload(opened, withdrawalPayload))
}

/** Verifies that a receipt was signed by the controller. What it holds is verified next. */
export async function verifyReceiptSignature(jws: unknown, keys: ControllerKeys): Promise<ReceiptPayload> {
  const opened = openJws(jws, RECEIPT)
  return verifyJws(opened, findKey(keys, opened.header.kid), receiptPayload)
}

/** The notice in one of one's own receipts; null when it is not the one of that digest. */
export function readReceiptNotice(receipt: string, digest: string): NoticeDocument | null {
  try {
    const { notice } = readPayload(openJws(receipt, RECEIPT), receiptPayload)
    return notice !== null && digestText(notice) === digest ? readDocument(notice) : null
  } catch {
    return null
  }
}

/** The type a document claims; whoever opens it as that type checks it. */
function typeOf(jws: string): unknown {
  try {
    return decodeProtectedHeader(jws).typ
  } catch {
    return undefined
  }
}

function toDecision({ text, header }: UnverifiedJws<EventHeader>, payload: EventPayload): DecisionEvent {
  return Object.freeze({
    ...toBase(text, payload),
    kind: 'decision',
    audience: payload.aud,
    id: payload.jti,
    nonce: payload.nonce,
    notice: payload.notice,
    language: payload.lang,
    decisions: Object.freeze({ ...payload.decisions }),
    keyThumbprint: thumbprint(header.jwk),
    keyAssurance: payload.keyAssurance,
  })
}

function toWithdrawal({ text, header }: UnverifiedJws<ControllerHeader>, payload: WithdrawalPayload): WithdrawalEvent {
  return Object.freeze({
    ...toBase(text, payload),
    kind: 'withdrawal',
    audience: payload.iss,
    decisions: Object.freeze(Object.fromEntries(payload.purposes.map((purpose) => [purpose, 'withdrawn' as const]))),
    via: payload.via,
    keyId: header.kid,
  })
}

function toBase(
  jws: string,
  payload: EventPayload | WithdrawalPayload,
): Pick<EventBase, 'jws' | 'digest' | 'subject' | 'survey' | 'issuedAt' | 'seq' | 'prev'> {
  return {
    jws,
    digest: digestText(jws),
    subject: payload.sub,
    survey: payload.survey,
    issuedAt: payload.iat * 1000,
    seq: payload.seq,
    prev: payload.prev,
  }
}

/** RFC 7638 section 3: the required members in lexicographic order, without spaces. */
function thumbprint({ crv, kty, x, y }: EventHeader['jwk']): string {
  return digestText(JSON.stringify({ crv, kty, x, y }))
}

function findKey(keys: ControllerKeys, keyId: string): ControllerKey {
  const key = keys.keys.find(({ kid }) => kid === keyId)
  if (key === undefined) throw new ConsentError('ERR_CONSENT_KEY_NOT_FOUND', 'no given key has the key id')
  const { kid, kty, crv, x, y } = key
  return { kid, kty, crv, x, y }
}

/**
 * The documents of this package as what they say: each is opened, verified and read in one place.
 *
 * @module
 */

import { decodeProtectedHeader } from 'jose'
import type { ConsentEvent, DecisionEvent, EventBase, StatementEvent, WithdrawalEvent } from '../consent-event.js'
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
  ed25519Header,
  es256Header,
  eventPayload,
  type ReceiptPayload,
  receiptPayload,
  type StatementPayload,
  type SummaryPayload,
  statementPayload,
  summaryPayload,
  type WithdrawalPayload,
  withdrawalPayload,
} from './schemas.js'

const MAX_EVENT_LENGTH = 16_384

const DECISION: JwsFormat<EventHeader> = {
  typ: 'consent-event+jwt',
  headers: { ES256: es256Header, Ed25519: ed25519Header },
  maxLength: MAX_EVENT_LENGTH,
}

const WITHDRAWAL: JwsFormat<ControllerHeader> = {
  typ: 'consent-withdrawal+jwt',
  headers: { ES256: controllerHeader },
  maxLength: MAX_EVENT_LENGTH,
}

const STATEMENT: JwsFormat<ControllerHeader> = {
  typ: 'consent-statement+jwt',
  headers: { ES256: controllerHeader },
  maxLength: MAX_EVENT_LENGTH,
}

/** Room for the longest notice in a script of three bytes a character, the longest event, and a proof with all its cosignatures. */
export const MAX_RECEIPT_LENGTH = 786_432

const RECEIPT: JwsFormat<ControllerHeader> = {
  typ: 'consent-receipt+jwt',
  headers: { ES256: controllerHeader },
  maxLength: MAX_RECEIPT_LENGTH,
}

const SUMMARY: JwsFormat<ControllerHeader> = {
  typ: 'consent-summary+jwt',
  headers: { ES256: controllerHeader },
  maxLength: MAX_EVENT_LENGTH,
}

/** Verifies that a decision was signed by the key it names. Whether anyone asked for it is another question. */
export async function verifyDecision(jws: unknown): Promise<DecisionEvent> {
  const opened = openJws(jws, DECISION)
  return toDecision(opened, await verifyJws(opened, opened.header.jwk, eventPayload))
}

/** Verifies an event of any kind; all but decisions are signed by the controller. */
export async function verifyEvent(jws: string, keys: ControllerKeys): Promise<ConsentEvent> {
  const typ = typeOf(jws)
  if (typ === WITHDRAWAL.typ) {
    const opened = openJws(jws, WITHDRAWAL)
    return toWithdrawal(opened, await verifyJws(opened, findKey(keys, opened.header.kid), withdrawalPayload))
  }
  if (typ === STATEMENT.typ) {
    const opened = openJws(jws, STATEMENT)
    return toStatement(opened, await verifyJws(opened, findKey(keys, opened.header.kid), statementPayload))
  }
  return verifyDecision(jws)
}

/** Reads an event of any kind that was verified before. */
export function readEvent(jws: string): ConsentEvent {
  const typ = typeOf(jws)
  if (typ === WITHDRAWAL.typ) return readWithdrawal(jws)
  if (typ === STATEMENT.typ) return readStatement(jws)
  const opened = openJws(jws, DECISION)
  return toDecision(opened, readPayload(opened, eventPayload))
}

/** Reads a withdrawal this controller signed. */
export function readWithdrawal(jws: string): WithdrawalEvent {
  const opened = openJws(jws, WITHDRAWAL)
  return toWithdrawal(opened, readPayload(opened, withdrawalPayload))
}

/** Reads a statement this controller signed. */
export function readStatement(jws: string): StatementEvent {
  const opened = openJws(jws, STATEMENT)
  return toStatement(opened, readPayload(opened, statementPayload))
}

/** Verifies that a receipt was signed by the controller. What it holds is verified next. */
export async function verifyReceiptSignature(jws: unknown, keys: ControllerKeys): Promise<ReceiptPayload> {
  const opened = openJws(jws, RECEIPT)
  return verifyJws(opened, findKey(keys, opened.header.kid), receiptPayload)
}

/** Verifies that the summary of an erased event was signed by the controller. */
export async function verifySummarySignature(jws: unknown, keys: ControllerKeys): Promise<SummaryPayload> {
  const opened = openJws(jws, SUMMARY)
  return verifyJws(opened, findKey(keys, opened.header.kid), summaryPayload)
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
    proof: 'person',
    audience: payload.aud,
    id: payload.jti,
    nonce: payload.nonce,
    notice: payload.notice,
    language: payload.lang,
    decisions: Object.freeze({ ...payload.decisions }),
    validUntil: toInstant(payload.until),
    actor: payload.actor ?? 'self',
    signals: Object.freeze([...(payload.signals ?? [])]),
    keyThumbprint: thumbprint(header.jwk),
    keyAssurance: payload.keyAssurance,
  })
}

function toWithdrawal({ text, header }: UnverifiedJws<ControllerHeader>, payload: WithdrawalPayload): WithdrawalEvent {
  return Object.freeze({
    ...toBase(text, payload),
    kind: 'withdrawal',
    proof: 'controller',
    audience: payload.iss,
    decisions: decideAll(payload.purposes, 'withdrawn'),
    via: payload.via,
    keyId: header.kid,
  })
}

function toStatement({ text, header }: UnverifiedJws<ControllerHeader>, payload: StatementPayload): StatementEvent {
  const base = { ...toBase(text, payload), audience: payload.iss, keyId: header.kid }
  return Object.freeze({ ...base, ...stated(payload) })
}

type Stated<Event> = Event extends StatementEvent
  ? Omit<Event, Exclude<keyof EventBase, 'proof' | 'decisions'> | 'keyId'>
  : never

function stated(payload: StatementPayload): Stated<StatementEvent> {
  if (payload.states === 'import') {
    const { decidedAt, source, until } = payload
    const decisions = Object.freeze({ ...payload.decisions })
    return {
      kind: 'import',
      proof: 'asserted',
      decisions,
      decidedAt: decidedAt * 1000,
      source,
      validUntil: toInstant(until),
    }
  }
  if (payload.states === 'signal') {
    const purposes = Object.freeze([...payload.purposes])
    return { kind: 'signal', proof: 'controller', decisions: Object.freeze({}), signal: payload.signal, purposes }
  }
  return { kind: 'ruling', proof: 'controller', decisions: decideAll(payload.purposes, payload.states) }
}

function decideAll<D extends string>(purposes: readonly string[], decision: D): Readonly<Record<string, D>> {
  return Object.freeze(Object.fromEntries(purposes.map((purpose) => [purpose, decision])))
}

function toInstant(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000
}

function toBase(
  jws: string,
  payload: EventPayload | WithdrawalPayload | StatementPayload,
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
function thumbprint(jwk: EventHeader['jwk']): string {
  const { crv, kty, x } = jwk
  return digestText(JSON.stringify(jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x }))
}

function findKey(keys: ControllerKeys, keyId: string): ControllerKey {
  const key = keys.keys.find(({ kid }) => kid === keyId)
  if (key === undefined) throw new ConsentError('ERR_CONSENT_KEY_NOT_FOUND', 'no given key has the key id')
  const { kid, kty, crv, x, y } = key
  return { kid, kty, crv, x, y }
}

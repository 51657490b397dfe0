/**
 * The shapes of what is signed.
 *
 * @module
 */

import * as z from 'zod/mini'
import type {
  Actor,
  Decision,
  ImportEvent,
  KeyAssurance,
  Proof,
  Ruling,
  Signal,
  WithdrawalRoute,
} from '../consent-event.js'
import { DIGEST, IDENTIFIER, LANGUAGE, NAME } from './patterns.js'

/** Purposes a notice or a decision may hold at most. */
export const MAX_PURPOSES = 32

/** Purposes a document of the controller may hold at most: it may end what several notices began. */
export const MAX_WITHDRAWN = 128

/** 16 bytes in canonical base64url: the last character carries two bits. */
const EVENT_ID = /^[A-Za-z0-9_-]{21}[AQgw]$/

const identifier = matching(IDENTIFIER)
const digest = matching(DIGEST)
const name = matching(NAME)
const seconds = z.int().check(z.gte(0), z.lte(253_402_300_799))
const signal = z.enum(['gpc'])
const purposes = z.array(identifier).check(z.minLength(1), z.maxLength(MAX_WITHDRAWN), z.refine(isDistinct))
const position = {
  sub: digest,
  survey: identifier,
  seq: z.int().check(z.gte(1)),
  prev: z.nullable(digest),
  iat: seconds,
}

/** Header of a document signed in the browser. The algorithm goes with the type of key, and with no other. */
export type EventHeader = Es256Header | Ed25519Header

interface Es256Header {
  alg: 'ES256'
  typ: 'consent-event+jwt'
  jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string }
}

interface Ed25519Header {
  alg: 'Ed25519'
  typ: 'consent-event+jwt'
  jwk: { kty: 'OKP'; crv: 'Ed25519'; x: string }
}

export const es256Header: z.ZodMiniType<Es256Header> = z.strictObject({
  alg: z.literal('ES256'),
  typ: z.literal('consent-event+jwt'),
  jwk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: digest, y: digest }),
})

export const ed25519Header: z.ZodMiniType<Ed25519Header> = z.strictObject({
  alg: z.literal('Ed25519'),
  typ: z.literal('consent-event+jwt'),
  jwk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: digest }),
})

/** Header of a document signed by the controller. */
export interface ControllerHeader {
  alg: 'ES256'
  typ: string
  kid: string
}

export const controllerHeader: z.ZodMiniType<ControllerHeader> = z.strictObject({
  alg: z.literal('ES256'),
  typ: z.string(),
  kid: name,
})

/** Where in a chain, and when by the signer's clock. */
interface Position {
  sub: string
  survey: string
  seq: number
  prev: string | null
  iat: number
}

/** Payload of a decision. */
export interface EventPayload extends Position {
  aud: string
  jti: string
  nonce: string
  notice: string
  lang: string
  decisions: Record<string, Decision>
  keyAssurance: KeyAssurance
  until?: number | undefined
  actor?: Exclude<Actor, 'self'> | undefined
  signals?: Signal[] | undefined
}

export const eventPayload: z.ZodMiniType<EventPayload> = z.strictObject({
  ...position,
  aud: name,
  jti: matching(EVENT_ID),
  nonce: digest,
  notice: digest,
  lang: matching(LANGUAGE),
  decisions: z
    .record(identifier, z.enum(['given', 'renewed', 'refused', 'withdrawn', 'deferred']))
    .check(z.refine(hasAtMost(MAX_PURPOSES))),
  keyAssurance: z.enum(['stored', 'ephemeral']),
  until: z.optional(seconds),
  actor: z.optional(z.enum(['guardian', 'proxy'])),
  signals: z.optional(z.array(signal).check(z.minLength(1), z.maxLength(8), z.refine(isDistinct))),
})

/** Payload of a withdrawal. */
export interface WithdrawalPayload extends Position {
  iss: string
  purposes: string[]
  via: WithdrawalRoute
}

export const withdrawalPayload: z.ZodMiniType<WithdrawalPayload> = z.strictObject({
  ...position,
  iss: name,
  purposes,
  via: z.enum(['link', 'receipt', 'operator']),
})

/** Payload of a statement: what the controller signs of its own accord. */
export type StatementPayload = RulingPayload | ImportPayload | SignalPayload

interface RulingPayload extends Position {
  iss: string
  states: Ruling
  purposes: string[]
}

interface ImportPayload extends Position {
  iss: string
  states: 'import'
  decisions: Record<string, ImportEvent['decisions'][string]>
  decidedAt: number
  source: string
  until?: number | undefined
}

interface SignalPayload extends Position {
  iss: string
  states: 'signal'
  signal: Signal
  purposes: string[]
}

export const statementPayload: z.ZodMiniType<StatementPayload> = z.union([
  z.strictObject({ ...position, iss: name, states: z.enum(['revoked', 'invalidated']), purposes }),
  z.strictObject({ ...position, iss: name, states: z.literal('signal'), signal, purposes }),
  z.strictObject({
    ...position,
    iss: name,
    states: z.literal('import'),
    decisions: z
      .record(identifier, z.enum(['given', 'refused', 'withdrawn']))
      .check(z.refine(hasAtMost(MAX_WITHDRAWN))),
    decidedAt: seconds,
    source: identifier,
    until: z.optional(seconds),
  }),
])

/** Payload of a receipt. */
export interface ReceiptPayload {
  iss: string
  receivedAt: string
  event: string
  salt: string
  hash: string
  notice: string | null
  /** A c2sp.org/tlog-proof for the hash. */
  proof?: string
}

/** Members not named here are left for later versions: they can only add proof. */
export const receiptPayload: z.ZodMiniType<ReceiptPayload> = z.object({
  iss: name,
  receivedAt: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)),
  event: z.string(),
  salt: digest,
  hash: digest,
  notice: z.nullable(z.string()),
  proof: z.exactOptional(z.string()),
})

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/

/** Payload of the summary of an erased event: no instant, no position, nobody. */
export interface SummaryPayload {
  iss: string
  hash: string
  survey: string
  purposes: Record<string, [status: Decision | Ruling | 'signal', legalBasis: string | null]>
  proof: Proof | null
  notice: string | null
  received: string
  until: string
}

export const summaryPayload: z.ZodMiniType<SummaryPayload> = z.strictObject({
  iss: name,
  hash: digest,
  survey: identifier,
  purposes: z
    .record(
      identifier,
      z.tuple([
        z.enum(['given', 'renewed', 'refused', 'withdrawn', 'deferred', 'revoked', 'invalidated', 'signal']),
        z.nullable(identifier),
      ]),
    )
    .check(z.refine((purposes) => Object.keys(purposes).length <= MAX_WITHDRAWN)),
  proof: z.nullable(z.enum(['person', 'controller', 'asserted'])),
  notice: z.nullable(digest),
  received: matching(MONTH),
  until: matching(MONTH),
})

function matching(pattern: RegExp): z.ZodMiniType<string> {
  return z.string().check(z.regex(pattern))
}

function hasAtMost(most: number): (decisions: Record<string, unknown>) => boolean {
  return (decisions) => {
    const count = Object.keys(decisions).length
    return count > 0 && count <= most
  }
}

function isDistinct(members: readonly string[]): boolean {
  return new Set(members).size === members.length
}

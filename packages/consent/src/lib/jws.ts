/**
 * Compact JWS (RFC 7515 section 7.1), in one spelling only.
 *
 * @module
 */

import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base64url } from 'jose'
import type { ZodMiniType } from 'zod/mini'
import { ConsentError } from '../errors.js'
import { decodeBase64url } from './bytes.js'
import { parseJson } from './json.js'
import { type PublicKey, verifySignature } from './signature.js'

/** Members of a JWK that are private or symmetric: RFC 7518 section 6. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** What a document must be before its signature is looked at. */
export interface JwsFormat<Header> {
  readonly typ: string
  /** What the header must be under each algorithm: others are refused. */
  readonly headers: Readonly<Record<string, ZodMiniType<Header>>>
  /** In characters. */
  readonly maxLength: number
}

/** A document whose header is checked and whose payload is not: nothing in it may be believed yet. */
export interface UnverifiedJws<Header> {
  readonly text: string
  readonly header: Header
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}

/** Checks length, structure, spelling, algorithm, type and header members, in that order. */
export function openJws<Header>(text: unknown, format: JwsFormat<Header>): UnverifiedJws<Header> {
  if (typeof text !== 'string') throw malformed('expected a string')
  if (text.length > format.maxLength) throw malformed('too long')
  const parts = text.split('.')
  const [header, payload, signature] = parts.map(decodeBase64url)
  if (parts.length !== 3 || !header || !payload || !signature) throw malformed('not three parts of base64url')
  return { text, header: checkHeader(parseBytes(header), format), payload, signature }
}

/** Verifies the signature, then reads the payload. */
export async function verifyJws<Payload>(
  jws: UnverifiedJws<unknown>,
  key: PublicKey,
  payload: ZodMiniType<Payload>,
): Promise<Payload> {
  const signed = jws.text.slice(0, jws.text.lastIndexOf('.'))
  if (!(await verifySignature(key, signed, jws.signature))) {
    throw new ConsentError('ERR_CONSENT_SIGNATURE_INVALID', 'the signature does not verify')
  }
  return readPayload(jws, payload)
}

/** Reads the payload of a document that was verified before, or is being verified. */
export function readPayload<Payload>(jws: UnverifiedJws<unknown>, schema: ZodMiniType<Payload>): Payload {
  const { success, data } = schema.safeParse(parseBytes(jws.payload))
  if (!success) throw malformed('the payload lacks a member or has an unknown or unusable one')
  return data
}

/** Signs a payload. */
export async function signJws(
  header: object,
  payload: object,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const input = `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(payload))}`
  return `${input}.${base64url.encode(await sign(utf8ToBytes(input)))}`
}

function checkHeader<Header>(header: unknown, format: JwsFormat<Header>): Header {
  const { alg, typ, jwk } = asObject(header)
  const schema = typeof alg === 'string' && Object.hasOwn(format.headers, alg) ? format.headers[alg] : undefined
  if (schema === undefined) throw new ConsentError('ERR_CONSENT_ALGORITHM_REFUSED', 'the algorithm is not a pinned one')
  if (typ !== format.typ) throw new ConsentError('ERR_CONSENT_TYPE_REFUSED', `the type is not ${format.typ}`)
  if (hasPrivateMember(jwk)) throw new ConsentError('ERR_CONSENT_PRIVATE_KEY', 'the header holds a private key')
  const { success, data } = schema.safeParse(header)
  if (!success) throw malformed('the header lacks a member or has an unknown or unusable one')
  return data
}

function hasPrivateMember(jwk: unknown): boolean {
  return typeof jwk === 'object' && jwk !== null && PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member))
}

function asObject(value: unknown): Partial<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('the header is not an object')
  return value
}

function parseBytes(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('not UTF-8')
  }
  return parseJson(text, 'ERR_CONSENT_MALFORMED')
}

function malformed(why: string): ConsentError {
  return new ConsentError('ERR_CONSENT_MALFORMED', `not a document of this package: ${why}`)
}

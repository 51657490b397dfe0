/**
 * Respondent references as bytes: compact where rendering gives back exactly what came in.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'
import { decodeText, encodeText } from './text.js'

/** The most bytes a text or bytes reference may have. */
export const MAX_RESPONDENT_BYTES = 64

/** A reference with the type that tells how to read it. */
export interface EncodedRespondent {
  readonly type: number
  readonly bytes: Uint8Array
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DECIMAL = /^(?:0|[1-9][0-9]{0,19})$/
const MAX_UNSIGNED = 2n ** 64n - 1n

/** Indexed by the two type bits of the payload; each gives `null` for what it does not represent. */
const TYPES = [
  { encode: encodeUuid, decode: decodeUuid },
  { encode: encodeUnsigned, decode: decodeUnsigned },
  { encode: encodePlainText, decode: decodePlainText },
  { encode: encodeBytes, decode: encodeBytes },
] as const satisfies readonly {
  encode(respondent: Respondent): Uint8Array | null
  decode(bytes: Uint8Array): Respondent | null
}[]

/** Encodes a reference as the first type that represents it, or gives `null`. */
export function encodeRespondent(respondent: Respondent): EncodedRespondent | null {
  for (const [type, { encode }] of TYPES.entries()) {
    const bytes = encode(respondent)
    if (bytes !== null) return { type, bytes }
  }
  return null
}

/** Decodes exactly what {@link encodeRespondent} produces; every other spelling gives `null`. */
export function decodeRespondent(type: number, bytes: Uint8Array): Respondent | null {
  return TYPES[type]?.decode(bytes) ?? null
}

function encodeUuid(respondent: Respondent): Uint8Array | null {
  if (typeof respondent !== 'string' || !UUID.test(respondent)) return null
  const hex = respondent.replaceAll('-', '')
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

function decodeUuid(bytes: Uint8Array): string | null {
  if (bytes.length !== 16) return null
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function encodeUnsigned(respondent: Respondent): Uint8Array | null {
  if (typeof respondent !== 'string' || !DECIMAL.test(respondent)) return null
  let value = BigInt(respondent)
  if (value > MAX_UNSIGNED) return null
  const bytes: number[] = []
  do {
    bytes.unshift(Number(value & 0xffn))
    value >>= 8n
  } while (value > 0n)
  return Uint8Array.from(bytes)
}

function decodeUnsigned(bytes: Uint8Array): string | null {
  if (bytes.length < 1 || bytes.length > 8) return null
  if (bytes.length > 1 && bytes[0] === 0) return null
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n).toString()
}

function encodePlainText(respondent: Respondent): Uint8Array | null {
  return typeof respondent === 'string' ? encodeText(respondent, MAX_RESPONDENT_BYTES) : null
}

function decodePlainText(bytes: Uint8Array): string | null {
  const text = decodeText(bytes, MAX_RESPONDENT_BYTES)
  if (text === null || encodeUuid(text) !== null || encodeUnsigned(text) !== null) return null
  return text
}

function encodeBytes(respondent: Respondent): Uint8Array | null {
  if (typeof respondent === 'string') return null
  return respondent.length >= 1 && respondent.length <= MAX_RESPONDENT_BYTES ? Uint8Array.from(respondent) : null
}

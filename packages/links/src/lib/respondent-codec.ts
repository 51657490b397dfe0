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

const UUID_LENGTH = 36
const UUID_HYPHENS = [8, 13, 18, 23] as const
/** Where the two digits of each byte begin. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const HYPHEN = 0x2d
const HEX = '0123456789abcdef'
const NONE = 255
const HEX_VALUES: Uint8Array = /* @__PURE__ */ hexValuesByCharCode()
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
  for (let type = 0; type < TYPES.length; type++) {
    const bytes = TYPES[type]?.encode(respondent) ?? null
    if (bytes !== null) return { type, bytes }
  }
  return null
}

/** UUIDs and unsigned numbers are neither e-mail addresses nor telephone numbers, which have a plus sign. */
export function mayBePersonal({ type }: EncodedRespondent): boolean {
  return type > 1
}

/** Decodes exactly what {@link encodeRespondent} produces; every other spelling gives `null`. */
export function decodeRespondent(type: number, bytes: Uint8Array): Respondent | null {
  return TYPES[type]?.decode(bytes) ?? null
}

function encodeUuid(respondent: Respondent): Uint8Array | null {
  if (typeof respondent !== 'string' || respondent.length !== UUID_LENGTH) return null
  if (!UUID_HYPHENS.every((at) => respondent.charCodeAt(at) === HYPHEN)) return null
  const bytes = new Uint8Array(UUID_DIGITS.length)
  for (let index = 0; index < bytes.length; index++) {
    const at = UUID_DIGITS[index] ?? 0
    const high = HEX_VALUES[respondent.charCodeAt(at)] ?? NONE
    const low = HEX_VALUES[respondent.charCodeAt(at + 1)] ?? NONE
    if ((high | low) === NONE) return null
    bytes[index] = (high << 4) | low
  }
  return bytes
}

function decodeUuid(bytes: Uint8Array): string | null {
  if (bytes.length !== UUID_DIGITS.length) return null
  const codes: number[] = new Array(UUID_LENGTH).fill(HYPHEN)
  for (let index = 0; index < bytes.length; index++) {
    const [at, byte] = [UUID_DIGITS[index] ?? 0, bytes[index] ?? 0]
    codes[at] = HEX.charCodeAt(byte >> 4)
    codes[at + 1] = HEX.charCodeAt(byte & 15)
  }
  return String.fromCharCode(...codes)
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

function hexValuesByCharCode(): Uint8Array {
  const values = new Uint8Array(128).fill(NONE)
  for (let value = 0; value < HEX.length; value++) values[HEX.charCodeAt(value)] = value
  return values
}

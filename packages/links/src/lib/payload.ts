/**
 * The plaintext of a sealed link: docs/formats/sealed-link.md, "Plaintext".
 *
 * @module
 */

import type { Respondent } from '../respondent.js'
import { decodeRespondent, type EncodedRespondent } from './respondent-codec.js'

/** When a link is valid, in whole seconds since 1970-01-01T00:00:00Z. */
export interface Validity {
  readonly notBefore: number | null
  readonly expiresAt: number
}

/** What a plaintext says. */
export interface Payload extends Validity {
  readonly respondent: Respondent
  readonly serial: number
  readonly language: string | null
}

/** The latest expiry: 34 bits of seconds, 2514-05-30T01:53:03Z. */
export const MAX_EXPIRY: number = 2 ** 34 - 1

/** The longest time between not-before and expiry, and the largest serial: 32 bits. */
export const MAX_UINT32: number = 2 ** 32 - 1

/** RFC 5646 §4.4.1 advises room for 35 characters. */
const LANGUAGE = /^(?=.{2,35}$)[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/

const NOT_BEFORE = 0b1000
const SERIAL = 0b0100
const LANGUAGE_TAG = 0b0010
const RESERVED = 0b0001

/** Tells whether a language hint can be carried. */
export function isLanguageTag(language: string): boolean {
  return LANGUAGE.test(language)
}

/**
 * Writes a plaintext into `target` from `start`; every value is in range already.
 *
 * @returns Where it ends.
 */
export function writePayload(
  target: Uint8Array,
  start: number,
  { expiresAt, notBefore, serial, language }: Omit<Payload, 'respondent'>,
  { type, bytes }: EncodedRespondent,
): number {
  const flags =
    (type << 4) |
    (notBefore === null ? 0 : NOT_BEFORE) |
    (serial === 0 ? 0 : SERIAL) |
    (language === null ? 0 : LANGUAGE_TAG)
  const header = expiresAt * 64 + flags
  target[start] = Math.floor(header / 2 ** 32)
  let at = writeUint32(target, start + 1, header)
  if (notBefore !== null) at = writeUint32(target, at, expiresAt - notBefore)
  if (serial !== 0) at = writeUint32(target, at, serial)
  if (language !== null) at = writeAscii(target, at, language)
  target.set(bytes, at)
  return at + bytes.length
}

/** Reads exactly what {@link writePayload} writes; every other plaintext gives `null`. */
export function decodePayload(bytes: Uint8Array, start: number, end: number): Payload | null {
  const reader = new Reader(bytes, start, end)
  const high = reader.byte()
  const low = reader.uint32()
  const flags = low % 64
  const expiresAt = (high * 2 ** 32 + low - flags) / 64
  const notBefore = flags & NOT_BEFORE ? expiresAt - reader.uint32() : null
  const serial = flags & SERIAL ? reader.uint32() : 0
  const language = flags & LANGUAGE_TAG ? reader.ascii() : null
  const respondent = decodeRespondent(flags >> 4, reader.rest())
  const canonical =
    (flags & RESERVED) === 0 &&
    (notBefore === null || (notBefore >= 0 && notBefore < expiresAt)) &&
    (serial !== 0 || (flags & SERIAL) === 0) &&
    (language === null || isLanguageTag(language))
  return canonical && respondent !== null && !reader.short
    ? { respondent, expiresAt, notBefore, serial, language }
    : null
}

/** Tells when a plaintext is valid; `null` for what {@link decodePayload} refuses. */
export function validityOf(bytes: Uint8Array, start: number, end: number): Validity | null {
  if (!isPlainUuid(bytes, start, end)) return decodePayload(bytes, start, end)
  const reader = new Reader(bytes, start, end)
  const high = reader.byte()
  return { notBefore: null, expiresAt: (high * 2 ** 32 + reader.uint32()) / 64 }
}

/** Recognizes by length and flags the plaintext of most links, a UUID and an expiry, which cannot be malformed. */
export function isPlainUuid(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 21 && ((bytes[start + 4] ?? 0) & 63) === 0
}

/** Writes the low 32 bits of a number and gives the place after them. */
function writeUint32(target: Uint8Array, at: number, value: number): number {
  target[at] = value / 2 ** 24
  target[at + 1] = value / 2 ** 16
  target[at + 2] = value / 2 ** 8
  target[at + 3] = value
  return at + 4
}

function writeAscii(target: Uint8Array, at: number, text: string): number {
  target[at] = text.length
  for (let index = 0; index < text.length; index++) target[at + 1 + index] = text.charCodeAt(index)
  return at + 1 + text.length
}

/** Reads forward; past the end it reads zeros and remembers that it was short. */
class Reader {
  readonly #bytes: Uint8Array
  readonly #end: number
  #at: number

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes
    this.#end = end
    this.#at = start
  }

  get short(): boolean {
    return this.#at > this.#end
  }

  byte(): number {
    const at = this.#at++
    return at < this.#end ? (this.#bytes[at] ?? 0) : 0
  }

  uint32(): number {
    return this.byte() * 2 ** 24 + this.byte() * 2 ** 16 + this.byte() * 2 ** 8 + this.byte()
  }

  ascii(): string {
    return String.fromCharCode(...Array.from({ length: this.byte() }, () => this.byte()))
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at, Math.max(this.#at, this.#end))
  }
}

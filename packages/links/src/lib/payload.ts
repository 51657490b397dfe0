/**
 * The plaintext of a sealed link: docs/formats/sealed-link.md, "Plaintext".
 *
 * @module
 */

import type { Respondent } from '../respondent.js'
import { decodeRespondent, type EncodedRespondent } from './respondent-codec.js'

/** What a plaintext says. Instants are whole seconds since 1970-01-01T00:00:00Z. */
export interface Payload {
  readonly respondent: Respondent
  readonly expiresAt: number
  readonly notBefore: number | null
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

/** Writes a plaintext; every value is in range already. */
export function encodePayload(fields: Omit<Payload, 'respondent'>, respondent: EncodedRespondent): Uint8Array {
  const { expiresAt, notBefore, serial, language } = fields
  const flags =
    (respondent.type << 4) |
    (notBefore === null ? 0 : NOT_BEFORE) |
    (serial === 0 ? 0 : SERIAL) |
    (language === null ? 0 : LANGUAGE_TAG)
  return Uint8Array.from([
    ...unsigned(expiresAt * 64 + flags, 5),
    ...(notBefore === null ? [] : unsigned(expiresAt - notBefore, 4)),
    ...(serial === 0 ? [] : unsigned(serial, 4)),
    ...(language === null ? [] : [language.length, ...new TextEncoder().encode(language)]),
    ...respondent.bytes,
  ])
}

/** Reads exactly what {@link encodePayload} writes; every other plaintext gives `null`. */
export function decodePayload(bytes: Uint8Array): Payload | null {
  const reader = new Reader(bytes)
  const header = reader.unsigned(5)
  const flags = header % 64
  const expiresAt = (header - flags) / 64
  const notBefore = flags & NOT_BEFORE ? expiresAt - reader.unsigned(4) : null
  const serial = flags & SERIAL ? reader.unsigned(4) : 0
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

function unsigned(value: number, length: number): number[] {
  return Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256)
}

/** Reads forward; past the end it reads zeros and remembers that it was short. */
class Reader {
  readonly #bytes: Uint8Array
  #at = 0
  short = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  unsigned(length: number): number {
    return this.#take(length).reduce((value, byte) => value * 256 + byte, 0)
  }

  ascii(): string {
    return String.fromCharCode(...this.#take(this.unsigned(1)))
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at)
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    this.short ||= taken.length < length
    return taken
  }
}

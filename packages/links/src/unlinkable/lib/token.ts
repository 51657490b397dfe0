/**
 * Tokens and the messages they sign: docs/formats/unlinkable-token.md.
 *
 * @module
 */

import { decodeBase64url, encodeBase64url } from '../../lib/base64url.js'
import { lengthPrefixed } from '../../lib/derive.js'
import { textArgument } from '../../lib/text.js'
import { UnlinkableError } from '../errors.js'
import type { WaveScope } from '../wave.js'

const VERSION = 1
const LABEL = 'SurveySeal unlinkable token'
const MAX_SCOPE_BYTES = 128

/** Random bytes that make a message the only one of its kind (RFC 9474 §4.1, PrepareRandomize). */
export const PREFIX_BYTES = 32

/** A token taken apart. */
export interface TokenParts {
  readonly prefix: Uint8Array
  readonly signature: Uint8Array
}

/** What every message of a wave ends with. */
export function waveContext(scope: WaveScope): Uint8Array {
  return lengthPrefixed([
    new TextEncoder().encode(LABEL),
    Uint8Array.of(VERSION),
    ...(['tenant', 'survey', 'wave'] as const).map((name) => textArgument(scope[name], name, MAX_SCOPE_BYTES)),
  ])
}

/** The prepared message. */
export function prepare(prefix: Uint8Array, context: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...prefix, ...context)
}

/** Writes a token. */
export function encodeToken({ prefix, signature }: TokenParts): string {
  return encodeBase64url(Uint8Array.of(VERSION, ...prefix, ...signature))
}

/** Reads a token signed under a modulus of one of these numbers of bytes. */
export function decodeToken(token: unknown, modulusBytes: Iterable<number>): TokenParts {
  const lengths = Array.from(modulusBytes, (length) => Math.ceil(((1 + PREFIX_BYTES + length) * 4) / 3))
  const bytes = typeof token === 'string' && lengths.includes(token.length) ? decodeBase64url(token) : null
  if (bytes === null || bytes[0] !== VERSION) {
    throw new UnlinkableError('ERR_UNLINKABLE_MALFORMED', 'this is not a token of version 1')
  }
  return { prefix: bytes.slice(1, 1 + PREFIX_BYTES), signature: bytes.slice(1 + PREFIX_BYTES) }
}

/**
 * Text that survives a round trip through UTF-8 and through every database.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'

/** Control characters (NUL is no text in PostgreSQL) and lone surrogates (no UTF-8 encodes them). */
const UNUSABLE = /[\p{Cc}\p{Cs}]/u

/** Encodes text of 1 to `maxBytes` bytes, or gives `null`. */
export function encodeText(text: string, maxBytes: number): Uint8Array | null {
  if (text.length > maxBytes || UNUSABLE.test(text)) return null
  const bytes = new TextEncoder().encode(text)
  return bytes.length >= 1 && bytes.length <= maxBytes ? bytes : null
}

/** Decodes what {@link encodeText} accepts, or gives `null`. */
export function decodeText(bytes: Uint8Array, maxBytes: number): string | null {
  if (bytes.length < 1 || bytes.length > maxBytes) return null
  try {
    // ignoreBOM keeps a leading U+FEFF, which would otherwise be lost.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return UNUSABLE.test(text) ? null : text
  } catch {
    return null
  }
}

/** Encodes an argument, or throws the caller's mistake. */
export function textArgument(value: unknown, name: string, maxBytes: number): Uint8Array {
  if (typeof value !== 'string') throw invalidArgumentType(name, 'string', value)
  const bytes = encodeText(value, maxBytes)
  if (bytes === null) throw invalidArgumentValue(name, `1 to ${maxBytes} bytes of UTF-8 without control characters`)
  return bytes
}

/**
 * Bytes as base64url text, and digests of text.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { base64url } from 'jose'

/** Decodes base64url in its one canonical spelling; null for any other text. */
export function decodeBase64url(text: string): Uint8Array | null {
  try {
    const bytes = base64url.decode(text)
    // jose tolerates spare bits that are not zero: one value would have several spellings.
    return base64url.encode(bytes) === text ? bytes : null
  } catch {
    return null
  }
}

/** SHA-256 of the UTF-8 bytes of a text, as base64url. */
export function digestText(text: string): string {
  return base64url.encode(sha256(utf8ToBytes(text)))
}

/** SHA-256 of the salt followed by the bytes of a text: a commitment that says nothing once the salt is gone. */
export function commitText(salt: Uint8Array, text: string): string {
  return base64url.encode(sha256(concatBytes(salt, utf8ToBytes(text))))
}

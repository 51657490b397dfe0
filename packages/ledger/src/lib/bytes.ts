/**
 * Bytes as text, compared and joined.
 *
 * @module
 */

const PER_CALL = 8192

/** Encodes bytes as base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let characters = ''
  for (let at = 0; at < bytes.length; at += PER_CALL) {
    characters += String.fromCharCode(...bytes.subarray(at, at + PER_CALL))
  }
  return btoa(characters)
}

/** Decodes base64 in its one canonical spelling; anything else gives `null`. */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  // atob tolerates spare bits that are not zero: one hash would have several spellings.
  return encodeBase64(bytes) === text ? bytes : null
}

/** Decodes base64 of so many bytes. */
export function decodeBase64Exactly(text: string, length: number): Uint8Array | null {
  if (text.length !== Math.ceil(length / 3) * 4) return null
  const bytes = decodeBase64(text)
  return bytes?.length === length ? bytes : null
}

/** Whether two arrays hold the same; the values are public, so the time it takes may tell where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Joins arrays. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** UTF-8 of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text))
}

/**
 * Base64url without padding, in its one canonical spelling (RFC 4648 §5, §3.5).
 *
 * @module
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const NONE = 255
const VALUES: Uint8Array = /* @__PURE__ */ valuesByCharCode()

/** Encodes bytes. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63)
    if (left > 1) text += ALPHABET.charAt((group >> 6) & 63)
    if (left > 2) text += ALPHABET.charAt(group & 63)
  }
  return text
}

/** Decodes the canonical spelling; padding, foreign characters and set spare bits give `null`. */
export function decodeBase64url(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  return decodeBase64urlInto(bytes, text) === -1 ? null : bytes
}

/** Does the same into an array with enough room, and gives the number of bytes, or -1. */
export function decodeBase64urlInto(target: Uint8Array, text: string): number {
  if (text.length % 4 === 1) return -1
  let bits = 0
  let pending = 0
  let written = 0
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? NONE
    if (value === NONE) return -1
    pending = ((pending << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      target[written++] = pending >> bits
    }
  }
  const spare = pending & ((1 << bits) - 1)
  return spare === 0 ? written : -1
}

function valuesByCharCode(): Uint8Array {
  const values = new Uint8Array(128).fill(NONE)
  for (let value = 0; value < ALPHABET.length; value++) values[ALPHABET.charCodeAt(value)] = value
  return values
}

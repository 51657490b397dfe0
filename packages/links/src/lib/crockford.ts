/**
 * 128 bits in Crockford's base 32 with a check character: docs/formats/opaque-link.md, "Crockford spelling".
 *
 * @module
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BYTES = 16
const DIGITS = 26
/** Digits, check character, and the characters that people put between them. */
const MAX_LENGTH = 96
/** Crockford's modulus; its symbols from 32 on are not of the alphabet, so ids that need them are not used. */
const MODULUS = 37
/** Spaces of every kind, and everything that is typed or printed as a dash. */
const SEPARATORS = /[\s\u00ad\u2010-\u2015\u2212-]/gu
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** Encodes 16 bytes as 27 characters, or gives `null` for those whose check character is not of the alphabet. */
export function encodeCrockford(bytes: Uint8Array): string | null {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const check = Number(value % BigInt(MODULUS))
  if (bytes.length !== BYTES || check >= ALPHABET.length) return null
  const digits = Array.from({ length: DIGITS }, (_, at) => Number((value >> BigInt(5 * (DIGITS - 1 - at))) & 31n))
  return [...digits, check].map((digit) => ALPHABET.charAt(digit)).join('')
}

/** Decodes what a person typed; wrong length, foreign characters, set spare bits and a wrong check give `null`. */
export function decodeCrockford(text: string): Uint8Array | null {
  if (text.length > MAX_LENGTH) return null
  const digits = Array.from(text.replace(SEPARATORS, '').toUpperCase(), digitOf)
  const check = digits.pop()
  if (digits.length !== DIGITS || digits.includes(-1)) return null
  const value = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n)
  if (value >> BigInt(8 * BYTES) !== 0n || Number(value % BigInt(MODULUS)) !== check) return null
  return Uint8Array.from({ length: BYTES }, (_, at) => Number((value >> BigInt(8 * (BYTES - 1 - at))) & 255n))
}

function digitOf(character: string): number {
  return ALPHABET.indexOf(MISREAD[character] ?? character)
}

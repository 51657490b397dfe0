/**
 * What the bytes of {@link withCodes} are.
 *
 * @module
 */

import { FOREIGN } from './codes.js'

const [DIGIT, UPPER, LOWER, FOREIGN_WORD] = [1, 2, 4, 8]

const CLASSES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 48 && code <= 57) return DIGIT
  if (code >= 65 && code <= 90) return UPPER
  if (code >= 97 && code <= 122) return LOWER
  return code === FOREIGN.letter || code === FOREIGN.capital ? FOREIGN_WORD : 0
})

/** The byte at an index; nothing stands before a text or after it. */
export function codeAt(codes: Uint8Array, at: number): number {
  return at < 0 ? 0 : (codes[at] ?? 0)
}

/** Whether the character at an index is an ASCII digit. */
export function isDigitAt(codes: Uint8Array, at: number): boolean {
  return CLASSES[codeAt(codes, at)] === DIGIT
}

/** Whether it is an ASCII letter. */
export function isLetterAt(codes: Uint8Array, at: number): boolean {
  return ((CLASSES[codeAt(codes, at)] ?? 0) & (UPPER | LOWER)) !== 0
}

/** Whether it can be a capital. */
export function isCapitalAt(codes: Uint8Array, at: number): boolean {
  const code = codeAt(codes, at)
  return CLASSES[code] === UPPER || code === FOREIGN.capital || code === FOREIGN.half
}

/** Whether it is a letter, mark or number. */
export function isWordAt(codes: Uint8Array, at: number): boolean {
  return CLASSES[codeAt(codes, at)] !== 0
}

/** Whether it is a hexadecimal digit. */
export function isHexAt(codes: Uint8Array, at: number): boolean {
  const code = codeAt(codes, at)
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102)
}

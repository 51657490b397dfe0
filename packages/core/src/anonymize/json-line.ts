/**
 * @internal
 *
 * One line of NDJSON where it lies. It ends before `end`, and the byte there, if there is one, is a line break.
 */
export interface JsonLine {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Counted from 1. */
  readonly number: number
}

/**
 * @internal
 *
 * Where the value that begins at a place ends, if it is a string without escapes, a number, `true`, `false` or `null`, and is
 * written as `JSON.stringify` writes it; `-1` otherwise. What it says of bytes beyond the line does not matter: a line break is
 * part of none of these.
 */
export function endOfScalar(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === QUOTE) return endOfString(bytes, at + 1)
  if (first === MINUS || isDigit(first)) return endOfNumber(bytes, at)
  for (const word of WORDS) if (first === word[0]) return endOfWord(bytes, at, word)
  return -1
}

/** @internal Where a word that begins at a place ends; `-1` if it is not there. */
export function endOfWord(bytes: Uint8Array, at: number, word: Uint8Array): number {
  for (let index = 0; index < word.length; index += 1) if (bytes[at + index] !== word[index]) return -1
  return at + word.length
}

function endOfString(bytes: Uint8Array, start: number): number {
  let at = start
  for (;;) {
    const code = bytes[at] ?? 0
    if (code === QUOTE) return at + 1
    if (code < 0x20 || code === BACKSLASH) return -1
    at = code < 0x80 ? at + 1 : endOfCharacter(bytes, at)
    if (at === -1) return -1
  }
}

/** The well-formed sequences of more than one byte, by table 3-7 of the Unicode Standard; `-1` for any other. */
function endOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const second = bytes[at + 1] ?? 0
  if (first < 0xc2 || first > 0xf4 || !isContinuation(second)) return -1
  if (first < 0xe0) return at + 2
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) || !isContinuation(bytes[at + 2]))
    return -1
  if (first < 0xf0) return at + 3
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f) || !isContinuation(bytes[at + 3]))
    return -1
  return at + 4
}

/** Of up to 15 digits, because so many are always what the number read from them is written with. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  const whole = bytes[start] === MINUS ? start + 1 : start
  let at = endOfDigits(bytes, whole)
  const isZero = bytes[whole] === ZERO
  if (at === whole || (isZero && at > whole + 1)) return -1
  if (bytes[at] === POINT) {
    const fraction = at + 1
    at = endOfDigits(bytes, fraction)
    if (at === fraction || bytes[at - 1] === ZERO || (isZero && !isAboveMillionth(bytes, fraction))) return -1
  } else if (isZero && whole > start) return -1
  return at - whole > maxDigits || isExponent(bytes[at]) ? -1 : at
}

/** Smaller numbers are written with an exponent. */
function isAboveMillionth(bytes: Uint8Array, fraction: number): boolean {
  for (let at = fraction; at < fraction + 6; at += 1) {
    if (!isDigit(bytes[at])) return false
    if (bytes[at] !== ZERO) return true
  }
  return false
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start
  while (isDigit(bytes[at])) at += 1
  return at
}

function isDigit(code = 0): boolean {
  return code >= ZERO && code <= 0x39
}

function isExponent(code = 0): boolean {
  return (code | 0x20) === 0x65
}

function isContinuation(code = 0): boolean {
  return (code & 0xc0) === 0x80
}

const maxDigits = 15
const QUOTE = 0x22
const BACKSLASH = 0x5c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word))

/**
 * What a text could hold, told by one look at each character.
 *
 * @module
 */

/** Signs, as bits. */
export const SIGN = {
  /** "@", or anything that is not ASCII. */
  at: 1,
  /** "%". */
  percent: 2,
  /** What merge tags start with. */
  tag: 4,
  /** What URLs and queries are made of. */
  separator: 8,
  /** Six digits, or four and a dot or colon. */
  number: 16,
  /** A stretch long enough for an encoded text. */
  token: 32,
  /** What JSON starts with. */
  json: 64,
} as const

/** The shortest base64 or hexadecimal token that is followed: four characters. */
export const TOKEN_LENGTH = 8

/** Bit 7 marks characters of tokens, bit 8 digits, bit 9 dots and colons. */
const IN_TOKEN = 128
const DIGIT = 256
const POINT = 512

const CLASSES: Uint16Array = /* @__PURE__ */ (() => {
  const classes = new Uint16Array(128)
  const mark = (chars: string, bits: number): void => {
    for (const char of chars) classes[char.charCodeAt(0)] = (classes[char.charCodeAt(0)] ?? 0) | bits
  }
  mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-', IN_TOKEN)
  mark('0123456789', DIGIT)
  mark('.:', POINT)
  mark('@', SIGN.at)
  mark('%', SIGN.percent)
  mark('{[*<$%', SIGN.tag)
  mark('=?#/', SIGN.separator)
  mark('{["', SIGN.json)
  return classes
})()

/**
 * Looks at every character once.
 *
 * @param text - Any text.
 * @returns The bits of {@link SIGN} that apply; 0 means that the text by itself can hold nothing.
 */
export function signsOf(text: string): number {
  let signs = 0
  let digits = 0
  let run = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const bits = code < 128 ? (CLASSES[code] ?? 0) : SIGN.at
    signs |= bits
    if ((bits & DIGIT) !== 0) digits++
    run = (bits & IN_TOKEN) === 0 ? 0 : run + 1
    if (run === TOKEN_LENGTH) signs |= SIGN.token
  }
  if (digits >= 6 || (digits >= 1 && (signs & POINT) !== 0)) signs |= SIGN.number
  return signs & 127
}

/**
 * Finds the next stretch of a text that could be encoded, which {@link SIGN} `token` announces.
 *
 * @param text - Any text.
 * @param from - Where to start looking.
 * @returns Start and end of at least eight letters, digits, `+`, `/`, `-` and `_`, or `null`.
 */
export function nextToken(text: string, from: number): { start: number; end: number } | null {
  for (let index = from, start = from; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : 128
    if (code < 128 && ((CLASSES[code] ?? 0) & IN_TOKEN) !== 0) continue
    if (index - start >= TOKEN_LENGTH) return { start, end: index }
    start = index + 1
  }
  return null
}

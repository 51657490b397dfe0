/**
 * Payment card numbers.
 *
 * @module
 */

import { luhn } from './lib/check-digits.js'
import { isDigit } from './lib/digits.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

const [SPACE, HYPHEN, DOT, SHORTEST, LONGEST] = [32, 45, 46, 12, 19]

/** From which to which first four digits, and how many digits at least and at most. */
const SCHEMES: readonly (readonly [from: number, to: number, least: number, most: number])[] = [
  [4000, 4999, 13, 13], // Visa
  [4000, 4999, 16, 16],
  [4000, 4999, 19, 19],
  [5100, 5599, 16, 16], // Mastercard
  [2220, 2720, 16, 16],
  [3400, 3499, 15, 15], // American Express
  [3700, 3799, 15, 15],
  [3000, 3059, 14, 19], // Diners Club
  [3090, 3099, 14, 19],
  [3600, 3699, 13, 18],
  [3800, 3999, 13, 18],
  [1800, 1800, 15, 15], // JCB
  [2131, 2131, 15, 15],
  [3500, 3599, 16, 19],
  [5000, 5099, 12, 19], // Maestro, Discover, UnionPay, RuPay
  [5600, 6999, 12, 19],
  [604, 604, 12, 19],
]
const CUE = /\b(?:card|credit|debit|visa|mastercard|amex|cc|carte|bancaire|cb)\b[^\n]{0,30}$/i

/** Twelve to nineteen digits of a known scheme with the right check digit (Luhn); a wrong one only beside the word "card". */
export const card: Recognizer = {
  reach: [0, 4],
  find({ text, from, to }) {
    const found: Found[] = []
    for (let at = from; at < to; at++) {
      if (!isDigit(text.charCodeAt(at))) continue
      const start = at
      const end = endOfNumber(text, start, to)
      const confidence = end - start < SHORTEST ? 0 : confidenceOf(text, start, end)
      if (confidence > 0) found.push({ start, end, confidence })
      at = end - 1
    }
    return found
  },
}

/** At most nineteen digits with one space or hyphen at most between any two, or a full stop after four to six. */
function endOfNumber(text: string, start: number, to: number): number {
  let [end, group] = [start + 1, start]
  for (let digits = 1; digits < LONGEST; digits++) {
    const isApart = separates(text.charCodeAt(end), end - group)
    const next = isApart ? end + 1 : end
    if (next >= to || !isDigit(text.charCodeAt(next))) break
    if (isApart) group = next
    end = next + 1
  }
  return end
}

function separates(code: number, size: number): boolean {
  return code === SPACE || code === HYPHEN || (code === DOT && size >= 4 && size <= 6)
}

function confidenceOf(text: string, start: number, end: number): number {
  const { count, prefix, isRepeated } = readDigits(text, start, end)
  if (count < SHORTEST || isRepeated || !standsAlone(text, start, end) || !isOfScheme(prefix, count)) return 0
  if (luhn(text, start, end)) return 0.95
  return count >= 14 && isCued(text, start, CUE) ? 0.7 : 0
}

function isOfScheme(prefix: number, count: number): boolean {
  return SCHEMES.some(([from, to, least, most]) => prefix >= from && prefix <= to && count >= least && count <= most)
}

/** How many digits, the first four as a number, and whether all are one and the same. */
function readDigits(text: string, start: number, end: number): { count: number; prefix: number; isRepeated: boolean } {
  let count = 0
  let prefix = 0
  let isRepeated = true
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (!isDigit(code)) continue
    if (++count <= 4) prefix = prefix * 10 + code - 48
    isRepeated &&= code === text.charCodeAt(start)
  }
  return { count, prefix, isRepeated }
}

/**
 * Payment card numbers.
 *
 * @module
 */

import { luhn } from './lib/check-digits.js'
import { isDigit, onlyDigits } from './lib/digits.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

const [SPACE, HYPHEN, SHORTEST, LONGEST] = [32, 45, 12, 19]

/** First digits and lengths of the schemes: Visa, Mastercard, Amex, Diners, JCB, then Maestro, Discover, UnionPay and RuPay. */
const SCHEME =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|(?:22[2-9]|2[3-6]\d|27[01])\d{13}|2720\d{12}|3[47]\d{13}|3(?:0[0-59]|[689])\d{11,16}|(?:1800|2131)\d{11}|35\d{14,17}|(?:50|5[6-9]|6\d|0604)\d{8,17})$/
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

/** At most nineteen digits with one space or hyphen at most between any two. */
function endOfNumber(text: string, start: number, to: number): number {
  let end = start + 1
  for (let digits = 1; digits < LONGEST; digits++) {
    const code = text.charCodeAt(end)
    const next = code === SPACE || code === HYPHEN ? end + 1 : end
    if (next >= to || !isDigit(text.charCodeAt(next))) break
    end = next + 1
  }
  return end
}

function confidenceOf(text: string, start: number, end: number): number {
  const digits = onlyDigits(text.slice(start, end))
  if (digits.length < SHORTEST || !standsAlone(text, start, end) || !SCHEME.test(digits)) return 0
  if (digits.startsWith(digits.slice(1))) return 0
  if (luhn(digits)) return 0.95
  return digits.length >= 14 && isCued(text, start, CUE) ? 0.7 : 0
}

/**
 * Payment card numbers.
 *
 * @module
 */

import { luhn } from './lib/check-digits.js'
import { onlyDigits } from './lib/digits.js'
import { matchesIn } from './lib/matches.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

/** First digits and lengths of the schemes: Visa, Mastercard, Amex, Diners, JCB, then Maestro, Discover, UnionPay and RuPay. */
const SCHEME =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|(?:22[2-9]|2[3-6]\d|27[01])\d{13}|2720\d{12}|3[47]\d{13}|3(?:0[0-59]|[689])\d{11,16}|(?:1800|2131)\d{11}|35\d{14,17}|(?:50|5[6-9]|6\d|0604)\d{8,17})$/
const CUE = /\b(?:card|credit|debit|visa|mastercard|amex|cc|carte|bancaire|cb)\b[^\n]{0,30}$/i

/** Twelve to nineteen digits of a known scheme with the right check digit (Luhn); a wrong one only beside the word "card". */
export const card: Recognizer = {
  reach: [0, 4],
  find(stretch) {
    const { text } = stretch
    const found: Found[] = []
    for (const { 0: match, index } of matchesIn(stretch, /\d(?:[ -]?\d){11,18}/g)) {
      const end = index + match.length
      const digits = onlyDigits(match)
      if (!standsAlone(text, index, end) || !SCHEME.test(digits) || /^(\d)\1+$/.test(digits)) continue
      const valid = luhn(digits)
      if (valid || (digits.length >= 14 && isCued(text, index, CUE))) {
        found.push({ start: index, end, confidence: valid ? 0.95 : 0.7 })
      }
    }
    return found
  },
}

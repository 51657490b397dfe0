/**
 * Payment card numbers.
 *
 * @module
 */

import { luhn } from './lib/check-digits.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

/** First digits that card schemes use: Amex, Diners, JCB, Visa, Mastercard, Maestro, Discover, UnionPay, RuPay. */
const ISSUER = /^(?:0604|1800|2131|22[2-9]|2[3-6]|27[01]|2720|3[04-9]|4|5|6)/
const CUE = /\b(?:card|credit|debit|visa|mastercard|amex|cc|carte|bancaire|cb)\b[^\n]{0,30}$/i

/** Twelve to nineteen digits of a known scheme with the right check digit (Luhn); a wrong one only beside the word "card". */
export const card: Recognizer = {
  trait: 'digit',
  find(text) {
    const found: Found[] = []
    for (const { 0: match, index } of text.matchAll(/\d(?:[ -]?\d){11,18}/g)) {
      const end = index + match.length
      const digits = match.replace(/[ -]/g, '')
      if (!standsAlone(text, index, end) || !ISSUER.test(digits) || /^(\d)\1+$/.test(digits)) continue
      const valid = luhn(digits)
      if (valid || (digits.length >= 14 && isCued(text, index, CUE))) {
        found.push({ start: index, end, confidence: valid ? 0.95 : 0.7 })
      }
    }
    return found
  },
}

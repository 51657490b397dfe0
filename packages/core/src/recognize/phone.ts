/**
 * Telephone numbers.
 *
 * @module
 */

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { isDigit, onlyDigits } from './lib/digits.js'
import { matchesIn } from './lib/matches.js'
import { isPlainNational, judgeInternational, judgeNational } from './lib/phone-plans.js'
import { type Found, isCued, isWordChar, type Recognizer, type RecognizerContext } from './recognizer.js'

const [HASH, COMMA, DOT, COLON, AT, UNDERSCORE] = [35, 44, 46, 58, 64, 95]

/** Groups of digits: separators and digits exclude each other, so there is one way to match and no backtracking. */
const CANDIDATE = /(?:\+[ (]{0,2}|\()?\d(?:[ ()./-]{0,3}\d){5,16}( ?(?:x|ext\.? ?|poste )\d{1,6})?/gi

const CUE =
  /\b(?:tel|telephone|phone|phones|mobile|mobiles|cell|fax|call|called|calling|dial|ring|text|sms|whatsapp|reach|contact|desk|office|portable|joindre|joignable|appelez|appeler|rappeler|numero|gsm|msisdn)\b[^\n]{0,25}$/i

const DATE_OR_RANGE =
  /^(?:(?:1[89]|20)\d{2}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}|(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2})$/
/** An address or a decimal number. */
const DOTTED = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\d+\.\d+)$/
const GROUPED_AMOUNT = /^\d{1,2}(?:[ .]\d{3}){2,}$|^\d{1,3}(?:\.\d{3}){2,}$/
const CURRENCY_AROUND =
  /[$\u20ac\u00a3\u00a5]\s?$|^\s?(?:[$\u20ac\u00a3\u00a5%]|eur|usd|gbp|chf|euros?|dollars?|pounds?)/i

/**
 * Numbers in international form; numbers valid in one of the regions; groups of digits shaped like a number, unless they are
 * a date, a range of years or an amount; and any digits right after a word like "call".
 */
export const phone: Recognizer = {
  reach: [4, 24],
  find(stretch, context) {
    const { text } = stretch
    const found: Found[] = []
    for (const { 0: match, 1: extension = '', index } of matchesIn(stretch, CANDIDATE)) {
      const end = index + match.length
      if (!isDelimited(text, index, end)) continue
      const number = extension === '' ? match : match.slice(0, -extension.length)
      const confidence = confidenceOf(text, { number, index, end }, context)
      if (confidence > 0) found.push({ start: index, end, confidence })
    }
    return found
  },
}

/** Not part of a word, a handle or a decimal number. */
function isDelimited(text: string, start: number, end: number): boolean {
  return !isJoinedBefore(text, start) && !isJoinedAfter(text, end)
}

function isJoinedBefore(text: string, start: number): boolean {
  const code = text.charCodeAt(start - 1)
  // Two units make one letter beyond the Basic Multilingual Plane.
  if (code >= 128) return /[\p{L}\p{N}\p{M}]$/u.test(text.slice(Math.max(0, start - 2), start))
  if (code === DOT || code === COMMA) return isDigit(text.charCodeAt(start - 2))
  return code === HASH || code === AT || code === UNDERSCORE || isWordChar(text[start - 1])
}

function isJoinedAfter(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  if (code >= 128) return /^[\p{L}\p{N}\p{M}]/u.test(text.slice(end, end + 2))
  if (code === DOT || code === COMMA || code === COLON) return isDigit(text.charCodeAt(end + 1))
  return code === AT || code === UNDERSCORE || isWordChar(text[end])
}

function confidenceOf(
  text: string,
  { number, index, end }: { number: string; index: number; end: number },
  context: RecognizerContext,
): number {
  const digits = onlyDigits(number)
  if (digits.length < 7 || digits.length > 15) return 0
  if (/^(?:\+|00[ .-]?[1-9]|011)/.test(number)) return internationalConfidence(number, digits)
  if ((digits.length <= 8 && DATE_OR_RANGE.test(number)) || DOTTED.test(number)) return 0
  if (CURRENCY_AROUND.test(text.slice(Math.max(0, index - 2), index)) || CURRENCY_AROUND.test(text.slice(end, end + 9)))
    return 0
  const cued = isCued(text, index, CUE)
  if (!cued && digits === number && context.minimumConfidence > 0.6) return 0
  if (isNational(number, digits, context.regions)) return cued ? 0.95 : digits === number ? 0.6 : 0.85
  if (cued) return 0.7
  return digits !== number && !GROUPED_AMOUNT.test(number) && hasPhoneGroups(number) ? 0.5 : 0
}

/** Parses the number only when no region is sure of it, because countries that share a calling code know each other's. */
function isNational(number: string, digits: string, regions: readonly CountryCode[]): boolean {
  if (regions.some((region) => isPlainNational(digits, region))) return true
  return regions.some((region) => judgeNational(digits, region) === undefined && isValid(number, region))
}

function internationalConfidence(number: string, digits: string): number {
  const canonical = number.startsWith('+') ? digits : digits.replace(/^(?:00|011)/, '')
  if (canonical.length < 8) return 0
  return (judgeInternational(canonical) ?? isValid(`+${canonical}`)) ? 0.95 : 0.7
}

/**
 * Whether parsing finds a valid number. In national form it must have the trunk prefix its country writes; only North
 * America's may be there or not.
 *
 * @internal
 */
export function isValid(number: string, region?: CountryCode): boolean {
  const parsed = parsePhoneNumberFromString(number, region)
  if (parsed === undefined || !parsed.isValid()) return false
  if (region === undefined) return true
  const digits = onlyDigits(number)
  const national = parsed.countryCallingCode === '1' ? digits.replace(/^1(?=\d{10}$)/, '') : digits
  return onlyDigits(parsed.formatNational()) === national
}

/** Two to six groups of two to five digits (one is allowed in front, and any number in parentheses). */
function hasPhoneGroups(number: string): boolean {
  const groups = number.split(/[^\d]+/).filter((group) => group !== '')
  return (
    groups.length >= 2 &&
    groups.length <= 6 &&
    groups.every((group, at) => group.length >= (at === 0 ? 1 : 2) && group.length <= 7)
  )
}

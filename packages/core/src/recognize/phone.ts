/**
 * Telephone numbers.
 *
 * @module
 */

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { matchesIn } from './lib/matches.js'
import { judgeInternational, judgeNational } from './lib/phone-plans.js'
import { type Found, isCued, type Recognizer, type RecognizerContext } from './recognizer.js'

/** Groups of digits: separators and digits exclude each other, so there is one way to match and no backtracking. */
const CANDIDATE = /(?:\+[ (]{0,2}|\()?\d(?:[ ()./-]{0,3}\d){5,16}(?: ?(?:x|ext\.? ?|poste )\d{1,6})?/gi
const EXTENSION = / ?(?:x|ext\.? ?|poste )\d{1,6}$/i

const CUE =
  /\b(?:tel|telephone|phone|phones|mobile|mobiles|cell|fax|call|called|calling|dial|ring|text|sms|whatsapp|reach|contact|desk|office|portable|joindre|joignable|appelez|appeler|rappeler|numero|gsm|msisdn)\b[^\n]{0,25}$/i

const DATE_OR_RANGE =
  /^(?:(?:1[89]|20)\d{2}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}|(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2})$/
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
    for (const { 0: match, index } of matchesIn(stretch, CANDIDATE)) {
      const end = index + match.length
      if (!isDelimited(text, index, end)) continue
      const confidence = confidenceOf(text, { match, index, end }, context)
      if (confidence > 0) found.push({ start: index, end, confidence })
    }
    return found
  },
}

/** Not part of a word, a handle or a decimal number. */
function isDelimited(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start)
  const after = text.slice(end, end + 2)
  return !/[\p{L}\p{N}\p{M}#@_]$|\d[.,]$/u.test(before) && !/^(?:[\p{L}\p{N}\p{M}@_]|[.,:]\d)/u.test(after)
}

function confidenceOf(
  text: string,
  { match, index, end }: { match: string; index: number; end: number },
  context: RecognizerContext,
): number {
  const number = match.replace(EXTENSION, '')
  const digits = number.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 15) return 0
  if (/^(?:\+|00[1-9]|011)/.test(number)) return internationalConfidence(number, digits)
  if (DATE_OR_RANGE.test(number) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(number) || /^\d+\.\d+$/.test(number)) return 0
  if (CURRENCY_AROUND.test(text.slice(Math.max(0, index - 2), index)) || CURRENCY_AROUND.test(text.slice(end, end + 9)))
    return 0
  const cued = isCued(text, index, CUE)
  if (!cued && digits === number && context.minimumConfidence > 0.6) return 0
  if (context.regions.some((region) => judgeNational(digits, region) ?? isValid(number, region)))
    return cued ? 0.95 : digits === number ? 0.6 : 0.85
  if (cued) return 0.7
  return digits !== number && !GROUPED_AMOUNT.test(number) && hasPhoneGroups(number) ? 0.5 : 0
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
  const digits = number.replace(/\D/g, '')
  const national = parsed.countryCallingCode === '1' ? digits.replace(/^1(?=\d{10}$)/, '') : digits
  return parsed.formatNational().replace(/\D/g, '') === national
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

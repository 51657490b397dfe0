/**
 * One telephone number wherever it stands.
 *
 * @module
 */

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { invalidArgumentValue } from '../errors.js'
import { matchesOf } from './lib/matches.js'
import type { IdentifierFinder } from './subject-email.js'

/** What people write between digits, encoded as in a URL or in HTML too. */
const BETWEEN = '(?:%20|&(?:nbsp|#0{0,4}160|#xa0);|[ \\t\\r\\n()\\[\\].,/_\\u00b7\\u2022\\u2060\\u200b-\\u200d-]){0,3}'

/** An escape (`%20`) ends in what looks like a digit. */
const BEFORE = '(?:(?<=%[0-9a-f]{2})|(?<!\\d|\\+\\d{1,3}[ ().-]{0,2}))'

/** @internal */
export function phoneFinder(phone: string, { region }: { readonly region: CountryCode | undefined }): IdentifierFinder {
  const parsed = parsePhoneNumberFromString(phone.replace(/^tel:/i, ''), region)
  if (parsed === undefined || !parsed.isPossible()) {
    throw invalidArgumentValue('phone', 'a possible telephone number, with its region unless it begins with +')
  }
  const { number, countryCallingCode, nationalNumber } = parsed
  const country = spell(countryCallingCode)
  const trunk = `(?:\\(?0\\)?${BETWEEN})?`
  const prefix = `(?:(?:(?:\\+|%2b|00|011)${BETWEEN})?${country}${BETWEEN}${trunk}|0${BETWEEN}|\\(0\\)${BETWEEN})?`
  const pattern = new RegExp(`${BEFORE}${prefix}${spell(nationalNumber)}(?!\\d)`, 'gi')
  const first = new RegExp(spell(nationalNumber.slice(-4)))
  return {
    canonical: number,
    find(folded) {
      if (!first.test(folded)) return []
      return matchesOf(folded, pattern).map((match) => ({
        start: folded[match.index - 1] === '+' ? match.index - 1 : match.index,
        end: match.index + match[0].length,
      }))
    },
  }
}

function spell(digits: string): string {
  return [...digits].join(BETWEEN)
}

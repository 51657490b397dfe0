/**
 * Dates of birth.
 *
 * @module
 */

import { matchesIn } from './lib/matches.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

const CUE =
  /(?:\bborn\b|\bbirth|\bbday\b|\bb-day\b|\bdob\b|\bd\.o\.b|\bnee? le\b|\bnaissance|\bnaiss\b|\banniversaire|\bgeboren|\bgeburt)[^\n]{0,30}$/i

const MONTH =
  '(?:jan(?:uary|vier)?|feb(?:ruary)?|fev(?:rier)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|july?|juil(?:let)?|aug(?:ust)?|aout|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember|embre)?)'

const DATE = new RegExp(
  [
    String.raw`\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}`,
    String.raw`\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}`,
    String.raw`(?:19|20)\d{6}`,
    String.raw`\d{1,2}(?:st|nd|rd|th|er)?(?: of)?[ -]${MONTH}\.?,?[ -]\d{2,4}`,
    String.raw`${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}`,
    String.raw`${MONTH}\.? (?:19|20)\d{2}`,
  ].join('|'),
  'gi',
)

/** A calendar date within a few words after "born", "birth", "né le" and the like; a date alone is nobody's birthday. */
export const birthDate: Recognizer = {
  reach: [24, 40],
  find(stretch) {
    const { text } = stretch
    const found: Found[] = []
    for (const { 0: match, index } of matchesIn(stretch, DATE)) {
      const end = index + match.length
      if (standsAlone(text, index, end) && isCalendarDate(match) && isCued(text, index, CUE)) {
        found.push({ start: index, end, confidence: 0.9 })
      }
    }
    return found
  },
}

/** Numbers alone cannot tell day from month, so either order will do. */
function isCalendarDate(match: string): boolean {
  if (/[a-z]{3}/i.test(match)) return true
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(match)
  const [a = 0, b = 0, c = 0] = (compact?.slice(1) ?? match.split(/[-/. ]/)).map(Number)
  const [year, first, second] = a > 31 ? [a, b, c] : [c, a, b]
  const inRange = year < 100 || (year >= 1880 && year <= 2100)
  return inRange && first >= 1 && second >= 1 && Math.min(first, second) <= 12 && Math.max(first, second) <= 31
}

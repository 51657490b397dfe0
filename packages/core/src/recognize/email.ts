/**
 * E-mail addresses.
 *
 * @module
 */

import { type Found, isWordChar, type Recognizer } from './recognizer.js'

/** RFC 5322 atext, less the separators of URLs and forms, which would drag a parameter's name along. */
const LOCAL_PUNCTUATION = "._%+-~!#$*^`{|}'"

/**
 * Addresses of any domain with a dot, internationalized ones too (RFC 6531). Every character is looked at once from each
 * side, because a local part cannot reach over the previous "@".
 */
export const email: Recognizer = {
  reach: [80, 340],
  find({ text, from, to }) {
    const found: Found[] = []
    let floor = 0
    for (let at = text.indexOf('@', from); at !== -1 && at < to; at = text.indexOf('@', at + 1)) {
      const start = startOfLocalPart(text, at, floor)
      const end = endOfDomain(text, at + 1)
      floor = at + 1
      if (start < at && end !== -1) found.push({ start, end, confidence: 0.95 })
    }
    return found
  },
}

function startOfLocalPart(text: string, at: number, floor: number): number {
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2)
    return quote >= Math.max(floor, at - 66) ? quote : at
  }
  let start = at
  while (start > floor && isLocalChar(text, start - 1)) start--
  while (start < at && !isWordChar(text[start]) && text[start] !== '_') start++
  return start
}

function endOfDomain(text: string, from: number): number {
  let end = from
  while (end < text.length && isDomainChar(text, end)) end++
  while (end > from && (text[end - 1] === '.' || text[end - 1] === '-')) end--
  const domain = text.slice(from, end)
  const lastDot = domain.lastIndexOf('.')
  const topLevel = domain.slice(lastDot + 1)
  const plausible = lastDot > 0 && /^(?:xn--[a-z0-9-]{2,59}|\p{L}[\p{L}\p{M}]{1,62})$/iu.test(topLevel)
  return plausible && !domain.includes('..') ? end : -1
}

function isLocalChar(text: string, index: number): boolean {
  return isAlphanumeric(text, index) || LOCAL_PUNCTUATION.includes(text[index] ?? '\0')
}

function isDomainChar(text: string, index: number): boolean {
  return isAlphanumeric(text, index) || text[index] === '.' || text[index] === '-'
}

function isAlphanumeric(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return isWordChar(text[index]) || (code >= 0xd800 && code <= 0xdfff)
}

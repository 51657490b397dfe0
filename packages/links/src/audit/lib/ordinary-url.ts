/**
 * Turning most URLs away in one scan.
 *
 * @module
 */

import { decodeEverything, decodePercent, decodeStretch } from './decoders.js'
import { kindsOfMergeTags } from './merge-tags.js'
import { kindOfName } from './parameter-names.js'
import { holdsNumber } from './plain-values.js'
import { SIGN, signsOf, TOKEN_LENGTH } from './signs.js'

/** Characters of tokens, digits, dots, other points, and what needs the long way: escapes, addresses, tags, quotes, matrices. */
const [IN_TOKEN, DIGIT, DOT, POINT, OTHER] = [1, 2, 4, 8, 16]

const CLASSES: Uint8Array = /* @__PURE__ */ (() => {
  const classes = new Uint8Array(128)
  const mark = (chars: string, bits: number): void => {
    for (const char of chars) classes[char.charCodeAt(0)] = (classes[char.charCodeAt(0)] ?? 0) | bits
  }
  mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+_-', IN_TOKEN)
  mark('0123456789', DIGIT)
  mark('.', DOT)
  mark(':', POINT)
  mark('@%{[*<$";\\', OTHER)
  return classes
})()

const [SLASH, QUESTION, HASH, AMPERSAND, EQUALS, AT, PERCENT] = [47, 63, 35, 38, 61, 64, 37]
/** "@" and what folds to it. */
const AT_SIGN = /[@\ufe6b\uff20]/
/** A picture for sharp screens. */
const PICTURE = /^[^@]{1,200}@\dx\.(?:png|jpe?g|webp|gif|avif|svg)$/i

/**
 * Says whether an audit without known subjects would surely find nothing. The audit stays the authority: this may say no to a
 * URL without findings, and never says yes to one with some.
 *
 * @param url - Anything.
 */
export function isOrdinaryUrl(url: string): boolean {
  const path = startOfPath(url)
  if (path === -1) return false
  let place = SLASH
  for (let start = path; start <= url.length; ) {
    const end = endOfPart(url, start, place)
    if (end === -1) return false
    const delimiter = end < url.length ? url.charCodeAt(end) : 0
    const isName = place === QUESTION ? delimiter === EQUALS : place === SLASH && delimiter === SLASH
    if (isName && end > start && kindOfName(url.slice(start, end)) !== null) return false
    if (delimiter === HASH || delimiter === QUESTION) place = delimiter
    // A value that holds "=" may be a query in a query.
    else if (place === EQUALS && delimiter === EQUALS) return false
    else if (delimiter === EQUALS) place = EQUALS
    else if (delimiter === AMPERSAND) place = QUESTION
    start = end + 1
  }
  return true
}

/** Where the path of `https://host/…` or `/…` starts; -1 for anything else. */
function startOfPath(url: string): number {
  if (url.startsWith('/')) return 0
  if (!url.startsWith('https://')) return -1
  for (let index = 8; index < url.length; index++) {
    const code = url.charCodeAt(index)
    if (code === SLASH || code === QUESTION || code === HASH) return index
    if (code >= 128 || ((CLASSES[code] ?? 0) & OTHER) !== 0) return -1
  }
  return url.length
}

/** Where a part ends that holds nothing by itself; -1 when it has to be looked at. */
function endOfPart(url: string, start: number, place: number): number {
  let digits = 0
  let dots = 0
  let points = 0
  let run = start
  let encoded = false
  let special = 0
  let index = start
  for (; index <= url.length; index++) {
    const code = index < url.length ? url.charCodeAt(index) : 0
    const bits = code < 128 ? (CLASSES[code] ?? 0) : OTHER
    if ((bits & IN_TOKEN) !== 0) {
      digits += (bits & DIGIT) >> 1
      continue
    }
    if ((bits & OTHER) !== 0) {
      if (code !== AT && !(code === PERCENT && place === EQUALS)) return -1
      special |= code
    }
    if (index - run >= TOKEN_LENGTH) {
      if (decodeStretch(url, run, index).some(({ text }) => canHold(text))) return -1
      encoded = true
    }
    run = index + 1
    if (index === url.length || isDelimiter(code, place)) break
    if (code === SLASH || code === QUESTION || code === HASH || code === EQUALS) return -1
    if ((bits & DOT) !== 0) dots++
    else if ((bits & POINT) !== 0) points++
  }
  if (special !== 0 && !isOrdinaryText(url.slice(start, index))) return -1
  const length = index - start
  if (encoded && dots > 1 && length >= 20) return -1
  if (encoded && /^http/i.test(url.slice(start, start + 4))) return -1
  const isNumeric = digits >= 6 || (digits > 0 && dots + points > 0)
  return isNumeric && holdsNumber(url.slice(start, index)) ? -1 : index
}

/** Whether a decoded text is worth the long way. Random tokens may happen to decode to a few characters of no meaning. */
function canHold(text: string): boolean {
  const signs = signsOf(text)
  if (signs === 0) return false
  if ((signs & (SIGN.percent | SIGN.separator | SIGN.json)) !== 0 || AT_SIGN.test(text)) return true
  if ((signs & SIGN.tag) !== 0 && kindsOfMergeTags(text).length > 0) return true
  if ((signs & SIGN.number) !== 0 && holdsNumber(text)) return true
  return (signs & SIGN.token) !== 0 && decodeEverything(text, signs).length > 0
}

/** The name of a picture, or escapes of words, or of one more ordinary URL. */
function isOrdinaryText(text: string): boolean {
  if (text.includes('@')) return !text.includes('%') && PICTURE.test(text)
  if (text.length > 500 || /%(?![0-9a-f]{2})/i.test(text)) return false
  const decoded = decodePercent(text)
  const signs = signsOf(decoded)
  if ((signs & ~(SIGN.separator | SIGN.token)) !== 0 || decodeEverything(decoded, signs).length > 0) return false
  return (signs & SIGN.separator) === 0 || (decoded.startsWith('https://') && isOrdinaryUrl(decoded))
}

function isDelimiter(code: number, place: number): boolean {
  if (code === HASH) return place !== HASH
  if (place === SLASH) return code === SLASH || code === QUESTION
  return place !== HASH && (code === AMPERSAND || code === EQUALS)
}

/**
 * E-mail addresses.
 *
 * @module
 */

import { matchesOf } from './lib/matches.js'
import { type Found, isWordChar, type Recognizer } from './recognizer.js'

const [HYPHEN, DOT] = [45, 46]

/** RFC 5322 atext, less the separators of URLs and forms, which would drag a parameter's name along. */
const LOCAL: Uint8Array = /* @__PURE__ */ wordAnd("._%+-~!#$*^`{|}'")
const DOMAIN: Uint8Array = /* @__PURE__ */ wordAnd('.-')

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

/** In letters of any script, or encoded. */
const TOP_LEVEL = /^(?:xn--[a-z0-9-]{2,59}|\p{L}[\p{L}\p{M}]{1,62})$/iu

/** "@" as a reference of HTML, as in a URL, or in words that keep machines away, and a domain whose dots may be written likewise. */
const SPELLED =
  /(?:%40|&#0{0,4}64;|&#x0{0,4}40;|&commat;|\s?[([{] ?(?:at|arobase) ?[)\]}]\s?)(?=([a-z0-9-]{1,63}(?:(?:\.|%2e|&#0{0,4}46;|&period;|\s?[([{] ?(?:dot|point) ?[)\]}]\s?)[a-z0-9-]{1,63}){1,6}))/gi

/** Addresses whose "@" is spelled otherwise. */
export const spelledEmail: Recognizer = {
  reach: [80, 340],
  find({ text, from, to }) {
    const found: Found[] = []
    let floor = 0
    for (const { 0: sign, 1: domain = '', index } of matchesOf(text, SPELLED, from)) {
      if (index > to) break
      const start = startOfLocalPart(text, index, floor)
      floor = index + sign.length
      if (start < index && /[a-z]{2}$/i.test(domain))
        found.push({ start, end: index + sign.length + domain.length, confidence: 0.9 })
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
  while (start < at && !isWordChar(text[start]) && text[start] !== '_' && !isLetterPair(text, start)) start++
  return start
}

function endOfDomain(text: string, from: number): number {
  let end = from
  while (end < text.length && isDomainChar(text, end)) end++
  while (end > from && isDomainSign(text.charCodeAt(end - 1))) end--
  let dot = end - 1
  while (dot > from && text.charCodeAt(dot) !== DOT) dot--
  return dot > from && isTopLevel(text, dot + 1, end) && !hasEmptyLabel(text, from, dot) ? end : -1
}

function isDomainSign(code: number): boolean {
  return code === DOT || code === HYPHEN
}

function isTopLevel(text: string, from: number, end: number): boolean {
  let at = from
  while (at < end && isLetter(text.charCodeAt(at))) at++
  return at === end ? at - from >= 2 && at - from <= 63 : TOP_LEVEL.test(text.slice(from, end))
}

/** Of ASCII. */
function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122
}

/** Two dots side by side. */
function hasEmptyLabel(text: string, from: number, last: number): boolean {
  for (let at = from; at < last; at++) if (text.charCodeAt(at) === DOT && text.charCodeAt(at + 1) === DOT) return true
  return false
}

function isLocalChar(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < 128) return LOCAL[code] === 1
  return isWordChar(text[index]) || (code >= 0xd800 && code <= 0xdfff)
}

/** A letter beyond the Basic Multilingual Plane, where most of what people write is emoji. */
function isLetterPair(text: string, index: number): boolean {
  return /\p{L}/u.test(String.fromCodePoint(text.codePointAt(index) ?? 0))
}

function isDomainChar(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < 128) return DOMAIN[code] === 1
  return isWordChar(text[index])
}

/** The letters and digits of ASCII, and more. */
function wordAnd(more: string): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => {
    const char = String.fromCharCode(code)
    return isWordChar(char) || more.includes(char) ? 1 : 0
  })
}

/**
 * IP addresses.
 *
 * @module
 */

import { isDigit } from './lib/digits.js'
import { matchesIn, type Stretch } from './lib/matches.js'
import { type Found, type Recognizer, standsAlone } from './recognizer.js'

const DOT = 46
const QUAD = /\d{1,3}(?:\.\d{1,3}){3}/g
const VERSION_NUMBER = /\b(?:v|ver|version|release|firmware)\.? ?$/i

/** IPv4 in dotted decimal; loopback and unspecified addresses are nobody's. */
export const ip: Recognizer = {
  reach: [0, 4],
  find: findV4,
}

/** IPv6 in any RFC 4291 form but for the same. */
export const ipv6: Recognizer = {
  reach: [44, 60],
  find: (stretch) => [...findV6(stretch)],
}

function findV4(stretch: Stretch): Found[] {
  const { text } = stretch
  const found: Found[] = []
  for (const { 0: match, index } of matchesIn(stretch, QUAD)) {
    const end = index + match.length
    if (continuesNumber(text, index, end) || !standsAlone(text, index, end) || !isV4(match)) continue
    if (!VERSION_NUMBER.test(text.slice(Math.max(0, index - 12), index)))
      found.push({ start: index, end, confidence: 0.9 })
  }
  return found
}

/** Digits, or a full stop and digits, go on before or after. */
function continuesNumber(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1)
  const after = text.charCodeAt(end)
  return before === DOT || isDigit(before) || isDigit(after === DOT ? text.charCodeAt(end + 1) : after)
}

/** Four numbers up to 255 without leading zeros. */
function isV4(address: string): boolean {
  let octet = -1
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at)
    if (code === DOT) octet = -1
    else if (octet === 0) return false
    else octet = Math.max(octet, 0) * 10 + code - 48
    if (octet > 255) return false
  }
  return !address.startsWith('0.') && !address.startsWith('127.')
}

function* findV6(stretch: Stretch): Iterable<Found> {
  const { text, from, to } = stretch
  const colon = text.indexOf(':', from)
  if (colon === -1 || colon >= to) return
  for (const { 0: match, index } of matchesIn(stretch, /(?<![0-9a-f:])[0-9a-f:]{6,39}(?:\.\d{1,3}){0,3}/gi)) {
    if (!match.includes(':')) continue
    const address = match.replace(/(?<!:):$/, '')
    const end = index + address.length
    if (standsAlone(text, index, end) && /\d/.test(address) && isV6(address))
      yield { start: index, end, confidence: 0.95 }
  }
}

function isV6(address: string): boolean {
  const dotted = /^(.{0,40}:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)
  if (dotted !== null && !isV4(dotted[2] ?? '')) return false
  const halves = (dotted === null ? address : `${dotted[1]}0:0`).split('::')
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const count = groups.flat().length
  if (!groups.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 1 ? count === 8 : halves.length === 2 && count >= 2 && count <= 7
}

/**
 * Ways to write text so that it no longer looks like text.
 *
 * @module
 */

import type { DecoderName } from '../finding.js'
import { isOwnToken } from './own-token.js'
import { nextToken, SIGN, TOKEN_LENGTH } from './signs.js'

/**
 * Undoes percent-encoding, `%u0040` of old browsers included. What is no valid escape stays; what is no valid UTF-8 is read as
 * Latin-1.
 */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return decodeLeniently(text)
  }
}

function decodeLeniently(text: string): string {
  return text
    .replace(/%u([0-9a-f]{4})/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(?:%[0-9a-f]{2}){1,64}/gi, decodeRun)
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run.replace(/%([0-9a-f]{2})/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  }
}

/** Undoes the second version of Proofpoint's rewriting: `-` for `%`, `_` for `/`. */
function decodeProofpoint(text: string): string {
  return decodePercent(text.replaceAll('_', '/').replace(/-(?=[0-9a-f]{2})/gi, '%'))
}

/** A text that another one held. */
export interface Decoded {
  readonly decoder: DecoderName
  readonly text: string
  /** The name the text stands under, when the notation has names. */
  readonly name?: string
}

/**
 * Reads a text in every notation that applies.
 *
 * @param text - Any text; the work is proportional to its length.
 * @param signs - What {@link signsOf} says of it.
 * @returns What it holds, different from it.
 */
export function decodeEverything(text: string, signs: number): Decoded[] {
  const decoded: Decoded[] = []
  if ((signs & SIGN.percent) !== 0) addOther(decoded, 'percent', text, decodePercent(text))
  if ((signs & SIGN.json) !== 0 && /^\s{0,9}[{["]/.test(text)) {
    for (const leaf of decodeJson(text)) decoded.push(leaf)
  }
  if ((signs & SIGN.token) === 0) return decoded
  if (/^https?-3A__/i.test(text)) addOther(decoded, 'proofpoint', text, decodeProofpoint(text))
  if (text.includes('.')) for (const next of decodeJwts(text)) decoded.push({ decoder: 'jwt', text: next })
  decodeTokens(text, decoded)
  return decoded
}

function addOther(decoded: Decoded[], decoder: DecoderName, text: string, next: string): void {
  if (next !== text) decoded.push({ decoder, text: next })
}

/** Adds what every base64 and hexadecimal token holds, as a whole or between its hyphens and slashes. */
function decodeTokens(text: string, decoded: Decoded[]): void {
  for (let token = nextToken(text, 0); token !== null; token = nextToken(text, token.end)) {
    const { start, end } = token
    if (!decodeToken(text, start, end, decoded)) decodePieces(text, start, end, decoded)
  }
}

function decodePieces(text: string, start: number, end: number, decoded: Decoded[]): void {
  if (isOwnToken(text.slice(start, end))) return
  for (let from = start, index = start; index <= end; index++) {
    const code = index < end ? text.charCodeAt(index) : HYPHEN
    if (code !== HYPHEN && code !== UNDERSCORE && code !== SLASH && code !== PLUS) continue
    if (index - from >= TOKEN_LENGTH && index - from < end - start) decodeToken(text, from, index, decoded)
    from = index + 1
  }
}

/** What a stretch of letters, digits, `+`, `/`, `-` and `_` holds in base64 or hexadecimal, as a whole or piece by piece. */
export function decodeStretch(text: string, start: number, end: number): readonly Decoded[] {
  const decoded: Decoded[] = []
  if (!decodeToken(text, start, end, decoded)) decodePieces(text, start, end, decoded)
  return decoded
}

function decodeToken(text: string, start: number, end: number, decoded: Decoded[]): boolean {
  const base64 = readBase64(text, start, end)
  const hex = readHex(text, start, end)
  if (base64 !== null) decoded.push({ decoder: 'base64', text: base64 })
  if (hex !== null) decoded.push({ decoder: 'hex', text: hex })
  return base64 !== null || hex !== null
}

const [HYPHEN, UNDERSCORE, SLASH, PLUS] = [45, 95, 47, 43]

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const SEXTETS: Uint8Array = /* @__PURE__ */ (() => {
  const sextets = new Uint8Array(128)
  for (let index = 0; index < ALPHABET.length; index++) sextets[ALPHABET.charCodeAt(index)] = index
  for (const [char, sextet] of [
    ['+', 62],
    ['-', 62],
    ['/', 63],
    ['_', 63],
  ] as const)
    sextets[char.charCodeAt(0)] = sextet
  return sextets
})()

function readBase64(text: string, start: number, end: number): string | null {
  if (!canStartText(base64Byte(text, start, 0))) return null
  return readText(text, start, Math.floor(((end - start) * 3) / 4), base64Byte)
}

function base64Byte(text: string, start: number, index: number): number {
  const at = start + Math.floor(index / 3) * 4 + (index % 3)
  const shift = 4 - 2 * (index % 3)
  return ((sextet(text, at) << (6 - shift)) | (sextet(text, at + 1) >> shift)) & 0xff
}

function sextet(text: string, at: number): number {
  return SEXTETS[text.charCodeAt(at)] ?? 0
}

/** Reads hexadecimal digits, after `0x` or not. */
function readHex(text: string, start: number, end: number): string | null {
  const from = text.startsWith('0x', start) ? start + 2 : start
  if ((end - from) % 2 === 1 || !canStartText(hexByte(text, from, 0))) return null
  return readText(text, from, (end - from) / 2, hexByte)
}

/** 255, which no text has, for anything that is not two digits. */
function hexByte(text: string, start: number, index: number): number {
  const at = start + 2 * index
  const high = hexDigit(text.charCodeAt(at))
  const low = hexDigit(text.charCodeAt(at + 1))
  return high < 0 || low < 0 ? 0xff : high * 16 + low
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** Turns most tokens away by their first byte. */
function canStartText(byte: number): boolean {
  return byte >= 0x80 ? byte >= 0xc2 && byte <= 0xf4 : isTextual(byte)
}

/** The smallest character that needs one, two, three and four bytes. */
const SMALLEST: readonly number[] = [0, 0x80, 0x800, 0x10000]

/** Text is at least four bytes of valid UTF-8 (RFC 3629) without control characters. */
function readText(
  source: string,
  start: number,
  length: number,
  byteAt: (source: string, start: number, index: number) => number,
): string | null {
  if (length < 4) return null
  let text = ''
  for (let index = 0; index < length; ) {
    const lead = byteAt(source, start, index++)
    if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) return null
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let code = more === 0 ? lead : lead & (0x3f >> more)
    for (const end = index + more; index < end; index++) {
      const byte = index < length ? byteAt(source, start, index) : 0
      if (byte >> 6 !== 2) return null
      code = (code << 6) | (byte & 0x3f)
    }
    if (code < (SMALLEST[more] ?? 0) || !isTextual(code)) return null
    text += more === 0 ? String.fromCharCode(code) : String.fromCodePoint(code)
  }
  return text
}

function isTextual(code: number): boolean {
  if (code < 0xa0) return (code >= 0x20 && code < 0x7f) || code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && (code & 0xfffe) !== 0xfffe
}

/** A header is a JSON object, which begins with a brace or white space: `e`, or `C`, `D` and `I`, in base64url. */
const JWT = /(?<![A-Za-z0-9_.-])[eCDI][A-Za-z0-9_.-]{19,}/g

/** The readable segments of compact JWS (header, payload) and JWE (header) tokens. */
function decodeJwts(text: string): string[] {
  return (text.match(JWT) ?? []).flatMap(readJwt)
}

function readJwt(token: string): string[] {
  const segments = token.split('.')
  const header = segments.length === 3 || segments.length === 5 ? readSegment(segments[0]) : null
  if (header === null || !/^\s{0,9}\{/.test(header)) return []
  const payload = segments.length === 3 ? readSegment(segments[1]) : null
  return payload === null ? [header] : [header, payload]
}

function readSegment(segment = ''): string | null {
  return readBase64(segment, 0, segment.length)
}

/** The strings of a JSON value with the names they stand under. */
function decodeJson(text: string): Decoded[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  const leaves: Decoded[] = []
  const rest: { name: string; value: unknown }[] = [{ name: '', value: parsed }]
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { name, value } = next
    if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        if (!Array.isArray(value)) leaves.push({ decoder: 'json', name: '', text: key })
        rest.push({ name: Array.isArray(value) ? name : key, value: child })
      }
    } else if (value !== null && typeof value !== 'boolean') leaves.push({ decoder: 'json', name, text: String(value) })
  }
  return leaves
}

/**
 * Ways to write text so that it no longer looks like text.
 *
 * @module
 */

import type { DecoderName } from '../finding.js'
import { SIGN, tokensOf } from './signs.js'

/**
 * Undoes percent-encoding, `%u0040` of old browsers included. What is no valid escape stays; what is no valid UTF-8 is read as
 * Latin-1.
 */
export function decodePercent(text: string): string {
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
function decodeProofpoint(text: string): string[] {
  return /^https?-3A__/i.test(text) ? [decodePercent(text.replaceAll('_', '/').replace(/-(?=[0-9a-f]{2})/gi, '%'))] : []
}

/** Texts that base64 and base64url tokens of a value hold. */
export function decodeBase64Tokens(text: string): string[] {
  const texts: string[] = []
  for (const token of tokensOf(text)) addTexts(texts, token, readBase64)
  return texts
}

/** A token as a whole or, when that is no text, what stands between its hyphens and slashes. */
function addTexts(texts: string[], token: string, read: (token: string) => string | null): void {
  const whole = read(token)
  if (whole !== null) texts.push(whole)
  else if (/[-_/+]/.test(token)) {
    for (const piece of token.split(/[-_/+]/)) {
      const part = piece.length < 8 ? null : read(piece)
      if (part !== null) texts.push(part)
    }
  }
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
  const add = (decoder: DecoderName, texts: readonly string[]): void => {
    for (const next of texts) if (next !== text) decoded.push({ decoder, text: next })
  }
  if ((signs & SIGN.percent) !== 0) add('percent', [decodePercent(text)])
  if ((signs & SIGN.json) !== 0 && /^\s{0,9}[{["]/.test(text)) decoded.push(...decodeJson(text))
  if ((signs & SIGN.token) === 0) return decoded
  if (text.includes('-3A__')) add('proofpoint', decodeProofpoint(text))
  if (text.includes('.')) add('jwt', decodeJwts(text))
  for (const token of tokensOf(text)) {
    const texts: string[] = []
    addTexts(texts, token, readBase64)
    add('base64', texts)
    texts.length = 0
    addTexts(texts, token, readHex)
    add('hex', texts)
  }
  return decoded
}

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

function readBase64(token: string): string | null {
  const first = (sextet(token, 0) << 2) | (sextet(token, 1) >> 4)
  if (!canStartText(first)) return null
  return readText(Math.floor((token.length * 3) / 4), (index) => {
    const at = Math.floor(index / 3) * 4 + (index % 3)
    const shift = 4 - 2 * (index % 3)
    return ((sextet(token, at) << (6 - shift)) | (sextet(token, at + 1) >> shift)) & 0xff
  })
}

function sextet(token: string, at: number): number {
  return SEXTETS[token.charCodeAt(at)] ?? 0
}

/** Reads hexadecimal digits, after `0x` or not. */
function readHex(token: string): string | null {
  const from = token.startsWith('0x') ? 2 : 0
  if (token.length % 2 === 1 || !canStartText(Number.parseInt(token.slice(from, from + 2), 16))) return null
  if (!/^[0-9a-f]{1,}$/i.test(from === 0 ? token : token.slice(from))) return null
  return readText((token.length - from) / 2, (index) =>
    Number.parseInt(token.slice(from + 2 * index, from + 2 * index + 2), 16),
  )
}

/** Turns most tokens away by their first byte. */
function canStartText(byte: number): boolean {
  return byte >= 0x80 ? byte >= 0xc2 && byte <= 0xf4 : isTextual(byte)
}

/** The smallest character that needs one, two, three and four bytes. */
const SMALLEST: readonly number[] = [0, 0x80, 0x800, 0x10000]

/** Text is at least four bytes of valid UTF-8 (RFC 3629) without control characters. */
function readText(length: number, byteAt: (index: number) => number): string | null {
  if (length < 4) return null
  let text = ''
  for (let index = 0; index < length; ) {
    const lead = byteAt(index++)
    if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) return null
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let code = more === 0 ? lead : lead & (0x3f >> more)
    for (const end = index + more; index < end; index++) {
      const byte = index < length ? byteAt(index) : 0
      if (byte >> 6 !== 2) return null
      code = (code << 6) | (byte & 0x3f)
    }
    if (code < (SMALLEST[more] ?? 0) || !isTextual(code)) return null
    text += String.fromCodePoint(code)
  }
  return text
}

function isTextual(code: number): boolean {
  if (code < 0xa0) return (code >= 0x20 && code < 0x7f) || code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && (code & 0xfffe) !== 0xfffe
}

/** The readable segments of compact JWS (header, payload) and JWE (header) tokens. */
function decodeJwts(text: string): string[] {
  return Array.from(text.matchAll(/[A-Za-z0-9_.-]{20,}/g), ({ 0: token }) => readJwt(token)).flat()
}

function readJwt(token: string): string[] {
  const segments = token.split('.')
  const header = segments.length === 3 || segments.length === 5 ? readBase64(segments[0] ?? '') : null
  if (header === null || !/^\s{0,9}\{/.test(header)) return []
  const payload = segments.length === 3 ? readBase64(segments[1] ?? '') : null
  return payload === null ? [header] : [header, payload]
}

/** The strings of a JSON value with the names they stand under. */
export function decodeJson(text: string): Decoded[] {
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

/**
 * Web addresses.
 *
 * @module
 */

import type { Found, Recognizer } from './recognizer.js'

const [COLON, SLASH, DOT, LETTER_W] = [58, 47, 46, 119]
const LONGEST_SCHEME = 17
const SENTENCE_END = '.,;:!?)]}\'"'

/** Anything with a scheme, and `www.` names; the punctuation of the sentence around it is left out. */
export const url: Recognizer = {
  reach: [0, 4],
  find({ text, from, to }) {
    const found: Found[] = []
    for (let at = from; at < to; at++) {
      const isSchemed = opensAuthority(text, at)
      if (!isSchemed && !opensSite(text, at)) continue
      const start = isSchemed ? startOfScheme(text, at) : at
      if (isSchemed && start === at) continue
      const end = endOfUrl(text, at)
      if (end - at > 4) found.push({ start, end, confidence: 0.9 })
      at = Math.max(at, end - 1)
    }
    return found
  },
}

/** "://" */
function opensAuthority(text: string, at: number): boolean {
  return text.charCodeAt(at) === COLON && text.charCodeAt(at + 1) === SLASH && text.charCodeAt(at + 2) === SLASH
}

/** "www." */
function opensSite(text: string, at: number): boolean {
  return isW(text, at) && isW(text, at + 1) && isW(text, at + 2) && text.charCodeAt(at + 3) === DOT
}

function isW(text: string, at: number): boolean {
  return (text.charCodeAt(at) | 32) === LETTER_W
}

/** The first letter from which on there are letters, digits and `+.-` alone. */
function startOfScheme(text: string, end: number): number {
  let start = end
  for (let at = end - 1; at >= 0 && end - at < LONGEST_SCHEME; at--) {
    const code = text.charCodeAt(at)
    if ((code | 32) >= 97 && (code | 32) <= 122) start = at
    else if (!isSchemeSign(code)) break
  }
  return start
}

function isSchemeSign(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46
}

function endOfUrl(text: string, from: number): number {
  let end = from
  while (end < text.length && !endsUrl(text.charCodeAt(end))) end++
  while (end > from && SENTENCE_END.includes(text[end - 1] ?? '')) end--
  return end
}

/** A space, `<`, `>` or `"`. */
function endsUrl(code: number): boolean {
  if (code > 62) return code >= 128 && /\s/.test(String.fromCharCode(code))
  return code === 32 || (code >= 9 && code <= 13) || code === 34 || code === 60 || code === 62
}

/**
 * Personal data that shows by its form alone.
 *
 * @module
 */

import { type RecognizeOptions, recognize, type SpanKind } from '@surveyseal/core/recognize'
import { decodeCrockford } from '../../lib/crockford.js'
import { isOwnToken } from './own-token.js'
import { SIGN } from './signs.js'

/** Kinds whose form is proof enough inside a URL. Names, birth dates and postal codes need a parameter that says so. */
const NUMBERS: readonly SpanKind[] = ['iban', 'card', 'national-id', 'ip', 'coordinates', 'phone']
/** Leaves out bare digits that only might be a telephone number. */
const MINIMUM_CONFIDENCE = 0.7
/** How everything in {@link NUMBERS} begins: six digits close together, an IP address, or letters of a bank account or identifier. */
const NUMBER =
  /(?<![a-z\d])(?:\d(?:[ ().,;:/+_'-]{0,3}\d){5}|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d|[a-z]{2} ?\d\d ?[a-z\d]{2}|[a-z]{6}\d\d[a-z]|[xyz]-?\d{7})|:[\da-f]{0,4}:/i
/** "logo@2x.png", "vue@3.4.21.min.js": no top-level domain is called like these. */
const FILE = /\.(?:png|jpe?g|webp|gif|avif|svg|ico|m?js|css|json|html|pdf|woff2?|wasm)$/i
/** Too short for a card or a bank account, and too plain for anything else. */
const PLAIN_DIGITS = /^\d{1,10}$/
/** RFC 9562; its groups of digits are nobody's telephone number. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
/** An opaque id as it is printed; of ten million a few hold groups that read as a telephone or card number. */
const PRINTED_ID = /^(?:[\dA-HJKMNP-TV-Z]{4}-){6}[\dA-HJKMNP-TV-Z]{3}$/

/** Whether a text with digits is worth the recognizers. */
export function holdsNumber(text: string): boolean {
  if (text.length === 36 && UUID.test(text)) return false
  if (text.length === 33 && PRINTED_ID.test(text) && decodeCrockford(text) !== null) return false
  return hasNumericWords(text) && NUMBER.test(text) && !PLAIN_DIGITS.test(text) && !isOwnToken(text)
}

const [FULL_STOP, COLON] = [46, 58]

/** What may stand between the digits and letters of one number. */
const CUED = /ext|post|pass/i

/**
 * Whether six digits stand in words that a number can be made of, or a word begins a bank account. Most random tokens have
 * none: numbers end where words end, and few kinds have more than one letter among their digits.
 */
function hasNumericWords(text: string): boolean {
  let [digits, mixed, points, start, letters, inWord] = [0, 0, 0, 0, 0, 0]
  for (let index = 0; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : 0
    const lower = code | 32
    if (code >= 48 && code <= 57) inWord++
    else if (lower >= 97 && lower <= 122) letters++
    else {
      if (code >= 128 || (letters > 1 && inWord > 1 && opensAccount(text, start, index))) return true
      if (letters < 2 || isIdentifierLength(index - start)) digits += inWord
      else if (letters < 5) mixed += inWord
      if (code === FULL_STOP || code === COLON) points++
      start = index + 1
      letters = inWord = 0
    }
  }
  return digits >= 6 || points > 1 || (digits + mixed >= 6 && CUED.test(text))
}

/** British, Spanish and Finnish identifiers have two letters or more, and these lengths. */
function isIdentifierLength(length: number): boolean {
  return length === 9 || length === 11
}

/** A word that begins like an IBAN or a British identifier, which may go on after a separator, or is all of a codice fiscale. */
function opensAccount(text: string, start: number, end: number): boolean {
  const length = end - start
  if (length === 16 && /^[a-z]{6}\d\d/i.test(text.slice(start, start + 8))) return true
  const isPart = text[end] === ' ' || text[end] === '-'
  return (isPart || (length >= 15 && length <= 34)) && /^[a-z]{2}\d\d/i.test(text.slice(start, start + 4))
}

/**
 * Names the kinds of personal data in a readable text.
 *
 * @param text - A decoded value.
 * @param signs - What {@link signsOf} says of it.
 * @param options - Regions and national identifiers.
 */
export function kindsInText(
  text: string,
  signs: number,
  { regions, nationalIds }: Pick<RecognizeOptions, 'regions' | 'nationalIds'>,
): SpanKind[] {
  const kinds: SpanKind[] = (signs & SIGN.at) !== 0 ? ['email'] : []
  const isNumeric = nationalIds === undefined ? (signs & SIGN.number) !== 0 && holdsNumber(text) : /\d/.test(text)
  if (isNumeric) kinds.push(...NUMBERS)
  if (kinds.length === 0) return []
  return (
    recognize(text, { kinds, minimumConfidence: MINIMUM_CONFIDENCE, regions, nationalIds })
      .filter(({ kind, start, end }) => kind !== 'email' || !FILE.test(text.slice(start, end)))
      // "app-1.2.3.4.zip"
      .filter(({ kind, end }) => kind !== 'ip' || !/^\.[a-z]/i.test(text.slice(end, end + 2)))
      .map(({ kind }) => kind)
  )
}

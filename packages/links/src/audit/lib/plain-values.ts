/**
 * Personal data that shows by its form alone.
 *
 * @module
 */

import { type RecognizeOptions, recognize, type SpanKind } from '@surveyseal/core/recognize'
import { SIGN } from './signs.js'

/** Kinds whose form is proof enough inside a URL. Names, birth dates and postal codes need a parameter that says so. */
const NUMBERS: readonly SpanKind[] = ['iban', 'card', 'national-id', 'ip', 'coordinates', 'phone']
/** Leaves out bare digits that only might be a telephone number. */
const MINIMUM_CONFIDENCE = 0.7
/** How everything in {@link NUMBERS} begins: six digits close together, an IP address, or letters of a bank account or identifier. */
const NUMBER =
  /(?<![a-z\d])(?:\d(?:[ ().,;:/+_'-]{0,3}\d){5}|\d{1,3}\.\d{1,3}\.\d|[a-z]{2} ?\d\d ?[a-z\d]{2}|[a-z]{6}\d\d[a-z]|[xyz]-?\d{7})|:[\da-f]{0,4}:/i
/** "logo@2x.png", "vue@3.4.21.min.js": no top-level domain is called like these. */
const FILE = /\.(?:png|jpe?g|webp|gif|avif|svg|ico|m?js|css|json|html|pdf|woff2?|wasm)$/i
/** Too short for a card or a bank account, and too plain for anything else. */
const PLAIN_DIGITS = /^\d{1,10}$/
/** RFC 9562; its groups of digits are nobody's telephone number. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** Whether a text with digits is worth the recognizers. */
export function holdsNumber(text: string): boolean {
  if (text.length === 36 && UUID.test(text)) return false
  return NUMBER.test(text) && !PLAIN_DIGITS.test(text)
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
  if ((signs & SIGN.number) !== 0 && holdsNumber(text)) kinds.push(...NUMBERS)
  if (kinds.length === 0) return []
  return (
    recognize(text, { kinds, minimumConfidence: MINIMUM_CONFIDENCE, regions, nationalIds })
      .filter(({ kind, start, end }) => kind !== 'email' || !FILE.test(text.slice(start, end)))
      // "app-1.2.3.4.zip"
      .filter(({ kind, end }) => kind !== 'ip' || !/^\.[a-z]/i.test(text.slice(end, end + 2)))
      .map(({ kind }) => kind)
  )
}

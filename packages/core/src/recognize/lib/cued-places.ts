/**
 * Numbers that a word beside them makes a date of birth or an identifier.
 *
 * @module
 */

import { codeAt, isLetterAt } from './code-classes.js'
import type { CodedText } from './codes.js'
import { mark, PLACE, type Places } from './places.js'

const [SPACE, DOT] = [32, 46]

const BIRTH_CUE = /born|birth|bday|b-day|dob|d\.o\.b|nee? le|naiss|anniversaire|gebor|gebur/i
const IDENTIFIER_CUE =
  /ssn|social|licen[cs]e|nhs|steuer|tax|tin|idnr|bsn|burgerservice|sofi|pesel|tfn|matricule|cns|pass/i

/** First letters of months in English and French. */
const MONTHS: ReadonlySet<number> = new Set([...'adfjmnos'].map((letter) => letter.charCodeAt(0)))

/** A date after a word like "born". */
export function markBirth(
  { text, codes }: CodedText,
  { from, end, isDate }: { from: number; end: number; isDate: boolean },
  places: Places,
): void {
  if ((isDate || isBesideMonth(codes, from, end)) && BIRTH_CUE.test(text.slice(Math.max(0, from - 60), end)))
    mark(places, PLACE['birth-date'], from, end)
}

/** An identifier that only a word before it makes one. */
export function markCuedIdentifier({ text }: CodedText, from: number, end: number, places: Places): void {
  if (IDENTIFIER_CUE.test(text.slice(Math.max(0, from - 48), from))) mark(places, PLACE['national-id'], from, end)
}

/** "3 March 1980", "3rd of March", "March 3, 1980", "March 1980". */
function isBesideMonth(codes: Uint8Array, from: number, end: number): boolean {
  return (
    isLetterAt(codes, end) ||
    MONTHS.has(codeAt(codes, end + 1) | 32) ||
    (codeAt(codes, from - 1) === SPACE && isAfterMonth(codes, from - 2))
  )
}

/** A word that begins like a month ends at `last`, or a full stop after one. */
function isAfterMonth(codes: Uint8Array, last: number): boolean {
  let at = codeAt(codes, last) === DOT ? last - 1 : last
  while (last - at < 12 && isLetterAt(codes, at - 1)) at--
  return MONTHS.has(codeAt(codes, at) | 32)
}

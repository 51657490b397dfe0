/**
 * What a number can be, by its shape and its neighbours, before any recognizer looks at it.
 *
 * @module
 */

import { codeAt, isCapitalAt, isDigitAt, isLetterAt, isWordAt } from './code-classes.js'
import type { CodedText } from './codes.js'
import { KIND, mark, type Places } from './places.js'

const [SPACE, HASH, OPEN, CLOSE, PLUS, COMMA, HYPHEN, DOT, SLASH] = [32, 35, 40, 41, 43, 44, 45, 46, 47]

const BIRTH_CUE = /born|birth|bday|b-day|dob|d\.o\.b|nee? le|naiss|anniversaire|gebor|gebur/i
const IDENTIFIER_CUE =
  /ssn|social|licen[cs]e|nhs|steuer|tax|tin|idnr|bsn|burgerservice|sofi|pesel|tfn|matricule|cns|pass/i

/** Beginnings, two letters each, of the words that come after or before a house number in lower case. */
const STREET_WORDS: ReadonlySet<number> = pairs('ru av bo bd pl ch al im qu ro co sq pa fa se vi ca pi bi te')
const UNIT_WORDS: ReadonlySet<number> = pairs('ap su st un fl bp bo po')
/** First letters of months in English and French. */
const MONTHS: ReadonlySet<number> = new Set([...'adfjmnos'].map((letter) => letter.charCodeAt(0)))

/** Digits from the end of a French number where a space can be: "2 69 05 49 588 157 80". */
const NIR_SPACES = [2, 5, 8, 10, 12, 14].reduce((bits, digits) => bits | (1 << digits), 0)

/**
 * Reads digits and whatever else of a number is joined to them by at most three of ` ()./-`.
 *
 * @param coded - The text.
 * @param options - Where a digit is and none before it; where the last word is that announces a postal code; where to note
 * what the number can be.
 * @returns The place of the last digit.
 */
export function readNumber(
  coded: CodedText,
  { from, codeCue, places }: { from: number; codeCue: number; places: Places },
): number {
  const { codes } = coded
  let at = from
  let end = from
  let digits = 0
  let dots = 0
  let shape = 0
  let isDate = false
  for (;;) {
    const start = at
    while (isDigitAt(codes, at)) at++
    end = at
    const size = end - start
    digits += size
    shape = (shape << 4) | (size > 15 ? 0 : size)
    markRun(codes, start, end, places)
    if (isIdentifierShape(shape)) mark(places, KIND['national-id'], from, end)
    if (size === 8 || isDateShape(shape)) isDate = true
    if (start - codeCue < 60) mark(places, KIND['postal-code'], start, end)
    at = afterGap(codes, end)
    if (at === end) break
    if (at === end + 1 && codeAt(codes, end) === DOT) dots++
  }
  if (digits >= 7) mark(places, KIND.phone, from - 4, end)
  if (digits >= 12) mark(places, KIND.card, from, end)
  if (dots >= 3) mark(places, KIND.ip, from, end)
  markCued(coded, { from, end, digits, dots, isDate }, places)
  return end - 1
}

/** Where the next run of digits begins, or `end` when none belongs to the number. */
function afterGap(codes: Uint8Array, end: number): number {
  let at = end
  while (at - end < 3 && isGap(codeAt(codes, at))) at++
  return isDigitAt(codes, at) ? at : end
}

function isGap(code: number): boolean {
  return code === SPACE || code === HYPHEN || code === DOT || code === SLASH || code === OPEN || code === CLOSE
}

/** The last runs of digits are grouped like an identifier of the United States, Canada, Brazil, Belgium or France. */
function isIdentifierShape(shape: number): boolean {
  const three = shape & 0xfff
  return three === 0x324 || three === 0x333 || (shape & 0xfffff) === 0x22232 || endsLikeNir(shape)
}

/** Year, month and day in any order, grouped. */
function isDateShape(shape: number): boolean {
  const first = (shape >> 8) & 15
  const second = (shape >> 4) & 15
  const third = shape & 15
  if (first === 0 || second === 0 || second > 2) return false
  return first === 4 ? third <= 2 : first <= 2 && third >= 2 && third <= 4
}

function endsLikeNir(shape: number): boolean {
  for (let rest = shape, digits = 0; rest !== 0; rest >>>= 4) {
    digits += rest & 15
    if (digits === 15) return true
    if (digits > 15 || ((NIR_SPACES >> digits) & 1) === 0) return false
  }
  return false
}

/** What a single run of digits is part of, told by its length and what touches it. */
function markRun(codes: Uint8Array, start: number, end: number, places: Places): void {
  const size = end - start
  const before = codeAt(codes, start - 1)
  if (size >= 2 && isLetterAt(codes, start - 1) && isLetterAt(codes, start - 2) && !isWordAt(codes, start - 3))
    mark(places, KIND.iban, start - 2, end)
  if (size >= 3 && before === DOT && isDigitAt(codes, start - 2) && !isThirdPart(codes, start - 2))
    mark(places, KIND.coordinates, start - 4, end)
  if (isIdentifierRun(codes, start, end)) mark(places, KIND['national-id'], start, end)
  if (isPostalRun(codes, start, end)) mark(places, KIND['postal-code'], start, end)
  if (size <= 6 && (isBeforeStreet(codes, start, end) || isAfterStreet(codes, start)))
    mark(places, KIND['postal-address'], start, end)
}

/** "0.113" of "203.0.113.7". */
function isThirdPart(codes: Uint8Array, last: number): boolean {
  let at = last
  while (last - at < 4 && isDigitAt(codes, at)) at--
  return codeAt(codes, at) === DOT
}

/** Identifiers with letters, signs or a fixed beginning: United Kingdom, Spain, Italy, Nordic countries, Switzerland, Corsica. */
function isIdentifierRun(codes: Uint8Array, start: number, end: number): boolean {
  const size = end - start
  const next = codeAt(codes, end)
  const letterNext = isLetterAt(codes, end)
  const letterBefore = isLetterAt(codes, start - 1)
  if (size === 2 && letterBefore && letterNext) return true
  if (size % 2 === 0 && size <= 6 && isNinoSuffix(codes, letterNext || next !== SPACE ? end : end + 1)) return true
  if (size === 8 && (letterNext || (next === HYPHEN && isLetterAt(codes, end + 1)))) return true
  if (size === 7 && (letterBefore || codeAt(codes, start - 1) === HYPHEN) && (letterNext || next === HYPHEN))
    return true
  if ((size === 6 || size === 8) && (letterNext || next === HYPHEN || next === PLUS) && isDigitAt(codes, end + 1))
    return true
  if (codeAt(codes, start) === 55 && codeAt(codes, start + 1) === 53 && codeAt(codes, start + 2) === 54) return true
  return isCorsican(codes, start)
}

/** The last letter of a National Insurance number, A to D. */
function isNinoSuffix(codes: Uint8Array, at: number): boolean {
  const letter = codeAt(codes, at) | 32
  return letter >= 97 && letter <= 100 && !isWordAt(codes, at + 1)
}

/** "2A" or "2B" and a digit. */
function isCorsican(codes: Uint8Array, start: number): boolean {
  const at = codeAt(codes, start - 1) === SPACE ? start - 2 : start - 1
  const letter = codeAt(codes, at) | 32
  return (letter === 97 || letter === 98) && codeAt(codes, at - 1) === 50
}

function isPostalRun(codes: Uint8Array, start: number, end: number): boolean {
  const size = end - start
  const before = codeAt(codes, start - 1)
  const next = codeAt(codes, end)
  if (size === 1) return isLetteredCode(codes, start)
  if (size === 2) return next === HYPHEN && isDigitAt(codes, end + 1)
  if (size !== 4 && size !== 5) return false
  if (before === HYPHEN && isLetterAt(codes, start - 2)) return true
  if (size === 4) return false
  if (next === HYPHEN && isDigitAt(codes, end + 1)) return true
  if (next === SPACE && isCapitalAt(codes, end + 1)) return true
  return before === SPACE && isCapitalAt(codes, codeAt(codes, start - 2) === COMMA ? start - 3 : start - 2)
}

/** "SW1A 1AA" by its second digit, "K1A 0B6" by its first. */
function isLetteredCode(codes: Uint8Array, start: number): boolean {
  if (!isCapitalAt(codes, start + 1)) return false
  return codeAt(codes, start - 1) === SPACE ? isWordAt(codes, start - 2) : isCapitalAt(codes, start - 1)
}

/** "12 bis, rue", "221B Baker", "5 5th". */
function isBeforeStreet(codes: Uint8Array, start: number, end: number): boolean {
  if (codeAt(codes, start - 1) === SPACE && isOrdinal(codes, end)) return true
  let at = isLetterAt(codes, end) ? end + 1 : end
  if (codeAt(codes, at) === COMMA) at++
  if (codeAt(codes, at) !== SPACE) return false
  return isCapitalAt(codes, at + 1) || STREET_WORDS.has(pairAt(codes, at + 1))
}

function isOrdinal(codes: Uint8Array, end: number): boolean {
  const first = codeAt(codes, end)
  const second = codeAt(codes, end + 1)
  return (
    (first === 115 && second === 116) ||
    (first === 110 && second === 100) ||
    (first === 114 && second === 100) ||
    (first === 116 && second === 104)
  )
}

/** "Hauptstrasse 5", "Rua Augusta, 5", "apt. #5". */
function isAfterStreet(codes: Uint8Array, start: number): boolean {
  let at = start - 1
  while (start - at <= 4 && isStreetGap(codeAt(codes, at))) at--
  const isApart = at < start - 1
  if (isDigitAt(codes, at) || !isNamePart(codes, at)) return false
  for (let last = at; last - at < 40 && isNamePart(codes, at); at--) {
    if (isApart && isCapitalAt(codes, at)) return true
    if (!isWordAt(codes, at - 1) && UNIT_WORDS.has(pairAt(codes, at))) return true
  }
  return false
}

function isStreetGap(code: number): boolean {
  return code === SPACE || code === HASH || code === COMMA || code === DOT
}

function isNamePart(codes: Uint8Array, at: number): boolean {
  const code = codeAt(codes, at)
  return isWordAt(codes, at) || code === HYPHEN || code === 39 || code === DOT
}

/** What only a word before the number makes personal. */
function markCued(
  { text, codes }: CodedText,
  number: { from: number; end: number; digits: number; dots: number; isDate: boolean },
  places: Places,
): void {
  const { from, end, digits, dots, isDate } = number
  if ((isDate || isBesideMonth(codes, from, end)) && BIRTH_CUE.test(text.slice(Math.max(0, from - 60), end)))
    mark(places, KIND['birth-date'], from, end)
  const isMixed = digits >= 2 && (isLetterAt(codes, from - 1) || isLetterAt(codes, end))
  if (
    (digits >= 6 || isMixed) &&
    (dots < 3 || digits > 12) &&
    IDENTIFIER_CUE.test(text.slice(Math.max(0, from - 48), from))
  )
    mark(places, KIND['national-id'], from, end)
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

function pairs(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map((word) => (word.charCodeAt(0) << 8) | word.charCodeAt(1)))
}

function pairAt(codes: Uint8Array, at: number): number {
  return ((codeAt(codes, at) | 32) << 8) | (codeAt(codes, at + 1) | 32)
}

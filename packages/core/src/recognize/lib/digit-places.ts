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
  let joined = 0
  let runs = 0
  let isDate = false
  let canBeCued = false
  for (;;) {
    const start = at
    while (isDigitAt(codes, at)) at++
    end = at
    const size = end - start
    digits += size
    joined += size
    runs++
    shape = (shape << 4) | (size > 15 ? 0 : size)
    if (isIdentifierShape(shape)) mark(places, KIND['national-id'], from, end)
    if (size === 8 || isDateShape(shape)) isDate = true
    if (joined >= 6 || isCuedShape(shape)) canBeCued = true
    if (start - codeCue < 60) mark(places, KIND['postal-code'], start, end)
    at = afterGap(codes, end)
    if (start > from && at > end) markInnerRun(codes, { start, end }, places)
    else markRun(codes, start, end, places)
    if (at === end) break
    if (codeAt(codes, end) !== HYPHEN) joined = 0
    if (at === end + 1 && codeAt(codes, end) === DOT) dots++
  }
  if (dots >= 3) mark(places, KIND.ip, from, end)
  if (digits >= 12) mark(places, KIND.card, from, end)
  if (canBePhone(codes, { from, end }, { runs, shape, digits, dots })) mark(places, KIND.phone, from - 4, end)
  markBirth(coded, { from, end, isDate }, places)
  if (canBeCued || isLetterAt(codes, end)) markCued(coded, from, end, places)
  return end - 1
}

/** Sixteen digits in fours are a card's; four numbers with full stops are an address unless they begin like a telephone number. */
function canBePhone(
  codes: Uint8Array,
  { from, end }: { from: number; end: number },
  { runs, shape, digits, dots }: NumberShape,
): boolean {
  if (runs === 4 && shape === 0x4444) return isAfterExtension(codes, from)
  const isAddress = runs === 4 && dots === 3 && (shape & 0xcccc) === 0
  if (!isAddress) return digits >= 7
  const before = codeAt(codes, from - 1)
  const next = codeAt(codes, codeAt(codes, end) === SPACE ? end + 1 : end) | 32
  // "x", "ext.", "poste"
  if (next === 120 || next === 101 || next === 112) return true
  return codeAt(codes, from) === 48 || before === PLUS || before === OPEN
}

interface NumberShape {
  readonly runs: number
  /** The lengths of the last eight runs of digits, four bits each. */
  readonly shape: number
  readonly digits: number
  readonly dots: number
}

/** "x", "ext.", "poste": the first digits belong to the number before. */
function isAfterExtension(codes: Uint8Array, from: number): boolean {
  let at = from - 1
  while (from - at <= 2 && (codeAt(codes, at) === SPACE || codeAt(codes, at) === DOT)) at--
  const letter = codeAt(codes, at) | 32
  return letter === 120 || letter === 116 || letter === 101
}

/** Groups of a British or German identifier or an Australian one, which need a word before them. */
function isCuedShape(shape: number): boolean {
  return (shape & 0xfff) === 0x334 || (shape & 0xffff) === 0x2333 || (shape & 0xfff) === 0x333
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
  if (size >= 2 && isLetterAt(codes, start - 1) && isLetterAt(codes, start - 2) && !isWordAt(codes, start - 3))
    mark(places, KIND.iban, start - 2, end)
  if (size >= 3) markPosition(codes, { start, end }, places)
  if (isIdentifierRun(codes, start, end)) mark(places, KIND['national-id'], start, end)
  if (isPostalRun(codes, start, end)) mark(places, KIND['postal-code'], start, end)
  if (size > 6) return
  const isAfterPlace = isAfterStreet(codes, start)
  if (isAfterPlace || isBeforeStreet(codes, start, end)) mark(places, KIND['postal-address'], start, end)
  if (isAfterPlace && size >= 3 && size <= 5) mark(places, KIND['postal-code'], start, end)
}

/** The same of a run that has another before it and after it, so that no letter touches it. */
function markInnerRun(codes: Uint8Array, { start, end }: { start: number; end: number }, places: Places): void {
  const size = end - start
  if (size >= 3) {
    markPosition(codes, { start, end }, places)
    if (opensSwiss(codes, start)) mark(places, KIND['national-id'], start, end)
  }
  if (codeAt(codes, end) !== HYPHEN) return
  if (size === 6 || size === 8) mark(places, KIND['national-id'], start, end)
  if (size === 2 || size === 5) mark(places, KIND['postal-code'], start, end)
}

/** Three decimals or more. */
function markPosition(codes: Uint8Array, { start, end }: { start: number; end: number }, places: Places): void {
  if (codeAt(codes, start - 1) === DOT && isDigitAt(codes, start - 2) && !isThirdPart(codes, start - 2))
    mark(places, KIND.coordinates, start - 4, end)
}

/** "756" */
function opensSwiss(codes: Uint8Array, start: number): boolean {
  return codeAt(codes, start) === 55 && codeAt(codes, start + 1) === 53 && codeAt(codes, start + 2) === 54
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
  return opensSwiss(codes, start) || isCorsican(codes, start)
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
  return isWordAt(codes, at) || isCapitalAt(codes, at) || code === HYPHEN || code === 39 || code === DOT
}

/** A date after a word like "born". */
function markBirth(
  { text, codes }: CodedText,
  { from, end, isDate }: { from: number; end: number; isDate: boolean },
  places: Places,
): void {
  if ((isDate || isBesideMonth(codes, from, end)) && BIRTH_CUE.test(text.slice(Math.max(0, from - 60), end)))
    mark(places, KIND['birth-date'], from, end)
}

/** An identifier that only a word before it makes one. */
function markCued({ text }: CodedText, from: number, end: number, places: Places): void {
  if (IDENTIFIER_CUE.test(text.slice(Math.max(0, from - 48), from))) mark(places, KIND['national-id'], from, end)
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

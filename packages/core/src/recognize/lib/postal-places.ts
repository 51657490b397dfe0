/**
 * Numbers that can be a postal code or a house number, by their neighbours.
 *
 * @module
 */

import { codeAt, isCapitalAt, isDigitAt, isLetterAt, isWordAt } from './code-classes.js'
import { mark, PLACE, type Places } from './places.js'

const [SPACE, HASH, COMMA, HYPHEN, DOT] = [32, 35, 44, 45, 46]
const [LETTER_C, LETTER_I, LETTER_L, LETTER_O, LETTER_P, LETTER_S, LETTER_Z] = [99, 105, 108, 111, 112, 115, 122]

/** How far before a number a word can announce it as a postal code. */
const CODE_CUE_REACH = 60

/** Beginnings, two letters each, of the words that come after or before a house number in lower case. */
const STREET_WORDS: ReadonlySet<number> = pairs('ru av bo bd pl ch al im qu ro co sq pa fa se vi ca pi bi te')
const LOWER_STREETS: ReadonlySet<number> = pairs('st ro av la cr bo cl ga')
const UNIT_WORDS: ReadonlySet<number> = pairs('ap su st un fl bp bo po')

/** Notes a run of digits that is one. */
export function markPostalRun(codes: Uint8Array, { start, end }: { start: number; end: number }, places: Places): void {
  const size = end - start
  if (isPostalRun(codes, start, end)) mark(places, PLACE['postal-code'], start, end)
  if (size > 6) return
  const isAfterPlace = isAfterStreet(codes, start)
  if (isAfterPlace || isBeforeStreet(codes, start, end)) mark(places, PLACE['postal-address'], start, end)
  if (isAfterPlace && size >= 3 && size <= 5) mark(places, PLACE['postal-code'], start, end)
}

/** The same of a run that has another before it and after it, so that no letter touches it. */
export function markInnerPostalRun(
  codes: Uint8Array,
  { start, end }: { start: number; end: number },
  places: Places,
): void {
  const size = end - start
  if (codeAt(codes, end) === HYPHEN && (size === 2 || size === 5)) mark(places, PLACE['postal-code'], start, end)
}

/** Whether a word like "postcode" stands near before a number. */
export function isAfterCodeCue(codes: Uint8Array, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at < CODE_CUE_REACH; at--)
    if (isLetter(codes, at, LETTER_P) && isCodeCue(codes, at)) return true
  return false
}

/** The "p" of "zip", "cp", "plz", "postal", "postcode". */
function isCodeCue(codes: Uint8Array, at: number): boolean {
  if (isLetter(codes, at + 1, LETTER_O)) return isLetter(codes, at + 2, LETTER_S)
  if (isLetter(codes, at + 1, LETTER_L)) return isLetter(codes, at + 2, LETTER_Z)
  if (isLetter(codes, at - 1, LETTER_I)) return isLetter(codes, at - 2, LETTER_Z)
  return isLetter(codes, at - 1, LETTER_C)
}

function isLetter(codes: Uint8Array, at: number, lower: number): boolean {
  return (codeAt(codes, at) | 32) === lower
}

function isPostalRun(codes: Uint8Array, start: number, end: number): boolean {
  const size = end - start
  const before = codeAt(codes, start - 1)
  const next = codeAt(codes, end)
  if (size === 1) return isLetteredCode(codes, start)
  if ((size === 2 || size === 3) && isUnspacedCode(codes, start, end)) return true
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

/** "N19GU", "SW119GU" */
function isUnspacedCode(codes: Uint8Array, start: number, end: number): boolean {
  return isCapitalAt(codes, start - 1) && isCapitalAt(codes, end) && isCapitalAt(codes, end + 1)
}

/** "12 bis, rue", "221B Baker", "5 5th". */
function isBeforeStreet(codes: Uint8Array, start: number, end: number): boolean {
  if (codeAt(codes, start - 1) === SPACE && isOrdinal(codes, end)) return true
  let at = isLetterAt(codes, end) ? end + 1 : end
  if (codeAt(codes, at) === COMMA) at++
  if (codeAt(codes, at) !== SPACE) return false
  return isCapitalAt(codes, at + 1) || STREET_WORDS.has(pairAt(codes, at + 1)) || isBeforeLowerStreet(codes, at)
}

/** "14 mill lane", "22 old mill road": one or two words, and then a street word. */
function isBeforeLowerStreet(codes: Uint8Array, space: number): boolean {
  let at = space
  for (let word = 0; word < 2; word++) {
    at++
    if (!isLetterAt(codes, at)) return false
    while (isNamePart(codes, at)) at++
    if (codeAt(codes, at) !== SPACE) return false
    if (LOWER_STREETS.has(pairAt(codes, at + 1))) return true
  }
  return false
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

function pairs(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map((word) => (word.charCodeAt(0) << 8) | word.charCodeAt(1)))
}

function pairAt(codes: Uint8Array, at: number): number {
  return ((codeAt(codes, at) | 32) << 8) | (codeAt(codes, at + 1) | 32)
}

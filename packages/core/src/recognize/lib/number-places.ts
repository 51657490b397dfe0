/**
 * What a number can be, by its shape and its neighbours, before any recognizer looks at it.
 *
 * @module
 */

import { codeAt, isDigitAt, isLetterAt, isWordAt } from './code-classes.js'
import type { CodedText } from './codes.js'
import { markBirth, markCuedIdentifier } from './cued-places.js'
import { isIdentifierShape, markIdentifierRun, markInnerIdentifierRun, markPosition } from './identifier-places.js'
import { addRun, createShape, type NumberShape } from './number-shape.js'
import { mark, PLACE, type Places } from './places.js'
import { isAfterCodeCue, markInnerPostalRun, markPostalRun } from './postal-places.js'

const [SPACE, OPEN, CLOSE, PLUS, HYPHEN, DOT, SLASH] = [32, 40, 41, 43, 45, 46, 47]

const [LETTER_E, LETTER_O, LETTER_P, LETTER_T, LETTER_X] = [101, 111, 112, 116, 120]
/** Seventeen digits are the longest telephone number, so that no six are left for another. */
const LONGEST_WITHIN_WORD = 22

const IDENTIFIER: number = 1 << PLACE['national-id']
const POSTAL: number = (1 << PLACE['postal-code']) | (1 << PLACE['postal-address'])
const RUNS: number = IDENTIFIER | POSTAL | (1 << PLACE.coordinates)
const BIRTH: number = 1 << PLACE['birth-date']

/**
 * Reads digits and whatever else of a number is joined to them by at most three of ` ()./-`.
 *
 * @param coded - The text.
 * @param from - Where a digit is and none before it.
 * @param places - Where to note what the number can be.
 * @returns The place of the last digit.
 */
export function readNumber(coded: CodedText, from: number, places: Places): number {
  const { codes } = coded
  const number = createShape()
  const hasRuns = (places.wanted & RUNS) !== 0
  const isCode = (places.wanted & POSTAL) !== 0 && isAfterCodeCue(codes, from)
  let end = endOfDigits(codes, from)
  if (isAfterCountry(codes, from, end)) mark(places, PLACE.iban, from - 2, end)
  for (let start = from; ; end = endOfDigits(codes, start)) {
    addRun(number, end - start)
    const next = afterGap(codes, end)
    if (hasRuns) markRun(codes, { start, end, isInner: start > from && next > end }, places)
    if ((places.wanted & IDENTIFIER) !== 0 && isIdentifierShape(number.shape))
      mark(places, PLACE['national-id'], from, end)
    if (isCode) mark(places, PLACE['postal-code'], start, end)
    if (next === end) break
    if (codeAt(codes, end) !== HYPHEN) number.joined = 0
    if (next === end + 1 && codeAt(codes, end) === DOT) number.dots++
    start = next
  }
  markWhole(coded, { from, end, number }, places)
  return end - 1
}

function markWhole(
  coded: CodedText,
  { from, end, number }: { from: number; end: number; number: NumberShape },
  places: Places,
): void {
  const { codes } = coded
  if (number.dots >= 3) mark(places, PLACE.ip, from, end)
  if (number.digits >= 12) mark(places, PLACE.card, from, end)
  if (number.digits >= 6 && canBePhone(codes, { from, end }, number)) mark(places, PLACE.phone, from - 4, end)
  if ((places.wanted & BIRTH) !== 0) markBirth(coded, { from, end, isDate: number.isDate }, places)
  if ((places.wanted & IDENTIFIER) !== 0 && (number.canBeCued || isLetterAt(codes, end)))
    markCuedIdentifier(coded, from, end, places)
}

/** What a single run of digits is part of, told by its length and what touches it. */
function markRun(
  codes: Uint8Array,
  { start, end, isInner }: { start: number; end: number; isInner: boolean },
  places: Places,
): void {
  const { wanted } = places
  if (end - start >= 3) markPosition(codes, start, end, places)
  if ((wanted & IDENTIFIER) !== 0) (isInner ? markInnerIdentifierRun : markIdentifierRun)(codes, { start, end }, places)
  if ((wanted & POSTAL) !== 0) (isInner ? markInnerPostalRun : markPostalRun)(codes, { start, end }, places)
}

/** "DE89": no country is before a later run, which has a gap before it. */
function isAfterCountry(codes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 2 && isLetterAt(codes, start - 1) && isLetterAt(codes, start - 2) && !isWordAt(codes, start - 3)
}

function endOfDigits(codes: Uint8Array, start: number): number {
  let at = start
  while (isDigitAt(codes, at)) at++
  return at
}

/** Sixteen digits in fours are a card's; four numbers with full stops are an address unless they begin like a telephone number. */
function canBePhone(
  codes: Uint8Array,
  { from, end }: { from: number; end: number },
  { runs, shape, digits, dots }: NumberShape,
): boolean {
  const isExtended = opensExtension(codes, end)
  if (runs === 4 && shape === 0x4444) return isExtended || isAfterExtension(codes, from)
  if (digits <= LONGEST_WITHIN_WORD && !isExtended && isWithinWord(codes, from)) return false
  const isAddress = runs === 4 && dots === 3 && (shape & 0xcccc) === 0
  // With an extension even too short a number takes the digits after it.
  if (!isAddress) return digits >= 7 || isExtended
  const before = codeAt(codes, from - 1)
  return isExtended || codeAt(codes, from) === 48 || before === PLUS || before === OPEN
}

/** "x", "ext.", "poste" */
function opensExtension(codes: Uint8Array, end: number): boolean {
  const at = codeAt(codes, end) === SPACE ? end + 1 : end
  const letter = codeAt(codes, at) | 32
  const next = codeAt(codes, at + 1) | 32
  return letter === LETTER_X || (letter === LETTER_E && next === LETTER_X) || (letter === LETTER_P && next === LETTER_O)
}

/** A letter touches the first digit, and it is not the end of "x" or "ext", after which an extension is. */
function isWithinWord(codes: Uint8Array, from: number): boolean {
  const letter = codeAt(codes, from - 1) | 32
  return isWordAt(codes, from - 1) && letter !== LETTER_X && letter !== LETTER_T
}

/** "x", "ext.", "poste": the first digits belong to the number before. */
function isAfterExtension(codes: Uint8Array, from: number): boolean {
  let at = from - 1
  while (from - at <= 2 && (codeAt(codes, at) === SPACE || codeAt(codes, at) === DOT)) at--
  const letter = codeAt(codes, at) | 32
  return letter === 120 || letter === 116 || letter === 101
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

/**
 * Numbers that identify by their grouping or by what touches them, and decimals that can be positions.
 *
 * @module
 */

import { codeAt, isDigitAt, isLetterAt, isWordAt } from './code-classes.js'
import { mark, PLACE, type Places } from './places.js'

const [SPACE, PLUS, HYPHEN, DOT] = [32, 43, 45, 46]

/** Digits from the end of a French number where a space can be: "2 69 05 49 588 157 80". */
const NIR_SPACES = [2, 5, 8, 10, 12, 14].reduce((bits, digits) => bits | (1 << digits), 0)

/** The last runs of digits are grouped like an identifier of the United States, Canada, Brazil, Belgium or France. */
export function isIdentifierShape(shape: number): boolean {
  const three = shape & 0xfff
  return three === 0x324 || three === 0x333 || (shape & 0xfffff) === 0x22232 || endsLikeNir(shape)
}

function endsLikeNir(shape: number): boolean {
  for (let rest = shape, digits = 0; rest !== 0; rest >>>= 4) {
    digits += rest & 15
    if (digits === 15) return true
    if (digits > 15 || ((NIR_SPACES >> digits) & 1) === 0) return false
  }
  return false
}

/** Notes a run of digits that letters, signs or a fixed beginning make an identifier. */
export function markIdentifierRun(
  codes: Uint8Array,
  { start, end }: { start: number; end: number },
  places: Places,
): void {
  if (isIdentifierRun(codes, start, end)) mark(places, PLACE['national-id'], start, end)
}

/** The same of a run that has another before it and after it, so that no letter touches it. */
export function markInnerIdentifierRun(
  codes: Uint8Array,
  { start, end }: { start: number; end: number },
  places: Places,
): void {
  const size = end - start
  const isNordic = codeAt(codes, end) === HYPHEN && (size === 6 || size === 8)
  if (isNordic || (size >= 3 && opensSwiss(codes, start))) mark(places, PLACE['national-id'], start, end)
}

/** Notes three decimals or more. */
export function markPosition(codes: Uint8Array, start: number, end: number, places: Places): void {
  if (codeAt(codes, start - 1) === DOT && isDigitAt(codes, start - 2) && !isThirdPart(codes, start - 2))
    mark(places, PLACE.coordinates, start - 4, end)
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

/**
 * One look at every character of a text, which tells what recognizers are worth running and where.
 *
 * @module
 */

import { type CapitalWords, createCapitalWords, readCapital } from './capital-words.js'
import { codeAt, isHexAt } from './code-classes.js'
import { type CodedText, FOREIGN } from './codes.js'
import { hasUncapitalizedName } from './lower-words.js'
import { readNumber } from './number-places.js'
import { createPlaces, mark, PLACE, type Places } from './places.js'
import { areLettersOrSpaces, areLowerOrSpaces } from './prose.js'

/** What was seen of a text. */
export interface Overview {
  readonly places: Places
  readonly words: CapitalWords
}

interface Look extends Overview {
  readonly coded: CodedText
}

const [DIGIT, CAPITAL, AT, COLON, DOT, CUE_M, OPENING, DEGREE, FOREIGN_CAPITAL] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

const LETTER = { a: 97, e: 101, i: 105, l: 108, m: 109, n: 110, o: 111, w: 119 } as const

/** What stops the look; everything else is passed over. */
const STOPS: Uint8Array = /* @__PURE__ */ stopsAt([
  ['0123456789', DIGIT],
  ['@', AT],
  [':', COLON],
  ['.', DOT],
  ['&%([{', OPENING],
  [String.fromCharCode(FOREIGN.degree), DEGREE],
])

const STOPS_WITH_NAMES: Uint8Array = /* @__PURE__ */ stopsAt(
  [
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', CAPITAL],
    ['m', CUE_M],
    [String.fromCharCode(FOREIGN.capital, FOREIGN.half), FOREIGN_CAPITAL],
  ],
  STOPS,
)

/**
 * Looks at a text once.
 *
 * @param coded - The text.
 * @param wanted - Bits by {@link PLACE}.
 * @returns Places that miss nothing the recognizers would find.
 */
export function findPlaces(coded: CodedText, wanted: number): Overview {
  const { codes, quads } = coded
  const { length } = coded.text
  const hasNames = (wanted & (1 << PLACE.name)) !== 0
  const look = { coded, places: createPlaces(wanted), words: createCapitalWords() }
  const stops = hasNames ? STOPS_WITH_NAMES : STOPS
  for (let at = 0; at < length; ) {
    at = passOver(quads, at, hasNames)
    // Looks closely until the next four.
    for (const end = at + 4 - (at & 3); at < end; at++) {
      const stop = stops[codes[at] ?? 0] ?? 0
      if (stop !== 0) at = stopAt(look, at, stop)
    }
  }
  if (hasNames) markNames(codes, length, look)
  return look
}

/** Passes over all fours in which nothing stops the look; the zeros after the text do. */
function passOver(quads: Int32Array, at: number, hasNames: boolean): number {
  if ((at & 3) !== 0) return at
  let next = at >> 2
  if (hasNames) while (areLowerOrSpaces(quads[next] ?? 0)) next++
  else while (areLettersOrSpaces(quads[next] ?? 0)) next++
  return next << 2
}

/** Looks at what stands at a place and returns the place of its last character. */
function stopAt({ coded, places, words }: Look, at: number, stop: number): number {
  const { codes } = coded
  if (stop === DIGIT) return readNumber(coded, at, places)
  if (stop === CAPITAL) return readCapital(codes, at, words)
  if (stop === CUE_M) words.hasCue ||= isNameCue(codes, at)
  else if (stop === DOT) {
    if (isSite(codes, at)) mark(places, PLACE.url, at - 3, at)
  } else if (stop === COLON) markColon(codes, at, places)
  else if (stop === AT) mark(places, PLACE.email, at, at)
  else if (stop === DEGREE) mark(places, PLACE.coordinates, 0, coded.text.length)
  else if (stop === FOREIGN_CAPITAL) words.isForeign = true
  else if (isSpelledAt(codes, at)) mark(places, PLACE.spelledEmail, at, at)
  return at
}

function markColon(codes: Uint8Array, at: number, places: Places): void {
  if (codeAt(codes, at + 1) === 47 && codeAt(codes, at + 2) === 47) mark(places, PLACE.url, at, at)
  else if (isAddressColon(codes, at)) mark(places, PLACE.ipv6, at, at)
}

/** Names are judged over the whole text, because one found is found again. */
function markNames(codes: Uint8Array, length: number, { places, words }: Overview): void {
  const { anyNotable, hasCue, isForeign, list } = words
  if (anyNotable || hasCue || isForeign || (list.length === 0 && hasUncapitalizedName(codes, length)))
    mark(places, PLACE.name, 0, length)
}

/** "www." */
function isSite(codes: Uint8Array, at: number): boolean {
  return isLetter(codes, at - 1, LETTER.w) && isLetter(codes, at - 2, LETTER.w) && isLetter(codes, at - 3, LETTER.w)
}

/** One colon of an IPv6 address that another follows. */
function isAddressColon(codes: Uint8Array, at: number): boolean {
  let next = at + 1
  while (next - at <= 4 && isHexAt(codes, next)) next++
  return codeAt(codes, next) === 58
}

/** An "@" that is written otherwise: `&#64;`, `&commat;`, `%40`, `(at)`. */
function isSpelledAt(codes: Uint8Array, at: number): boolean {
  const next = codeAt(codes, at + 1)
  if (codeAt(codes, at) === 38) return next === 35 || next === 99
  if (codeAt(codes, at) === 37) return next === 52
  return isLetter(codes, next === 32 ? at + 2 : at + 1, LETTER.a)
}

/** The "m" of "name is", "name's", "nom est", "me nomme", "call me", "m'appelle". */
function isNameCue(codes: Uint8Array, at: number): boolean {
  const next = codeAt(codes, at + 1)
  if (next === 39) return true
  if (next === 101 && isLetter(codes, at - 2, LETTER.l) && isLetter(codes, at - 4, LETTER.a)) return true
  if (!isLetter(codes, at - 2, LETTER.n)) return false
  if (isLetter(codes, at - 1, LETTER.o)) return isLetter(codes, at + 1, LETTER.m) || isLetter(codes, at + 2, LETTER.e)
  return isLetter(codes, at - 1, LETTER.a) && (codeAt(codes, at + 2) === 39 || isLetter(codes, at + 3, LETTER.i))
}

function isLetter(codes: Uint8Array, at: number, lower: number): boolean {
  return (codeAt(codes, at) | 32) === lower
}

function stopsAt(rows: readonly (readonly [string, number])[], from: Uint8Array = new Uint8Array(256)): Uint8Array {
  const stops = Uint8Array.from(from)
  for (const [characters, stop] of rows) for (const char of characters) stops[char.charCodeAt(0)] = stop
  return stops
}

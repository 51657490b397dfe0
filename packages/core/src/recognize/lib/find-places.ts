/**
 * One look at every character of a text, which tells what recognizers are worth running and where.
 *
 * @module
 */

import { type CapitalWords, createCapitalWords, readCapital } from './capital-words.js'
import { codeAt, isHexAt } from './code-classes.js'
import { type CodedText, FOREIGN } from './codes.js'
import { readNumber } from './digit-places.js'
import { hasUncapitalizedName } from './lower-words.js'
import { createPlaces, KIND, mark, type Places } from './places.js'

/** What was seen of a text. */
export interface Overview {
  readonly places: Places
  readonly words: CapitalWords
}

const [DIGIT, CAPITAL, CODE_CAPITAL, AT, COLON, DOT, CUE_M, CUE_P, OPENING, DEGREE, FOREIGN_CAPITAL] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
]

const LETTER = { a: 97, c: 99, e: 101, i: 105, l: 108, m: 109, n: 110, o: 111, p: 112, s: 115, w: 119, z: 122 } as const

/** What stops the look; everything else is passed over. */
const STOPS: Uint8Array = /* @__PURE__ */ stopsAt([
  ['0123456789', DIGIT],
  ['@', AT],
  [':', COLON],
  ['.', DOT],
  ['p', CUE_P],
  ['CPZ', CODE_CAPITAL],
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

/** No word before the text announces anything. */
const LONG_AGO = -1000
const SHARED_LENGTH = 16_384
/** Texts of ordinary length share it: it holds places and no text. */
const shared: Overview = /* @__PURE__ */ createOverview(SHARED_LENGTH)

/**
 * Looks at a text once.
 *
 * @param coded - The text.
 * @param hasNames - Whether names are looked for.
 * @returns Places that miss nothing the recognizers would find; valid until the next text.
 */
export function findPlaces(coded: CodedText, hasNames: boolean): Overview {
  const { codes, text } = coded
  const { length } = text
  const overview = length <= SHARED_LENGTH ? reset(shared) : createOverview(length)
  const { places, words } = overview
  const stops = hasNames ? STOPS_WITH_NAMES : STOPS
  let codeCue = LONG_AGO
  for (let at = 0; at < length; at++) {
    const stop = stops[codes[at] ?? 0] ?? 0
    if (stop === 0) continue
    if (stop === CUE_M) words.hasCue ||= isNameCue(codes, at)
    else if (stop === CUE_P) codeCue = isCodeCue(codes, at) ? at : codeCue
    else if (stop === CODE_CAPITAL) codeCue = opensCodeCue(codes, at) ? at : codeCue
    else if (stop === CAPITAL) {
      if (opensCodeCue(codes, at)) codeCue = at
      const start = at
      at = readCapital(codes, start, words)
      // What is within a word of several parts is not looked at closely.
      if (words.lastSign >= start) codeCue = at
    } else if (stop === DIGIT) at = readNumber(coded, { from: at, codeCue, places })
    else markSign(codes, { at, stop, length }, overview)
  }
  if (hasNames) markNames(codes, length, overview)
  return overview
}

function markSign(
  codes: Uint8Array,
  { at, stop, length }: { at: number; stop: number; length: number },
  { places, words }: Overview,
): void {
  if (stop === DOT) {
    if (isSite(codes, at)) mark(places, KIND.url, at - 3, at)
  } else if (stop === COLON) {
    if (codeAt(codes, at + 1) === 47 && codeAt(codes, at + 2) === 47) mark(places, KIND.url, at, at)
    else if (isAddressColon(codes, at)) mark(places, KIND.ip, at, at)
  } else if (stop === AT || (stop === OPENING && isSpelledAt(codes, at))) mark(places, KIND.email, at, at)
  else if (stop === DEGREE) mark(places, KIND.coordinates, 0, length)
  else if (stop === FOREIGN_CAPITAL) words.isForeign = true
}

/** Names are judged over the whole text, because one found is found again. */
function markNames(codes: Uint8Array, length: number, { places, words }: Overview): void {
  const { anyNotable, hasCue, isForeign, count } = words
  if (anyNotable || hasCue || isForeign || (count === 0 && hasUncapitalizedName(codes, length)))
    mark(places, KIND.name, 0, length)
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

/** The "p" of "zip", "cp", "plz", "postal", "postcode". */
function isCodeCue(codes: Uint8Array, at: number): boolean {
  if (isLetter(codes, at + 1, LETTER.o)) return isLetter(codes, at + 2, LETTER.s)
  if (isLetter(codes, at + 1, LETTER.l)) return isLetter(codes, at + 2, LETTER.z)
  if (isLetter(codes, at - 1, LETTER.i)) return isLetter(codes, at - 2, LETTER.z)
  return isLetter(codes, at - 1, LETTER.c)
}

/** The same words with a capital. */
function opensCodeCue(codes: Uint8Array, at: number): boolean {
  if (isLetter(codes, at, LETTER.p)) return isCodeCue(codes, at)
  if (isLetter(codes, at, LETTER.z)) return isLetter(codes, at + 1, LETTER.i)
  return isLetter(codes, at, LETTER.c) && isLetter(codes, at + 1, LETTER.p)
}

function isLetter(codes: Uint8Array, at: number, lower: number): boolean {
  return (codeAt(codes, at) | 32) === lower
}

function stopsAt(rows: readonly (readonly [string, number])[], from: Uint8Array = new Uint8Array(256)): Uint8Array {
  const stops = Uint8Array.from(from)
  for (const [characters, stop] of rows) for (const char of characters) stops[char.charCodeAt(0)] = stop
  return stops
}

function reset(overview: Overview): Overview {
  const { places, words } = overview
  places.kinds = 0
  words.count = 0
  words.lastSign = -1
  words.anyNotable = words.hasCue = words.isForeign = false
  return overview
}

function createOverview(length: number): Overview {
  return { places: createPlaces(), words: createCapitalWords(length) }
}

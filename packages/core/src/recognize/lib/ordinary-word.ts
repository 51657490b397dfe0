/**
 * A capitalized word that cannot be a name, told without cutting it out of the text.
 *
 * @module
 */

import { foldText } from './fold.js'
import { isAnnouncerHash, isCuePartHash, isFirstNameHash, isHarmlessHash, isPlainWordHash } from './name-words.js'
import { hashUnit, hashWord, NO_HASH } from './word-hash.js'

const [APOSTROPHE, HYPHEN] = [39, 45]
/** As long as the longest word that counts as one. */
const LONGEST = 40
/** No word that announces a name is longer, nor are the signs after it. */
const LONGEST_CUE = 20
/** A letter that is none of "a" to "z" when folded. */
const OTHER = 1

/** The letter that a code of Latin-1 folds to, in lower case; 0 when it is no letter. */
const LETTERS: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, code) => {
  const folded = foldText(String.fromCharCode(code)).toLowerCase()
  if (/^[a-z]$/.test(folded)) return folded.charCodeAt(0)
  return /^\p{L}/u.test(folded) ? OTHER : 0
})

/** What `n't`, `I'm`, "we're", "they've", "she'll" and "you'd" end in. */
const CONTRACTIONS: ReadonlySet<number> = /* @__PURE__ */ new Set(['t', 'm', 're', 've', 'll', 'd'].map(hashWord))
/** "J'aurais", "c'est", "s'il", "qu'ils": whatever follows in lower case is no name. */
const ELISIONS: ReadonlySet<number> = /* @__PURE__ */ new Set(['j', 'c', 's', 'qu'].map(hashWord))
const POSSESSIVE: number = /* @__PURE__ */ hashWord('s')

/**
 * Whether an ordinary word begins at a capital, and nothing before it announces a name.
 *
 * @param text - Any text.
 * @param start - Where the capital is.
 */
export function isOrdinaryAt(text: string, start: number): boolean {
  if (start > 0 && letterAt(text, start - 1) !== 0) return false
  let end = start
  let hash = NO_HASH
  for (let letter = letterAt(text, end); letter > OTHER; letter = letterAt(text, ++end)) hash = hashUnit(hash, letter)
  if (end - start > LONGEST || isCuePartHash(hash)) return false
  const isOrdinary = isApostrophe(text.charCodeAt(end))
    ? isOrdinaryJoint(text, { start, joint: end, hash })
    : end - start > 1 && endsWord(text, end) && isHarmlessHash(hash)
  return isOrdinary && !isAnnounced(text, start)
}

/** "It's", "don't", "l'accueil": a word of two parts. */
function isOrdinaryJoint(
  text: string,
  { start, joint, hash }: { start: number; joint: number; hash: number },
): boolean {
  let end = joint + 1
  let tail = NO_HASH
  let whole = hashUnit(hash, APOSTROPHE)
  for (let letter = letterAt(text, end); letter > OTHER; letter = letterAt(text, ++end)) {
    tail = hashUnit(tail, letter)
    whole = hashUnit(whole, letter)
  }
  if (end - start > LONGEST || !endsWord(text, end) || isCuePartHash(tail)) return false
  if (ELISIONS.has(hash) && isLowerAt(text, joint + 1)) return true
  if (isFirstNameHash(whole)) return false
  if (tail === POSSESSIVE) return joint - start > 1 && isHarmlessHash(hash)
  return CONTRACTIONS.has(tail) || (isOrdinaryPart(hash, joint - start) && isOrdinaryPart(tail, end - joint - 1))
}

function isOrdinaryPart(hash: number, length: number): boolean {
  return (length > 0 && length < 3) || isPlainWordHash(hash)
}

function letterAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code > 255 ? OTHER : (LETTERS[code] ?? 0)
}

/** In ASCII or Latin-1. */
function isLowerAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 32) !== 0 && letterAt(text, at) > OTHER
}

function endsWord(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  return code !== HYPHEN && !isApostrophe(code) && letterAt(text, end) === 0
}

function isApostrophe(code: number): boolean {
  return code === APOSTROPHE || code === 0x2018 || code === 0x2019
}

/** The word before, across whatever is no letter. */
function isAnnounced(text: string, start: number): boolean {
  let end = start
  while (start - end < LONGEST_CUE && end > 0 && letterAt(text, end - 1) === 0) end--
  let from = end
  while (end - from <= LONGEST_CUE && from > 0 && letterAt(text, from - 1) > OTHER) from--
  let hash = NO_HASH
  for (let at = from; at < end; at++) hash = hashUnit(hash, letterAt(text, at))
  return isAnnouncerHash(hash)
}

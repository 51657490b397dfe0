/**
 * Capitalized words by their places, and which of them can be names: nothing is cut out of the text for it.
 *
 * @module
 */

import { codeAt, isLetterAt, isWordAt } from './code-classes.js'
import { FOREIGN } from './codes.js'
import { isAddressHash, isAmbiguousHash, isAnnouncerHash, isFirstNameHash, isHarmlessHash } from './name-words.js'
import { hashUnit, hashWord, NO_HASH } from './word-hash.js'

const [EXCLAMATION, APOSTROPHE, HYPHEN, DOT, QUESTION, LARGE_I, SMALL_S] = [33, 39, 45, 46, 63, 73, 115]
const [NAME, NOM, ME] = ['name', 'nom', 'me'].map(hashWord)

/** As long as the longest word that counts as one. */
const LONGEST = 41
/** What can stand between two words of one name. */
const WIDEST_GAP = 14
/** No word that announces a name is longer, nor are the signs after it. */
const LONGEST_CUE = 20
const LONGEST_TITLE = 8

/** A capitalized word. */
export interface CapitalWord {
  readonly start: number
  /** Without a possessive's ending. */
  readonly end: number
  /** Whether it can be a name, a form of address, an initial beside another word, or a word announced as a name. */
  readonly isNotable: boolean
  /** Whether the word before can announce a name. */
  readonly isAnnounced: boolean
}

/** The capitalized words of a text. */
export interface CapitalWords {
  readonly list: CapitalWord[]
  /** Whether any is notable. */
  anyNotable: boolean
  /** Something like "name" is somewhere, after which lower case counts too. */
  hasCue: boolean
  /** Letters beyond ASCII make a capitalized word, which only the full recognizer reads. */
  isForeign: boolean
}

/** No words yet. */
export function createCapitalWords(): CapitalWords {
  return { list: [], anyNotable: false, hasCue: false, isForeign: false }
}

/**
 * Reads the capitalized word that begins at `start`.
 *
 * @returns The place of its last character.
 */
export function readCapital(codes: Uint8Array, start: number, words: CapitalWords): number {
  const limit = start + LONGEST
  let at = start
  let hash = NO_HASH
  let sign = -1
  let signHash = NO_HASH
  for (; at < limit; at++) {
    const code = codeAt(codes, at)
    if (isLetterAt(codes, at)) {
      hash = hashUnit(hash, code | 32)
    } else if (code === APOSTROPHE || code === HYPHEN) {
      if (sign === -1) {
        sign = at
        signHash = hash
      }
      hash = hashUnit(hash, code)
    } else {
      if (code === FOREIGN.letter || code === FOREIGN.capital || code === FOREIGN.half) words.isForeign = true
      break
    }
  }
  if (isWordAt(codes, start - 1)) words.hasCue = true
  else if (sign === -1) addWord(codes, { start, end: at, hash }, words)
  else addSigned(codes, { start, end: at, hash, sign, signHash }, words)
  return at - 1
}

interface Word {
  readonly start: number
  readonly end: number
  readonly hash: number
}

/** A word of letters alone. */
function addWord(codes: Uint8Array, word: Word, words: CapitalWords): void {
  const { start, end, hash } = word
  const isNotable =
    end - start > 1 ? isNotableHash(hash, codes, start) : codeAt(codes, start) !== LARGE_I && isBesideLast(start, words)
  if (hash === NAME || hash === NOM || hash === ME) words.hasCue = true
  push(word, { isNotable: isNotable || isAfterInitial(codes, start, words), codes }, words)
}

/** At the start of a sentence a first name that is a word as well needs more to count, which is notable by itself. */
function isNotableHash(hash: number, codes: Uint8Array, start: number): boolean {
  return !isHarmlessHash(hash) && !(startsSentence(codes, start) && isAmbiguousHash(hash))
}

/** The beginning of the text, or a space or line break after one of `.!?`. */
function startsSentence(codes: Uint8Array, start: number): boolean {
  if (start === 0) return true
  const gap = codeAt(codes, start - 1)
  const sign = codeAt(codes, start - 2)
  return (gap === 32 || gap === 10) && (sign === 33 || sign === 46 || sign === 63)
}

/** A word with an apostrophe or hyphen; all but "Anna's" and "I'm" is left to the full recognizer. */
function addSigned(
  codes: Uint8Array,
  { start, end, hash, sign, signHash }: Word & { readonly sign: number; readonly signHash: number },
  words: CapitalWords,
): void {
  const isApostrophe = codeAt(codes, sign) === APOSTROPHE
  if (isApostrophe && sign === end - 2 && isLetter(codeAt(codes, end - 1), SMALL_S)) {
    addWord(codes, { start, end: sign, hash: signHash }, words)
  } else if (isApostrophe && isContraction(codes, sign, end) && !isFirstNameHash(hash)) {
    push({ start, end }, { isNotable: isAfterInitial(codes, start, words), codes }, words)
  } else {
    words.hasCue = true
    push({ start, end: bareEnd(codes, start, end) }, { isNotable: true, codes }, words)
  }
}

/** "I'm", "don't", "you'd", "they've", "we're", "she'll". */
function isContraction(codes: Uint8Array, sign: number, end: number): boolean {
  const last = codeAt(codes, end - 1) | 32
  if (sign === end - 2) return last === 109 || last === 116 || last === 100
  if (sign !== end - 3) return false
  const first = codeAt(codes, end - 2) | 32
  return (first === 118 && last === 101) || (first === 114 && last === 101) || (first === 108 && last === 108)
}

/** Where a word ends without a possessive's ending or signs after it. */
function bareEnd(codes: Uint8Array, start: number, end: number): number {
  if (codeAt(codes, end - 2) === APOSTROPHE && isLetter(codeAt(codes, end - 1), SMALL_S)) return end - 2
  let bare = end
  while (bare > start && (codeAt(codes, bare - 1) === APOSTROPHE || codeAt(codes, bare - 1) === HYPHEN)) bare--
  return bare
}

function push(
  { start, end }: { start: number; end: number },
  { isNotable, codes }: { isNotable: boolean; codes: Uint8Array },
  words: CapitalWords,
): void {
  const isAnnounced = isAfterAnnouncer(codes, start)
  words.list.push({ start, end, isNotable: isNotable || isAnnounced, isAnnounced })
  words.anyNotable ||= isNotable || isAnnounced
}

/** So near to the last capitalized word that the two can be one name. */
function isBesideLast(start: number, { list }: CapitalWords): boolean {
  const last = list[list.length - 1]
  return last !== undefined && start - last.end <= WIDEST_GAP
}

function isAfterInitial(codes: Uint8Array, start: number, { list }: CapitalWords): boolean {
  const last = list[list.length - 1]
  if (last === undefined || start - last.end > WIDEST_GAP) return false
  return last.end - last.start === 1 && codeAt(codes, last.start) !== LARGE_I
}

/** The word before, across spaces and signs, can announce a name; across the end of a sentence only a form of address can. */
function isAfterAnnouncer(codes: Uint8Array, start: number): boolean {
  let end = start
  while (end > 0 && start - end < LONGEST_CUE && !isWordAt(codes, end - 1)) end--
  const sign = end === start ? 0 : codeAt(codes, end)
  if (sign === EXCLAMATION || sign === QUESTION) return false
  const longest = sign === DOT ? LONGEST_TITLE : LONGEST_CUE
  let from = end
  while (from > 0 && end - from <= longest && isLetterAt(codes, from - 1)) from--
  if (from === end || end - from > longest) return false
  let hash = NO_HASH
  for (let at = from; at < end; at++) hash = hashUnit(hash, codeAt(codes, at) | 32)
  return sign === DOT ? isAddressHash(hash) : isAnnouncerHash(hash)
}

function isLetter(code: number | undefined, lower: number): boolean {
  return code !== undefined && (code | 32) === lower
}

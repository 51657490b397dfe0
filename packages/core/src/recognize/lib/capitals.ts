/**
 * Capitalized words and the groups they stand in.
 *
 * @module
 */

import type { CapitalWord } from './capital-words.js'
import { codeAt } from './code-classes.js'
import type { CodedText } from './codes.js'
import { matchesOf } from './matches.js'
import { isFirstName, isNeverName, isOrdinaryWord, isTitle } from './name-words.js'

/**
 * What a capitalized word can be: a first name; a first name that is also an ordinary word; a single letter; an ordinary
 * word; a word capitalized by rule; a form of address; or none of them.
 */
type CapitalRole = 'first' | 'ambiguous' | 'initial' | 'word' | 'never' | 'title' | 'unknown'

/** A capitalized word. */
export interface Capital {
  readonly start: number
  readonly end: number
  readonly role: CapitalRole
  /** Written in capitals throughout, and longer than one letter. */
  readonly shouted: boolean
  /** Ends in a possessive, so that what follows is another thing. */
  readonly possessive: boolean
  /** Known not to follow a word that announces a name. */
  readonly isPlain: boolean
}

/** What can stand between two words of one name. */
const WIDEST_GAP = 14
const CAPITALIZED = /\p{Lu}[\p{L}\p{M}'-]{0,40}/gu
/** "J'aurais", "C'est", "Qu'ils": no name is elided like that, as some are after "d", "l", "m", "n" and "t". */
const ELISION = /^(?:[CJS]|Qu)'\p{Ll}/u
const PARTICLES = 'de|da|do|du|des|del|della|di|van|von|der|den|ten|ter|la|le|bin|ibn|al|el|y|zu'
const GAP = new RegExp(String.raw`^(?:\.?[ \t]{1,3}|[ \t](?:(?:${PARTICLES}) ){1,3}| (?:d|l)')$`)

/**
 * Groups capitalized words that stand side by side, across initials' full stops and particles such as "van der".
 *
 * @param text - A folded text.
 * @returns Groups of one word or more, in order.
 */
export function groupCapitals(text: string): Capital[][] {
  const groups: Capital[][] = []
  for (const { 0: match, index } of matchesOf(text, CAPITALIZED)) {
    if (/[\p{L}\p{M}\p{N}]/u.test(text[index - 1] ?? '')) continue
    const capital = readCapital(match, index)
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && isJoined(text, last, capital)) group.push(capital)
    else groups.push([capital])
  }
  return groups
}

/**
 * Does what {@link groupCapitals} does, from words whose places are known, and leaves out groups that hold no notable word.
 *
 * @param coded - The text.
 * @param words - Its capitalized words.
 */
export function groupNotable(coded: CodedText, words: readonly CapitalWord[]): Capital[][] {
  const groups: Capital[][] = []
  for (let first = 0, next = 0; first < words.length; first = next) {
    let isNotable = words[first]?.isNotable === true
    for (next = first + 1; isJoinedTo(coded, words[next - 1], words[next]); next++)
      if (words[next]?.isNotable === true) isNotable = true
    if (isNotable) groups.push(words.slice(first, next).map((word) => readWord(coded, word)))
  }
  return groups
}

function readWord({ text, codes }: CodedText, { start, end, isAnnounced }: CapitalWord): Capital {
  return toCapital(text.slice(start, end), start, { possessive: isPossessive(codes, end), isPlain: !isAnnounced })
}

/** "'s" */
function isPossessive(codes: Uint8Array, end: number): boolean {
  return codeAt(codes, end) === 39 && (codeAt(codes, end + 1) | 32) === 115
}

/** One space is by far the most frequent gap, and sentences between two words the next. */
function isJoinedTo(coded: CodedText, last: CapitalWord | undefined, next: CapitalWord | undefined): boolean {
  if (last === undefined || next === undefined) return false
  const gap = next.start - last.end
  if (gap > WIDEST_GAP) return false
  const code = coded.codes[last.end]
  if (gap === 1) return code === 32 || code === 9
  return isJoined(coded.text, readWord(coded, last), readWord(coded, next))
}

function isJoined(text: string, last: Capital, next: Capital): boolean {
  if (last.possessive || next.start - last.end > WIDEST_GAP) return false
  const gap = text.slice(last.end, next.start)
  if (gap.startsWith('.')) return GAP.test(gap) && (last.role === 'initial' || last.role === 'title')
  return GAP.test(gap)
}

function readCapital(match: string, start: number): Capital {
  const possessive = /'s$/i.test(match)
  const bare = match.replace(/(?:'s|['-]{1,41})$/i, '')
  return toCapital(bare, start, { possessive, isPlain: false })
}

function toCapital(
  bare: string,
  start: number,
  { possessive, isPlain }: { possessive: boolean; isPlain: boolean },
): Capital {
  return {
    start,
    end: start + bare.length,
    role: roleOf(bare, bare.toLowerCase()),
    shouted: bare.length > 1 && bare === bare.toUpperCase(),
    possessive,
    isPlain,
  }
}

/** "L'infirmière", "D'habitude": the capital is that of a word cut short, and what follows it is written small. */
const ELIDED = /^(?:[CDJLST]|Qu|Jusqu|Lorsqu|Puisqu)'\p{Ll}/u

function roleOf(bare: string, lower: string): CapitalRole {
  if (bare.length === 1) return bare === 'I' ? 'never' : 'initial'
  if (isTitle(lower)) return 'title'
  if (ELISION.test(bare)) return 'word'
  if (isNeverName(lower) || /^i'(?:m|ve|d|ll)$/.test(lower)) return 'never'
  // "Mondays", "Americans"
  if (lower.length > 5 && lower.endsWith('s') && isNeverName(lower.slice(0, -1))) return 'never'
  if (ELIDED.test(bare)) return 'word'
  const ordinary = isOrdinaryWord(lower)
  if (isFirstName(lower)) return ordinary ? 'ambiguous' : 'first'
  if (ordinary) return 'word'
  return lower.split('-').some((part) => part.length > 2 && isFirstName(part)) ? 'first' : 'unknown'
}

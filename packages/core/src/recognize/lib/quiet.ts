/**
 * Texts in which nothing can be found: most comments.
 *
 * Patterns over the whole text are by far the cheapest look at it. Both functions never say "quiet" wrongly, and do not always
 * say it when they could; what they do not pass is looked at closely.
 *
 * @module
 */

import { ADDRESSES, ALWAYS_HARMLESS, OPENERS } from './name-words.js'
import { isOrdinaryAt } from './ordinary-word.js'

/** Without one of these, or "www.", no number or address is in a text; what is not ASCII is harmless where it is a letter of Latin-1. */
const SIGN = /[@0-:&%([{\x80-\xbf\xd7\xf7\u0100-\uffff]/
const SITE = /www\./i

/** How a text is looked at. */
interface Look {
  /** A sign, a character that nothing is known of, or a capital, unless its word is harmless where it stands. */
  readonly stop: RegExp
  /** Something like "name is", after which lower case counts, or "www." Capitals need not be thought of: `stop` finds them. */
  readonly cue: RegExp
}

/** Letters, and whatever beyond ASCII could be one. */
const LETTER = 'A-Za-z\xaa-\uffff'
/** The accents and apostrophes that recognizers fold to a character. */
const FOLDED: Readonly<Record<string, string>> = {
  a: 'à-å',
  c: 'ç',
  e: 'è-ë',
  i: 'ì-ï',
  n: 'ñ',
  o: 'ò-ö',
  u: 'ù-ü',
  y: 'ýÿ',
  "'": '\u2018\u2019',
}
/** What is not ASCII, but for lower-case letters of Latin-1, quotation marks, dashes, "…" and emoji. */
const STRANGE =
  '\x80-\xaa\xac-\xba\xbc-\xde\xf7\u0100-\u2012\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027-\ud83b\ud83f-\udbff\ue000-\uffff'

/** Most texts are of ASCII alone; to think of what folds to it takes twice the time. */
const ASCII: Look = /* @__PURE__ */ createLook('\x80-\uffff', (source) => source)
const FOLDING: Look = /* @__PURE__ */ createLook(STRANGE, withFolded)

function createLook(strange: string, spell: (source: string) => string): Look {
  const title = `(?<![A-Za-zß-öø-ÿ])(?:${spell([...ADDRESSES].join('|'))})`
  const opening = String.raw`(?<=^|[.!?][ \n])(?<!${title}\.[ \n])(?:A(?= [a-z])|${alternatives(OPENERS)})`
  const anywhere = `(?<![${LETTER}])(?:I(?:${spell("'")}(?:m|ve|d|ll))?|${alternatives(ALWAYS_HARMLESS)})`
  const harmless = `(?:${anywhere}|${opening})(?![${LETTER}'-])`
  return {
    stop: new RegExp(`[@0-:&%([{${strange}]|(?!${harmless})[A-Z]`, 'g'),
    // Of four letters each, which is what patterns are quickest at.
    cue: new RegExp(spell(String.raw`www\.|name(?= is|'s)|call(?= me)|nom (?=est)|nomm(?=e)|'app(?=elle)`)),
  }
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('|')
}

/** A pattern that takes what folds to its letters too. */
function withFolded(source: string): string {
  return source.replace(/[aceinouy']/g, (char) => `[${char}${FOLDED[char]}]`)
}

/** Whether nothing but a name can be found in a text. */
export function isQuiet(text: string): boolean {
  return !SIGN.test(text) && !SITE.test(text)
}

/** Whether nothing can be found in a text, no name either. It begins with a capital, for without any each word could be one. */
export function isQuietOfNames(text: string): boolean {
  if (!isCapital(text.charCodeAt(0))) return false
  let look = ASCII
  for (let at = nextStop(look, text, 0); at !== -1; ) {
    if (look === ASCII && text.charCodeAt(at) > 0x7f) {
      look = FOLDING
      at = nextStop(look, text, at)
    } else {
      if (!isOrdinaryAt(text, at)) return false
      at = nextStop(look, text, at + 1)
    }
  }
  return !look.cue.test(text)
}

function nextStop({ stop }: Look, text: string, from: number): number {
  stop.lastIndex = from
  return stop.test(text) ? stop.lastIndex - 1 : -1
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90
}

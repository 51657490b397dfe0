/**
 * Texts that hold nothing, told by one regular expression: most comments end here.
 *
 * @module
 */

import { OPENERS } from './name-words.js'

/** Without one of these no number, address or site is in a text; what is not ASCII is looked at closely. */
const SIGN = String.raw`[@\d:&%([{\x80-\uffff]|[wW]\.`

/** "name is", "name's", "nom est", "me nomme", "call me", "m'appelle", told by their rarest letter. */
const NAME_CUE = "m(?:e(?: is|'s)|'| est|(?<=no)m|(?<=all m)e )"

/** Not after "Mr.", "Mme", "Prof." and the like, whose full stops end no sentence. */
const NO_TITLE = String.raw`(?<!\b(?:[Mm](?:rs?|s|iss|x|me|lle|onsieur|adame)?|[Dd]r|[Pp]rof)\.[ \n])`

const NUMBERS: RegExp = new RegExp(SIGN)
const NUMBERS_AND_NAMES: RegExp = /* @__PURE__ */ new RegExp(`${SIGN}|${NAME_CUE}|${capitals()}`)

/**
 * Whether nothing can be found in a text. Never says so wrongly; often does not when it could.
 *
 * @param text - Any text.
 * @param hasNames - Whether names are looked for.
 */
export function isQuiet(text: string, hasNames: boolean): boolean {
  if (!hasNames) return !NUMBERS.test(text)
  const first = text.charCodeAt(0)
  // In a text without capitals names may be in lower case.
  return first >= 65 && first <= 90 && !NUMBERS_AND_NAMES.test(text)
}

/** A capital but for "I", and ordinary words where a sentence starts. */
function capitals(): string {
  const rests = new Map<string, string[]>()
  for (const word of OPENERS) {
    const letter = word.slice(0, 1).toUpperCase()
    rests.set(letter, [...(rests.get(letter) ?? []), word.slice(1)])
  }
  const opening = Array.from(rests, ([letter, words]) => `${letter}(?=(?:${words.join('|')})[ ,.!?;\\n])`).join('|')
  return String.raw`[A-Z](?<!(?<![A-Za-z'-])I(?=(?:'m|'ve|'d|'ll)?[ ,.!?;\n])|(?:^|[.!?][ \n])${NO_TITLE}(?:${opening}))`
}

/**
 * A folded text as bytes, which are cheaper to look at one by one than a string.
 *
 * @module
 */

import { foldText } from './fold.js'

/** What a UTF-16 unit beyond ASCII becomes: a letter, mark or number that is no capital; a capital; half of one; "°"; the rest. */
export const FOREIGN = { letter: 0x80, capital: 0x81, half: 0x82, degree: 0x83, other: 0x84 } as const

/** A text and its bytes, of which only the first `text.length` are meant. */
export interface CodedText {
  /** After {@link foldText}: offsets are those of the text given. */
  readonly text: string
  /** ASCII codes and {@link FOREIGN}; wiped when the text is done with. */
  readonly codes: Uint8Array
}

/** How far one looks beyond the end. */
const BEYOND = 64

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/** Texts of ordinary length share it, because a buffer of its own costs a text more than all the rest. */
const shared: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(16_384)

/**
 * Folds a text and hands it over as bytes, which are wiped when `use` returns.
 *
 * @param given - Any text.
 * @param use - Must not call `withCodes`.
 */
export function withCodes<Result>(given: string, use: (coded: CodedText) => Result): Result {
  const { length } = given
  const codes = length + BEYOND <= shared.length ? shared : new Uint8Array(length + BEYOND)
  try {
    const { read, written } = encoder.encodeInto(given, codes)
    if (read === length && written === length) return use({ text: given, codes })
    const text = foldText(given)
    // UTF-8 can be longer than the text.
    codes.fill(0, length, 3 * length)
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index)
      codes[index] = unit < 0x80 ? unit : foreignCode(text, index, unit)
    }
    return use({ text, codes })
  } finally {
    codes.fill(0, 0, length)
  }
}

function foreignCode(text: string, index: number, unit: number): number {
  // U+1F000 to U+1FBFF: emoji and other symbols, by far the most frequent surrogates and never a letter.
  if (isEmojiLead(unit)) return FOREIGN.other
  if (unit >= 0xdc00 && unit <= 0xdfff) return isEmojiLead(text.charCodeAt(index - 1)) ? FOREIGN.other : FOREIGN.half
  if (unit >= 0xd800 && unit <= 0xdbff) return FOREIGN.half
  if (unit === 0xb0) return FOREIGN.degree
  const char = text[index] ?? ''
  if (/\p{Lu}/u.test(char)) return FOREIGN.capital
  return /[\p{L}\p{M}\p{N}]/u.test(char) ? FOREIGN.letter : FOREIGN.other
}

function isEmojiLead(unit: number): boolean {
  return unit >= 0xd83c && unit <= 0xd83e
}

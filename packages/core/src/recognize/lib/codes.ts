/**
 * A folded text as bytes, which are cheaper to look at one by one than a string.
 *
 * @module
 */

import { foldText } from './fold.js'

/** What a UTF-16 unit beyond ASCII becomes: a letter, mark or number that is no capital; a capital; half of one; "°"; the rest. */
export const FOREIGN = { letter: 0x80, capital: 0x81, half: 0x82, degree: 0x83, other: 0x84 } as const

/** A text and its bytes, of which only the first `text.length` are meant; zeros follow. */
export interface CodedText {
  /** After {@link foldText}: offsets are those of the text given. */
  readonly text: string
  /** ASCII codes and {@link FOREIGN}; wiped when the text is done with. */
  readonly codes: Uint8Array
  /** The same, four at a time. */
  readonly quads: Int32Array
}

/** How far one looks beyond the end. */
const BEYOND = 64

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

interface Bytes {
  readonly codes: Uint8Array<ArrayBuffer>
  readonly quads: Int32Array
}

/** Texts of ordinary length share it, because a buffer of its own costs a text more than all the rest. */
const shared: Bytes = /* @__PURE__ */ createBytes(16_384)

/**
 * Hands a text of ASCII over as bytes, which are wiped when `use` returns.
 *
 * @param text - Any text.
 * @param use - Must not call `withAscii` or `withCodes`.
 * @returns `undefined` when there is anything but ASCII.
 */
export function withAscii<Result>(text: string, use: (coded: CodedText) => Result): Result | undefined {
  const { length } = text
  const { codes, quads } = bytesFor(length)
  let used = length
  try {
    const { read, written } = encoder.encodeInto(text, codes)
    used = written
    return read === length && written === length ? use({ text, codes, quads }) : undefined
  } finally {
    codes.fill(0, 0, used)
  }
}

/**
 * Folds a text and hands it over as bytes, which are wiped when `use` returns.
 *
 * @param given - Any text.
 * @param use - Must not call `withAscii` or `withCodes`.
 */
export function withCodes<Result>(given: string, use: (coded: CodedText) => Result): Result {
  const { length } = given
  const { codes, quads } = bytesFor(length)
  const text = foldText(given)
  try {
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index)
      codes[index] = unit < 0x80 ? unit : foreignCode(text, index, unit)
    }
    return use({ text, codes, quads })
  } finally {
    codes.fill(0, 0, length)
  }
}

function bytesFor(length: number): Bytes {
  return length + BEYOND <= shared.codes.length ? shared : createBytes(length + BEYOND)
}

function createBytes(length: number): Bytes {
  const quads = new Int32Array(Math.ceil(length / 4))
  return { codes: new Uint8Array(quads.buffer), quads }
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

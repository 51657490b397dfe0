/**
 * First names in a text without capitals.
 *
 * @module
 */

import { codeAt, isLetterAt } from './code-classes.js'
import { FOREIGN } from './codes.js'
import { isLowerNameHash } from './name-words.js'
import { hashUnit, NO_HASH } from './word-hash.js'

const [APOSTROPHE, HYPHEN] = [39, 45]

/**
 * Whether a word in lower case can be a first name that is no ordinary word.
 *
 * @param codes - A text without capitals.
 * @param length - Of the text.
 */
export function hasUncapitalizedName(codes: Uint8Array, length: number): boolean {
  let hash = NO_HASH
  let plain = NO_HASH
  let start = -1
  for (let at = 0; at <= length; at++) {
    const code = at < length ? codeAt(codes, at) : 0
    if (isLetterAt(codes, at) && at < length) {
      if (start === -1) {
        start = at
        hash = plain = NO_HASH
      }
      hash = hashUnit(hash, code)
    } else if (start === -1) {
      if (code === FOREIGN.letter) return true
    } else if (code === APOSTROPHE || code === HYPHEN) {
      plain = hash
      hash = hashUnit(hash, code)
    } else {
      if (code === FOREIGN.letter || isName(hash, at - start) || isName(plain, at - start)) return true
      start = -1
    }
  }
  return false
}

function isName(hash: number, length: number): boolean {
  return length > 40 || (length > 2 && isLowerNameHash(hash))
}

import { invalidArgumentType } from '../errors.js'

/** Gives that many unpredictable bytes. */
export type RandomBytes = (length: number) => Uint8Array

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const wordLength = 26
const wordsPerDraw = 64

/**
 * @internal
 *
 * Makes words of 26 letters and digits: 130 random bits, so that none is ever made twice. Bytes are drawn for many words
 * at a time and each is used once.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` when the source does not give the bytes asked for.
 */
export function randomWords(randomBytes: RandomBytes): () => string {
  let pool: Uint8Array = new Uint8Array()
  let used = 0
  return () => {
    if (used === pool.length) {
      pool = randomBytes(wordLength * wordsPerDraw)
      used = 0
      if (!(pool instanceof Uint8Array) || pool.length !== wordLength * wordsPerDraw) {
        throw invalidArgumentType('options.randomBytes()', 'Uint8Array of the length asked for', pool)
      }
    }
    let word = ''
    for (const end = used + wordLength; used < end; used += 1) word += alphabet[(pool[used] ?? 0) & 31]
    return word
  }
}

/** @internal The platform's own source. */
export function platformRandomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

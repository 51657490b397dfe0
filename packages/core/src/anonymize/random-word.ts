import { invalidArgumentType } from '../errors.js'

/** Gives that many unpredictable bytes. */
export type RandomBytes = (length: number) => Uint8Array

const wordLength = 26
const wordsPerDraw = 256

/**
 * @internal
 *
 * Makes words of 26 letters and digits: 130 random bits, so that none is ever made twice. Bytes are drawn for many words
 * at a time and each is used once.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` when the source does not give the bytes asked for.
 */
export function randomWords(randomBytes: RandomBytes): () => string {
  const decoder = new TextDecoder()
  const pool = new Uint8Array(wordLength * wordsPerDraw)
  let letters = ''
  let used = 0
  return () => {
    if (used === letters.length) {
      pool.set(draw(randomBytes))
      turnIntoLetters(new Uint32Array(pool.buffer))
      letters = decoder.decode(pool)
      used = 0
    }
    used += wordLength
    return letters.slice(used - wordLength, used)
  }
}

/**
 * Replaces each byte by the letter of the base32 alphabet (RFC 4648, in lower case) for its lower five bits. Four at a
 * time: one by one they would take longer than the rest of a record.
 */
function turnIntoLetters(fours: Uint32Array): void {
  for (let index = 0; index < fours.length; index += 1) {
    const values = (fours[index] ?? 0) & 0x1f1f1f1f
    const above25 = ((values + 0x06060606) >>> 5) & 0x01010101
    fours[index] = values + 0x61616161 - above25 * (0x61 - 0x32 + 26)
  }
}

function draw(randomBytes: RandomBytes): Uint8Array {
  const bytes = randomBytes(wordLength * wordsPerDraw)
  if (bytes instanceof Uint8Array && bytes.length === wordLength * wordsPerDraw) return bytes
  throw invalidArgumentType('options.randomBytes()', 'Uint8Array of the length asked for', bytes)
}

/** @internal The platform's own source. */
export function platformRandomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

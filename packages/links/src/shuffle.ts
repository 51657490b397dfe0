/**
 * Random order.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { RandomBytes } from './answer-buffer.js'

/** Where the randomness comes from. */
export interface ShuffleOptions {
  /** @defaultValue `crypto.getRandomValues` */
  readonly randomBytes?: RandomBytes
}

/** Bytes per draw: what `getRandomValues` gives at most is 65,536. */
const DRAW = 4096

/**
 * Puts a list in random order; every order is equally likely (Fisher and Yates, indices drawn by rejection).
 *
 * @example
 * What an {@link AnswerBuffer} does before it lets answers out.
 *
 * ```ts
 * import { shuffle } from '@surveyseal/links'
 *
 * shuffle(['first', 'second', 'third']).length // 3
 * ```
 *
 * @param items - At most 2^32 of them; the list is not changed.
 * @param options - See {@link ShuffleOptions}.
 * @returns The same items.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when the source of randomness does not give the bytes asked for.
 */
export function shuffle<T>(items: readonly T[], options: ShuffleOptions = {}): T[] {
  const { randomBytes = platformBytes } = options
  const below = drawsBelow(randomBytes)
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const at = below(last + 1)
    const item = shuffled[at] as T
    shuffled[at] = shuffled[last] as T
    shuffled[last] = item
  }
  return shuffled
}

/** Draws integers from 0 to just below a bound; words that would favour the small ones are drawn again. */
function drawsBelow(randomBytes: RandomBytes): (bound: number) => number {
  let words: DataView = new DataView(new ArrayBuffer(0))
  let used = 0
  const next = (): number => {
    if (used === words.byteLength) {
      const bytes = draw(randomBytes)
      words = new DataView(bytes.buffer, bytes.byteOffset, DRAW)
      used = 0
    }
    used += 4
    return words.getUint32(used - 4)
  }
  return (bound) => {
    const fair = 2 ** 32 - (2 ** 32 % bound)
    let word = next()
    while (word >= fair) word = next()
    return word % bound
  }
}

function draw(randomBytes: RandomBytes): Uint8Array {
  const bytes = randomBytes(DRAW)
  if (bytes instanceof Uint8Array && bytes.length === DRAW) return bytes
  throw invalidArgumentType('options.randomBytes()', 'Uint8Array of the length asked for', bytes)
}

function platformBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/**
 * SHA-256 by `@noble/hashes`, on every runtime.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import type { Crypto } from './crypto.js'

/** See {@link Crypto}. */
export const sha256Into: Crypto['sha256Into'] = (input, target, at) => {
  target.set(sha256(input), at)
}

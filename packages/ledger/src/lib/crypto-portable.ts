/**
 * SHA-256 by `@noble/hashes`, on every runtime.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import type { Crypto } from './crypto.js'

export const sha256Into: Crypto['sha256Into'] = (input, target, at) => {
  target.set(sha256(input), at)
}

export const allocate: Crypto['allocate'] = (length) => new Uint8Array(length)

/**
 * SHA-256 by `node:crypto`.
 *
 * @module
 */

import { createHash, hash } from 'node:crypto'
import type { Crypto } from './crypto.js'

const LENGTH = 32

/** See {@link Crypto}. A digest given as text costs half of one given as bytes, which are an object of their own. */
export const sha256Into: Crypto['sha256Into'] = (input, target, at) => {
  // Runtimes that imitate Node.js may lack the newer function.
  const digest =
    typeof hash === 'function' ? hash('sha256', input, 'binary') : createHash('sha256').update(input).digest('binary')
  for (let index = 0; index < LENGTH; index++) target[at + index] = digest.charCodeAt(index)
}

/**
 * SHA-256 by `node:crypto`.
 *
 * @module
 */

import { Buffer } from 'node:buffer'
import { createHash, hash } from 'node:crypto'
import type { Crypto } from './crypto.js'

// A digest given as text costs a fraction of one given as bytes, which are an object of their own.
export const sha256Into: Crypto['sha256Into'] = (input, target, at) => {
  const digest = typeof hash === 'function' ? hash('sha256', input, 'binary') : portable(input)
  asBuffer(target).write(digest, at, 32, 'latin1')
}

export const allocate: Crypto['allocate'] = (length) => Buffer.alloc(length)

/** Runtimes that imitate Node.js may lack the newer function. */
function portable(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('binary')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

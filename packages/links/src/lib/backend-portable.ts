/**
 * The backend that runs everywhere. Its AES works on tables in memory, so its timing is not constant.
 *
 * @module
 */

import { cmac, ctr } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Backend, Siv } from './backend.js'
import { encodeBase64url } from './base64url.js'
import { BLOCK, chain, double, equalBlocks } from './block.js'

/** See {@link Backend}. */
export const bindSiv: Backend['bindSiv'] = (key, associatedData) => {
  const macKey = key.slice(0, key.length / 2)
  const counterKey = key.slice(key.length / 2)
  const prefix = chain(associatedData, (message) => cmac(message, macKey))

  const syntheticIv = (plaintext: Uint8Array): Uint8Array => cmac(lastComponent(plaintext, prefix), macKey)
  const crypt = (bytes: Uint8Array, start: number, end: number): void => {
    const counter = firstCounter(bytes.subarray(start, start + BLOCK))
    bytes.set(ctr(counterKey, counter).encrypt(bytes.subarray(start + BLOCK, end)), start + BLOCK)
  }

  const siv: Siv = {
    seal(bytes, start, end) {
      bytes.set(syntheticIv(bytes.subarray(start + BLOCK, end)), start)
      crypt(bytes, start, end)
    },
    sealAll(bytes, ranges) {
      for (let at = 0; at < ranges.length; at += 2) siv.seal(bytes, ranges[at] ?? 0, ranges[at + 1] ?? 0)
    },
    open(bytes, start, end) {
      crypt(bytes, start, end)
      const authentic = equalBlocks(bytes, start, syntheticIv(bytes.subarray(start + BLOCK, end)), 0)
      if (!authentic) bytes.fill(0, start, end)
      return authentic
    },
    dispose() {
      for (const secret of [macKey, counterKey, prefix]) secret.fill(0)
    },
  }
  return siv
}

/** See {@link Backend}. */
export const bindHmac: Backend['bindHmac'] = (key, beginning) => {
  const begun = hmac.create(sha256, key).update(beginning)
  return (rest) => encodeBase64url(begun.clone().update(rest).digest())
}

/** See {@link Backend}. */
export const allocate: Backend['allocate'] = (length) => new Uint8Array(length)

/** See {@link Backend}. */
export const base64urlOf: Backend['base64urlOf'] = (bytes, start, end) => encodeBase64url(bytes.subarray(start, end))

/** RFC 5297 §2.4: D is XORed onto the rightmost block, or dbl(D) onto the padded text when that is shorter. */
function lastComponent(plaintext: Uint8Array, d: Uint8Array): Uint8Array {
  const short = plaintext.length < BLOCK
  const last = new Uint8Array(Math.max(plaintext.length, BLOCK))
  last.set(plaintext)
  if (short) last[plaintext.length] = 0x80
  const offset = last.length - BLOCK
  for (const [at, byte] of (short ? double(d) : d).entries()) last[offset + at] = (last[offset + at] ?? 0) ^ byte
  return last
}

/** RFC 5297 §2.5: the 31st and 63rd bits are cleared, so that 32- and 64-bit counters never carry. */
function firstCounter(iv: Uint8Array): Uint8Array {
  return Uint8Array.from(iv, (byte, at) => (at === 8 || at === 12 ? byte & 0x7f : byte))
}

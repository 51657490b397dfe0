/**
 * AES-SIV (RFC 5297) for many short messages under one key and one list of associated data.
 *
 * @module
 */

import { cmac, ctr } from '@noble/ciphers/aes.js'

/** One key with its associated data. */
export interface Siv {
  /** Gives the synthetic IV followed by the ciphertext. */
  seal(plaintext: Uint8Array): Uint8Array
  /** Gives the plaintext, or `null` when it is not authentic. */
  open(sealed: Uint8Array): Uint8Array | null
}

const BLOCK = 16

/**
 * The backend that runs everywhere. Its AES works on tables in memory, so its timing is not constant.
 *
 * What S2V makes of the associated data is the same for every message and computed once.
 *
 * @param key - 32, 48 or 64 bytes: half for CMAC, half for CTR.
 * @param associatedData - The components before the plaintext.
 */
export function portableSiv(key: Uint8Array, associatedData: readonly Uint8Array[]): Siv {
  const macKey = key.slice(0, key.length / 2)
  const counterKey = key.slice(key.length / 2)
  // RFC 5297 §2.4: D = AES-CMAC(K, <zero>); for each Si: D = dbl(D) xor AES-CMAC(K, Si)
  const chain = associatedData.reduce((d, si) => xor(double(d), cmac(si, macKey)), cmac(new Uint8Array(BLOCK), macKey))

  function syntheticIv(plaintext: Uint8Array): Uint8Array {
    return cmac(plaintext.length >= BLOCK ? xorEnd(plaintext, chain) : xor(double(chain), padded(plaintext)), macKey)
  }

  function crypt(iv: Uint8Array, data: Uint8Array): Uint8Array {
    return ctr(counterKey, firstCounter(iv)).encrypt(data)
  }

  return {
    seal(plaintext) {
      const sealed = new Uint8Array(BLOCK + plaintext.length)
      const iv = syntheticIv(plaintext)
      sealed.set(iv)
      sealed.set(crypt(iv, plaintext), BLOCK)
      return sealed
    },
    open(sealed) {
      const iv = sealed.subarray(0, BLOCK)
      const plaintext = crypt(iv, sealed.subarray(BLOCK))
      return equal(syntheticIv(plaintext), iv) ? plaintext : null
    },
  }
}

/** RFC 5297 §2.3: doubling in GF(2^128). */
function double(block: Uint8Array): Uint8Array {
  const doubled = block.map((byte, at) => (byte << 1) | ((block[at + 1] ?? 0) >> 7))
  const carry = (block[0] ?? 0) >> 7
  doubled[BLOCK - 1] = (doubled[BLOCK - 1] ?? 0) ^ (carry * 0x87)
  return doubled
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, at) => byte ^ (b[at] ?? 0))
}

/** RFC 5297 §2.1: the block is XORed onto the rightmost bytes. */
function xorEnd(bytes: Uint8Array, block: Uint8Array): Uint8Array {
  const offset = bytes.length - BLOCK
  return bytes.map((byte, at) => (at < offset ? byte : byte ^ (block[at - offset] ?? 0)))
}

function padded(bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK)
  block.set(bytes)
  block[bytes.length] = 0x80
  return block
}

/** RFC 5297 §2.5: the 31st and 63rd bits are cleared, so that 32- and 64-bit counters never carry. */
function firstCounter(iv: Uint8Array): Uint8Array {
  return iv.map((byte, at) => (at === 8 || at === 12 ? byte & 0x7f : byte))
}

/** Takes the same time wherever two tags differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.reduce((difference, byte, at) => difference | (byte ^ (b[at] ?? 0)), 0) === 0
}

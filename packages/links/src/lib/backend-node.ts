/**
 * The backend for Node, Bun and Deno: OpenSSL's AES, whose timing does not depend on the data where the processor has
 * instructions for it.
 *
 * Making a cipher costs more than using it on a short message, so every key keeps its ciphers for good.
 *
 * @module
 */

import { Buffer } from 'node:buffer'
import { type Cipher, createCipheriv, createHmac, createSecretKey } from 'node:crypto'
import type { Backend, Siv } from './backend.js'
import { BLOCK, chain, double, equalBlocks } from './block.js'

/** See {@link Backend}. */
export const bindSiv: Backend['bindSiv'] = (key, associatedData) => new PersistentSiv(key, associatedData)

/** See {@link Backend}. */
export const bindHmac: Backend['bindHmac'] = (key, beginning) => {
  const secret = createSecretKey(key)
  return (rest) => createHmac('sha256', secret).update(beginning).update(rest).digest('base64url')
}

/** See {@link Backend}. */
export const allocate: Backend['allocate'] = (length) => Buffer.alloc(length)

/** See {@link Backend}. */
export const base64urlOf: Backend['base64urlOf'] = (bytes, start, end) => {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString('base64url', start, end)
}

/** Messages of one pass over many: their blocks stay in the processor's caches. */
const SIDE_BY_SIDE = 1024

class PersistentSiv implements Siv {
  /** CBC for one message after the other: what it carries over from the last one is XORed out of the next. */
  readonly #mac: Cipher
  /** The same key for messages side by side. */
  readonly #macBlocks: Cipher
  readonly #counters: Cipher
  /** RFC 4493 §2.3: the subkey of messages that end with a full block; the other one is its double. */
  readonly #subkey: Uint8Array
  readonly #chain: Uint8Array
  /** What a plaintext is XORed with before CBC, by its length. */
  readonly #masks: Uint8Array[] = []
  /** Room for the blocks of one message, by their number. */
  readonly #rooms: Uint8Array[] = []
  /** What CBC gave last: its last block is the tag, and is carried over. */
  #carried: Uint8Array = new Uint8Array(BLOCK)

  constructor(key: Uint8Array, associatedData: readonly Uint8Array[]) {
    const [macKey, counterKey] = [key.subarray(0, key.length / 2), key.subarray(key.length / 2)]
    const aes = `aes-${macKey.length * 8}`
    this.#mac = createCipheriv(`${aes}-cbc`, macKey, new Uint8Array(BLOCK)).setAutoPadding(false)
    this.#macBlocks = createCipheriv(`${aes}-ecb`, macKey, null).setAutoPadding(false)
    this.#counters = createCipheriv(`${aes}-ecb`, counterKey, null).setAutoPadding(false)
    this.#subkey = double(this.#macBlocks.update(new Uint8Array(BLOCK)))
    this.#chain = chain(associatedData, (message) => {
      const tag = this.#cmac(message, 0, message.length, cmacMask(message.length, this.#subkey))
      return Uint8Array.from(this.#carried.subarray(tag))
    })
  }

  seal(bytes: Uint8Array, start: number, end: number): void {
    const tag = this.#cmac(bytes, start + BLOCK, end, this.#mask(end - start - BLOCK))
    copyRange(bytes, start, this.#carried, tag, BLOCK)
    this.#crypt(bytes, start, end)
  }

  sealAll(bytes: Uint8Array, ranges: readonly number[]): void {
    for (const [length, starts] of byLength(ranges)) {
      for (let at = 0; at < starts.length; at += SIDE_BY_SIDE) {
        this.#sealSideBySide(bytes, starts.slice(at, at + SIDE_BY_SIDE), length)
      }
    }
  }

  open(bytes: Uint8Array, start: number, end: number): boolean {
    this.#crypt(bytes, start, end)
    const tag = this.#cmac(bytes, start + BLOCK, end, this.#mask(end - start - BLOCK))
    const authentic = equalBlocks(bytes, start, this.#carried, tag)
    if (!authentic) bytes.fill(0, start, end)
    return authentic
  }

  dispose(): void {
    // Ending a cipher makes OpenSSL cleanse its key.
    for (const cipher of [this.#mac, this.#macBlocks, this.#counters]) cipher.final()
    for (const secret of [this.#subkey, this.#chain, this.#masks, this.#rooms].flat()) secret.fill(0)
  }

  /** Computes the tag of a message XORed with its mask, and gives its place in what CBC carries over. */
  #cmac(bytes: Uint8Array, start: number, end: number, mask: Uint8Array): number {
    const room = this.#room(mask.length)
    room.set(mask)
    xorRange(room, 0, bytes, start, end - start)
    xorRange(room, 0, this.#carried, this.#carried.length - BLOCK, BLOCK)
    this.#carried = this.#mac.update(room)
    return this.#carried.length - BLOCK
  }

  #crypt(bytes: Uint8Array, start: number, end: number): void {
    const text = start + BLOCK
    const room = this.#room(paddedLength(end - text))
    for (let at = 0; at < room.length; at += BLOCK) {
      copyRange(room, at, bytes, start, BLOCK)
      toCounter(room, at, at / BLOCK)
    }
    const stream = this.#counters.update(room)
    xorRange(bytes, text, stream, 0, end - text)
  }

  /** Seals messages of one length with one call of a cipher for each block of theirs, whatever their number. */
  #sealSideBySide(bytes: Uint8Array, starts: readonly number[], length: number): void {
    const mask = this.#mask(length)
    const inputs = new Uint8Array(starts.length * BLOCK)
    const tags = new Uint8Array(starts.length * BLOCK)
    for (let block = 0; block < mask.length; block += BLOCK) {
      const present = Math.min(BLOCK, length - block)
      inputs.fill(0)
      for (let index = 0; index < starts.length; index++) {
        copyRange(inputs, index * BLOCK, bytes, (starts[index] ?? 0) + BLOCK + block, present)
      }
      xorBlocks(inputs, tags, mask.subarray(block, block + BLOCK))
      tags.set(this.#macBlocks.update(inputs))
    }
    this.#cryptSideBySide(bytes, starts, length, tags)
  }

  #cryptSideBySide(bytes: Uint8Array, starts: readonly number[], length: number, tags: Uint8Array): void {
    const padded = paddedLength(length)
    const counters = repeatBlocks(tags, padded / BLOCK)
    for (let at = 0; at < counters.length; at += padded) {
      for (let block = 0; block < padded; block += BLOCK) toCounter(counters, at + block, block / BLOCK)
    }
    const stream = this.#counters.update(counters)
    for (let index = 0; index < starts.length; index++) {
      const start = starts[index] ?? 0
      copyRange(bytes, start, tags, index * BLOCK, BLOCK)
      xorRange(bytes, start + BLOCK, stream, index * padded, length)
    }
  }

  #mask(length: number): Uint8Array {
    const known = this.#masks[length]
    if (known !== undefined) return known
    const mask = s2vMask(length, this.#chain, this.#subkey)
    this.#masks[length] = mask
    return mask
  }

  #room(length: number): Uint8Array {
    const known = this.#rooms[length / BLOCK]
    if (known !== undefined) return known
    const room = new Uint8Array(length)
    this.#rooms[length / BLOCK] = room
    return room
  }
}

/** Groups `[start, end, …]` by the length of the text; every group keeps the order. */
function byLength(ranges: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (let at = 0; at < ranges.length; at += 2) {
    const [start, end] = [ranges[at] ?? 0, ranges[at + 1] ?? 0]
    const length = end - start - BLOCK
    const group = groups.get(length)
    if (group === undefined) groups.set(length, [start])
    else group.push(start)
  }
  return groups
}

/** RFC 4493 §2.4: an incomplete last block is padded and takes the other subkey; nothing counts as incomplete. */
function cmacMask(length: number, subkey: Uint8Array): Uint8Array {
  const mask = new Uint8Array(Math.max(BLOCK, paddedLength(length)))
  const full = length === mask.length
  mask.set(full ? subkey : double(subkey), mask.length - BLOCK)
  if (!full) mask[length] = (mask[length] ?? 0) ^ 0x80
  return mask
}

/** RFC 5297 §2.4: D goes onto the rightmost block, or dbl(D) onto the padded text when that is shorter. */
function s2vMask(length: number, d: Uint8Array, subkey: Uint8Array): Uint8Array {
  const mask = cmacMask(Math.max(length, BLOCK), subkey)
  if (length < BLOCK) mask[length] = (mask[length] ?? 0) ^ 0x80
  xorRange(mask, Math.max(length - BLOCK, 0), length < BLOCK ? double(d) : d, 0, BLOCK)
  return mask
}

/** XORs blocks with others and each with one more, four bytes at a time; both have a buffer of their own. */
function xorBlocks(target: Uint8Array, others: Uint8Array, block: Uint8Array): void {
  const [words, otherWords] = [new Int32Array(target.buffer), new Int32Array(others.buffer)]
  const [a = 0, b = 0, c = 0, d = 0] = new Int32Array(block.slice().buffer)
  for (let at = 0; at < words.length; at += 4) {
    words[at] = (words[at] ?? 0) ^ (otherWords[at] ?? 0) ^ a
    words[at + 1] = (words[at + 1] ?? 0) ^ (otherWords[at + 1] ?? 0) ^ b
    words[at + 2] = (words[at + 2] ?? 0) ^ (otherWords[at + 2] ?? 0) ^ c
    words[at + 3] = (words[at + 3] ?? 0) ^ (otherWords[at + 3] ?? 0) ^ d
  }
}

/** Every block as many times as told, four bytes at a time; the blocks have a buffer of their own. */
function repeatBlocks(blocks: Uint8Array, times: number): Uint8Array {
  const words = new Int32Array(blocks.buffer)
  const repeated = new Int32Array(words.length * times)
  for (let from = 0, to = 0; from < words.length; from += 4) {
    for (let time = 0; time < times; time++, to += 4) {
      repeated[to] = words[from] ?? 0
      repeated[to + 1] = words[from + 1] ?? 0
      repeated[to + 2] = words[from + 2] ?? 0
      repeated[to + 3] = words[from + 3] ?? 0
    }
  }
  return new Uint8Array(repeated.buffer)
}

function copyRange(target: Uint8Array, at: number, source: Uint8Array, from: number, length: number): void {
  for (let index = 0; index < length; index++) target[at + index] = source[from + index] ?? 0
}

function xorRange(target: Uint8Array, at: number, source: Uint8Array, from: number, length: number): void {
  for (let index = 0; index < length; index++)
    target[at + index] = (target[at + index] ?? 0) ^ (source[from + index] ?? 0)
}

/** RFC 5297 §2.5: the 31st and 63rd bits are cleared, so that adding the number of a block never carries past 32 bits. */
function toCounter(blocks: Uint8Array, at: number, block: number): void {
  blocks[at + 8] = (blocks[at + 8] ?? 0) & 0x7f
  blocks[at + 12] = (blocks[at + 12] ?? 0) & 0x7f
  let carry = block
  for (let index = at + BLOCK - 1; carry > 0; index--) {
    carry += blocks[index] ?? 0
    blocks[index] = carry
    carry >>>= 8
  }
}

function paddedLength(length: number): number {
  return Math.ceil(length / BLOCK) * BLOCK
}

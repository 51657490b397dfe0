/**
 * Commitments to many entries.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { sha256Into } from '#crypto'
import type { Opening } from '../commit-entry.js'
import { HASH } from './hashing.js'

// Making room for the input of a hash costs as much as the hash.
const FIRST_ROOM = 1024

/** Commits to one entry after the other, in room that is used again and overwritten by the next. */
export class Committer {
  #room = new Uint8Array(FIRST_ROOM)
  #input = this.#room

  /** Gives the commitment. */
  commit(opening: Opening): Uint8Array {
    const commitment = new Uint8Array(HASH)
    this.commitInto(opening, commitment, 0)
    return commitment
  }

  /** Writes the commitment into an array. */
  commitInto({ salt, bytes }: Opening, target: Uint8Array, at: number): void {
    assertBytes('salt', salt)
    assertBytes('bytes', bytes)
    if (salt.length !== HASH) throw invalidArgumentValue('salt', '32 bytes')
    const length = HASH + bytes.length
    if (this.#room.length < length) this.#room = new Uint8Array(2 * length)
    if (this.#input.length !== length) this.#input = this.#room.subarray(0, length)
    this.#input.set(salt, 0)
    this.#input.set(bytes, HASH)
    sha256Into(this.#input, target, at)
  }
}

function assertBytes(name: string, value: unknown): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidArgumentType(name, 'Uint8Array', value)
}

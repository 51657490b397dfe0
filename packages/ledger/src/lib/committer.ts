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

/** Gives what commits to one entry after the other, in room that is used again and overwritten by the next. */
export function createCommitter(): (opening: Opening) => Uint8Array {
  let room = new Uint8Array(FIRST_ROOM)
  let input = room
  return ({ salt, bytes }) => {
    assertBytes('salt', salt)
    assertBytes('bytes', bytes)
    if (salt.length !== HASH) throw invalidArgumentValue('salt', '32 bytes')
    const length = HASH + bytes.length
    if (room.length < length) room = new Uint8Array(2 * length)
    if (input.length !== length) input = room.subarray(0, length)
    input.set(salt, 0)
    input.set(bytes, HASH)
    const commitment = new Uint8Array(HASH)
    sha256Into(input, commitment, 0)
    return commitment
  }
}

function assertBytes(name: string, value: unknown): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidArgumentType(name, 'Uint8Array', value)
}

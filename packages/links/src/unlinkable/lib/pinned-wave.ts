/**
 * Reading what is published of a wave, and holding it to its pin.
 *
 * @module
 */

import { encodeBase64url } from '../../lib/base64url.js'
import { UnlinkableError } from '../errors.js'
import type { PublishedWave } from '../wave.js'
import { encodeSpki, type PublicNumbers, readPublicKey } from './public-key.js'
import { waveContext } from './token.js'

/** A wave as what is computed with. */
export interface PinnedWave {
  readonly numbers: PublicNumbers
  readonly context: Uint8Array
}

/** Refuses a wave whose key does not have the pinned id; what the document says of its own id is not asked. */
export async function pinnedWave(published: PublishedWave, pin: string): Promise<PinnedWave> {
  const numbers = readPublicKey(published.key)
  const keyId = encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encodeSpki(numbers.modulus))))
  if (published.version !== 1 || keyId !== pin) {
    throw new UnlinkableError('ERR_UNLINKABLE_KEY_NOT_PINNED', 'the published key is not the pinned one')
  }
  return { numbers, context: waveContext(published) }
}

/**
 * The server's half of RSABSSA (RFC 9474 §4.3) on OpenSSL.
 *
 * @module
 */

import { constants, type KeyObject, privateDecrypt, publicEncrypt, timingSafeEqual } from 'node:crypto'
import { UnlinkableError } from '../errors.js'

const PADDING = constants.RSA_NO_PADDING

/** Both halves of one key; `modulus` is what the public half says. */
export interface SigningPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly modulus: Uint8Array
}

/** Refuses what is not a number below the modulus, written in exactly as many bytes. */
export function assertResidue(bytes: Uint8Array, modulus: Uint8Array): void {
  const at = bytes.findIndex((byte, index) => byte !== modulus[index])
  if (bytes.length !== modulus.length || at === -1 || (bytes[at] ?? 0) > (modulus[at] ?? 0)) {
    throw new UnlinkableError('ERR_UNLINKABLE_MALFORMED', 'the blinded message is not a number below the modulus')
  }
}

/**
 * Signs a blinded message: RSASP1, with OpenSSL's own blinding against timing, then the check that the signature verifies.
 * A fault while computing with the factors of the modulus would otherwise give them away.
 */
export function blindSign({ privateKey, publicKey, modulus }: SigningPair, blinded: Uint8Array): Uint8Array {
  assertResidue(blinded, modulus)
  const signature = privateDecrypt({ key: privateKey, padding: PADDING }, blinded)
  const again = publicEncrypt({ key: publicKey, padding: PADDING }, signature)
  if (again.length !== blinded.length || !timingSafeEqual(again, blinded)) throw signingFailed()
  return Uint8Array.from(signature)
}

function signingFailed(): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_SIGNING_FAILED', 'the signature did not verify and was not given out')
}

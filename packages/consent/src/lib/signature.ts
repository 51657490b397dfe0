/**
 * Verifying a signature by the one algorithm its key is for.
 *
 * @module
 */

import { verifyEd25519 } from '#ed25519'
import { verifyEs256 } from '#es256'
import { isBindingKey, type PublicKeyEd25519 } from './ed25519.js'
import type { PublicKeyP256 } from './es256.js'

/** A public key whose curve names its algorithm. */
export type PublicKey = (PublicKeyP256 & { readonly crv: 'P-256' }) | (PublicKeyEd25519 & { readonly crv: 'Ed25519' })

/**
 * Verifies a signature.
 *
 * @param key - Untrusted: one that is no point of its curve, or of small order, verifies nothing.
 * @param signed - What was signed: ASCII, so one byte a character.
 * @param signature - 64 bytes; of any other length it verifies nothing.
 */
export function verifySignature(key: PublicKey, signed: string, signature: Uint8Array): Promise<boolean> {
  if (key.crv === 'P-256') return verifyEs256(key, signed, signature)
  return isBindingKey(key) ? verifyEd25519(key, signed, signature) : Promise.resolve(false)
}

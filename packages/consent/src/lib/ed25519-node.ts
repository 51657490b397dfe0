/**
 * Ed25519 by OpenSSL.
 *
 * @module
 */

import { Buffer } from 'node:buffer'
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Ed25519, PublicKeyEd25519 } from './ed25519.js'

/** See {@link Ed25519}. */
export const verifyEd25519: Ed25519['verifyEd25519'] = (key, signed, signature) => {
  const publicKey = importKey(key)
  if (publicKey === null) return Promise.resolve(false)
  return new Promise((resolve) => {
    verify(null, Buffer.from(signed, 'latin1'), publicKey, signature, (error, valid) =>
      resolve(error === null && valid),
    )
  })
}

function importKey({ x }: PublicKeyEd25519): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  } catch {
    return null
  }
}

/**
 * Ed25519 by WebCrypto.
 *
 * @module
 */

import type { Ed25519, PublicKeyEd25519 } from './ed25519.js'

/** See {@link Ed25519}. */
export const verifyEd25519: Ed25519['verifyEd25519'] = async (key, signed, signature) => {
  const publicKey = await importKey(key)
  if (publicKey === null) return false
  const bytes = new TextEncoder().encode(signed)
  return crypto.subtle.verify({ name: 'Ed25519' }, publicKey, Uint8Array.from(signature), bytes)
}

async function importKey({ x }: PublicKeyEd25519): Promise<CryptoKey | null> {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x }
    return await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify'])
  } catch {
    return null
  }
}

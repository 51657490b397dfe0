/**
 * ES256 by WebCrypto.
 *
 * @module
 */

import type { Es256, PublicKeyP256 } from './es256.js'

/** See {@link Es256}. */
export const verifyEs256: Es256['verifyEs256'] = async (key, signed, signature) => {
  const publicKey = await importKey(key)
  if (publicKey === null) return false
  const bytes = new TextEncoder().encode(signed)
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, Uint8Array.from(signature), bytes)
}

async function importKey({ x, y }: PublicKeyP256): Promise<CryptoKey | null> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  try {
    return await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, algorithm, false, ['verify'])
  } catch {
    return null
  }
}

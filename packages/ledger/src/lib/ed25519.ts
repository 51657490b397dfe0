/**
 * Ed25519 (RFC 8032) by the runtime's Web Crypto.
 *
 * @module
 */

import { LedgerError } from '../errors.js'

// RFC 8410 §7: what precedes the 32 bytes of a private key in PKCS #8, and of a public key in SPKI.
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]

/** Verifies a signature. */
export async function verifyEd25519(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  const key = await available((subtle) => subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']))
  return crypto.subtle.verify('Ed25519', key, own(signature), own(message))
}

/** Takes in the 32 bytes of a private key and gives what signs with it. */
export async function importEd25519(seed: Uint8Array): Promise<(message: Uint8Array) => Promise<Uint8Array>> {
  const key = await available((subtle) => {
    return subtle.importKey('pkcs8', Uint8Array.of(...PKCS8, ...seed), 'Ed25519', false, ['sign'])
  })
  return async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, own(message)))
}

/** The public key that belongs to the 32 bytes of a private one. */
export async function ed25519PublicKey(seed: Uint8Array): Promise<Uint8Array> {
  const jwk = await available(async (subtle) => {
    const key = await subtle.importKey('pkcs8', Uint8Array.of(...PKCS8, ...seed), 'Ed25519', true, ['sign'])
    return subtle.exportKey('jwk', key)
  })
  const base64 = (jwk.x ?? '').replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

async function available<T>(use: (subtle: SubtleCrypto) => Promise<T>): Promise<T> {
  try {
    return await use(crypto.subtle)
  } catch {
    throw new LedgerError('ERR_LEDGER_CRYPTO_UNAVAILABLE', 'this runtime has no Web Crypto with Ed25519')
  }
}

/** Web Crypto takes no view of memory that may be shared. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}

/**
 * Partial answers at rest: docs/formats/opaque-link.md, "Drafts".
 *
 * @module
 */

import type { Scope } from '../scope.js'
import { lengthPrefixed, scopeArgument } from './derive.js'

const LABEL = 'SurveySeal link draft'
const ALGORITHM = 'A256GCM'
const VERSION = 1
const NONCE = 12
const TAG = 16

/** A key that only the holder of the link can derive. */
export interface DraftCipher {
  encrypt(text: Uint8Array): Promise<Uint8Array>
  /** `null` for what this link did not encrypt. */
  decrypt(body: Uint8Array): Promise<Uint8Array | null>
}

/** Derives the key of a link's draft from the link's own secret (RFC 5869, no salt). */
export async function draftCipher(secret: Uint8Array, scope: Scope): Promise<DraftCipher> {
  const ascii = new TextEncoder()
  const { tenant, survey, purpose } = scopeArgument(scope)
  const info = lengthPrefixed([ascii.encode(LABEL), ascii.encode(ALGORITHM), tenant, survey, purpose])
  const material = await crypto.subtle.importKey('raw', owned(secret), 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: owned(info) }
  const usages: KeyUsage[] = ['encrypt', 'decrypt']
  const key = await crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, usages)
  return { encrypt: (text) => encrypt(key, text), decrypt: (body) => decrypt(key, body) }
}

async function encrypt(key: CryptoKey, text: Uint8Array): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, owned(text))
  const body = new Uint8Array(1 + NONCE + sealed.byteLength)
  body[0] = VERSION
  body.set(nonce, 1)
  body.set(new Uint8Array(sealed), 1 + NONCE)
  return body
}

async function decrypt(key: CryptoKey, body: Uint8Array): Promise<Uint8Array | null> {
  if (body.length < 1 + NONCE + TAG || body[0] !== VERSION) return null
  const [nonce, sealed] = [owned(body.subarray(1, 1 + NONCE)), owned(body.subarray(1 + NONCE))]
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, sealed))
  } catch {
    return null
  }
}

/** WebCrypto takes no views of shared memory, and its types say so. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}

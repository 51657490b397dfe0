/**
 * Verifying RSASSA-PSS with SHA-384, the same in browsers and on servers.
 *
 * @module
 */

import { encodeBase64url } from '../../lib/base64url.js'

/** A message, its alleged signature, and how much salt the signature must have. */
export interface SignedMessage {
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly saltBytes: number
}

/** Whether the signature is one of the key with this modulus and exponent 65537. */
export async function verifyPss(modulus: Uint8Array, signed: SignedMessage): Promise<boolean> {
  const { message, signature, saltBytes } = signed
  const jwk = { kty: 'RSA', n: encodeBase64url(modulus), e: 'AQAB' }
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' }
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
  const scheme = { name: 'RSA-PSS', saltLength: saltBytes }
  return crypto.subtle.verify(scheme, key, Uint8Array.from(signature), Uint8Array.from(message))
}

/**
 * A controller's key for tests.
 *
 * @module
 */

import { type ControllerKeys, createSigner, type Signer } from '../signer.js'

/** A controller's key, and what verifies its signatures. */
export interface TestSigner {
  readonly signer: Signer
  readonly keys: ControllerKeys
}

/**
 * Makes a fresh controller key and the key set that verifies what it signs.
 *
 * @param keyId - Names the key.
 * @returns Both.
 */
export async function createTestSigner(keyId: string = 'test-key'): Promise<TestSigner> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const signer = await createSigner(pair.privateKey, { keyId })
  return { signer, keys: { keys: [{ kid: keyId, kty: 'EC', crv: 'P-256', x, y }] } }
}

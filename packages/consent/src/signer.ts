/**
 * The controller's signing key, held here or in a key management service.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import { importJWK, type JWK } from 'jose'
import { assertName } from './lib/arguments.js'
import { signJws } from './lib/jws.js'

/** Signs for the controller. The key may live in a key management service. */
export interface Signer {
  /** Names the key in what it signs and in the published key set. */
  readonly keyId: string
  readonly algorithm: 'ES256'
  /** Signs bytes; returns 64 bytes r || s (RFC 7518 section 3.4), not DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** A public key of the controller: members of RFC 7517 and RFC 7518 section 6.2.1. Others are ignored. */
export interface ControllerKey {
  readonly kid: string
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** The controller's public keys, retired ones included, as a JSON Web Key Set. */
export interface ControllerKeys {
  readonly keys: readonly ControllerKey[]
  /** Verifier keys of the controller's logs (c2sp.org/signed-note): one more member of the key set, which others ignore. */
  readonly logs?: readonly string[]
}

/**
 * Makes a signer of a private P-256 key held in memory.
 *
 * @param key - A `CryptoKey` for ECDSA P-256 with the usage `sign`, or a private JWK.
 * @param options - `keyId` names the key in what it signs: 1 to 255 printable ASCII characters without spaces.
 * @returns The signer.
 */
export async function createSigner(key: CryptoKey | JWK, options: { readonly keyId: string }): Promise<Signer> {
  assertName('options.keyId', options.keyId)
  const privateKey = isCryptoKey(key) ? key : await importPrivate(key)
  assertPrivateP256(privateKey)
  return Object.freeze({
    keyId: options.keyId,
    algorithm: 'ES256',
    async sign(bytes: Uint8Array): Promise<Uint8Array> {
      const input = Uint8Array.from(bytes)
      return new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, input))
    },
  })
}

/**
 * Signs a payload as the controller.
 *
 * @internal
 */
export async function signAsController(typ: string, payload: object, signer: Signer): Promise<string> {
  assertName('options.signer.keyId', signer.keyId)
  return signJws({ alg: signer.algorithm, typ, kid: signer.keyId }, payload, async (bytes) => {
    const signature = await signer.sign(bytes)
    // Key management services answer with DER unless told otherwise: better to fail here than at the first verifier.
    if (!(signature instanceof Uint8Array) || signature.length !== 64) {
      throw invalidArgumentValue('options.signer.sign', 'a function that resolves to 64 bytes, not DER')
    }
    return signature
  })
}

function isCryptoKey(key: CryptoKey | JWK): key is CryptoKey {
  return key instanceof CryptoKey
}

async function importPrivate(jwk: JWK): Promise<CryptoKey> {
  try {
    const key = await importJWK(jwk, 'ES256')
    if (!(key instanceof Uint8Array)) return key
  } catch {
    // What is wrong with a private key is not for a message.
  }
  throw invalidArgumentValue('key', 'a private P-256 key')
}

function assertPrivateP256(key: CryptoKey): void {
  const { name, namedCurve } = key.algorithm as { name: string; namedCurve?: string }
  if (key.type !== 'private' || name !== 'ECDSA' || namedCurve !== 'P-256' || !key.usages.includes('sign')) {
    throw invalidArgumentValue('key', 'a private P-256 key')
  }
}

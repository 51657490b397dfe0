/**
 * Keyrings from JSON Web Key sets.
 *
 * @module
 */

import type { KeyDocument, KeyringDocument, KeyStatus } from './keyring.js'
import { invalidKeyring, isObject, readKeys } from './lib/keyring-document.js'

/** What a JWK set does not say about its keys. */
export interface JwkSetOptions {
  /** The id of the key that seals. */
  readonly primary: number
  /** @defaultValue none */
  readonly retired?: readonly number[]
  /** @defaultValue none */
  readonly revoked?: readonly number[]
}

/**
 * Reads a JWK set (RFC 7517) of symmetric keys as a keyring document.
 *
 * Every key is `{"kty":"oct","kid":"1","k":"…"}`: `kid` a decimal number from 1 to 255, `k` 32 bytes of base64url. `iat`
 * (seconds) is taken as the instant of creation, 1970 stands for an unknown one. Keys of another type are refused, not
 * left out, and so is a status for a key that the set does not hold.
 *
 * @example
 * Loading the set that a secret store keeps.
 *
 * ```ts
 * import { type Keyring, keyringFromJwkSet, loadKeyring } from '@surveyseal/links'
 *
 * export function keyringFrom(jwkSet: string): Promise<Keyring> {
 *   return loadKeyring(keyringFromJwkSet(JSON.parse(jwkSet), { primary: 2, revoked: [1] }))
 * }
 * ```
 *
 * @param jwkSet - The set as an object.
 * @param options - See {@link JwkSetOptions}.
 * @returns The document; it holds the secrets.
 * @throws {@link LinkError} `ERR_LINK_KEYRING_INVALID` when set or options break a rule.
 */
export function keyringFromJwkSet(jwkSet: unknown, options: JwkSetOptions): KeyringDocument {
  const list = isObject(jwkSet) ? jwkSet['keys'] : undefined
  if (!Array.isArray(list)) throw invalidKeyring('keys is not a list')
  const keys = list.map((jwk: unknown, index) => keyOf(jwk, `keys[${index}]`, options))
  const known = new Set(keys.map(({ id }) => id))
  const { retired = [], revoked = [] } = options
  if (![...retired, ...revoked].every((id) => known.has(id))) throw invalidKeyring('a status is for an unknown key')
  const document: KeyringDocument = { version: 1, keys }
  readKeys(document)
  return document
}

function keyOf(jwk: unknown, where: string, options: JwkSetOptions): KeyDocument {
  if (!isObject(jwk)) throw invalidKeyring(`${where} is not an object`)
  const { kty, kid, k, iat = 0 } = jwk
  if (kty !== 'oct') throw invalidKeyring(`${where}.kty is not oct`)
  if (typeof kid !== 'string' || !/^[1-9][0-9]{0,2}$/.test(kid)) throw invalidKeyring(`${where}.kid is not 1 to 255`)
  if (typeof k !== 'string') throw invalidKeyring(`${where}.k is not text`)
  if (typeof iat !== 'number' || !(iat >= 0 && iat < 2 ** 34)) throw invalidKeyring(`${where}.iat is not an instant`)
  const id = Number(kid)
  return { id, secret: k, status: statusOf(id, options), createdAt: new Date(iat * 1000).toISOString() }
}

function statusOf(id: number, { primary, retired = [], revoked = [] }: JwkSetOptions): KeyStatus {
  const statuses: KeyStatus[] = [
    ...(id === primary ? (['primary'] as const) : []),
    ...(retired.includes(id) ? (['retired'] as const) : []),
    ...(revoked.includes(id) ? (['revoked'] as const) : []),
  ]
  if (statuses.length > 1) throw invalidKeyring('a key has two statuses')
  return statuses[0] ?? 'active'
}

/**
 * A keyring in memory.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { KeyInfo, Keyring } from '../keyring.js'
import type { LinkContext } from '../link-context.js'
import type { Scope } from '../scope.js'
import { BoundKeys, disposedKeyring, type RingKey, type Secrets } from './bound-keys.js'
import { BoundedCache } from './bounded-cache.js'

/** Tenants times surveys times purposes a process serves at once; one more is derived again, not refused. */
const CACHED_SCOPES = 256

/** A key as it was loaded. */
export interface LoadedKey extends RingKey, KeyInfo {}

/** Set by the class: a method would hand the secrets to whoever holds a keyring. */
let readSecrets: (keyring: LoadedKeyring) => Secrets

/** The secrets of a keyring, for the other formats of this package. */
export function secretsOf(keyring: Keyring): Secrets {
  if (!(keyring instanceof LoadedKeyring)) throw invalidArgumentType('keyring', 'keyring of loadKeyring', keyring)
  return readSecrets(keyring)
}

/** Secrets live in private fields alone, which text, JSON, inspection and enumeration do not reach. */
export class LoadedKeyring implements Keyring {
  static {
    readSecrets = (keyring) => keyring.#secrets
  }

  readonly keys: readonly KeyInfo[]
  readonly #secrets: Secrets
  readonly #contexts = new BoundedCache<BoundKeys>(CACHED_SCOPES)
  #latest: { readonly scope: Scope; readonly context: LinkContext } | undefined

  constructor(keys: readonly LoadedKey[], primary: LoadedKey) {
    this.keys = Object.freeze(keys.map(({ id, status, createdAt }) => Object.freeze({ id, status, createdAt })))
    this.#secrets = { keys: new Map(keys.map((key) => [key.id, key])), primary, disposed: false }
  }

  bind({ tenant, survey, purpose }: Scope): LinkContext {
    if (this.#secrets.disposed) throw disposedKeyring()
    const latest = this.#latest
    if (latest?.scope.tenant === tenant && latest.scope.survey === survey && latest.scope.purpose === purpose) {
      return latest.context
    }
    const scope = { tenant, survey, purpose }
    const bind = () => new BoundKeys(this.#secrets, scope)
    const context = this.#contexts.get(JSON.stringify([tenant, survey, purpose]), bind)
    this.#latest = { scope, context }
    return context
  }

  dispose(): void {
    this.#secrets.disposed = true
    this.#latest = undefined
    for (const context of this.#contexts.clear()) context.dispose()
    for (const { secret } of this.#secrets.keys.values()) secret.fill(0)
  }
}

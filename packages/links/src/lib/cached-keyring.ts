/**
 * One keyring at a time, and one fetch at a time.
 *
 * @module
 */

import type { KeyringCache } from '../cache-keyring.js'
import type { Keyring, KeySource } from '../keyring.js'
import { loadKeyring } from '../load-keyring.js'
import { instantArgument } from './arguments.js'
import { disposedKeyring } from './bound-keys.js'

/** See {@link KeyringCache}. */
export class CachedKeyring implements KeyringCache {
  readonly #fetchKeys: () => Promise<KeySource>
  readonly #maxAge: number
  readonly #clock: () => Date
  #latest: { readonly keyring: Keyring; readonly askedAt: number } | undefined
  #pending: Promise<Keyring> | undefined
  #disposed = false

  constructor(fetchKeys: () => Promise<KeySource>, maxAge: number, clock: () => Date) {
    this.#fetchKeys = fetchKeys
    this.#maxAge = maxAge
    this.#clock = clock
  }

  async keyring(): Promise<Keyring> {
    if (this.#disposed) throw disposedKeyring()
    const now = instantArgument(this.#clock(), 'clock')
    const age = now - (this.#latest?.askedAt ?? Number.NEGATIVE_INFINITY)
    // A clock that went back says nothing about the age.
    if (this.#latest !== undefined && age >= 0 && age < this.#maxAge) return this.#latest.keyring
    this.#pending ??= this.#fetch(now).finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  dispose(): void {
    this.#disposed = true
    this.#latest?.keyring.dispose()
    this.#latest = undefined
  }

  /** Age counts from the question: what was revoked while the answer travelled may be missing in it. */
  async #fetch(askedAt: number): Promise<Keyring> {
    const keyring = await loadKeyring(await this.#fetchKeys())
    if (this.#disposed) {
      keyring.dispose()
      throw disposedKeyring()
    }
    this.#latest = { keyring, askedAt }
    return keyring
  }
}

/**
 * Keyrings from a key management service.
 *
 * @module
 */

import type { Keyring, KeySource } from './keyring.js'
import { integerArgument } from './lib/arguments.js'
import { CachedKeyring } from './lib/cached-keyring.js'

/** What {@link cacheKeyring} can be told. */
export interface CacheKeyringOptions {
  /**
   * For how many milliseconds a keyring is used before it is fetched again: so long a revocation may go unnoticed.
   *
   * @defaultValue `300_000`, five minutes
   */
  readonly maxAge?: number
  /** @defaultValue `() => new Date()` */
  readonly clock?: () => Date
}

/** A keyring that is fetched when it is needed. */
export interface KeyringCache {
  /** Gives the keyring, fetched at most once at a time however many ask. */
  keyring(): Promise<Keyring>
  /** Disposes the keyring at hand, and one that is on its way; nothing is fetched again. */
  dispose(): void
}

/**
 * Keeps the keyring that a secret store or key management service hands out.
 *
 * A fetch that fails rejects for all who wait and is tried again by the next who asks. A keyring older than `maxAge` is
 * never given: without the service no link opens, because a key might have been revoked.
 *
 * @example
 * A keyring behind an HTTP service.
 *
 * ```ts
 * import { cacheKeyring, type KeyringCache } from '@surveyseal/links'
 *
 * export function keyringAt(url: string): KeyringCache {
 *   return cacheKeyring(async () => (await fetch(url)).text(), { maxAge: 60_000 })
 * }
 * ```
 *
 * @param fetchKeys - Gives what {@link loadKeyring} takes.
 * @param options - See {@link CacheKeyringOptions}.
 * @returns See {@link KeyringCache}; `keyring()` rejects with what `fetchKeys` or {@link loadKeyring} rejects with, and
 * with `ERR_LINK_KEYRING_DISPOSED` after `dispose()`.
 */
export function cacheKeyring(fetchKeys: () => Promise<KeySource>, options: CacheKeyringOptions = {}): KeyringCache {
  const { maxAge = 300_000, clock = () => new Date() } = options
  return new CachedKeyring(fetchKeys, integerArgument(maxAge, 'maxAge', 0, Number.MAX_SAFE_INTEGER), clock)
}

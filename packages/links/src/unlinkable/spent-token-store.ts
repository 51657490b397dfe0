/**
 * The port that remembers which tokens were answered with.
 *
 * @module
 */

import type { WaveRef } from './issuance-store.js'

/** A token that was answered with. Nothing else is known of it. */
export interface SpentToken extends WaveRef {
  /** SHA-256 of the token's message: 43 characters of base64url. */
  readonly tokenHash: string
}

/**
 * Storage of spent tokens for one tenant. It may be another database than the issuances', and had better be.
 *
 * Every implementation passes `spentTokenStoreContract` of `@surveyseal/links/testing`.
 *
 * @typeParam Tx - The handle a host writes its own rows with inside {@link SpentTokenStore.transaction}.
 */
export interface SpentTokenStore<Tx> {
  /** Adds the token; tells whether it was new, which of two racing callers only one is told. */
  spend(token: SpentToken): Promise<boolean>
  /** How many tokens of the wave were answered with. */
  count(wave: WaveRef): Promise<number>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (store: SpentTokenStore<Tx>, tx: Tx) => Promise<T>): Promise<T>
}

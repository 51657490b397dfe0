/**
 * The keys links are sealed and opened with.
 *
 * @module
 */

import type { LinkContext } from './link-context.js'
import type { Scope } from './scope.js'

/**
 * - `primary`: seals and opens; a keyring has exactly one.
 * - `active`: opens, and may be promoted.
 * - `retired`: opens links sealed earlier, and seals only when a batch is run again under its very id.
 * - `revoked`: refuses every link sealed under it.
 */
export type KeyStatus = 'primary' | 'active' | 'retired' | 'revoked'

/** One key as it is stored. */
export interface KeyDocument {
  /** 1 to 255; written into every token sealed under this key. */
  readonly id: number
  /** 32 random bytes as 43 characters of base64url. */
  readonly secret: string
  readonly status: KeyStatus
  /** ISO 8601 instant. */
  readonly createdAt: string
}

/** A keyring as it is stored: the content of a keyring file. It holds secrets. */
export interface KeyringDocument {
  readonly version: 1
  readonly keys: readonly KeyDocument[]
}

/** A keyring document, or the JSON text of one. */
export type KeySource = string | KeyringDocument

/** What may be told about a key. */
export type KeyInfo = Omit<KeyDocument, 'secret'>

/** Loaded keys. Secrets never leave it: not through properties, text, JSON or inspection. */
export interface Keyring {
  /** Every key without its secret, in the order of the document. */
  readonly keys: readonly KeyInfo[]
  /** Derives, once, what sealing and opening links of one scope needs. */
  bind(scope: Scope): LinkContext
  /**
   * Overwrites the secrets and what was derived from them, as far as the runtime allows: copies that a garbage
   * collector, the host's own document or swapped memory hold are out of reach. The keyring and everything bound to it
   * answer `ERR_LINK_KEYRING_DISPOSED` from then on.
   */
  dispose(): void
}

/**
 * A keyring bound to one scope.
 *
 * @module
 */

import type { Placement } from './placement.js'
import type { Respondent, RespondentOptions } from './respondent.js'

/** What a sealed link carries, encrypted. */
export interface LinkFields {
  readonly respondent: Respondent
  /** The link opens before this instant; a fraction of a second is cut off. Through 2514-05-30T01:53:03Z. */
  readonly expiresAt: Date
  /** The link opens from this instant on; a fraction of a second is rounded up. At most 136 years before the expiry. */
  readonly notBefore?: Date
  /**
   * Tells several links of one respondent apart: 0 to 2^32 - 1.
   *
   * @defaultValue `0`
   */
  readonly serial?: number
  /** BCP 47 language tag to greet the respondent in. */
  readonly language?: string
}

/** Where a link leads. */
export interface SealOptions extends RespondentOptions {
  /** The https URL (http for loopback) that the token is added to. */
  readonly baseUrl: string
  /** @defaultValue `'path'` */
  readonly placement?: Placement
}

/** A link ready to be sent. */
export interface SealedLink {
  readonly url: string
  /** The token alone: what `url` adds to the base URL. */
  readonly token: string
  /** The key it was sealed under. */
  readonly keyId: number
}

/** How to read a link. */
export interface OpenOptions {
  /** @defaultValue `'path'` */
  readonly placement?: Placement
  /**
   * The instant validity is judged at.
   *
   * @defaultValue `new Date()`
   */
  readonly now?: Date
}

/** What a sealed link held. */
export interface OpenedLink {
  readonly respondent: Respondent
  readonly survey: string
  readonly keyId: number
  readonly expiresAt: Date
  readonly notBefore: Date | null
  readonly serial: number
  readonly language: string | null
}

/** Seals and opens links of one scope, with everything derived once; {@link sealLink} and {@link openLink} use it. */
export interface LinkContext {
  /** See {@link sealLink}. */
  seal(fields: LinkFields, options: SealOptions): SealedLink
  /** See {@link openLink}. */
  open(url: string, options?: OpenOptions): OpenedLink
  /** Opens a link that may be expired or not valid yet: whether it still permits anything is the caller's question. */
  read(url: string, options?: Pick<OpenOptions, 'placement'>): OpenedLink
}

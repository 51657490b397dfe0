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
  /**
   * The key to seal under, any that is not revoked: running a batch again after another key was promoted gives the same
   * links with the {@link SealedLink.keyId} of the first run.
   *
   * @defaultValue the primary key
   */
  readonly keyId?: number
}

/** How to seal a plaintext that is packed already. */
export type PackedOptions = RespondentOptions & Pick<SealOptions, 'keyId'>

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
  /**
   * Seals a list at once, several times as fast as one by one, and gives the links in its order. An item that
   * {@link LinkContext.seal} refuses refuses them all.
   */
  sealAll(list: readonly LinkFields[], options: SealOptions): SealedLink[]
  /**
   * Seals a plaintext as the format describes it (docs/formats/sealed-link.md, "Plaintext") and gives the token alone:
   * for hosts that hold references as bytes. Throws for bytes that are no plaintext of a link.
   */
  sealPacked(payload: Uint8Array, options?: PackedOptions): string
  /** See {@link openLink}. */
  open(url: string, options?: OpenOptions): OpenedLink
  /** Opens a token like {@link LinkContext.open} does, but gives the plaintext as {@link LinkContext.sealPacked} took it. */
  openPacked(token: string, options?: Pick<OpenOptions, 'now'>): Uint8Array
  /** Opens a link that may be expired or not valid yet: whether it still permits anything is the caller's question. */
  read(url: string, options?: Pick<OpenOptions, 'placement'>): OpenedLink
}

/**
 * What a service of links is made from.
 *
 * @module
 */

import type { Keyring } from '../keyring.js'
import type { LinkStore } from '../link-store.js'
import type { Placement } from '../placement.js'
import type { RespondentOptions } from '../respondent.js'
import type { Scope } from '../scope.js'
import type { LegacyLinks } from './legacy-links.js'
import type { ResolvedLink } from './link-state.js'
import type { PepperRing } from './pepper-ring.js'

/**
 * How ids of opaque links are spelled: `base64url` in 22 characters, or `crockford` in 27 that can be typed from paper
 * ({@link groupLinkId}). Both are read, whichever is written.
 */
export type IdSpelling = 'base64url' | 'crockford'

/** What {@link createLinkService} needs. */
export interface LinkServiceOptions<Tx> extends Scope, RespondentOptions {
  /** The store of this tenant. */
  readonly store: LinkStore<Tx>
  readonly peppers: PepperRing
  /** Where issued links lead; see {@link SealOptions.baseUrl}. */
  readonly baseUrl: string
  /** @defaultValue `'path'` */
  readonly placement?: Placement
  /** Needed to accept sealed links too; without it only opaque ones are known. */
  readonly keyring?: Keyring
  /** @defaultValue `'base64url'` */
  readonly ids?: IdSpelling
  /**
   * Tells the cohort of a sealed link, which carries none, so that revoking a cohort reaches it: `null` or 1 to 128 bytes.
   * Called before any transaction begins. What it tells is stored when the link is first drafted, submitted or revoked.
   */
  readonly cohortOf?: (link: Pick<ResolvedLink, 'respondent' | 'serial'>) => string | null | Promise<string | null>
  /** Accepts links that another system sent. */
  readonly legacy?: LegacyLinks
  /**
   * The most bytes a draft may have.
   *
   * @defaultValue `65536`
   */
  readonly maxDraftBytes?: number
  /** @defaultValue `() => new Date()` */
  readonly clock?: () => Date
}

/**
 * How a link stands.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'

/** A link this service knows, of any kind. */
export interface ResolvedLink {
  /** `imported` is a link of another system. */
  readonly kind: 'opaque' | 'sealed' | 'imported'
  readonly respondent: Respondent
  readonly serial: number
  readonly cohort: string | null
  /** The language hint of a sealed link. */
  readonly language: string | null
  readonly notBefore: Date | null
  readonly expiresAt: Date | null
}

/** Why a link that this service knows cannot be used, the first that applies. */
export type Obstacle = 'revoked' | 'used' | 'expired' | 'not-yet-valid'

/**
 * How a link stands. `unknown` covers malformed, forged, foreign, sealed under a revoked key and never issued alike, so
 * that showing it tells a guesser nothing.
 */
export type LinkState =
  | { readonly state: 'usable'; readonly link: ResolvedLink }
  | { readonly state: Obstacle; readonly link: ResolvedLink }
  | { readonly state: 'unknown' }

/** A usable link with the key its submission must carry, or how it stands instead. */
export type Claim =
  | { readonly state: 'usable'; readonly link: ResolvedLink; readonly idempotencyKey: string }
  | Exclude<LinkState, { readonly state: 'usable' }>

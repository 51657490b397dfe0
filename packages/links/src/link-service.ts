/**
 * Opaque and sealed links over a store: issue, open, claim, submit, revoke.
 *
 * @module
 */

import type { Keyring } from './keyring.js'
import type { LinkStore } from './link-store.js'
import type { Placement } from './placement.js'
import type { Respondent, RespondentOptions } from './respondent.js'
import type { Scope } from './scope.js'

/** A secret that turns link ids into stored digests. */
export interface Pepper {
  /** 1 to 64 printable ASCII characters, stored beside every digest. */
  readonly id: string
  /** 32 random bytes or more, kept apart from the database. */
  readonly secret: Uint8Array
}

/**
 * Peppers by age: new digests use `current`, lookups try the others too.
 *
 * To rotate, first give every process the new pepper among `others`, then make it `current`. Processes may disagree about
 * the current one meanwhile: a sealed link is spent under each of them, and counts once for each when a respondent or
 * survey is revoked. Without the pepper it was spent under a sealed link is as good as new: keep old ones until the links
 * have expired.
 */
export interface PepperRing {
  readonly current: Pepper
  readonly others?: readonly Pepper[]
}

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
  /** @defaultValue `() => new Date()` */
  readonly clock?: () => Date
}

/** One opaque link to issue. */
export interface Invitation {
  readonly respondent: Respondent
  /** Issuing the same respondent and serial again revokes the earlier link. @defaultValue `0` */
  readonly serial?: number
  /** A group whose links can be revoked together. */
  readonly cohort?: string
  /** How many submissions the link is good for. @defaultValue `1` */
  readonly uses?: number
  readonly notBefore?: Date
  readonly expiresAt?: Date
}

/** An opaque link ready to be sent: it is stored, and its id exists nowhere else. */
export interface IssuedLink {
  readonly url: string
  readonly token: string
  readonly respondent: Respondent
  readonly serial: number
}

/** A link this service knows, of either kind. */
export interface ResolvedLink {
  readonly kind: 'opaque' | 'sealed'
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

/** One submission. */
export interface SubmitOptions<Tx, T> {
  /** From {@link LinkService.claim}: repeating a submission with the same key changes nothing. */
  readonly idempotencyKey: string
  /** Writes the host's own rows; they are kept exactly when the link is spent. */
  accept(tx: Tx, link: ResolvedLink): Promise<T>
}

/**
 * - `spent`: one use is gone and what `accept` wrote is kept.
 * - `repeated`: this key was accepted before; `accept` did not run.
 * - `refused`: nothing changed, for the reason in `state`.
 */
export type Submission<T> =
  | { readonly outcome: 'spent'; readonly value: T }
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'refused'; readonly state: LinkState['state'] }

/**
 * Which links to revoke.
 *
 * - `link`: this one, stored or sealed.
 * - `respondent`: every stored link of this respondent in the service's scope. With a keyring also their sealed links
 *   of these `serials` (`[0]` when left out), whether anyone opened them or not.
 * - `cohort`: every stored link of this cohort in the service's survey.
 * - `survey`: every stored link of this survey of the tenant, whatever its purpose.
 *
 * A sealed link leaves no trace until it is spent or revoked, so the last two do not reach those: close the survey in
 * the host, or revoke the key.
 */
export type Revocation =
  | { readonly link: string }
  | { readonly respondent: Respondent; readonly serials?: readonly number[] }
  | { readonly cohort: string }
  | { readonly survey: string }

/**
 * The links of one scope, opaque and sealed.
 *
 * Give a respondent one kind per serial: an opaque and a sealed link do not know of each other.
 *
 * @typeParam Tx - The store's transaction handle.
 */
export interface LinkService<Tx> {
  /**
   * Issues opaque links, in batches; a link is yielded only after it is stored.
   *
   * Its id is 128 random bits of which the store gets a keyed digest: what is not sent now cannot be made again. An
   * unusable invitation ends the iteration with a throw; links yielded before stay issued. Whoever stops early leaves
   * up to a batch of stored links that nobody holds; issuing them again revokes those.
   *
   * @throws {@link LinkError} `ERR_LINK_RESPONDENT_PERSONAL_DATA` when a reference looks like personal data.
   */
  issue(invitations: Iterable<Invitation> | AsyncIterable<Invitation>): AsyncIterable<IssuedLink>

  /** Tells how a link stands. Changes nothing, so mail scanners and previews may open links as they like. */
  open(url: string): Promise<LinkState>

  /**
   * Answers a person's own gesture (a button that POSTs, never a page load) with a fresh idempotency key.
   *
   * Changes nothing and excludes nobody: two tabs may both claim, and the first accepted submission wins.
   */
  claim(url: string): Promise<Claim>

  /**
   * Uses the link once, in one transaction with the host's own write.
   *
   * `accept` may run again when the database asks for a retry, so it writes through `tx` only. When it throws, nothing
   * is kept, the link is as usable as before, and the error passes through.
   *
   * @throws {@link LinkError} `ERR_LINK_IDEMPOTENCY_KEY_INVALID` when the key is not 16 to 64 characters of base64url.
   * @throws {@link LinkError} `ERR_LINK_OVERTAKEN` when a process that lacks one of the peppers spent the link meanwhile;
   * nothing is kept, and the same call again tells how the link stands.
   */
  submit<T>(url: string, options: SubmitOptions<Tx, T>): Promise<Submission<T>>

  /** Revokes links; tells how many this call stopped. */
  revoke(what: Revocation): Promise<number>
}

/**
 * Opaque, sealed and imported links over a store: issue, open, claim, submit, revoke, suppress, purge.
 *
 * @module
 */

import type { Keyring } from './keyring.js'
import type { LinkFields, SealedLink } from './link-context.js'
import type { LinkStore, PurgeCount } from './link-store.js'
import type { Placement } from './placement.js'
import type { Respondent, RespondentOptions } from './respondent.js'
import type { Scope } from './scope.js'
import type { LinkBatches } from './seal-links.js'
import type { SuppressionCount, SuppressionKind } from './suppression-store.js'

/** A secret that turns link ids into stored digests. */
export interface Pepper {
  /** 1 to 64 printable ASCII characters, stored beside every digest. */
  readonly id: string
  /** 32 random bytes or more, kept apart from the database. */
  readonly secret: Uint8Array
}

/**
 * Peppers by age: new digests use `current`, lookups try the others too. Ids and secrets must differ.
 *
 * To rotate, first give every process the new pepper among `others`, then make it `current`. Processes may disagree about
 * the current one meanwhile: a sealed link is spent under each of them, and counts once for each when a respondent or
 * survey is revoked. Without the pepper it was spent under a sealed link is as good as new, and an opaque one unknown: keep
 * old peppers until the links have expired and the suppressions made under them were removed. {@link LinkService.health}
 * tells what is missing.
 */
export interface PepperRing {
  readonly current: Pepper
  readonly others?: readonly Pepper[]
}

/**
 * How ids of opaque links are spelled: `base64url` in 22 characters, or `crockford` in 27 that can be typed from paper
 * ({@link groupLinkId}). Both are read, whichever is written.
 */
export type IdSpelling = 'base64url' | 'crockford'

/** What an older, self-contained link says of itself once it was found authentic. */
export interface LegacyLink {
  readonly respondent: Respondent
  /** @defaultValue `0` */
  readonly serial?: number
  readonly notBefore?: Date | null
  readonly expiresAt?: Date | null
}

/** Links that another system sent and that stay good for a while. */
export interface LegacyLinks {
  /** From this instant on all of them are unknown. */
  readonly until: Date
  /**
   * Finds the old token in a URL of at most 8,192 characters; longer ones are unknown.
   *
   * @defaultValue as {@link LinkServiceOptions.placement} says
   */
  readonly tokenOf?: (url: string) => string | null
  /**
   * Reads tokens that say themselves whom they are for, such as {@link hs256Links}; `null` for what is none. It must check
   * that they are authentic. Respondent and serial make the identity: a sealed link for the same ones is the same link. A
   * serial out of range or an invalid date throws, as in any argument.
   * Without it only what {@link LinkService.import} brought in is known.
   */
  readonly read?: (token: string) => LegacyLink | null | Promise<LegacyLink | null>
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

/** One opaque link to issue. */
export interface Invitation {
  readonly respondent: Respondent
  /** Issuing the same respondent and serial again revokes the earlier link. @defaultValue `0` */
  readonly serial?: number
  /** A group whose links can be revoked together. */
  readonly cohort?: string
  /**
   * How many submissions the invitee has in all, under this serial: what they spent through earlier links is taken off, and
   * the link may have no use left.
   *
   * @defaultValue `1`
   */
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

/** How to issue. */
export interface IssueOptions {
  /**
   * Names the run, so that it can be repeated after a crash: 1 to 128 bytes. See {@link LinkService.issue}.
   */
  readonly batch?: string
  /**
   * Tells whether the host safely holds the link that this batch made for an invitee: written down, or sent. Asked only about
   * invitees who have a live link of this batch.
   */
  readonly holds?: (invitation: Invitation) => boolean | Promise<boolean>
  /** Hears of invitations that were left out because the person or cohort is suppressed. */
  readonly onSuppressed?: (invitation: Invitation) => void
}

/** A link of another system to import. */
export interface ImportedLink extends Invitation {
  /** What stands in the old URL: 1 to 1024 characters. */
  readonly token: string
}

/** What {@link LinkService.import} did. */
export interface ImportCount {
  readonly imported: number
  /** Left out because the person, cohort or survey is suppressed. */
  readonly suppressed: number
  /** Left out because the invitee has a live link here already, or the token was imported before and for whomever. */
  readonly present: number
}

/** How to seal through the service. */
export interface SealBatchOptions {
  /** See {@link SealOptions.keyId}. */
  readonly keyId?: number
  /** Hears of contents that were left out because the person or cohort is suppressed. */
  readonly onSuppressed?: (fields: LinkFields) => void
}

/** A sealed link and whom it is for. */
export interface MintedLink extends SealedLink {
  readonly respondent: Respondent
  readonly serial: number
}

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
 * Whom or what the suppression list holds: a person in the service's survey and purpose or in every survey of the tenant, a
 * cohort of the service's survey and purpose, or a survey with the service's purpose.
 */
export type SuppressionSubject =
  | { readonly respondent: Respondent; readonly everywhere?: boolean }
  | { readonly cohort: string }
  | { readonly survey: string }

/**
 * Which links to revoke.
 *
 * - `link`: this one, stored or not.
 * - `respondent` with `serials`: every stored link of this respondent in the service's scope, and with a keyring their
 *   sealed links of these serials. They may be invited again.
 * - a {@link SuppressionSubject}: every stored link of that person, cohort or survey, and every sealed or imported one that
 *   was never opened, whatever its serial. The subject goes on the suppression list, so that no link is minted for it
 *   until {@link LinkService.reinstate}. With `everywhere` a person is erased from all surveys and purposes of the tenant.
 *
 * Survey and cohort mean those of the service's purpose: closing a survey leaves links to withdraw alone. A sealed link
 * belongs to the cohort that {@link LinkServiceOptions.cohortOf} tells, and without it to none.
 */
export type Revocation =
  | { readonly link: string }
  | { readonly respondent: Respondent; readonly serials: readonly number[] }
  | SuppressionSubject

/** Whose submission it was. */
export interface Match {
  readonly respondent: Respondent
  readonly serial: number
  readonly cohort: string | null
}

/** Whether everything that is stored can be found. */
export interface LinkHealth {
  /** Peppers under which the store keeps links or suppressions and which the ring lacks. */
  readonly missingPeppers: readonly string[]
  /** The suppression list, with those entries that no pepper of the ring finds. */
  readonly suppressions: readonly SuppressionCount[]
}

/**
 * The links of one scope, opaque, sealed and imported.
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
   * up to a batch of stored links that nobody holds; issuing them again revokes those. Suppressed people and cohorts are left
   * out ({@link IssueOptions.onSuppressed}).
   *
   * With a `batch` the run can be repeated, with the same invitations or more, in one process at a time. An invitee
   *
   * - without a link of this batch gets one;
   * - with a live one that the host `holds` keeps it, and nothing is yielded;
   * - with a live one that the host does not hold, because it was lost between store and host, gets another in its place;
   * - whose links of this batch were all revoked by others since gets none.
   *
   * So nobody ever has two live links, and no link that the host holds is revoked. The host writes down what it holds before
   * it asks for the next link.
   *
   * @throws LinkError `ERR_LINK_RESPONDENT_PERSONAL_DATA` when a reference looks like personal data;
   * `ERR_LINK_BATCH_EXISTS` when the batch has links already and `holds` is missing; `ERR_LINK_SURVEY_CLOSED` when the
   * survey was revoked; `ERR_LINK_PEPPER_MISSING` when part of the suppression list cannot be consulted.
   */
  issue(
    invitations: Iterable<Invitation> | AsyncIterable<Invitation>,
    options?: IssueOptions,
  ): AsyncIterable<IssuedLink>

  /**
   * Seals batches of links like `sealLinks`, leaving out people and cohorts that are suppressed.
   *
   * @throws LinkError Like `sealLinks`; besides `ERR_LINK_SURVEY_CLOSED` and `ERR_LINK_PEPPER_MISSING`
   * like {@link LinkService.issue}.
   */
  seal(batches: LinkBatches, options?: SealBatchOptions): AsyncIterable<MintedLink[]>

  /**
   * Takes over links that another system sent, until {@link LegacyLinks.until}: from then on such a link is opened, claimed
   * and submitted like any other. The store gets a keyed digest of the token. Importing again changes nothing, whatever was
   * revoked and whichever pepper is current; import before issuing, for an invitee who has a live link here already keeps
   * that one only.
   *
   * @throws LinkError `ERR_LINK_RESPONDENT_PERSONAL_DATA`, `ERR_LINK_PEPPER_MISSING` like {@link LinkService.issue}.
   */
  import(links: Iterable<ImportedLink> | AsyncIterable<ImportedLink>): Promise<ImportCount>

  /** Tells how a link stands. Changes nothing, so mail scanners and previews may open links as they like. */
  open(url: string): Promise<LinkState>

  /**
   * Answers a person's own gesture (a button that POSTs, never a page load) with a fresh idempotency key.
   *
   * Changes nothing and excludes nobody: two tabs may both claim, and the first accepted submission wins.
   */
  claim(url: string): Promise<Claim>

  /**
   * Uses the link once, in one transaction with the host's own write; its draft goes with it.
   *
   * `accept` may run again when the database asks for a retry, so it writes through `tx` only. When it throws, nothing
   * is kept, the link is as usable as before, and the error passes through.
   *
   * @throws LinkError `ERR_LINK_IDEMPOTENCY_KEY_INVALID` when the key is not 16 to 64 characters of base64url.
   * @throws LinkError `ERR_LINK_OVERTAKEN` when a process that lacks one of the peppers spent the link meanwhile;
   * nothing is kept, and the same call again tells how the link stands.
   */
  submit<T>(url: string, options: SubmitOptions<Tx, T>): Promise<Submission<T>>

  /**
   * Tells whose submissions these were, by their idempotency keys. Keys that were not accepted in this scope are missing,
   * and so are keys that were accepted from two invitees: browsers send them, and nobody can say whose the answer is.
   *
   * A host whose answers carry nothing but the key they were submitted with learns the respondent by this call and by no
   * other; after {@link LinkService.purge} by none.
   */
  match(idempotencyKeys: readonly string[]): Promise<ReadonlyMap<string, Match>>

  /**
   * Keeps a partial answer of a usable link, in place of an earlier one: of two tabs the last to save wins.
   *
   * It is encrypted under a key made from the link itself, so that neither database nor pepper opens it. A sealed link with
   * other text, for instance another expiry, starts without it. Submission, revocation and {@link LinkService.purge} remove it.
   *
   * @returns How the link stands; the draft is kept if that is `usable`.
   * @throws LinkError `ERR_LINK_DRAFT_TOO_LARGE` beyond {@link LinkServiceOptions.maxDraftBytes}; `ERR_LINK_OVERTAKEN` when
   * the link's row was purged meanwhile: nothing is kept, and the same call again tells how the link stands.
   */
  saveDraft(url: string, draft: Uint8Array): Promise<LinkState>

  /**
   * Gives back the partial answer of a usable link, `null` when there is none. Whoever has the link can read it: ask for it
   * after a gesture, not on a page load.
   */
  loadDraft(url: string): Promise<Uint8Array | null>

  /** Revokes links, in one transaction with the suppression; tells how many stored links this call stopped. */
  revoke(what: Revocation): Promise<number>

  /**
   * Erases a person from all surveys and purposes of the tenant: their links, spends and drafts are removed, and a keyed digest
   * of them goes on the suppression list, with the end of the day as its instant; tells how many stored links that were.
   * Sealed links that were never opened stop too. Afterwards an accepted submission that is repeated is refused, and
   * {@link LinkService.match} knows nothing of them.
   */
  erase(respondent: Respondent): Promise<number>
  /** Tells whether a person was erased and nothing of them was stored since; changes nothing. */
  isErased(respondent: Respondent): Promise<boolean>
  /**
   * Takes a person, cohort or survey off the suppression list; tells how many entries that were. Links that were stored when
   * they were revoked stay so; sealed ones that were never opened work again.
   */
  reinstate(what: SuppressionSubject): Promise<number>

  /**
   * Removes suppressions of the whole tenant, of one kind, that were added before an instant in the past. An entry may go
   * when every link that it could stop has expired, and for a person when nobody will invite them again unknowingly.
   */
  expireSuppressions(old: { readonly kind: SuppressionKind; readonly addedBefore: Date }): Promise<number>

  /**
   * Removes the tenant's links that expired before an instant in the past, their spends, and drafts saved before it.
   *
   * A sealed link for the same respondent and serial that was sealed with a later expiry is then as good as new, so leave
   * the longest such extension between expiry and purge. Links without an expiry stay.
   */
  purge(old: { readonly before: Date }): Promise<PurgeCount>

  /**
   * Compares what the tenant's rows need with what the service has: a link whose pepper is missing is unknown, and one that
   * was suppressed under a missing pepper is not found suppressed.
   */
  health(): Promise<LinkHealth>
}

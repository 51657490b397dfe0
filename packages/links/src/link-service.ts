/**
 * Opaque, sealed and imported links over a store: issue, open, claim, submit, revoke, suppress, purge.
 *
 * @module
 */

import type { ImportCount, ImportedLink } from './link-service/imported-link.js'
import type { Invitation, IssuedLink, IssueOptions } from './link-service/invitation.js'
import type { Claim, LinkState } from './link-service/link-state.js'
import type { MintedLink, SealBatchOptions } from './link-service/minted-link.js'
import type { Revocation, SuppressionSubject } from './link-service/revocation.js'
import type { Match, Submission, SubmitOptions } from './link-service/submission.js'
import type { PurgeCount } from './link-store.js'
import type { Respondent } from './respondent.js'
import type { LinkBatches } from './seal-links.js'
import type { SuppressionCount, SuppressionKind } from './suppression-store.js'

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
   * Takes over links that another system sent, until `legacy.until`: from then on such a link is opened, claimed
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
   * @throws LinkError `ERR_LINK_DRAFT_TOO_LARGE` beyond `maxDraftBytes`; `ERR_LINK_OVERTAKEN` when
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

/**
 * The link service over a store.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import type { ImportCount, ImportedLink } from '../link-service/imported-link.js'
import type { Invitation, IssuedLink, IssueOptions } from '../link-service/invitation.js'
import type { Claim, LinkState } from '../link-service/link-state.js'
import type { MintedLink, SealBatchOptions } from '../link-service/minted-link.js'
import type { LinkServiceOptions } from '../link-service/options.js'
import type { Revocation, SuppressionSubject } from '../link-service/revocation.js'
import type { Match, Submission, SubmitOptions } from '../link-service/submission.js'
import type { LinkHealth, LinkService } from '../link-service.js'
import type { LinkSelector, LinkStore, PurgeCount, SpentLink } from '../link-store.js'
import { allowPersonalRespondent, type Respondent } from '../respondent.js'
import type { Scope } from '../scope.js'
import type { LinkBatches } from '../seal-links.js'
import type { SuppressionKind } from '../suppression-store.js'
import { instantArgument, respondentArgument, serialArgument } from './arguments.js'
import { parseBaseUrl } from './base-url.js'
import { encodeBase64url } from './base64url.js'
import { LinkDrafts } from './link-drafts.js'
import { LinkFinder } from './link-finder.js'
import { LinkKeys } from './link-keys.js'
import { importLinks, issueLinks, type Minting, sealBatches } from './link-minter.js'
import { MAX_COHORT_BYTES } from './link-record.js'
import { generateOpaqueId, spellingArgument } from './opaque-id.js'
import { tokenAdder } from './place-token.js'
import { fromReference, toReference } from './reference.js'
import { type Resolution, resolveLink } from './resolve-link.js'
import { inOneOrder, registerLink, spendAll } from './self-contained-rows.js'
import { Suppressions } from './suppressions.js'
import { textArgument } from './text.js'

/** Nothing was ever accepted of a link that stands like this: whoever was answered finds it used. */
const OUTSIDE: ReadonlySet<LinkState['state']> = new Set(['expired', 'not-yet-valid'])

/** Self-contained links are judged by what they say; the ends of their rows are for purging. */
const BEFORE_EVERY_END = 0

const DAY = 86_400_000

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{16,64}$/

/** See {@link LinkService}, which documents the methods. */
export class StoredLinks<Tx> implements LinkService<Tx> {
  readonly #scope: Scope
  readonly #store: LinkStore<Tx>
  readonly #minting: Minting<Tx>
  readonly #drafts: LinkDrafts<Tx>
  readonly #now: () => number

  constructor(options: LinkServiceOptions<Tx>) {
    const { tenant, survey, purpose, store, keyring, placement = 'path', clock = () => new Date() } = options
    const scope = { tenant, survey, purpose }
    const keys = new LinkKeys(scope, options.peppers)
    const suppressions = new Suppressions(scope, options.peppers)
    const context = keyring?.bind(scope) ?? null
    const finder = new LinkFinder({ keys, context, suppressions }, options)
    const { baseUrl, ids = 'base64url', legacy = null } = options
    const respondents = options[allowPersonalRespondent] === true ? { [allowPersonalRespondent]: true as const } : {}
    this.#scope = scope
    this.#store = store
    this.#now = () => instantArgument(clock(), 'clock')
    this.#drafts = new LinkDrafts({ store, finder, suppressions, scope, maxBytes: options.maxDraftBytes })
    this.#minting = {
      ...{ scope, store, keys, suppressions, finder, context, respondents, legacy, baseUrl, placement },
      ids: spellingArgument(ids),
      addToken: tokenAdder(parseBaseUrl(baseUrl), placement),
      now: this.#now,
    }
  }

  issue(
    invitations: Iterable<Invitation> | AsyncIterable<Invitation>,
    options: IssueOptions = {},
  ): AsyncGenerator<IssuedLink> {
    return issueLinks(this.#minting, invitations, options)
  }

  seal(batches: LinkBatches, options: SealBatchOptions = {}): AsyncGenerator<MintedLink[]> {
    return sealBatches(this.#minting, batches, options)
  }

  async import(links: Iterable<ImportedLink> | AsyncIterable<ImportedLink>): Promise<ImportCount> {
    return importLinks(this.#minting, links)
  }

  async open(url: string): Promise<LinkState> {
    const at = this.#now()
    const { finder } = this.#minting
    return (await finder.judge(this.#store, await finder.refer(url, at), at)).state
  }

  async claim(url: string): Promise<Claim> {
    const state = await this.open(url)
    return state.state === 'usable' ? { ...state, idempotencyKey: encodeBase64url(generateOpaqueId()) } : state
  }

  async submit<T>(url: string, { idempotencyKey, accept }: SubmitOptions<Tx, T>): Promise<Submission<T>> {
    if (typeof idempotencyKey !== 'string' || !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new LinkError('ERR_LINK_IDEMPOTENCY_KEY_INVALID', 'the idempotency key is not 16 to 64 of base64url')
    }
    const at = this.#now()
    const { finder } = this.#minting
    const references = await finder.refer(url, at)
    const submission = await this.#store.transaction(async (store, tx): Promise<Submission<T> | null> => {
      const { resolution, state, suppressed } = await finder.judge(store, references, at)
      if (resolution === null) return null
      if (suppressed)
        return (await this.#wasAccepted(store, resolution, idempotencyKey)) ? { outcome: 'repeated' } : null
      const { key, link, reference } = resolution
      const { says } = reference
      // The row of a link that speaks for itself has no validity, or that of another spelling.
      if (says !== null && OUTSIDE.has(state.state)) return null
      const everywhere = says !== null && state.state === 'usable'
      if (everywhere && (await this.#isBeingErased(store, link.respondent))) return null
      const keys = everywhere ? await registerLink(store, reference.keys, link) : [key]
      const outcome = await spendAll(store, keys, { idempotencyKey, at: says === null ? at : BEFORE_EVERY_END })
      if (outcome !== 'spent') return outcome === 'repeated' ? { outcome } : null
      for (const spent of keys) await store.dropDraft(spent)
      return { outcome, value: await accept(tx, link) }
    })
    // Judged anew: a rival may have spent the link since it was resolved.
    return submission ?? { outcome: 'refused', state: (await finder.judge(this.#store, references, at)).state.state }
  }

  async match(idempotencyKeys: readonly string[]): Promise<ReadonlyMap<string, Match>> {
    if (!Array.isArray(idempotencyKeys)) throw invalidArgumentType('idempotencyKeys', 'array', idempotencyKeys)
    const { survey, purpose } = this.#scope
    return matchesOf(await this.#store.spends({ survey, purpose, idempotencyKeys }))
  }

  async saveDraft(url: string, draft: Uint8Array): Promise<LinkState> {
    return this.#drafts.save(url, draft, this.#now())
  }

  async loadDraft(url: string): Promise<Uint8Array | null> {
    return this.#drafts.load(url, this.#now())
  }

  async revoke(what: Revocation): Promise<number> {
    if ('link' in what) return this.#revokeLink(what.link)
    if ('serials' in what && what.serials !== undefined) return this.#revokeSerials(what.respondent, what.serials)
    const selector = this.#selector(what)
    return this.#store.transaction(async (store) => {
      await this.#minting.suppressions.add(store, what, this.#now())
      return store.revoke(selector, this.#now())
    })
  }

  async erase(respondent: Respondent): Promise<number> {
    const what = { respondent, everywhere: true }
    this.#selector(what)
    return this.#store.transaction(async (store) => {
      await this.#minting.suppressions.add(store, what, endOfDay(this.#now()))
      return store.erase(toReference(respondent))
    })
  }

  async isErased(respondent: Respondent): Promise<boolean> {
    const what = { respondent, everywhere: true }
    this.#selector(what)
    const { suppressions } = this.#minting
    return (await suppressions.has(this.#store, what)) && !(await this.#store.holds(toReference(respondent)))
  }

  async reinstate(what: SuppressionSubject): Promise<number> {
    this.#selector(what)
    return this.#minting.suppressions.remove(this.#store, what)
  }

  async expireSuppressions(old: { readonly kind: SuppressionKind; readonly addedBefore: Date }): Promise<number> {
    return this.#store.unsuppress({ kind: old.kind, addedBefore: this.#past(old.addedBefore, 'addedBefore') })
  }

  async purge({ before }: { readonly before: Date }): Promise<PurgeCount> {
    return this.#store.purge(this.#past(before, 'before'))
  }

  async health(): Promise<LinkHealth> {
    const { pepperIds } = this.#minting.keys
    const stored = await this.#store.pepperIds()
    return {
      missingPeppers: stored.filter((id) => !pepperIds.includes(id)).sort(),
      suppressions: await this.#store.countSuppressions(pepperIds),
    }
  }

  /** Checks whom or what is meant and selects the stored links. */
  #selector(what: SuppressionSubject): LinkSelector {
    const { survey, purpose } = this.#scope
    if ('respondent' in what) {
      respondentArgument(what.respondent, { [allowPersonalRespondent]: true })
      const respondent = toReference(what.respondent)
      return what.everywhere === true ? { respondent } : { survey, purpose, respondent }
    }
    if ('cohort' in what) {
      textArgument(what.cohort, 'cohort', MAX_COHORT_BYTES)
      return { survey, purpose, cohort: what.cohort }
    }
    if (typeof what.survey !== 'string') throw invalidArgumentType('survey', 'string', what.survey)
    return { survey: what.survey, purpose }
  }

  /** A clock that is wrong must not make live links look old. */
  #past(instant: Date, name: string): number {
    const time = instantArgument(instant, name)
    if (time > this.#now()) throw invalidArgumentValue(name, 'an instant in the past')
    return time
  }

  /** A link that speaks for itself has no row yet by which an erasure would meet what is being written about its respondent. */
  async #isBeingErased(store: Pick<LinkStore<Tx>, 'withhold'>, respondent: Respondent): Promise<boolean> {
    const [erased] = await this.#minting.suppressions.erased(store, [respondent])
    return erased === true
  }

  /** Asks without spending: a link that is suppressed may have a row that nobody revoked. */
  async #wasAccepted(
    store: Pick<LinkStore<Tx>, 'spends'>,
    { reference: { keys } }: Resolution,
    idempotencyKey: string,
  ): Promise<boolean> {
    const { survey, purpose } = this.#scope
    const spent = await store.spends({ survey, purpose, idempotencyKeys: [idempotencyKey] })
    return spent.some(({ record }) => keys.some(({ digest }) => digest === record.digest))
  }

  async #revokeLink(url: string): Promise<number> {
    const at = this.#now()
    const references = await this.#minting.finder.refer(url, at)
    return this.#store.transaction(async (store) => {
      const resolution = await resolveLink(store, references)
      if (resolution === null) return 0
      const { link, reference } = resolution
      if (reference.says !== null) {
        if (await this.#isBeingErased(store, link.respondent)) return 0
        await registerLink(store, reference.keys, link)
      }
      let revoked = 0
      for (const { survey, purpose, digest } of inOneOrder(reference.keys)) {
        revoked = Math.max(revoked, await store.revoke({ survey, purpose, digest }, at))
      }
      return revoked
    })
  }

  async #revokeSerials(respondent: Respondent, serials: readonly number[]): Promise<number> {
    const encoded = respondentArgument(respondent, { [allowPersonalRespondent]: true })
    const { survey, purpose } = this.#scope
    const { keys, context, legacy } = this.#minting
    const selfContained = context === null && legacy === null ? [] : serials.map(serialArgument)
    return this.#store.transaction(async (store) => {
      if (await this.#isBeingErased(store, respondent)) return 0
      for (const serial of selfContained) {
        const reference = {
          kind: 'sealed',
          keys: keys.ofSealed(encoded, serial),
          secret: encoded.bytes,
          says: null,
        } as const
        if ((await resolveLink(store, [reference])) !== null) continue
        await registerLink(store, reference.keys, { respondent, serial, cohort: null, expiresAt: null })
      }
      return store.revoke({ survey, purpose, respondent: toReference(respondent) }, this.#now())
    })
  }
}

/** The list must not tell in which moment a person was erased; a later instant keeps an entry longer, never shorter. */
function endOfDay(at: number): number {
  return Math.ceil(at / DAY) * DAY
}

/** Respondents send the keys, so two may send one; a sealed link has a spend in each of its rows. */
function matchesOf(spent: readonly SpentLink[]): ReadonlyMap<string, Match> {
  const matches = new Map<string, Match>()
  const ambiguous = new Set<string>()
  for (const { idempotencyKey, record } of spent) {
    const match = { respondent: fromReference(record.respondent), serial: record.serial, cohort: record.cohort }
    const other = matches.get(idempotencyKey)
    matches.set(idempotencyKey, match)
    if (other !== undefined && !isSameInvitee(other, match)) ambiguous.add(idempotencyKey)
  }
  for (const idempotencyKey of ambiguous) matches.delete(idempotencyKey)
  return matches
}

function isSameInvitee(a: Match, b: Match): boolean {
  return a.serial === b.serial && toReference(a.respondent) === toReference(b.respondent)
}

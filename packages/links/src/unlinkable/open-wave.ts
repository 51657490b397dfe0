/**
 * Issuing the tokens of a wave.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { declareLinkage } from '../answer-linkage/declare-linkage.js'
import type { LinkageStore } from '../answer-linkage/linkage-store.js'
import { integerArgument } from '../lib/arguments.js'
import { encodeBase64url } from '../lib/base64url.js'
import type { LinkState, ResolvedLink } from '../link-service/link-state.js'
import type { LinkService } from '../link-service.js'
import type { Respondent } from '../respondent.js'
import { UnlinkableError } from './errors.js'
import type { IssuanceRecord, IssuanceStore, WaveRef } from './issuance-store.js'
import { PersonDigests } from './lib/person-digest.js'
import type { PublishedWave } from './wave.js'
import type { WaveKey } from './wave-key.js'

/** Fewer than this hide nobody, whatever a host may think. */
const LEAST_FLOOR = 5
const DEFAULT_FLOOR = 20
const MAX_INTEGER = 2 ** 31 - 1

/** What {@link openWave} needs. */
export interface OpenWaveOptions<Tx> {
  readonly key: WaveKey
  /** Keys this wave had before. They sign nothing new; a lost reply signed by one of them is repeated. */
  readonly replaced?: readonly WaveKey[]
  readonly store: IssuanceStore<Tx>
  /**
   * 32 random bytes or more, kept apart from the database, the same for as long as the wave is open. Destroy it when the
   * wave is over: its rows then say nothing about anybody.
   */
  readonly pepper: Uint8Array
  /** The invitations: the service whose links lead to this wave. */
  readonly links: Pick<LinkService<unknown>, 'open' | 'isErased'>
  /** Opening the wave declares its survey unlinkable there: answers by link, which tell whose they are, and by token exclude each other. */
  readonly linkages: LinkageStore
  /** How many people are invited. */
  readonly invitees: number
  /**
   * The fewest people among whom an answer may hide: of the invited, of those with a token, and of answers released.
   * 5 or more.
   *
   * @defaultValue `20`
   */
  readonly floor?: number
  /**
   * Whether this person may have a token: consent was given and the gate allows it. The token is the permission for the
   * wave; nothing is asked again when the answer comes, because nobody knows then whose it is.
   *
   * Runs in the transaction that keeps the issuance, once for each person; what it writes through `tx` is kept with it, and
   * not when it denies. It may run again when the database asks for a retry.
   */
  authorize(tx: Tx, link: ResolvedLink): Promise<boolean>
}

/** One request for a token. */
export interface IssuanceRequest {
  /** The URL of the invitation. */
  readonly link: string
  /** The key the message is blinded for. */
  readonly keyId: string
  /** The blinded message. */
  readonly blinded: Uint8Array
}

/**
 * - `issued`: the person has a token now, and this is its blind signature.
 * - `repeated`: this blinded message was signed before; these are the same bytes.
 * - `refused`: nothing changed. `already-issued`: the person's token went to another blinded message. `not-authorized`:
 *   the host said no. Otherwise the state of the link.
 */
export type Issuance =
  | { readonly outcome: 'issued' | 'repeated'; readonly signature: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: IssuanceRefusal }

/** Why there is no token. */
export type IssuanceRefusal = 'already-issued' | 'not-authorized' | Exclude<LinkState['state'], 'usable'>

/** How many people an answer hides among. */
export interface Cohort {
  readonly invitees: number
  readonly issued: number
  readonly floor: number
}

/** Issues the tokens of one wave. */
export interface TokenIssuer {
  /** What to publish; the same for everybody. */
  readonly published: PublishedWave
  /**
   * Signs a blinded message for the person a link was sent to, once per person and wave.
   *
   * That a person has a token is committed before the signature is made, so a reply that is lost is repeated byte for byte
   * when the same message comes again, through whatever link of the person. Another message is refused, also after the
   * link was issued again or the wave key replaced: whoever lost the state of their browser has lost their token.
   *
   * @throws UnlinkableError `ERR_UNLINKABLE_KEY_UNKNOWN`, `ERR_UNLINKABLE_MALFORMED`, `ERR_UNLINKABLE_SIGNING_FAILED`.
   */
  issue(request: IssuanceRequest): Promise<Issuance>
  /** Whether a person has a token, for reminders. Whether they answered is not known. */
  hasToken(respondent: Respondent): Promise<boolean>
  /**
   * What stands for a person in the storage of their browser, whatever link they come with: the `invitee` of a page. It is the
   * digest that their row is stored under, and says nothing without the pepper.
   */
  inviteeOf(respondent: Respondent): string
  /** How many were invited and how many have a token. */
  cohort(): Promise<Cohort>
  /**
   * Throws while answers may not be released, because too few people were invited, have a token, or answered.
   *
   * @param answers - How many answers are about to be released together.
   * @throws UnlinkableError `ERR_UNLINKABLE_BELOW_FLOOR`.
   */
  assertReleasable(answers: number): Promise<void>
}

/**
 * Opens a wave for the issuing of tokens. Every process that issues them calls it, with the same pepper and floor.
 *
 * @param options - See {@link OpenWaveOptions}.
 * @returns The issuer.
 * @throws UnlinkableError `ERR_UNLINKABLE_BELOW_FLOOR` when fewer are invited than the floor;
 * `ERR_UNLINKABLE_WAVE_MISMATCH` when the wave was opened with another pepper, which would give everybody a second token,
 * or another floor.
 * @throws LinkageError `ERR_LINKAGE_DECLARED_OTHERWISE` when the survey is declared with another linkage.
 * @typeParam Tx - The store's transaction handle.
 *
 * @example
 * The endpoint that gives out tokens, on the stores for tests.
 *
 * ```ts
 * import type { LinkService } from '@surveyseal/links'
 * import { memoryIssuanceStore, memoryLinkageStore } from '@surveyseal/links/testing'
 * import { createIssueHandler, loadWaveKey, openWave } from '@surveyseal/links/unlinkable'
 *
 * export async function issueEndpoint(keyFile: string, links: LinkService<unknown>, pepper: Uint8Array) {
 *   const issuer = await openWave({
 *     key: loadWaveKey(keyFile),
 *     links,
 *     store: memoryIssuanceStore(),
 *     linkages: memoryLinkageStore(),
 *     pepper,
 *     invitees: 240,
 *     authorize: async (_tx, { respondent }) => respondent !== 'has not consented',
 *   })
 *   return createIssueHandler(issuer)
 * }
 * ```
 */
export async function openWave<Tx>(options: OpenWaveOptions<Tx>): Promise<TokenIssuer> {
  const { key, store, replaced = [], authorize, floor = DEFAULT_FLOOR } = options
  integerArgument(floor, 'floor', LEAST_FLOOR, MAX_INTEGER)
  integerArgument(options.invitees, 'invitees', 0, MAX_INTEGER)
  if (typeof authorize !== 'function') throw invalidArgumentType('authorize', 'function', authorize)
  if (replaced.some((old) => old.tenant !== key.tenant || old.survey !== key.survey || old.wave !== key.wave)) {
    throw invalidArgumentValue('replaced', 'keys of the same wave')
  }
  const people = new PersonDigests(key, options.pepper)
  if (options.invitees < floor) throw belowFloor()
  const { survey, wave } = key
  await declareLinkage({ survey, linkage: 'unlinkable', store: options.linkages })
  const record = { survey, wave, pepperCheck: people.check(), floor }
  const kept = await store.openWave(record)
  if (kept.pepperCheck !== record.pepperCheck || kept.floor !== floor) {
    throw new UnlinkableError('ERR_UNLINKABLE_WAVE_MISMATCH', 'the wave was opened with another pepper or floor')
  }
  return new WaveIssuer({ ...options, replaced, floor }, people)
}

class WaveIssuer<Tx> implements TokenIssuer {
  readonly published: PublishedWave
  readonly #options: OpenWaveOptions<Tx> & { readonly floor: number }
  readonly #people: PersonDigests
  readonly #keys: ReadonlyMap<string, WaveKey>
  readonly #wave: WaveRef

  constructor(options: OpenWaveOptions<Tx> & { readonly floor: number }, people: PersonDigests) {
    const { key, replaced = [] } = options
    this.published = key.publish()
    this.#options = options
    this.#people = people
    this.#keys = new Map([...replaced, key].map((each) => [each.keyId, each]))
    this.#wave = { survey: key.survey, wave: key.wave }
  }

  async issue({ link: url, keyId, blinded }: IssuanceRequest): Promise<Issuance> {
    const key = this.#keys.get(keyId)
    if (key === undefined) throw keyUnknown()
    key.assertSignable(blinded)
    const found = await this.#options.links.open(url)
    if (found.state === 'unknown') return { outcome: 'refused', reason: 'unknown' }
    const blindedHash = encodeBase64url(createHash('sha256').update(blinded).digest())
    const record = { ...this.#wave, person: this.#people.of(found.link.respondent), blindedHash, keyId }
    const fresh = found.state === 'usable' && keyId === this.#options.key.keyId
    const outcome = fresh ? await this.#claim(record, found.link) : await this.#repeat(this.#options.store, record)
    if (outcome === 'issued' && (await this.#wasErased(record, found.link)))
      return { outcome: 'refused', reason: 'revoked' }
    if (outcome === 'issued' || outcome === 'repeated') return { outcome, signature: key.blindSign(blinded) }
    if (outcome !== 'none') return { outcome: 'refused', reason: outcome }
    // Only a key that was replaced leads here with a usable link: nothing was signed with it for this person.
    if (found.state === 'usable') throw keyUnknown()
    return { outcome: 'refused', reason: found.state }
  }

  async hasToken(respondent: Respondent): Promise<boolean> {
    return (await this.#options.store.find({ ...this.#wave, person: this.#people.of(respondent) })) !== null
  }

  inviteeOf(respondent: Respondent): string {
    return this.#people.of(respondent)
  }

  async cohort(): Promise<Cohort> {
    const { store, invitees, floor } = this.#options
    return { invitees, issued: await store.count(this.#wave), floor }
  }

  async assertReleasable(answers: number): Promise<void> {
    const { issued, floor } = await this.cohort()
    integerArgument(answers, 'answers', 0, MAX_INTEGER)
    if (issued < floor || answers < floor) throw belowFloor()
  }

  /** Keeps the issuance, unless the person has one or the host denies it; then nothing the host wrote is kept. */
  async #claim(record: IssuanceRecord, link: ResolvedLink): Promise<Claimed> {
    const { store, authorize } = this.#options
    try {
      return await store.transaction(async (inner, tx) => {
        // First, so that of two requests one waits here for the other, and asks the host nothing.
        if (!(await inner.claim(record))) return this.#repeat(inner, record)
        if ((await authorize(tx, link)) !== true) throw new NotAuthorized()
        return 'issued'
      })
    } catch (error) {
      if (error instanceof NotAuthorized) return 'not-authorized'
      throw error
    }
  }

  /** Whoever was erased after their link was looked at is not to have a row that came when nobody looked for it any more. */
  async #wasErased(record: IssuanceRecord, { respondent }: ResolvedLink): Promise<boolean> {
    const { links, store } = this.#options
    if (!(await links.isErased(respondent))) return false
    await store.remove(record)
    return true
  }

  async #repeat(store: Pick<IssuanceStore<Tx>, 'find'>, record: IssuanceRecord): Promise<Claimed> {
    const kept = await store.find(record)
    if (kept === null) return 'none'
    return kept.blindedHash === record.blindedHash && kept.keyId === record.keyId ? 'repeated' : 'already-issued'
  }
}

type Claimed = 'issued' | 'repeated' | 'already-issued' | 'not-authorized' | 'none'

/** Undoes a transaction; it never leaves this file. */
class NotAuthorized extends Error {}

function keyUnknown(): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_KEY_UNKNOWN', 'the message is blinded for another key')
}

function belowFloor(): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_BELOW_FLOOR', 'there are fewer people than the cohort floor')
}

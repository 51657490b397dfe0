/**
 * The link service over a store.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import type { LinkContext } from '../link-context.js'
import type {
  Claim,
  Invitation,
  IssuedLink,
  LinkService,
  LinkServiceOptions,
  LinkState,
  Revocation,
  Submission,
  SubmitOptions,
} from '../link-service.js'
import type { LinkStore, Spend, SpendOutcome } from '../link-store.js'
import { allowPersonalRespondent, type Respondent, type RespondentOptions } from '../respondent.js'
import { instantArgument, respondentArgument, serialArgument } from './arguments.js'
import { parseBaseUrl } from './base-url.js'
import { encodeBase64url } from './base64url.js'
import { LinkKeys, type PepperedKey, type PepperedKeys } from './link-keys.js'
import { MAX_COHORT_BYTES, opaqueRecord, sealedRecord } from './link-record.js'
import { generateOpaqueId, parseOpaqueId } from './opaque-id.js'
import { findToken, tokenAdder } from './place-token.js'
import { toReference } from './reference.js'
import { type LinkReference, resolveLink, stateOf } from './resolve-link.js'
import { encodeRespondent } from './respondent-codec.js'
import { textArgument } from './text.js'

/** Rows written by one call of the store. */
const BATCH = 500
const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{16,64}$/

/** See {@link LinkService}, which documents the methods. */
export class StoredLinks<Tx> implements LinkService<Tx> {
  readonly #survey: string
  readonly #purpose: string
  readonly #store: LinkStore<Tx>
  readonly #keys: LinkKeys
  readonly #context: LinkContext | null
  readonly #respondents: RespondentOptions
  readonly #findToken: (url: string) => string
  readonly #addToken: (token: string) => string
  readonly #now: () => number

  constructor(options: LinkServiceOptions<Tx>) {
    const { tenant, survey, purpose, store, keyring, clock = () => new Date(), placement = 'path' } = options
    this.#survey = survey
    this.#purpose = purpose
    this.#store = store
    this.#keys = new LinkKeys({ tenant, survey, purpose }, options.peppers)
    this.#context = keyring?.bind({ tenant, survey, purpose }) ?? null
    this.#respondents = options[allowPersonalRespondent] === true ? { [allowPersonalRespondent]: true } : {}
    this.#findToken = (url) => findToken(url, placement)
    this.#addToken = tokenAdder(parseBaseUrl(options.baseUrl), placement)
    this.#now = () => instantArgument(clock(), 'clock')
  }

  async *issue(invitations: Iterable<Invitation> | AsyncIterable<Invitation>): AsyncGenerator<IssuedLink> {
    const batch = new Map<string, Invitation>()
    for await (const invitation of invitations) {
      respondentArgument(invitation.respondent, this.#respondents)
      const identity = `${invitation.serial ?? 0} ${toReference(invitation.respondent)}`
      // The second link of one respondent and serial must find the first one stored to revoke it.
      if (batch.size === BATCH || batch.has(identity)) yield* this.#issueBatch(batch)
      batch.set(identity, invitation)
    }
    if (batch.size > 0) yield* this.#issueBatch(batch)
  }

  async open(url: string): Promise<LinkState> {
    return this.#judge(this.#refer(url), this.#now())
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
    const reference = this.#refer(url)
    const submission = await this.#store.transaction(async (store, tx): Promise<Submission<T> | null> => {
      const resolution = reference && (await resolveLink(store, reference))
      if (reference === null || resolution === null) return null
      const { key, link, record } = resolution
      const first = record === null && stateOf(resolution, at).state === 'usable'
      const keys = first ? await registerSealed(store, reference.keys, link) : [key]
      const outcome = await spendAll(store, keys, { idempotencyKey, at })
      if (outcome === 'spent') return { outcome, value: await accept(tx, link) }
      return outcome === 'repeated' ? { outcome } : null
    })
    // Judged anew: a rival may have spent the link since it was resolved.
    return submission ?? { outcome: 'refused', state: (await this.#judge(reference, at)).state }
  }

  async revoke(what: Revocation): Promise<number> {
    if ('link' in what) return this.#revokeLink(what.link)
    if ('respondent' in what) return this.#revokeRespondent(what.respondent, what.serials ?? [0])
    if ('cohort' in what) {
      textArgument(what.cohort, 'cohort', MAX_COHORT_BYTES)
      return this.#store.revoke({ survey: this.#survey, cohort: what.cohort }, this.#now())
    }
    if (typeof what.survey !== 'string') throw invalidArgumentType('survey', 'string', what.survey)
    return this.#store.revoke({ survey: what.survey }, this.#now())
  }

  async *#issueBatch(batch: Map<string, Invitation>): AsyncGenerator<IssuedLink> {
    const links = Array.from(batch.values(), (invitation) => {
      const id = generateOpaqueId()
      const token = encodeBase64url(id)
      const record = opaqueRecord(this.#keys.ofOpaque(id)[0], invitation)
      const { respondent } = invitation
      return { record, issued: { url: this.#addToken(token), token, respondent, serial: record.serial } }
    })
    batch.clear()
    await this.#store.issue(
      links.map(({ record }) => record),
      this.#now(),
    )
    for (const { issued } of links) yield issued
  }

  /** What a URL refers to; one answer, `null`, for every link that is not one of this scope. */
  #refer(url: string): LinkReference | null {
    try {
      const token = this.#findToken(url)
      const id = parseOpaqueId(token)
      if (id !== null) return { keys: this.#keys.ofOpaque(id), sealed: null }
      const sealed = this.#context?.read(token) ?? null
      const respondent = sealed && encodeRespondent(sealed.respondent)
      return sealed && respondent && { keys: this.#keys.ofSealed(respondent, sealed.serial), sealed }
    } catch (error) {
      if (error instanceof LinkError) return null
      throw error
    }
  }

  async #judge(reference: LinkReference | null, at: number): Promise<LinkState> {
    return stateOf(reference && (await resolveLink(this.#store, reference)), at)
  }

  async #revokeLink(url: string): Promise<number> {
    const reference = this.#refer(url)
    if (reference === null) return 0
    return this.#store.transaction(async (store) => {
      const resolution = await resolveLink(store, reference)
      if (resolution === null) return 0
      const { link, record } = resolution
      if (record === null) await registerSealed(store, reference.keys, link)
      let revoked = 0
      for (const { digest } of inOneOrder(reference.keys)) {
        const selector = { survey: this.#survey, purpose: this.#purpose, digest }
        revoked = Math.max(revoked, await store.revoke(selector, this.#now()))
      }
      return revoked
    })
  }

  async #revokeRespondent(respondent: Respondent, serials: readonly number[]): Promise<number> {
    const encoded = respondentArgument(respondent, { [allowPersonalRespondent]: true })
    const sealed = this.#context === null ? [] : serials.map(serialArgument)
    return this.#store.transaction(async (store) => {
      for (const serial of sealed) {
        const keys = this.#keys.ofSealed(encoded, serial)
        if ((await resolveLink(store, { keys, sealed: null })) !== null) continue
        await registerSealed(store, keys, { respondent, serial, notBefore: null, expiresAt: null })
      }
      const selector = { survey: this.#survey, purpose: this.#purpose, respondent: toReference(respondent) }
      return store.revoke(selector, this.#now())
    })
  }
}

/**
 * Gives a sealed link its rows: one under each pepper, so that processes which hold different ones current meet in a row.
 *
 * @returns The keys of the rows, in the order they are to be written in.
 */
async function registerSealed(
  store: Pick<LinkStore<unknown>, 'register'>,
  peppered: PepperedKeys,
  link: Parameters<typeof sealedRecord>[1],
): Promise<readonly PepperedKey[]> {
  const keys = inOneOrder(peppered)
  await store.register(keys.map((key) => sealedRecord(key, link)))
  return keys
}

/** Two transactions that write the same rows crosswise would wait for each other. */
function inOneOrder(keys: readonly PepperedKey[]): readonly PepperedKey[] {
  return [...keys].sort((a, b) => (a.digest < b.digest ? -1 : 1))
}

/** Spends a link in all of its rows, or throws so that the transaction undoes it. */
async function spendAll(
  store: Pick<LinkStore<unknown>, 'spend'>,
  keys: readonly PepperedKey[],
  spend: Spend,
): Promise<SpendOutcome> {
  const outcomes = new Set<SpendOutcome>()
  for (const key of keys) outcomes.add(await store.spend(key, spend))
  const [outcome = 'refused', ...others] = outcomes
  // A process that lacks one of the peppers came first: its row is spent, and the ones only known here are not.
  if (others.length > 0) throw new LinkError('ERR_LINK_OVERTAKEN', 'another submission came first: submit again')
  return outcome
}

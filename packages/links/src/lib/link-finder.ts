/**
 * From a URL to the link it stands for.
 *
 * @module
 */

import { LinkError } from '../errors.js'
import type { LinkContext } from '../link-context.js'
import type { LegacyLinks } from '../link-service/legacy-links.js'
import type { LinkState, ResolvedLink } from '../link-service/link-state.js'
import type { LinkServiceOptions } from '../link-service/options.js'
import type { LinkStore } from '../link-store.js'
import { instantArgument } from './arguments.js'
import type { LinkKeys } from './link-keys.js'
import { MAX_COHORT_BYTES } from './link-record.js'
import { parseOpaqueId } from './opaque-id.js'
import { findToken, MAX_URL_LENGTH } from './place-token.js'
import { type LinkReference, legacyLink, type Resolution, resolveLink, sealedLink, stateOf } from './resolve-link.js'
import { encodeRespondent } from './respondent-codec.js'
import type { Suppressions } from './suppressions.js'
import { textArgument } from './text.js'

/** What a store must offer for a link to be found and judged. */
export type FindableStore = Pick<LinkStore<unknown>, 'find' | 'suppressed'>

/** A link that was found, and how it stands. */
export interface Judgement {
  readonly resolution: Resolution | null
  readonly suppressed: boolean
  readonly state: LinkState
}

interface Finding {
  readonly keys: LinkKeys
  readonly context: LinkContext | null
  readonly suppressions: Suppressions
}

/** Finds and judges the links of one service. */
export class LinkFinder {
  readonly #keys: LinkKeys
  readonly #context: LinkContext | null
  readonly #suppressions: Suppressions
  readonly #findToken: (url: string) => string
  readonly #cohortOf: LinkServiceOptions<unknown>['cohortOf']
  readonly #legacy: (LegacyLinks & { readonly end: number }) | null

  constructor({ keys, context, suppressions }: Finding, options: Omit<LinkServiceOptions<unknown>, 'store'>) {
    const { legacy, placement = 'path' } = options
    this.#keys = keys
    this.#context = context
    this.#suppressions = suppressions
    this.#findToken = (url) => findToken(url, placement)
    this.#cohortOf = options.cohortOf
    this.#legacy = legacy === undefined ? null : { ...legacy, end: instantArgument(legacy.until, 'legacy.until') }
  }

  /** What a URL may refer to; nothing for everything that is not a link of this scope. */
  async refer(url: string, at: number): Promise<readonly LinkReference[]> {
    const own = refused(() => this.#own(this.#findToken(url)))
    const legacy = this.#legacy !== null && at < this.#legacy.end ? await this.#imported(url, this.#legacy) : null
    const references: LinkReference[] = []
    for (const reference of [own, legacy]) {
      if (reference !== null)
        references.push(reference.says === null ? reference : await this.#withCohort(reference, reference.says))
    }
    return references
  }

  /** Finds and judges in one snapshot if `store` is a transaction's. */
  async judge(store: FindableStore, references: readonly LinkReference[], at: number): Promise<Judgement> {
    const resolution = await resolveLink(store, references)
    const suppressed = resolution !== null && (await this.#suppressions.covers(store, resolution.link))
    return { resolution, suppressed, state: stateOf(resolution, { at, suppressed }) }
  }

  /** The cohort of a link that carries none, as the host tells it. */
  async cohortOf(link: Pick<ResolvedLink, 'respondent' | 'serial'>): Promise<string | null> {
    const { respondent, serial } = link
    const cohort = (await this.#cohortOf?.({ respondent, serial })) ?? null
    if (cohort !== null) textArgument(cohort, 'cohort', MAX_COHORT_BYTES)
    return cohort
  }

  #own(token: string): LinkReference | null {
    const id = parseOpaqueId(token)
    if (id !== null) return { kind: 'opaque', keys: this.#keys.ofOpaque(id), secret: id, says: null }
    const opened = this.#context?.read(token)
    return opened === undefined ? null : this.#selfContained(sealedLink(opened), token)
  }

  async #imported(url: string, { tokenOf, read }: LegacyLinks): Promise<LinkReference | null> {
    if (typeof url !== 'string' || url.length > MAX_URL_LENGTH) return null
    const token = tokenOf === undefined ? refused(() => this.#findToken(url)) : tokenOf(url)
    if (typeof token !== 'string' || token === '') return null
    const legacy = (await read?.(token)) ?? null
    if (legacy !== null) return this.#selfContained(legacyLink(legacy), token)
    return { kind: 'imported', keys: this.#keys.ofImported(token), secret: new TextEncoder().encode(token), says: null }
  }

  #selfContained(says: ResolvedLink, token: string): LinkReference | null {
    const respondent = encodeRespondent(says.respondent)
    if (respondent === null) return null
    const keys = this.#keys.ofSealed(respondent, says.serial)
    return { kind: says.kind, keys, secret: new TextEncoder().encode(token), says }
  }

  /** Asked before any transaction begins: what the host does to answer would wait for it. */
  async #withCohort(reference: LinkReference, says: ResolvedLink): Promise<LinkReference> {
    return { ...reference, says: { ...says, cohort: await this.cohortOf(says) } }
  }
}

/** One answer, `null`, for everything that is refused. */
function refused<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof LinkError) return null
    throw error
  }
}

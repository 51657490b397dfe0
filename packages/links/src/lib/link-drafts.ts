/**
 * Partial answers of usable links.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { Draft } from '../draft-store.js'
import { LinkError } from '../errors.js'
import type { LinkState } from '../link-service/link-state.js'
import type { LinkStore } from '../link-store.js'
import type { Scope } from '../scope.js'
import { integerArgument } from './arguments.js'
import { draftCipher } from './draft-cipher.js'
import type { LinkFinder } from './link-finder.js'
import type { LinkReference, Resolution } from './resolve-link.js'
import { overtaken, registerLink } from './self-contained-rows.js'
import type { Suppressions } from './suppressions.js'

const DEFAULT_MAX_BYTES = 65_536
const MOST_BYTES = 2 ** 26

interface Drafting<Tx> {
  readonly store: LinkStore<Tx>
  readonly finder: LinkFinder
  readonly suppressions: Suppressions
  readonly scope: Scope
  readonly maxBytes: number | undefined
}

/** Saves and loads drafts, encrypted under keys of their links. */
export class LinkDrafts<Tx> {
  readonly #store: LinkStore<Tx>
  readonly #finder: LinkFinder
  readonly #suppressions: Suppressions
  readonly #scope: Scope
  readonly #maxBytes: number

  constructor({ store, finder, suppressions, scope, maxBytes = DEFAULT_MAX_BYTES }: Drafting<Tx>) {
    this.#store = store
    this.#finder = finder
    this.#suppressions = suppressions
    this.#scope = scope
    this.#maxBytes = integerArgument(maxBytes, 'maxDraftBytes', 1, MOST_BYTES)
  }

  async save(url: string, draft: Uint8Array, at: number): Promise<LinkState> {
    if (!(draft instanceof Uint8Array)) throw invalidArgumentType('draft', 'Uint8Array', draft)
    if (draft.length > this.#maxBytes) {
      throw new LinkError('ERR_LINK_DRAFT_TOO_LARGE', 'the draft is larger than the service allows')
    }
    const references = await this.#finder.refer(url, at)
    const bodies = await Promise.all(
      references.map(async ({ secret }) => (await draftCipher(secret, this.#scope)).encrypt(draft)),
    )
    return this.#store.transaction(async (store) => {
      const { resolution, state } = await this.#finder.judge(store, references, at)
      if (resolution === null || state.state !== 'usable') return state
      const body = bodies[references.indexOf(resolution.reference)]
      if (body !== undefined && (await this.#keep(store, resolution, { body, savedAt: at }))) return state
      return this.#judgedAnew(store, references, at)
    })
  }

  /** A rival has spent or revoked the link since it was judged. */
  async #judgedAnew(store: LinkStore<Tx>, references: readonly LinkReference[], at: number): Promise<LinkState> {
    const { state } = await this.#finder.judge(store, references, at)
    if (state.state === 'usable') throw overtaken('save')
    return state
  }

  /** Under one key; what a process with another current pepper had saved under another is out of date. */
  async #keep(store: LinkStore<Tx>, { reference, key, link }: Resolution, draft: Draft): Promise<boolean> {
    if (reference.says !== null) {
      const [erased] = await this.#suppressions.erased(store, [link.respondent])
      if (erased === true) return false
      await registerLink(store, reference.keys, link)
    }
    if (!(await store.saveDraft(key, draft))) return false
    for (const { survey, purpose, digest } of reference.keys) {
      if (digest !== key.digest) await store.dropDraft({ survey, purpose, digest })
    }
    return true
  }

  async load(url: string, at: number): Promise<Uint8Array | null> {
    const references = await this.#finder.refer(url, at)
    const { resolution, state } = await this.#finder.judge(this.#store, references, at)
    if (resolution === null || state.state !== 'usable') return null
    const { secret, keys } = resolution.reference
    const found = await Promise.all(keys.map((key) => this.#store.findDraft(key)))
    const [latest] = found.filter((draft) => draft !== null).sort((a, b) => b.savedAt - a.savedAt)
    return latest === undefined ? null : (await draftCipher(secret, this.#scope)).decrypt(latest.body)
  }
}

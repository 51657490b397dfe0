/**
 * Keys bound to one scope.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { allocate, base64urlOf, bindSiv } from '#backend'
import { LinkError } from '../errors.js'
import type { KeyStatus } from '../keyring.js'
import type {
  LinkContext,
  LinkFields,
  OpenedLink,
  OpenOptions,
  PackedOptions,
  SealedLink,
  SealOptions,
} from '../link-context.js'
import type { Placement } from '../placement.js'
import type { RespondentOptions } from '../respondent.js'
import type { Scope } from '../scope.js'
import { instantArgument, integerArgument } from './arguments.js'
import type { Siv } from './backend.js'
import { parseBaseUrl } from './base-url.js'
import { BoundedCache } from './bounded-cache.js'
import { bindings, deriveKey, type ScopeBytes, scopeArgument } from './derive.js'
import { writeDraft, writePackedDraft } from './link-fields.js'
import { decodePayload, type Payload, type Validity, validityOf } from './payload.js'
import { findToken, tokenAdder } from './place-token.js'
import { MAX_TOKEN_BYTES, malformedLink, readToken, TOKEN_HEADER, TOKEN_TEXT } from './token.js'

const CACHED_BASE_URLS = 16
/** Links sealed in one array: enough to make the calls of a cipher cheap, few enough to stay in the caches. */
const SEALED_TOGETHER = 1024

type TokenAdder = (token: string) => string

/** A key with its secret. */
export interface RingKey {
  readonly id: number
  readonly secret: Uint8Array
  readonly status: KeyStatus
}

/** What a keyring and the contexts bound to it share. */
export interface Secrets {
  readonly keys: ReadonlyMap<number, RingKey>
  readonly primary: RingKey
  disposed: boolean
}

/** See {@link LinkContext}. The key of the scope is derived when a key id is first met. */
export class BoundKeys implements LinkContext {
  readonly #secrets: Secrets
  readonly #survey: string
  readonly #scope: ScopeBytes
  readonly #derived = new Map<number, Siv>()
  readonly #tokenAdders = new Map<Placement, BoundedCache<TokenAdder>>()
  /** The one token that is being sealed or opened; nothing waits meanwhile. */
  readonly #draft = allocate(MAX_TOKEN_BYTES)

  constructor(secrets: Secrets, scope: Scope) {
    this.#secrets = secrets
    this.#survey = scope.survey
    this.#scope = scopeArgument(scope)
  }

  seal(fields: LinkFields, options: SealOptions): SealedLink {
    const addToken = this.#tokenAdder(options)
    const key = this.#sealingKey(options.keyId)
    const token = this.#sealDraft(key, writeDraft(this.#draft, 0, key.id, fields, options))
    return { url: addToken(token), token, keyId: key.id }
  }

  sealAll(list: readonly LinkFields[], options: SealOptions): SealedLink[] {
    if (!Array.isArray(list)) throw invalidArgumentType('list', 'array of link fields', list)
    const addToken = this.#tokenAdder(options)
    const key = this.#sealingKey(options.keyId)
    const drafts = allocate(Math.min(list.length, SEALED_TOGETHER) * MAX_TOKEN_BYTES)
    const links: SealedLink[] = []
    for (let at = 0; at < list.length; at += SEALED_TOGETHER) {
      const end = Math.min(at + SEALED_TOGETHER, list.length)
      const ranges = writeDrafts(drafts, key.id, list.slice(at, end), options)
      this.#siv(key).sealAll(drafts, ranges)
      pushLinks(links, drafts, ranges, key.id, addToken)
    }
    return links
  }

  sealPacked(payload: Uint8Array, options: PackedOptions = {}): string {
    const key = this.#sealingKey(options.keyId)
    return this.#sealDraft(key, writePackedDraft(this.#draft, key.id, payload, options))
  }

  open(url: string, options: OpenOptions = {}): OpenedLink {
    const now = nowArgument(options.now)
    const payload = this.#payload(this.#openDraft(findToken(url, options.placement ?? 'path')))
    assertValid(payload, now)
    return openedLink(payload, this.#survey, this.#draft[1] ?? 0)
  }

  openPacked(token: string, options: Pick<OpenOptions, 'now'> = {}): Uint8Array {
    const now = nowArgument(options.now)
    if (typeof token !== 'string') throw malformedLink()
    const end = this.#openDraft(token)
    assertValid(wellFormed(validityOf(this.#draft, TOKEN_TEXT, end)), now)
    return Uint8Array.prototype.slice.call(this.#draft, TOKEN_TEXT, end)
  }

  read(url: string, { placement = 'path' }: Pick<OpenOptions, 'placement'> = {}): OpenedLink {
    const payload = this.#payload(this.#openDraft(findToken(url, placement)))
    return openedLink(payload, this.#survey, this.#draft[1] ?? 0)
  }

  /** Overwrites what was derived; the keyring overwrites the rest. */
  dispose(): void {
    for (const siv of this.#derived.values()) siv.dispose()
    this.#derived.clear()
    this.#draft.fill(0)
  }

  #sealDraft(key: RingKey, end: number): string {
    this.#siv(key).seal(this.#draft, TOKEN_HEADER, end)
    return base64urlOf(this.#draft, 0, end)
  }

  /** Leaves the token in the draft, its text as plaintext, and gives its end. */
  #openDraft(token: string): number {
    const end = readToken(this.#draft, token)
    if (!this.#siv(usableKey(this.#secrets.keys, this.#draft[1] ?? 0)).open(this.#draft, TOKEN_HEADER, end)) {
      throw new LinkError('ERR_LINK_AUTHENTICATION_FAILED', 'the link is not authentic')
    }
    return end
  }

  #payload(end: number): Payload {
    return wellFormed(decodePayload(this.#draft, TOKEN_TEXT, end))
  }

  /** Links go to few base URLs: each is looked into once. */
  #tokenAdder({ baseUrl, placement = 'path' }: SealOptions): TokenAdder {
    const known = this.#tokenAdders.get(placement) ?? new BoundedCache(CACHED_BASE_URLS)
    const adder = known.get(baseUrl, () => tokenAdder(parseBaseUrl(baseUrl), placement))
    this.#tokenAdders.set(placement, known)
    return adder
  }

  #sealingKey(keyId: number | undefined): RingKey {
    return keyId === undefined
      ? this.#secrets.primary
      : usableKey(this.#secrets.keys, integerArgument(keyId, 'keyId', 1, 255))
  }

  #siv({ id, secret }: RingKey): Siv {
    if (this.#secrets.disposed) throw disposedKeyring()
    const known = this.#derived.get(id)
    if (known !== undefined) return known
    const bound = bindings(id, this.#scope)
    const key = deriveKey(secret, bound)
    const siv = bindSiv(key, bound)
    key.fill(0)
    this.#derived.set(id, siv)
    return siv
  }
}

/** Writes drafts one after the other and gives what {@link Siv.sealAll} takes. */
function writeDrafts(
  target: Uint8Array,
  keyId: number,
  list: readonly LinkFields[],
  options: RespondentOptions,
): number[] {
  const ranges: number[] = []
  let start = 0
  for (const fields of list) {
    const end = writeDraft(target, start, keyId, fields, options)
    ranges.push(start + TOKEN_HEADER, end)
    start = end
  }
  return ranges
}

function pushLinks(
  links: SealedLink[],
  drafts: Uint8Array,
  ranges: readonly number[],
  keyId: number,
  addToken: TokenAdder,
): void {
  const token = tokensOf(drafts, ranges)
  for (let at = 0; at < ranges.length; at += 2) {
    const text = token((ranges[at] ?? 0) - TOKEN_HEADER, ranges[at + 1] ?? 0)
    links.push({ url: addToken(text), token: text, keyId })
  }
}

/** Groups of three bytes are encoded by themselves: tokens made of them, those of UUIDs for instance, all at once. */
function tokensOf(drafts: Uint8Array, ranges: readonly number[]): (start: number, end: number) => string {
  if (ranges.some((place, index) => index % 2 === 1 && place % 3 !== 0)) {
    return (start, end) => base64urlOf(drafts, start, end)
  }
  const all = base64urlOf(drafts, 0, ranges.at(-1) ?? 0)
  return (start, end) => all.slice((start / 3) * 4, (end / 3) * 4)
}

/** Finds a key that may seal or open. */
export function usableKey(keys: ReadonlyMap<number, RingKey>, keyId: number): RingKey {
  const key = keys.get(keyId)
  if (key === undefined) throw new LinkError('ERR_LINK_KEY_UNKNOWN', 'the keyring has no key of this id')
  if (key.status === 'revoked') throw new LinkError('ERR_LINK_KEY_REVOKED', 'the key of the link was revoked')
  return key
}

/** The refusal of a keyring whose secrets are gone. */
export function disposedKeyring(): LinkError {
  return new LinkError('ERR_LINK_KEYRING_DISPOSED', 'the keyring was disposed')
}

/** The instant that validity is judged at, in milliseconds. */
export function nowArgument(now: Date | undefined): number {
  return now === undefined ? Date.now() : instantArgument(now, 'now')
}

/** Passes what was decoded, or throws `ERR_LINK_MALFORMED` for `null`. */
export function wellFormed<T>(content: T | null): T {
  if (content === null) throw malformedLink()
  return content
}

/** Throws `ERR_LINK_NOT_YET_VALID` or `ERR_LINK_EXPIRED`. */
export function assertValid({ notBefore, expiresAt }: Validity, now: number): void {
  if (notBefore !== null && now < notBefore * 1000) {
    throw new LinkError('ERR_LINK_NOT_YET_VALID', 'the link is not valid yet')
  }
  if (now >= expiresAt * 1000) throw new LinkError('ERR_LINK_EXPIRED', 'the link has expired')
}

/** What was decoded, in the types of the public interface. */
export function openedLink(
  { respondent, expiresAt, notBefore, serial, language }: Payload,
  survey: string,
  keyId: number,
): OpenedLink {
  return {
    respondent,
    survey,
    keyId,
    expiresAt: new Date(expiresAt * 1000),
    notBefore: notBefore === null ? null : new Date(notBefore * 1000),
    serial,
    language,
  }
}

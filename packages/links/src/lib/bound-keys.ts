/**
 * Keys bound to one scope.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import type { KeyStatus } from '../keyring.js'
import type { LinkContext, LinkFields, OpenedLink, OpenOptions, SealedLink, SealOptions } from '../link-context.js'
import type { Placement } from '../placement.js'
import type { Scope } from '../scope.js'
import { instantArgument, respondentArgument, serialArgument } from './arguments.js'
import { parseBaseUrl } from './base-url.js'
import { BoundedCache } from './bounded-cache.js'
import { bindings, deriveKey, type ScopeBytes, scopeArgument } from './derive.js'
import { decodePayload, encodePayload, isLanguageTag, MAX_EXPIRY, MAX_UINT32, type Payload } from './payload.js'
import { findToken, tokenAdder } from './place-token.js'
import { portableSiv, type Siv } from './siv.js'
import { encodeToken, malformedLink, parseToken } from './token.js'

const CACHED_BASE_URLS = 16

/** A key with its secret. */
export interface RingKey {
  readonly id: number
  readonly secret: Uint8Array
  readonly status: KeyStatus
}

/** See {@link LinkContext}. The key of the scope is derived when a key id is first met. */
export class BoundKeys implements LinkContext {
  readonly #keys: ReadonlyMap<number, RingKey>
  readonly #primary: RingKey
  readonly #survey: string
  readonly #scope: ScopeBytes
  readonly #derived = new Map<number, Siv>()
  readonly #tokenAdders = new BoundedCache<(token: string) => string>(CACHED_BASE_URLS)

  constructor(keys: ReadonlyMap<number, RingKey>, primary: RingKey, scope: Scope) {
    this.#keys = keys
    this.#primary = primary
    this.#survey = scope.survey
    this.#scope = scopeArgument(scope)
  }

  seal(fields: LinkFields, options: SealOptions): SealedLink {
    const plaintext = plaintextOf(fields, options)
    const addToken = this.#tokenAdder(options.baseUrl, options.placement ?? 'path')
    const keyId = this.#primary.id
    const token = encodeToken({ keyId, sealed: this.#siv(this.#primary).seal(plaintext) })
    return { url: addToken(token), token, keyId }
  }

  open(url: string, options: OpenOptions = {}): OpenedLink {
    const now = instantArgument(options.now ?? new Date(), 'now')
    const link = this.read(url, options)
    if (link.notBefore !== null && now < link.notBefore.getTime()) {
      throw new LinkError('ERR_LINK_NOT_YET_VALID', 'the link is not valid yet')
    }
    if (now >= link.expiresAt.getTime()) throw new LinkError('ERR_LINK_EXPIRED', 'the link has expired')
    return link
  }

  read(url: string, { placement = 'path' }: Pick<OpenOptions, 'placement'> = {}): OpenedLink {
    const { keyId, sealed } = parseToken(findToken(url, placement))
    const plaintext = this.#siv(openingKey(this.#keys, keyId)).open(sealed)
    if (plaintext === null) throw new LinkError('ERR_LINK_AUTHENTICATION_FAILED', 'the link is not authentic')
    const payload = decodePayload(plaintext)
    if (payload === null) throw malformedLink()
    return openedLink(payload, this.#survey, keyId)
  }

  /** A batch of links has one base URL: it is looked into once. */
  #tokenAdder(baseUrl: string, placement: Placement): (token: string) => string {
    return this.#tokenAdders.get(`${placement} ${baseUrl}`, () => tokenAdder(parseBaseUrl(baseUrl), placement))
  }

  #siv({ id, secret }: RingKey): Siv {
    const known = this.#derived.get(id)
    if (known !== undefined) return known
    const bound = bindings(id, this.#scope)
    const siv = portableSiv(deriveKey(secret, bound), bound)
    this.#derived.set(id, siv)
    return siv
  }
}

function openingKey(keys: ReadonlyMap<number, RingKey>, keyId: number): RingKey {
  const key = keys.get(keyId)
  if (key === undefined) throw new LinkError('ERR_LINK_KEY_UNKNOWN', 'the keyring has no key of this id')
  if (key.status === 'revoked') throw new LinkError('ERR_LINK_KEY_REVOKED', 'the key of the link was revoked')
  return key
}

function plaintextOf(fields: LinkFields, options: SealOptions): Uint8Array {
  const respondent = respondentArgument(fields.respondent, options)
  const expiresAt = Math.floor(instantArgument(fields.expiresAt, 'expiresAt') / 1000)
  if (expiresAt < 0 || expiresAt > MAX_EXPIRY) throw invalidArgumentValue('expiresAt', 'an instant from 1970 to 2514')
  return encodePayload(
    {
      expiresAt,
      notBefore: notBeforeArgument(fields.notBefore, expiresAt),
      serial: serialArgument(fields.serial ?? 0),
      language: languageArgument(fields.language),
    },
    respondent,
  )
}

function notBeforeArgument(notBefore: Date | undefined, expiresAt: number): number | null {
  if (notBefore === undefined) return null
  const seconds = Math.ceil(instantArgument(notBefore, 'notBefore') / 1000)
  if (seconds < 0 || seconds >= expiresAt || expiresAt - seconds > MAX_UINT32) {
    throw invalidArgumentValue('notBefore', 'an instant before "expiresAt", by at most 2^32 - 1 seconds')
  }
  return seconds
}

function languageArgument(language: string | undefined): string | null {
  if (language === undefined) return null
  if (typeof language !== 'string') throw invalidArgumentType('language', 'string', language)
  if (!isLanguageTag(language)) throw invalidArgumentValue('language', 'a BCP 47 tag of at most 35 characters')
  return language
}

function openedLink(
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

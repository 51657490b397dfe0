/**
 * Keys of JWE links bound to one scope.
 *
 * @module
 */

import { CompactEncrypt, compactDecrypt } from 'jose'
import { LinkError } from '../errors.js'
import type { JweContext } from '../jwe/jwe-context.js'
import type { LinkFields, OpenedLink, OpenOptions, SealedLink, SealOptions } from '../link-context.js'
import type { Scope } from '../scope.js'
import { integerArgument } from './arguments.js'
import { parseBaseUrl } from './base-url.js'
import {
  assertValid,
  disposedKeyring,
  nowArgument,
  openedLink,
  type RingKey,
  type Secrets,
  usableKey,
  wellFormed,
} from './bound-keys.js'
import { bindings, deriveKey, type ScopeBytes, scopeArgument } from './derive.js'
import { decodeClaims, encodeClaims } from './jwe-claims.js'
import { ENCRYPTION, headerOf, readKeyId } from './jwe-token.js'
import { contentArgument } from './link-fields.js'
import type { Payload } from './payload.js'
import { findToken, tokenAdder } from './place-token.js'

/** See {@link JweContext}. */
export class JweKeys implements JweContext {
  readonly #secrets: Secrets
  readonly #survey: string
  readonly #scope: ScopeBytes
  readonly #derived = new Map<number, Promise<CryptoKey>>()

  constructor(secrets: Secrets, scope: Scope) {
    this.#secrets = secrets
    this.#survey = scope.survey
    this.#scope = scopeArgument(scope)
  }

  async seal(fields: LinkFields, options: SealOptions): Promise<SealedLink> {
    const { baseUrl, placement = 'path', keyId } = options
    const addToken = tokenAdder(parseBaseUrl(baseUrl), placement)
    const content = contentArgument(fields, options)
    const { keys, primary } = this.#secrets
    const key = keyId === undefined ? primary : usableKey(keys, integerArgument(keyId, 'keyId', 1, 255))
    const token = await new CompactEncrypt(encodeClaims(fields.respondent, content))
      .setProtectedHeader({ ...headerOf(key.id) })
      .encrypt(await this.#key(key))
    return { url: addToken(token), token, keyId: key.id }
  }

  async open(url: string, options: OpenOptions = {}): Promise<OpenedLink> {
    const now = nowArgument(options.now)
    const { payload, keyId } = await this.#decrypt(findToken(url, options.placement ?? 'path'))
    assertValid(payload, now)
    return openedLink(payload, this.#survey, keyId)
  }

  async read(url: string, { placement = 'path' }: Pick<OpenOptions, 'placement'> = {}): Promise<OpenedLink> {
    const { payload, keyId } = await this.#decrypt(findToken(url, placement))
    return openedLink(payload, this.#survey, keyId)
  }

  async #decrypt(token: string): Promise<{ readonly payload: Payload; readonly keyId: number }> {
    const keyId = readKeyId(token)
    const key = await this.#key(usableKey(this.#secrets.keys, keyId))
    const pinned = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: [ENCRYPTION] }
    const decrypted = await compactDecrypt(token, key, pinned).catch(() => null)
    if (decrypted === null) throw new LinkError('ERR_LINK_AUTHENTICATION_FAILED', 'the link is not authentic')
    return { payload: wellFormed(decodeClaims(decrypted.plaintext)), keyId }
  }

  /** WebCrypto keeps the key from then on, not extractable; the bytes are overwritten. */
  #key({ id, secret }: RingKey): Promise<CryptoKey> {
    if (this.#secrets.disposed) return Promise.reject(disposedKeyring())
    const known = this.#derived.get(id)
    if (known !== undefined) return known
    const derived = deriveKey(secret, bindings(id, this.#scope, 'jwe'), 'jwe')
    const bytes = Uint8Array.from(derived)
    derived.fill(0)
    const key = crypto.subtle
      .importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
      .finally(() => bytes.fill(0))
    this.#derived.set(id, key)
    return key
  }
}

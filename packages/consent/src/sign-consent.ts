/**
 * The browser's side: showing exactly what was asked, and signing the answer.
 *
 * @module
 */

import type { Decision } from './consent-event.js'
import type { ConsentRequest } from './consent-request.js'
import { ConsentError } from './errors.js'
import { parametersOf, signingKey } from './lib/browser-key.js'
import type { NoticeDocument } from './notice.js'

/** Where the key is kept, of which kind it is, and the time. */
export interface SignConsentOptions {
  /** What a new key is for; where the browser cannot keep and use such a key it is ES256. @defaultValue `'ES256'` */
  readonly algorithm?: 'ES256' | 'Ed25519'
  /** Where the key is kept for later visits; null keeps it nowhere. @defaultValue the browser's own */
  readonly indexedDB?: IDBFactory | null
  /** @defaultValue the current time */
  readonly now?: Date
}

/**
 * Reads the notice of a request, after checking that it is the one the signature will name. Show this, and nothing else.
 *
 * Creates no key and stores nothing: it may run when the page loads.
 *
 * @param request - From the server.
 * @returns The notice in the language asked for.
 * @throws {@link ConsentError} `ERR_CONSENT_NOTICE_MISMATCH` when the text, its digest, its language or its purposes do not
 * belong together.
 * @throws {@link ConsentError} `ERR_CONSENT_CRYPTO_UNAVAILABLE` when the page is not served over https.
 */
export async function readNotice(request: ConsentRequest): Promise<NoticeDocument> {
  const digest = await subtle().digest('SHA-256', utf8(request.document))
  if (base64url(new Uint8Array(digest)) !== request.notice) throw mismatch()
  const notice: NoticeDocument = JSON.parse(request.document)
  const known = notice.purposes.map(({ id }) => id)
  if (notice.language !== request.language || !request.purposes.every((id) => known.includes(id))) throw mismatch()
  return notice
}

/**
 * Signs the decisions of a request. Call it from the person's own action, never before.
 *
 * The first call makes a key whose private half cannot be read by anybody, this page included, and keeps it in IndexedDB:
 * one key per controller and survey. Where the browser cannot keep it, the key serves once and the event says so
 * (`keyAssurance`). Putting the request away (`deferred` for every purpose) keeps nothing in the browser.
 *
 * When the browser sends Global Privacy Control, the event says that too.
 *
 * @example
 * A click on "save my choices".
 *
 * ```ts
 * import { type ConsentRequest, signConsent } from '@surveyseal/consent/browser'
 *
 * export async function save(request: ConsentRequest): Promise<Response> {
 *   const body = await signConsent(request, { 'improve-service': 'given', research: 'refused' })
 *   return fetch('/consent', { method: 'POST', body })
 * }
 * ```
 *
 * @param request - From the server.
 * @param decisions - One for each requested purpose, and no others.
 * @param options - See {@link SignConsentOptions}.
 * @returns A compact JWS, for `verifyConsent` on the server.
 * @throws {@link ConsentError} `ERR_CONSENT_PURPOSES_MISMATCH`, `ERR_CONSENT_NOTICE_MISMATCH`,
 * `ERR_CONSENT_CRYPTO_UNAVAILABLE`.
 */
export async function signConsent(
  request: ConsentRequest,
  decisions: Readonly<Record<string, Decision>>,
  options: SignConsentOptions = {},
): Promise<string> {
  await readNotice(request)
  const decided = decide(request.purposes, decisions)
  const { indexedDB = ownIndexedDB(), algorithm = 'ES256', now = new Date() } = options
  const { pair, keyAssurance } = await signingKey(subtle(), {
    indexedDB: isPutAway(decided) ? null : indexedDB,
    name: `${request.audience} ${request.survey}`,
    algorithm,
  })
  const { kty, crv, x, y } = await subtle().exportKey('jwk', pair.publicKey)
  const alg = kty === 'EC' ? 'ES256' : 'Ed25519'
  const header = { alg, typ: 'consent-event+jwt', jwk: { kty, crv, x, y } }
  const payload = {
    aud: request.audience,
    jti: base64url(crypto.getRandomValues(new Uint8Array(16))),
    iat: Math.floor(now.getTime() / 1000),
    nonce: request.nonce,
    sub: request.subject,
    survey: request.survey,
    notice: request.notice,
    lang: request.language,
    decisions: decided,
    keyAssurance,
    until: request.validUntil === null ? undefined : request.validUntil / 1000,
    actor: request.actor === 'self' ? undefined : request.actor,
    signals: hasPrivacyControl() ? ['gpc'] : undefined,
    seq: request.seq,
    prev: request.prev,
  }
  const input = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(payload)))}`
  const signature = await subtle().sign(parametersOf(pair.privateKey), pair.privateKey, utf8(input))
  return `${input}.${base64url(new Uint8Array(signature))}`
}

const DECISIONS: readonly unknown[] = ['given', 'renewed', 'refused', 'withdrawn', 'deferred'] satisfies Decision[]

function decide(purposes: readonly string[], decisions: Readonly<Record<string, Decision>>): Record<string, Decision> {
  const decided = Object.entries(decisions)
  const isComplete = decided.length === purposes.length && purposes.every((id) => Object.hasOwn(decisions, id))
  if (isComplete && decided.every(([, decision]) => DECISIONS.includes(decision))) return Object.fromEntries(decided)
  throw new ConsentError('ERR_CONSENT_PURPOSES_MISMATCH', 'the requested purposes must be decided, and no others')
}

function isPutAway(decided: Readonly<Record<string, Decision>>): boolean {
  return Object.values(decided).every((decision) => decision === 'deferred')
}

/** Global Privacy Control; `true` is its one value that says anything. */
function hasPrivacyControl(): boolean {
  const { navigator } = globalThis as { navigator?: { globalPrivacyControl?: unknown } }
  return navigator?.globalPrivacyControl === true
}

function subtle(): SubtleCrypto {
  const { subtle } = globalThis.crypto
  if (subtle !== undefined) return subtle
  throw new ConsentError('ERR_CONSENT_CRYPTO_UNAVAILABLE', 'Web Crypto is missing: serve the page over https')
}

/** Even naming it throws in some sandboxed frames. */
function ownIndexedDB(): IDBFactory | null {
  try {
    return globalThis.indexedDB ?? null
  } catch {
    return null
  }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function mismatch(): ConsentError {
  return new ConsentError('ERR_CONSENT_NOTICE_MISMATCH', 'the notice is not the one to be signed')
}

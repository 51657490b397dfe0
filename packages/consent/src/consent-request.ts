/**
 * The server's side of asking: one request, answered at most once.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import { invalidArgumentValue } from '@surveyseal/core/errors'
import { base64url } from 'jose'
import type { Actor } from './consent-event.js'
import type { ChainHead, ConsentStore, RequestRecord } from './consent-store.js'
import { assertDate, assertDigest, assertIdentifier, assertName, assertSeconds } from './lib/arguments.js'
import type { Notice } from './notice.js'

/** What the page needs to show the notice and sign: plain JSON. All but `document` is kept in the server's store. */
export interface ConsentRequest extends RequestRecord {
  /** RFC 8785 text of the notice in the language to show; its SHA-256 is `notice`. */
  readonly document: string
}

/** How to ask. */
export interface ConsentRequestOptions {
  /** The person's pseudonym in the survey, from `pseudonymize`. */
  readonly subject: string
  readonly survey: string
  /** One of the notice's languages. */
  readonly language: string
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** The purposes to ask about; all of the notice's when left out. */
  readonly purposes?: readonly string[]
  /** The newest event of this subject and survey, null when there is none. */
  readonly head: ChainHead | null
  /** @defaultValue the current time */
  readonly now?: Date
  /** How long the person may take. @defaultValue 3600 */
  readonly lifetimeSeconds?: number
  /** How long what is given lasts, counted from the request; null for no end of its own. @defaultValue null */
  readonly validitySeconds?: number | null
  /** Who is asked to act for the person. @defaultValue `'self'` */
  readonly actor?: Actor
}

/**
 * Makes a request for decisions on some or all purposes of a notice, in one language.
 *
 * The request goes to the page as JSON and, without `document`, to the server's store
 * ({@link ConsentStore.saveRequest}). It holds a fresh 256-bit nonce and nothing that names the person but the pseudonym.
 *
 * @param notice - From `defineNotice`.
 * @param options - See {@link ConsentRequestOptions}.
 * @returns What `signConsent` of `@surveyseal/consent/browser` takes next.
 */
export function createConsentRequest(notice: Notice, options: ConsentRequestOptions): ConsentRequest {
  const { subject, survey, language, audience, head, now = new Date(), lifetimeSeconds = 3600 } = options
  const { validitySeconds = null, actor = 'self' } = options
  assertDigest('options.subject', subject)
  assertIdentifier('options.survey', survey)
  assertName('options.audience', audience)
  assertDate('options.now', now)
  assertSeconds('options.lifetimeSeconds', lifetimeSeconds)
  if (validitySeconds !== null) assertSeconds('options.validitySeconds', validitySeconds)
  if (!ACTORS.includes(actor)) throw invalidArgumentValue('options.actor', 'self, guardian or proxy')
  const issuedAt = now.getTime()
  return {
    nonce: base64url.encode(randomBytes(32)),
    audience,
    subject,
    survey,
    ...inLanguage(notice, language),
    purposes: purposesOf(notice, options.purposes),
    validUntil: validitySeconds === null ? null : Math.ceil(issuedAt / 1000 + validitySeconds) * 1000,
    actor,
    seq: (head?.seq ?? 0) + 1,
    prev: head?.hash ?? null,
    issuedAt,
    expiresAt: issuedAt + lifetimeSeconds * 1000,
  }
}

const ACTORS: readonly unknown[] = ['self', 'guardian', 'proxy'] satisfies Actor[]

function inLanguage(notice: Notice, language: string): Pick<ConsentRequest, 'notice' | 'language' | 'document'> {
  const document = Object.hasOwn(notice.documents, language) ? notice.documents[language] : undefined
  const digest = notice.digests[language]
  if (document === undefined || digest === undefined) {
    throw invalidArgumentValue('options.language', 'a language of the notice')
  }
  return { notice: digest, language, document }
}

function purposesOf(notice: Notice, wanted: readonly string[] | undefined): readonly string[] {
  const known = notice.purposes.map(({ id }) => id)
  if (wanted === undefined) return known
  const distinct = new Set(wanted)
  if (distinct.size === 0 || distinct.size < wanted.length || !wanted.every((id) => known.includes(id))) {
    throw invalidArgumentValue('options.purposes', 'purposes of the notice, each once')
  }
  return [...wanted]
}

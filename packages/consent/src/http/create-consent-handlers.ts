/**
 * The ceremony over HTTP.
 *
 * @module
 */

import type { ConsentErrorCode } from '../errors.js'
import type { ConsentHandlers, ConsentHandlersOptions, ConsentStep } from './consent-handlers.js'
import { assertAdmitted, assertOwnSite } from './lib/admit.js'
import { readBody } from './lib/read-request.js'
import { preflight, type Reply, respond } from './lib/respond.js'
import { readSettings, report, type Settings } from './lib/settings.js'
import { STEPS } from './lib/steps.js'
import { Stopped } from './lib/stopped.js'

const RETRY_SECONDS = '5'

/**
 * Creates the handlers of the ceremony: ask, record, withdraw, from a `Request` to a `Response`, for any server. JSON only.
 *
 * Whom a request is about is the host's to say (`identify`): an answer is recorded in the chain of the session that sends
 * it, or not at all. What was asked is kept in the store and answered once. `Sec-GPC: 1` is recorded as a signal about the
 * purposes the service was told it covers. The handlers set no cookie, and answer no browser of another origin.
 *
 * @example
 * The ceremony beside a session that the host keeps.
 *
 * ```ts
 * import type { ConsentService, Notice } from '@surveyseal/consent'
 * import { type ConsentHandlers, type ConsentVisitor, createConsentHandlers } from '@surveyseal/consent/http'
 *
 * export function consentHandlers<Tx>(
 *   consents: ConsentService<Tx>,
 *   notice: Notice,
 *   sessions: (request: Request) => ConsentVisitor | null,
 * ): ConsentHandlers {
 *   return createConsentHandlers({ consents, notice, origin: 'https://feedback.example', identify: sessions })
 * }
 * ```
 *
 * @param options - See {@link ConsentHandlersOptions}.
 * @returns The handlers; they need no `this`.
 * @throws `TypeError` or `RangeError` for options that cannot be used.
 * @typeParam Tx - The store's transaction handle.
 */
export function createConsentHandlers<Tx>(options: ConsentHandlersOptions<Tx>): ConsentHandlers {
  const settings = readSettings(options)
  const handler = (step: ConsentStep) => (request: Request) => handle(settings, step, request)
  const handlers = { options: handler('options'), record: handler('record'), withdraw: handler('withdraw') }
  return {
    ...handlers,
    async fetch(request) {
      const { pathname } = new URL(request.url)
      const step = pathname.slice(pathname.lastIndexOf('/') + 1)
      if (!isStep(step)) return respond({ outcome: 'unknown' }, sharing(settings, request))
      return handlers[step](request)
    },
  }
}

function isStep(step: string): step is ConsentStep {
  return Object.hasOwn(STEPS, step)
}

async function handle<Tx>(settings: Settings<Tx>, step: ConsentStep, request: Request): Promise<Response> {
  const shared = sharing(settings, request)
  if (request.method === 'OPTIONS') return preflight(shared)
  try {
    if (request.method !== 'POST') throw new Stopped('method-not-allowed', { Allow: 'POST, OPTIONS' })
    assertOwnSite(settings, request)
    await assertAdmitted(settings, request, step)
    const sent = await readBody(request, settings.maxBodyBytes)
    return respond(await STEPS[step]({ settings, request, sent }), shared)
  } catch (error) {
    return respond(problemOf(settings, step, error), shared)
  }
}

/** What the person can do about it by beginning again. */
const BEGIN_AGAIN: readonly ConsentErrorCode[] = [
  'ERR_CONSENT_HEAD_MOVED',
  'ERR_CONSENT_NONCE_REPLAYED',
  'ERR_CONSENT_NONCE_UNKNOWN',
]

/** Not the sender's doing: the host's store or configuration. */
const OURS: readonly ConsentErrorCode[] = ['ERR_CONSENT_RECORD_INVALID']

function problemOf(settings: Settings<never>, step: ConsentStep, error: unknown): Reply {
  if (error instanceof Stopped) return error
  const code = codeOf(error)
  if (code !== null && !OURS.includes(code)) {
    return { outcome: BEGIN_AGAIN.includes(code) ? 'ask-again' : 'refused', members: { code } }
  }
  report(settings, error, step)
  return { outcome: 'unavailable', headers: { 'Retry-After': RETRY_SECONDS } }
}

/** Not by instanceof: two copies of this package have two classes. */
function codeOf(error: unknown): ConsentErrorCode | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && code.startsWith('ERR_CONSENT_') ? (code as ConsentErrorCode) : null
}

/** Lets pages of the declared origins read the response, with their session. */
function sharing({ origins }: Settings<never>, { headers }: Request): Readonly<Record<string, string>> {
  const origin = headers.get('origin')
  if (origin === null || !origins.has(origin)) return {}
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' }
}

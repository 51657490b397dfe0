/**
 * The link protocol over HTTP.
 *
 * @module
 */

import { LinkError } from '../errors.js'
import { findToken } from '../lib/place-token.js'
import { assertAdmitted, assertOwnSite } from './lib/admit.js'
import { readBody, type Sent } from './lib/read-request.js'
import { ALLOWED, type Asked, preflight, respond } from './lib/respond.js'
import { readSettings, report, type Settings } from './lib/settings.js'
import { languageOf, type Reply, STEPS } from './lib/steps.js'
import { Stopped } from './lib/stopped.js'
import type { LinkHandlers, LinkHandlersOptions, LinkStep } from './link-handlers.js'

const TOKEN_HEADER = 'surveyseal-link'
const RETRY_SECONDS = '5'

/**
 * Creates the handlers of one link service: open, claim, submit, from a `Request` to a `Response`, for any server.
 *
 * Opening is inert, claiming answers a person's gesture and spends nothing, and submitting spends the link exactly when
 * `accept` accepted the answer. So whatever opens links before the invitee does, once or a thousand times, with or
 * without scripts, forms included, takes nothing from them. Only what fills in the questions and sends them answers in
 * their place; `verifyGesture` is where a host can ask for more.
 *
 * Requests and responses are those of docs/http.md. The handlers set no cookie and read none. They do not check the
 * `Host` header, and they see the token of a link in a path or query: keep it out of logs.
 *
 * @example
 * A survey of one question, complete.
 *
 * ```ts
 * import { createLinkService } from '@surveyseal/links'
 * import { AnswerRefused, createLinkHandlers } from '@surveyseal/links/http'
 * import { memoryLinkStore } from '@surveyseal/links/testing'
 *
 * const baseUrl = 'https://feedback.example/s'
 * const links = createLinkService({
 *   ...{ tenant: 'acme', survey: 'onboarding', purpose: 'survey', baseUrl },
 *   store: memoryLinkStore(),
 *   peppers: { current: { id: '2026', secret: crypto.getRandomValues(new Uint8Array(32)) } },
 * })
 * const ratings: number[] = []
 *
 * export const { fetch } = createLinkHandlers({
 *   links,
 *   baseUrl,
 *   prefill: { rating: (value) => /^(?:10|[0-9])$/.test(value) },
 *   accept: async (tx, { answer }) => {
 *     const rating = Number((answer as { rating?: unknown }).rating)
 *     if (!(rating >= 0 && rating <= 10)) throw new AnswerRefused(['rating'])
 *     tx.onCommit(() => ratings.push(rating))
 *   },
 *   render: (page) =>
 *     page.step === 'claim' ? `<label>0 to 10 <input name="rating" value="${page.prefill['rating'] ?? ''}"></label>` : null,
 * })
 * ```
 *
 * @param options - See {@link LinkHandlersOptions}.
 * @returns The handlers; they need no `this`.
 * @throws {@link LinkError} `ERR_LINK_BASE_URL_INSECURE` or `ERR_LINK_BASE_URL_PERSONAL_DATA` for an unfit base URL.
 * @throws `TypeError` or `RangeError` for other options that cannot be used.
 * @typeParam Tx - The store's transaction handle.
 * @see docs/http.md
 */
export function createLinkHandlers<Tx>(options: LinkHandlersOptions<Tx>): LinkHandlers {
  const settings = readSettings(options)
  const handler = (step: LinkStep) => (request: Request) => handle(settings, step, request)
  const handlers = { open: handler('open'), claim: handler('claim'), submit: handler('submit') }
  return { ...handlers, fetch: (request) => handlers[stepOf(settings, request)](request) }
}

/** Tokens are longer than these words, so that no link is taken for a step. */
function stepOf<Tx>({ path }: Settings<Tx>, { url }: Request): LinkStep {
  const { pathname } = new URL(url)
  if (pathname === path) return 'open'
  const last = pathname.slice(pathname.lastIndexOf('/') + 1)
  return last === 'claim' || last === 'submit' ? last : 'open'
}

async function handle<Tx>(settings: Settings<Tx>, step: LinkStep, request: Request): Promise<Response> {
  let asked: Asked = { step, request, json: wantsJson(request), sent: null }
  if (request.method === 'OPTIONS') return preflight(settings, asked)
  try {
    assertMethod(step, request)
    if (step !== 'open') assertOwnSite(settings, request)
    asked = { ...asked, sent: step === 'open' ? readOpening(request) : await readBody(request, settings.maxBodyBytes) }
    return await respond(settings, asked, await run(settings, asked))
  } catch (error) {
    return respond(settings, asked, problemReply(settings, asked, error))
  }
}

async function run<Tx>(settings: Settings<Tx>, { step, request, sent, json }: Asked): Promise<Reply> {
  const said = sent ?? readOpening(request)
  const visit = { settings, sent: said, token: tokenIn(settings, said.token), accepted: acceptedBy(request) }
  if (step === 'open' && !json && isBare(settings, request, visit.token)) {
    return { outcome: 'usable', page: { step: 'enter', language: languageOf(visit) } }
  }
  await assertAdmitted(settings, step, { request, token: visit.token })
  return STEPS[step](visit)
}

/** Nothing but the base URL: the token is in a fragment, or was taken out of the address bar. */
function isBare<Tx>({ path, placement }: Settings<Tx>, { url, headers }: Request, token: string): boolean {
  const { pathname } = new URL(url)
  const bare = pathname === path || pathname === `${path}/`
  return bare && (token === '' || placement === 'path') && !headers.has(TOKEN_HEADER)
}

function problemReply<Tx>(
  settings: Settings<Tx>,
  { step, request, sent }: Asked,
  error: unknown,
): Reply & { readonly headers: Readonly<Record<string, string>> } {
  const known = error instanceof Stopped
  if (!known) report(settings, error, step)
  const { outcome, headers } = known ? error : new Stopped('unavailable', { 'Retry-After': RETRY_SECONDS })
  const language = languageOf({ settings, sent: sent ?? readOpening(request), accepted: acceptedBy(request) })
  return { outcome, headers, page: { step: 'problem', language, outcome } }
}

function assertMethod(step: LinkStep, { method }: Request): void {
  const allowed = ALLOWED[step]
  if (!allowed.split(', ').includes(method)) throw new Stopped('method-not-allowed', { Allow: allowed })
}

/** What a request without a body says: the token in a header, or somewhere in its URL. */
function readOpening({ url, headers }: Request): Sent {
  const parameters = [...new URL(url).searchParams]
  const language = parameters.find(([name]) => name === 'language')?.[1] ?? null
  const token = headers.get(TOKEN_HEADER) ?? url
  return { token, idempotencyKey: null, language, parameters, answer: null, fields: [] }
}

/** The token alone, or nothing, which is as unknown as any other. */
function tokenIn<Tx>({ placement }: Settings<Tx>, url: string): string {
  try {
    return findToken(url, placement)
  } catch (error) {
    if (error instanceof LinkError) return ''
    throw error
  }
}

function wantsJson({ method, headers }: Request): boolean {
  const accepted = headers.get('accept') ?? ''
  const sent = method === 'POST' && (headers.get('content-type') ?? '').toLowerCase().startsWith('application/json')
  return sent || (accepted.includes('application/json') && !accepted.includes('text/html'))
}

function acceptedBy({ headers }: Request): string | null {
  return headers.get('accept-language')
}

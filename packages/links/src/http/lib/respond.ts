/**
 * From what a request came to, to a response.
 *
 * @module
 */

import type { LinkStep } from '../link-handlers.js'
import type { LinkOutcome } from '../link-outcome.js'
import { writePage } from './pages.js'
import type { Sent } from './read-request.js'
import { report, type Settings } from './settings.js'
import type { Reply } from './steps.js'

/** Methods of each step, as `Allow` says them. */
export const ALLOWED: Readonly<Record<LinkStep, string>> = {
  open: 'GET, HEAD, OPTIONS',
  claim: 'POST, OPTIONS',
  submit: 'POST, OPTIONS',
}

const STATUS: Readonly<Record<LinkOutcome, number>> = {
  usable: 200,
  kept: 200,
  unknown: 404,
  used: 410,
  expired: 410,
  revoked: 410,
  'not-yet-valid': 403,
  'answer-refused': 422,
  'cross-site': 403,
  'no-gesture': 403,
  malformed: 400,
  'key-invalid': 400,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-type': 415,
  'rate-limited': 429,
  unavailable: 503,
}

/** Nothing here is public: not kept, not indexed, and no address travels on. */
const PRIVATE: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
}
const NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'"
const VARY = 'Accept, Accept-Language, Origin'
/** Outcomes after which the same form may be sent again. */
const RETRIED: readonly LinkOutcome[] = ['unavailable', 'rate-limited']

/** What is being responded to. */
export interface Asked {
  readonly step: LinkStep
  readonly request: Request
  readonly json: boolean
  readonly sent: Sent | null
}

/** Makes the response to a step. */
export async function respond(
  settings: Settings<never>,
  asked: Asked,
  reply: Reply & { readonly headers?: Readonly<Record<string, string>> },
): Promise<Response> {
  const { status, headers, body } = asked.json ? jsonResponse(reply) : await pageResponse(settings, asked, reply)
  const complete = new Headers(headers)
  for (const [name, value] of Object.entries({ ...PRIVATE, ...reply.headers, ...sharing(settings, asked.request) })) {
    if (!complete.has(name)) complete.set(name, value)
  }
  complete.append('Vary', VARY)
  return new Response(asked.request.method === 'HEAD' ? null : body, { status, headers: complete })
}

/** Says what a step allows, to browsers that ask before they send from another origin. */
export function preflight(settings: Settings<never>, { step, request }: Asked): Response {
  const shared = sharing(settings, request)
  const headers = new Headers({ ...PRIVATE, ...shared, Allow: ALLOWED[step], Vary: VARY })
  if (Object.keys(shared).length > 0) {
    headers.set('Access-Control-Allow-Methods', ALLOWED[step])
    headers.set('Access-Control-Allow-Headers', 'Content-Type, Idempotency-Key, SurveySeal-Link')
    headers.set('Access-Control-Max-Age', '600')
  }
  return new Response(null, { status: 204, headers })
}

function jsonResponse({ outcome, members }: Reply): Response {
  return Response.json(
    { outcome, ...members },
    { status: STATUS[outcome], headers: { 'Content-Security-Policy': NO_DOCUMENT } },
  )
}

async function pageResponse(settings: Settings<never>, asked: Asked, { outcome, page }: Reply): Promise<Response> {
  const body = await hostsBody(settings, asked, page)
  if (body instanceof Response) return body
  const fields = RETRIED.includes(outcome) ? (asked.sent?.fields ?? []) : []
  const retry = fields.length > 0 ? { action: `${settings.path}/${asked.step}`, fields } : null
  return new Response(writePage(page, { settings, body, retry }), {
    status: STATUS[outcome],
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': page.language,
      'Content-Security-Policy': settings.contentSecurityPolicy,
    },
  })
}

/** A page that cannot be made must not take the answer's success with it. */
async function hostsBody(
  settings: Settings<never>,
  { step, request }: Asked,
  page: Reply['page'],
): Promise<Response | string | null> {
  try {
    const body = (await settings.options.render?.(page, request)) ?? null
    // Not by instanceof: servers bring a Response of their own. A copy, which throws for one that was sent before.
    return body === null || typeof body === 'string' ? body : new Response(body.body, body)
  } catch (error) {
    report(settings, error, step)
    return null
  }
}

/** Lets pages of the declared origins read the response. */
function sharing({ origins }: Settings<never>, { headers }: Request): Readonly<Record<string, string>> {
  const origin = headers.get('origin')
  return origin !== null && origins.has(origin) ? { 'Access-Control-Allow-Origin': origin } : {}
}

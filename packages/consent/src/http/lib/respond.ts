/**
 * From what a request came to, to a response.
 *
 * @module
 */

import type { ConsentOutcome } from '../consent-handlers.js'

const STATUS: Readonly<Record<ConsentOutcome, number>> = {
  asked: 200,
  recorded: 200,
  withdrawn: 200,
  'ask-again': 409,
  refused: 422,
  'not-identified': 401,
  'cross-site': 403,
  malformed: 400,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-type': 415,
  unknown: 404,
  'rate-limited': 429,
  unavailable: 503,
}

/** Nothing here is public: not kept, not indexed, and no address travels on. */
const PRIVATE: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  Vary: 'Origin',
}

/** What a step came to. */
export interface Reply {
  readonly outcome: ConsentOutcome
  readonly members?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Makes the response to a step. */
export function respond({ outcome, members, headers }: Reply, shared: Readonly<Record<string, string>>): Response {
  return Response.json(
    { outcome, ...members },
    { status: STATUS[outcome], headers: { ...PRIVATE, ...headers, ...shared } },
  )
}

/** Says what is allowed, to browsers that ask before they send from another origin. */
export function preflight(shared: Readonly<Record<string, string>>): Response {
  const allowed = {
    'Access-Control-Allow-Methods': 'POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '600',
  }
  const isShared = Object.keys(shared).length > 0
  return new Response(null, {
    status: 204,
    headers: { ...PRIVATE, Allow: 'POST, OPTIONS', ...shared, ...(isShared ? allowed : {}) },
  })
}

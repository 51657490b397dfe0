/**
 * Rules every request and response keeps.
 *
 * @module
 */
import { REPORT_STYLE_SOURCE } from '@surveyseal/core/report'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'

/**
 * No inline script, no inline style but that of the printed report, by its digest, and nothing from elsewhere, the form
 * library included. Its drop-down arrow is an image in
 * the style sheet, hence `data:` for images.
 */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", REPORT_STYLE_SOURCE],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/**
 * Headers of every response. Nothing here is public, so nothing is cached or indexed, and no address travels on.
 * `Strict-Transport-Security` is for the proxy that ends TLS.
 */
export function headers(): readonly MiddlewareHandler[] {
  return [
    secureHeaders({ contentSecurityPolicy, referrerPolicy: 'no-referrer', strictTransportSecurity: false }),
    async (context, next) => {
      await next()
      context.header('X-Robots-Tag', 'noindex, nofollow')
      if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store')
    },
  ]
}

/** No form of this app is larger; a receipt is the largest thing anyone sends. */
export function smallBodies(): MiddlewareHandler {
  return bodyLimit({ maxSize: 1024 * 1024, onError: (context) => context.text('Payload Too Large', 413) })
}

/** Answers only to the names this server was started under, so that no foreign name can be pointed at it. */
export function onlyOurHost(origin: string): MiddlewareHandler {
  const { port } = new URL(origin)
  const ours = new Set([new URL(origin).host, `127.0.0.1:${port}`, `localhost:${port}`])
  return async (context, next) => {
    if (!ours.has(context.req.header('Host') ?? '')) return context.text('Misdirected Request', 421)
    return next()
  }
}

/**
 * Refuses what another site made the browser send. `Sec-Fetch-Site` decides where the browser sends it, because the
 * referrer policy above turns the `Origin` of a plain form into `null`; otherwise `Origin` has to be ours.
 */
export function onlyOurForms(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next()
    const site = context.req.header('Sec-Fetch-Site')
    const same = site === undefined ? ownOrigin(context.req.header('Origin'), context.req.url) : site === 'same-origin'
    return same ? next() : context.text('Forbidden', 403)
  }
}

function ownOrigin(origin: string | undefined, url: string): boolean {
  return origin === new URL(url).origin
}

/**
 * Whether a request goes on to the service at all.
 *
 * @module
 */

import type { ConsentStep } from '../consent-handlers.js'
import { report, type Settings } from './settings.js'
import { Stopped } from './stopped.js'

const LONGEST_WAIT_SECONDS = 86_400

/**
 * Refuses what another site made the browser send. A host's session is often a cookie, so that a browser that sends neither
 * header, or `Origin: null`, is refused as well unless it says that the request is the site's own.
 */
export function assertOwnSite({ origins }: Settings<never>, { headers }: Request): void {
  const [site, origin] = [headers.get('sec-fetch-site'), headers.get('origin')]
  if (origin !== null && origins.has(origin)) return
  if (site === 'same-origin') return
  throw new Stopped('cross-site')
}

/** Asks the host's limit; a failing one guards nothing and lets through. */
export async function assertAdmitted(settings: Settings<never>, request: Request, step: ConsentStep): Promise<void> {
  const wait = await waitFor(settings, request, step)
  if (wait === null) return
  const seconds = Math.min(Math.max(Math.ceil(wait) || 1, 1), LONGEST_WAIT_SECONDS)
  throw new Stopped('rate-limited', { 'Retry-After': String(seconds) })
}

async function waitFor(settings: Settings<never>, request: Request, step: ConsentStep): Promise<number | null> {
  try {
    return (await settings.options.limit?.(request, step)) ?? null
  } catch (error) {
    report(settings, error, step)
    return null
  }
}

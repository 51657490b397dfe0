/**
 * Whether a request goes on to the link at all.
 *
 * @module
 */

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeBase64url } from '../../lib/base64url.js'
import type { LinkAttempt, LinkStep } from '../link-handlers.js'
import { report, type Settings } from './settings.js'
import { Stopped } from './stopped.js'

const BUCKET_BYTES = 16
const LONGEST_WAIT_SECONDS = 86_400

/**
 * Refuses what another site made the browser send.
 *
 * Only on evidence: no cookie takes part, so whoever can forge such a request knows the token already, and old browsers
 * that send neither header, or `Origin: null` because of `no-referrer`, are people.
 */
export function assertOwnSite({ origins }: Settings<never>, { headers }: Request): void {
  const [site, origin] = [headers.get('sec-fetch-site'), headers.get('origin')]
  if (origin !== null && origins.has(origin)) return
  const foreign = site === null ? origin !== null && origin !== 'null' : site !== 'same-origin' && site !== 'none'
  if (foreign) throw new Stopped('cross-site')
}

/** Asks the host's limit, and of a step that counts whether a person is behind it. */
export async function assertAdmitted(
  settings: Settings<never>,
  step: LinkStep,
  { request, token }: { readonly request: Request; readonly token: string },
): Promise<void> {
  const { limit, verifyGesture } = settings.options
  if (limit === undefined && verifyGesture === undefined) return
  const attempt = { step, request, bucket: bucketOf(settings, token) }
  const wait = await waitFor(settings, attempt)
  if (wait !== null) throw new Stopped('rate-limited', { 'Retry-After': String(wait) })
  if (step === 'open' || verifyGesture === undefined) return
  if (!(await settings.options.verifyGesture?.(attempt))) throw new Stopped('no-gesture')
}

async function waitFor(settings: Settings<never>, attempt: LinkAttempt): Promise<number | null> {
  const { options } = settings
  try {
    const wait = (await options.limit?.(attempt)) ?? null
    return wait === null ? null : Math.min(Math.max(Math.ceil(wait) || 1, 1), LONGEST_WAIT_SECONDS)
  } catch (error) {
    if (options.limitFailure === 'closed') throw error
    report(settings, error, attempt.step)
    return null
  }
}

function bucketOf({ bucketSecret }: Settings<never>, token: string): string {
  return encodeBase64url(hmac(sha256, bucketSecret, new TextEncoder().encode(token)).subarray(0, BUCKET_BYTES))
}

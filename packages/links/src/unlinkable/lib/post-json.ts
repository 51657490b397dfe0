/**
 * A request that says nothing but its body.
 *
 * @module
 */

import { UnlinkableError, type UnlinkableErrorCode } from '../errors.js'

/** The refusals a server may name; whatever else it says means that it did not answer. */
const REFUSALS: readonly UnlinkableErrorCode[] = [
  'ERR_UNLINKABLE_MALFORMED',
  'ERR_UNLINKABLE_CREDENTIALS',
  'ERR_UNLINKABLE_SIGNATURE_INVALID',
  'ERR_UNLINKABLE_NOT_PERMITTED',
  'ERR_UNLINKABLE_ALREADY_ISSUED',
  'ERR_UNLINKABLE_KEY_UNKNOWN',
]

/** Posts a body and gives the member `name` of the answer, a text. */
export async function postJson(
  fetch: typeof globalThis.fetch,
  url: string,
  sent: { body: object; name: string },
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(sent.body),
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
  })
    .then((response) => response.json() as Promise<Readonly<Record<string, unknown>>>)
    .catch(() => null)
  const value = answer?.[sent.name]
  if (typeof value === 'string') return value
  const refusal = REFUSALS.find((code) => code === answer?.['code'])
  throw noReply(refusal)
}

/** The refusal of a reply that is none, or that names why. */
export function noReply(code: UnlinkableErrorCode = 'ERR_UNLINKABLE_UNAVAILABLE'): UnlinkableError {
  return new UnlinkableError(code, 'the server gave no signature or receipt')
}

/**
 * The endpoint that gives out tokens.
 *
 * @module
 */

import { decodeBase64url, encodeBase64url } from '../lib/base64url.js'
import type { UnlinkableErrorCode } from './errors.js'
import { type EndpointOptions, jsonEndpoint, malformed } from './lib/json-endpoint.js'
import type { IssuanceRefusal, TokenIssuer } from './open-wave.js'

/** A link is far shorter, and a blinded message is 683 characters at most. */
const MAX_BODY_BYTES = 8192

/**
 * Makes the handler of `POST {link, keyId, blinded}`, which answers `{signature}`.
 *
 * It knows who asks. Mount it where the invitations lead, and the handler of answers on another origin. Credentials are
 * refused, so that the two requests have none in common. Whoever may not have a token is told `ERR_UNLINKABLE_NOT_PERMITTED`
 * (403), the same for every reason but one: `ERR_UNLINKABLE_ALREADY_ISSUED` (409).
 *
 * @param issuer - The issuer of the wave.
 * @param options - Origins that may call it; it reads 8 KiB at most.
 * @returns The handler. It throws what the store throws; answer 503 then, and the page may try again.
 */
export function createIssueHandler(
  issuer: Pick<TokenIssuer, 'issue'>,
  options: Pick<EndpointOptions, 'origins'> = {},
): (request: Request) => Promise<Response> {
  return jsonEndpoint({ ...options, maxBodyBytes: MAX_BODY_BYTES }, async ({ link, keyId, blinded }) => {
    const bytes = typeof blinded === 'string' ? decodeBase64url(blinded) : null
    if (typeof link !== 'string' || typeof keyId !== 'string' || bytes === null) throw malformed()
    const issuance = await issuer.issue({ link, keyId, blinded: bytes })
    if (issuance.outcome === 'refused') return refusal(issuance.reason)
    return { status: 200, body: { signature: encodeBase64url(issuance.signature) } }
  })
}

function refusal(reason: IssuanceRefusal): { status: number; body: { code: UnlinkableErrorCode } } {
  return reason === 'already-issued'
    ? { status: 409, body: { code: 'ERR_UNLINKABLE_ALREADY_ISSUED' } }
    : { status: 403, body: { code: 'ERR_UNLINKABLE_NOT_PERMITTED' } }
}

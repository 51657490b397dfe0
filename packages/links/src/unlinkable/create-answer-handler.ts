/**
 * The endpoint that takes answers.
 *
 * @module
 */

import type { TokenRedeemer } from './create-token-redeemer.js'
import { type EndpointOptions, jsonEndpoint, malformed } from './lib/json-endpoint.js'

/** What {@link createAnswerHandler} needs. */
export interface AnswerHandlerOptions<Tx> extends EndpointOptions {
  /**
   * Writes the answer, any JSON value, not validated, through `tx`. It is given nothing else of the request: an address, a
   * language or a time beside the answer would point at a person. It may run again when the database asks for a retry;
   * when it throws nothing is kept, and the token is as good as before.
   */
  accept(tx: Tx, answer: unknown): Promise<unknown>
}

/**
 * Makes the handler of `POST {token, answer}`, which answers `{outcome}`: `accepted`, or `repeated` for a token that was
 * answered with before.
 *
 * Mount it on another origin than the invitations, without access logs that a person's address would be in. Credentials
 * are refused, and so is the name `__proto__` anywhere in the answer. A token that is malformed or of another wave is `ERR_UNLINKABLE_MALFORMED` (400) or
 * `ERR_UNLINKABLE_SIGNATURE_INVALID` (403).
 *
 * @param redeemer - Accepts the wave's tokens.
 * @param options - See {@link AnswerHandlerOptions}.
 * @returns The handler. It throws what the store and `accept` throw.
 */
export function createAnswerHandler<Tx>(
  redeemer: Pick<TokenRedeemer<Tx>, 'redeem'>,
  options: AnswerHandlerOptions<Tx>,
): (request: Request) => Promise<Response> {
  return jsonEndpoint(options, async (body) => {
    const { token, answer } = body
    if (typeof token !== 'string' || !Object.hasOwn(body, 'answer')) throw malformed()
    const { outcome } = await redeemer.redeem(token, { accept: (tx) => options.accept(tx, answer) })
    return { status: 200, body: { outcome } }
  })
}

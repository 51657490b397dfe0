/**
 * Answering with a token.
 *
 * @module
 */

import { noReply, postJson } from './lib/post-json.js'
import type { ObtainedToken } from './obtain-token.js'
import { indexedDbStorage, type TokenStorage } from './token-storage.js'

/** What {@link submitAnswer} needs. */
export interface SubmitAnswerOptions {
  /** Where the answer handler is; on another origin than the invitation. */
  readonly answerUrl: string
  /** Any JSON value. Put nothing into it that the questions did not ask for. */
  readonly answer: unknown
  /** The same as when the token was obtained. @defaultValue {@link indexedDbStorage} */
  readonly storage?: TokenStorage
  /** @defaultValue the browser's */
  readonly fetch?: typeof globalThis.fetch
}

/**
 * Sends an answer with its token, without cookies, referrer or anything else of the invitation.
 *
 * Once the server has it, the token is deleted from this browser, and that this invitation was answered is remembered.
 *
 * @param obtained - The token.
 * @param options - See {@link SubmitAnswerOptions}.
 * @returns `accepted`, or `repeated` when an answer with this token was accepted before, which is kept and not changed; of an
 * invitation that this browser answered, nothing is sent.
 * @throws UnlinkableError `ERR_UNLINKABLE_UNAVAILABLE` to try again; `ERR_UNLINKABLE_SIGNATURE_INVALID`,
 * `ERR_UNLINKABLE_MALFORMED`, `ERR_UNLINKABLE_CREDENTIALS` as the server says.
 */
export async function submitAnswer(
  { token, answered, name }: ObtainedToken,
  options: SubmitAnswerOptions,
): Promise<'accepted' | 'repeated'> {
  // Another tab was faster, and left no token to ask the server with.
  if (answered) return 'repeated'
  const { answerUrl, answer, storage = indexedDbStorage(), fetch = globalThis.fetch.bind(globalThis) } = options
  const outcome = await postJson(fetch, answerUrl, { body: { token, answer }, name: 'outcome' })
  // Anything else was said by somebody else, who must not cost the person their token.
  if (outcome !== 'accepted' && outcome !== 'repeated') throw noReply()
  const done = { prefix: '', blinded: '', inverse: '', token: '', answered: true }
  await storage.replace(name, JSON.stringify(done)).catch(() => undefined)
  return outcome
}

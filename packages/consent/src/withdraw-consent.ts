/**
 * Withdrawal: signed by the controller, so that it never needs the respondent's key.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { WithdrawalEvent, WithdrawalRoute } from './consent-event.js'
import type { ChainHead, ChainKey } from './consent-store.js'
import { assertDate } from './lib/arguments.js'
import { readWithdrawal } from './lib/documents.js'
import { withdrawalPayload } from './lib/schemas.js'
import { type Signer, signAsController } from './signer.js'

/** Whose permission is withdrawn, how, and where it goes in the chain. */
export interface WithdrawConsentOptions extends ChainKey {
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  readonly via: WithdrawalRoute
  /** The newest event of this subject and survey: a withdrawal follows at least one decision. */
  readonly head: ChainHead
  readonly signer: Signer
  /** @defaultValue the current time */
  readonly now?: Date
}

/**
 * Signs the withdrawal of purposes as the controller.
 *
 * It consults no request, no client clock and no client position: the server puts it at the end of the chain. When the
 * chain grows between reading the head and storing the withdrawal, sign it again on the new head; `createConsentService`
 * does so.
 *
 * @param purposes - Distinct purpose ids, 1 to 128.
 * @param options - See {@link WithdrawConsentOptions}.
 * @returns The event; `receiveEvent` takes it next.
 */
export async function withdrawConsent(
  purposes: readonly string[],
  options: WithdrawConsentOptions,
): Promise<WithdrawalEvent> {
  const { subject, survey, audience, via, head, signer, now = new Date() } = options
  assertDate('options.now', now)
  const payload = {
    iss: audience,
    iat: Math.floor(now.getTime() / 1000),
    sub: subject,
    survey,
    purposes: [...purposes],
    via,
    seq: head.seq + 1,
    prev: head.hash,
  }
  if (!withdrawalPayload.safeParse(payload).success) {
    throw invalidArgumentValue('withdrawal', 'distinct purposes, a subject, survey, audience, route and head')
  }
  return readWithdrawal(await signAsController('consent-withdrawal+jwt', payload, signer))
}

/**
 * Statements: what the controller signs of its own accord about a person's purposes.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { ImportEvent, Ruling, Signal, StatementEvent } from './consent-event.js'
import type { ChainHead, ChainKey } from './consent-store.js'
import { assertDate } from './lib/arguments.js'
import { readStatement } from './lib/documents.js'
import { type StatementPayload, statementPayload } from './lib/schemas.js'
import { type Signer, signAsController } from './signer.js'

/**
 * What is stated.
 *
 * - A ruling ends what was given: `revoked` by the controller, `invalidated` by a court or an authority.
 * - `import` repeats what the person is said to have decided before, elsewhere. It proves nothing of the person, and says so.
 * - `signal` notes what a browser said of its own accord, and the purposes the host applies it to. It decides nothing.
 */
export type Statement =
  | { readonly states: Ruling; readonly purposes: readonly string[] }
  | { readonly states: 'signal'; readonly signal: Signal; readonly purposes: readonly string[] }
  | {
      readonly states: 'import'
      readonly decisions: ImportEvent['decisions']
      readonly decidedAt: Date
      /** Where the host has it from: an identifier such as `crm-2019`, never a person. */
      readonly source: string
      /** When what was given ends by itself. @defaultValue null, it does not */
      readonly validUntil?: Date | null
    }

/** Whose purposes, and where it goes in the chain. */
export interface StateConsentOptions extends ChainKey {
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** The newest event of this subject and survey, null when there is none. */
  readonly head: ChainHead | null
  readonly signer: Signer
  /** @defaultValue the current time */
  readonly now?: Date
}

/**
 * Signs a statement as the controller. Whether it is a possible one, the chain tells: `createConsentService` refuses what
 * the table of transitions does not have.
 *
 * @param statement - See {@link Statement}; 1 to 128 purposes.
 * @param options - See {@link StateConsentOptions}.
 * @returns The event; `receiveEvent` takes it next.
 */
export async function stateConsent(statement: Statement, options: StateConsentOptions): Promise<StatementEvent> {
  const { subject, survey, audience, head, signer, now = new Date() } = options
  assertDate('options.now', now)
  const payload = {
    iss: audience,
    iat: Math.floor(now.getTime() / 1000),
    sub: subject,
    survey,
    ...claimsOf(statement),
    seq: (head?.seq ?? 0) + 1,
    prev: head?.hash ?? null,
  }
  if (!statementPayload.safeParse(payload).success) {
    throw invalidArgumentValue('statement', 'purposes, a subject, survey and audience, and what is stated of them')
  }
  return readStatement(await signAsController('consent-statement+jwt', payload, signer))
}

/** Only the members of its kind, so that nothing else a caller has at hand is signed. */
function claimsOf(statement: Statement): Partial<StatementPayload> {
  if (statement.states !== 'import') {
    const { states, purposes } = statement
    const common = { purposes: [...purposes] }
    return states === 'signal' ? { states, signal: statement.signal, ...common } : { states, ...common }
  }
  const { states, decisions, decidedAt, source, validUntil = null } = statement
  assertDate('statement.decidedAt', decidedAt)
  if (validUntil !== null) assertDate('statement.validUntil', validUntil)
  const until = validUntil === null ? {} : { until: toSeconds(validUntil) }
  return { states, decisions: { ...decisions }, decidedAt: toSeconds(decidedAt), source, ...until }
}

function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}

/**
 * What may come next in a chain.
 *
 * @module
 */

import type { ConsentEvent, RecordedEvent } from '../consent-event.js'
import { actOf, CONSENT_TRANSITIONS, consentStatus, isHeeded, type PurposeStatus } from '../consent-status.js'
import type { ChainKey } from '../consent-store.js'
import { ConsentError } from '../errors.js'
import type { Statement } from '../state-consent.js'

/** A chain so far, and the instant something is to be added to it. */
export interface Standing {
  readonly events: readonly RecordedEvent[]
  readonly at: Date
}

/** Refuses what the table of transitions does not have. */
export function assertFollows(event: ConsentEvent, standing: Standing): void {
  const purposes = event.kind === 'signal' ? event.purposes : Object.keys(event.decisions)
  for (const purpose of purposes) {
    const act = actOf(event, purpose)
    if (act === null || CONSENT_TRANSITIONS[act][statusNow(purpose, standing).status] !== undefined) continue
    throw new ConsentError('ERR_CONSENT_TRANSITION_REFUSED', 'it does not follow from the state of a purpose')
  }
}

/** What is signed for one session must not be recorded from another. */
export function assertOf(event: ConsentEvent, chain: ChainKey | undefined): void {
  if (chain === undefined || (chain.subject === event.subject && chain.survey === event.survey)) return
  throw new ConsentError('ERR_CONSENT_REQUEST_MISMATCH', '"subject" or "survey" is not the one expected')
}

/** Refuses an event beyond the limit, unless it takes away what was given: of those there are no more than of givings. */
export function assertRoom(event: ConsentEvent, standing: Standing & { readonly maxEvents: number }): void {
  if (standing.events.length < standing.maxEvents || takesAway(event, standing)) return
  throw new ConsentError('ERR_CONSENT_CHAIN_FULL', 'the chain holds as many events as it may')
}

/** A statement without what would be said again for nothing; null when nothing is left of it. */
export function statementAt(statement: Statement, standing: Standing): Statement | null {
  if (statement.states !== 'signal') return statement
  const purposes = statement.purposes.filter((purpose) => !isHeeded(statusNow(purpose, standing), statement.signal))
  return purposes.length === 0 && statement.purposes.length > 0 ? null : { ...statement, purposes }
}

function takesAway(event: ConsentEvent, standing: Standing): boolean {
  const taken = Object.entries(event.decisions)
  const only = taken.every(([, decision]) => decision !== 'given' && decision !== 'renewed')
  return only && taken.some(([purpose, decision]) => decision !== 'deferred' && statusNow(purpose, standing).valid)
}

/** A clock that was set back must not hide what was recorded. */
function statusNow(purpose: string, { events, at }: Standing): PurposeStatus {
  const now = Math.max(at.getTime(), ...events.map(({ receivedAt }) => receivedAt))
  return consentStatus({ purpose, events, at: new Date(now) })
}

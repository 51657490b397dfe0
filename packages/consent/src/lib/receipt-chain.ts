/**
 * What later receipts of a person say about an earlier one.
 *
 * @module
 */

import type { Decision, RecordedEvent, Ruling } from '../consent-event.js'
import { ConsentError } from '../errors.js'

/** A decision that came after the receipt, about one of its purposes. */
export interface LaterDecision {
  readonly purpose: string
  readonly decision: Decision | Ruling
  /** By the server's clock. */
  readonly receivedAt: number
}

/** What came after an event, as far as later receipts tell. */
export interface Sequel {
  /** Decisions about the event's purposes, oldest first. */
  readonly decisions: readonly LaterDecision[]
  /** When the newest event came before which none is missing; null when nothing follows without a gap. */
  readonly completeUntil: number | null
}

/** Puts later events behind the first one. They must be of its chain, after it, and not contradict each other. */
export function readSequel(first: RecordedEvent, later: readonly RecordedEvent[]): Sequel {
  const chain = [...later].sort((a, b) => a.seq - b.seq)
  let before = first
  let completeUntil: number | null = null
  let isComplete = true
  for (const event of chain) {
    assertFollows(event, before)
    isComplete &&= event.seq <= before.seq + 1
    if (isComplete) completeUntil = event.receivedAt
    before = event
  }
  return { decisions: chain.flatMap((event) => decisionsOn(first, event)), completeUntil }
}

function assertFollows(event: RecordedEvent, before: RecordedEvent): void {
  const isSameChain = (['audience', 'survey', 'subject'] as const).every((name) => event[name] === before[name])
  const isNext = event.seq === before.seq + 1
  if (isSameChain && event.seq > before.seq && (!isNext || event.prev === before.hash)) return
  throw new ConsentError('ERR_CONSENT_CHAIN_MISMATCH', 'a later receipt does not follow this one')
}

function decisionsOn(first: RecordedEvent, { decisions, receivedAt }: RecordedEvent): LaterDecision[] {
  return (
    Object.entries(decisions)
      // A request that was put away decides nothing.
      .filter(([purpose, decision]) => decision !== 'deferred' && Object.hasOwn(first.decisions, purpose))
      .map(([purpose, decision]) => ({ purpose, decision, receivedAt }))
  )
}

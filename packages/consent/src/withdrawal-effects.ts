/**
 * What a withdrawal has to bring about.
 *
 * @module
 */

import type { RecordedEvent } from './consent-event.js'
import { readReceiptNotice } from './lib/documents.js'

/** What a withdrawal ends. */
export interface WithdrawalEffects {
  /** The purposes withdrawn just now; none when it was a repetition. */
  readonly purposes: readonly string[]
  /** Practices these purposes permitted, and no other purpose this person has given does: stop them. */
  readonly practices: readonly string[]
  /** The host's own ids of links to revoke. */
  readonly links: readonly string[]
}

/** One event with its receipt. */
interface Told {
  readonly event: RecordedEvent
  readonly receipt: string
}

/**
 * The practices that end with the purposes, by the notices each purpose was given under: they lie in the receipts, also
 * after they left force.
 *
 * @param history - The whole chain before the withdrawal.
 * @param ending - The purposes withdrawn, and all that are given now.
 * @internal
 */
export function stoppedPractices(
  history: readonly Told[],
  ending: { readonly withdrawn: readonly string[]; readonly given: readonly string[] },
): readonly string[] {
  const remaining = ending.given.filter((purpose) => !ending.withdrawn.includes(purpose))
  const permitted = new Set(remaining.flatMap((purpose) => practicesOf(history, purpose)))
  const ended = new Set(ending.withdrawn.flatMap((purpose) => practicesOf(history, purpose)))
  return [...ended].filter((practice) => !permitted.has(practice))
}

function practicesOf(history: readonly Told[], purpose: string): readonly string[] {
  const giver = history.findLast(({ event }) => event.kind === 'decision' && isGiven(event, purpose))
  if (giver?.event.kind !== 'decision') return []
  const notice = readReceiptNotice(giver.receipt, giver.event.notice)
  return notice?.purposes.find(({ id }) => id === purpose)?.practices ?? []
}

function isGiven({ decisions }: RecordedEvent, purpose: string): boolean {
  if (!Object.hasOwn(decisions, purpose)) return false
  return decisions[purpose] === 'given' || decisions[purpose] === 'renewed'
}

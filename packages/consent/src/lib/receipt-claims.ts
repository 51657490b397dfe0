/**
 * What a receipt proves, and what it does not.
 *
 * @module
 */

import type { VerifiedCheckpoint, VerifiedInclusion } from '@surveyseal/ledger/verify'
import type { Decision, RecordedEvent, Ruling } from '../consent-event.js'
import type { LaterDecision, Sequel } from './receipt-chain.js'
import { type Agreement, type LogPolicy, witnessedAt } from './receipt-log.js'

/** What a verified receipt proves. */
export type ProvedClaim =
  /** The controller signed this receipt. */
  | 'controller-signed-receipt'
  /** The controller states when it received the event. */
  | 'controller-states-time'
  /** The key named in the event signed these decisions on this notice. */
  | 'event-signed-by-named-key'
  /** The wording in the receipt is, byte for byte, the one whose digest was signed. */
  | 'wording-is-what-was-signed'
  /** The controller signed the withdrawal. */
  | 'controller-signed-withdrawal'
  /** The controller signed the statement: the end of a permission, a signal, or an older decision it asserts. */
  | 'controller-signed-statement'
  /** The event is in the log of the size stated, at the place stated; the log signed that state. */
  | 'included-in-log'
  /** As many witnesses as were demanded saw that state of the log, or one that was proved to have grown out of it. */
  | 'witnesses-cosigned'
  /** The log is that of a checkpoint that was kept elsewhere: the same state, or one proved to be of the same history. */
  | 'same-log-as-checkpoint'
  /** A later receipt decides otherwise about one of the purposes. */
  | 'changed-later'
  /**
   * By what the controller has signed, nothing else was decided about the purposes until the instant stated: later
   * receipts follow without a gap, or the event was the newest entry of the log when witnesses saw it. A controller that
   * signed the contrary as well, or left an event out of its log, is convicted by whoever holds that event's receipt.
   */
  | 'unchanged-until'

/** What a receipt does not prove. */
export type UnprovedClaim =
  /** That nothing was withdrawn since: a later receipt would show it. */
  | 'no-later-withdrawal'
  /** That nothing was given again since. */
  | 'no-later-decision'
  /** That the browser's key is in the hands of this person. */
  | 'key-belongs-to-person'
  /** That the person decided what the controller asserts of an earlier time. */
  | 'person-decided'
  /** That the page showed the wording, and that it was read. */
  | 'person-read-wording'
  /** That anyone but the controller confirms the time. */
  | 'time-confirmed-by-others'
  /** That the event is in a log: the receipt has no proof of it, or no key of the log was given. */
  | 'inclusion-in-log'
  /** That everybody is shown this log: not enough witnesses cosigned its checkpoint. */
  | 'same-log-shown-to-all'
  /** That the log is the one of a checkpoint kept elsewhere: the sizes differ, and no proof of growth joins them. */
  | 'agreement-with-checkpoint'
  /** That nothing was decided after the instant of `unchanged-until`. */
  | 'unchanged-after'

/** What there is to weigh. */
interface Findings {
  readonly event: RecordedEvent
  readonly proof: VerifiedInclusion | null
  /** Verified checkpoints that were kept elsewhere; none contradicts the proof's. */
  readonly known: readonly VerifiedCheckpoint[]
  /** Verified checkpoints that grew out of others, and what that proves. */
  readonly growth: { readonly checkpoints: readonly VerifiedCheckpoint[]; readonly agree: Agreement }
  readonly sequel: Sequel
  readonly policy: LogPolicy
}

/** What they come to. */
interface Weighed {
  readonly later: readonly LaterDecision[]
  readonly unchangedUntil: number | null
  readonly proved: readonly ProvedClaim[]
  readonly notProved: readonly UnprovedClaim[]
}

/** Says which claims hold. */
export function weighReceipt(findings: Findings): Weighed {
  const { event, proof, known, sequel, policy } = findings
  const { kind } = event
  const { same, agreeing, grown } = compare(findings)
  const witnessed = witnessedTime(proof, same, policy)
  const isWitnessed = witnessed !== null || witnessedTime(proof, grown, policy) !== null
  const isChanged = sequel.decisions.some(({ purpose, decision }) => !agree(event.decisions[purpose], decision))
  const isNewest = proof !== null && proof.index === proof.checkpoint.size - 1
  const until = isChanged ? null : latest(sequel.completeUntil, isNewest ? witnessed : null)
  const proved = {
    'controller-signed-receipt': true,
    'controller-states-time': true,
    'event-signed-by-named-key': kind === 'decision',
    'wording-is-what-was-signed': kind === 'decision',
    'controller-signed-withdrawal': kind === 'withdrawal',
    'controller-signed-statement': kind !== 'decision' && kind !== 'withdrawal',
    'included-in-log': proof !== null,
    'witnesses-cosigned': isWitnessed,
    'same-log-as-checkpoint': agreeing.length > 0,
    'changed-later': isChanged,
    'unchanged-until': until !== null,
  } satisfies Record<ProvedClaim, boolean>
  const isOpen = !isChanged && until === null
  const notProved = {
    'no-later-withdrawal': (kind === 'decision' || kind === 'import') && isOpen,
    'no-later-decision': kind !== 'decision' && isOpen,
    'unchanged-after': until !== null,
    'key-belongs-to-person': kind === 'decision',
    'person-decided': kind === 'import',
    'person-read-wording': kind === 'decision',
    'time-confirmed-by-others': true,
    'inclusion-in-log': proof === null,
    'same-log-shown-to-all': proof !== null && !isWitnessed,
    'agreement-with-checkpoint': agreeing.length < known.length,
  } satisfies Record<UnprovedClaim, boolean>
  return { later: sequel.decisions, unchangedUntil: until, proved: held(proved), notProved: held(notProved) }
}

/** Which checkpoints are of the proof's state, which kept ones of its history, and which ones grew out of it. */
function compare({
  proof,
  known,
  growth,
}: Findings): Readonly<Record<'same' | 'agreeing' | 'grown', VerifiedCheckpoint[]>> {
  if (proof === null) return { same: [], agreeing: [], grown: [] }
  const { origin, size } = proof.checkpoint
  // Checkpoints of one size with other roots were refused before.
  const isSame = (one: VerifiedCheckpoint): boolean => origin === one.origin && size === one.size
  const isOfHistory = (one: VerifiedCheckpoint): boolean => isSame(one) || growth.agree(proof.checkpoint, one)
  const all = [...known, ...growth.checkpoints]
  return {
    same: all.filter(isSame),
    agreeing: known.filter(isOfHistory),
    grown: all.filter((one) => one.size >= size && isOfHistory(one)),
  }
}

/** Giving again changes nothing of what was given. */
function agree(earlier: Decision | Ruling | undefined, later: Decision | Ruling): boolean {
  return (
    earlier === later || (earlier === 'given' && later === 'renewed') || (earlier === 'renewed' && later === 'given')
  )
}

/** When enough witnesses had seen the state of the log that the proof is of, on whichever copy of the checkpoint. */
function witnessedTime(
  proof: VerifiedInclusion | null,
  same: readonly VerifiedCheckpoint[],
  policy: LogPolicy,
): number | null {
  if (proof === null) return null
  return [proof.checkpoint, ...same].map(({ cosignatures }) => witnessedAt(cosignatures, policy)).reduce(latest, null)
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

function held<Claim extends string>(claims: Readonly<Record<Claim, boolean>>): Claim[] {
  return (Object.keys(claims) as Claim[]).filter((claim) => claims[claim])
}

/**
 * The state of one purpose: which states there are, what leads from one to another, and what a chain comes to.
 *
 * @module
 */

import type { ConsentEvent, Decision, Proof, RecordedEvent, Ruling, Signal } from './consent-event.js'
import type { RequestRecord } from './consent-store.js'
import { assertDate } from './lib/arguments.js'

/** The states of a consent in the Data Privacy Vocabulary; `given` and `renewed` are the only ones that permit anything. */
export type ConsentStatus =
  | 'unknown'
  | 'requested'
  | 'deferred'
  | 'given'
  | 'renewed'
  | 'refused'
  | 'withdrawn'
  | 'revoked'
  | 'expired'
  | 'invalidated'

/**
 * What can happen to a purpose: a person's decision, a ruling, a decision asserted by the host, a request that waits for
 * its answer (`requested`), the passing of time (`expired`), or a signal of the browser, which decides nothing.
 */
export type ConsentAct =
  | Decision
  | Ruling
  | 'requested'
  | 'expired'
  | 'asserted-given'
  | 'asserted-refused'
  | 'asserted-withdrawn'
  | 'signal'

const STATUSES = [
  'unknown',
  'requested',
  'deferred',
  'given',
  'renewed',
  'refused',
  'withdrawn',
  'revoked',
  'expired',
  'invalidated',
] as const satisfies readonly ConsentStatus[]

const UNDECIDED = ['unknown', 'requested', 'deferred'] as const satisfies readonly ConsentStatus[]
const VALID = ['given', 'renewed'] as const satisfies readonly ConsentStatus[]
const DECIDED = STATUSES.filter((status) => !(UNDECIDED as readonly ConsentStatus[]).includes(status))

/**
 * Every transition there is: act, then the state before, then the state after. What is not in the table does not happen:
 * it is refused when it would be recorded, and changes nothing when it is read.
 *
 * Expiry is evaluated before every other act. What takes a permission away (`refused`, `withdrawn`) is possible from every
 * state, so that no order of events can block it. Neither a request, nor putting one away, nor a signal changes what was
 * decided. An assertion of the host gives nothing to whoever has decided here.
 *
 * @see [DPV, consent statuses](https://w3id.org/dpv#consent-status)
 */
export const CONSENT_TRANSITIONS: Readonly<
  Record<ConsentAct, Readonly<Partial<Record<ConsentStatus, ConsentStatus>>>>
> = deepFreeze({
  requested: { ...stay(STATUSES), unknown: 'requested', deferred: 'requested' },
  deferred: { ...stay(DECIDED), ...lead(UNDECIDED, 'deferred') },
  given: lead(STATUSES, 'given'),
  renewed: lead([...VALID, 'expired'], 'renewed'),
  refused: lead(STATUSES, 'refused'),
  withdrawn: lead(STATUSES, 'withdrawn'),
  expired: lead(VALID, 'expired'),
  revoked: lead(VALID, 'revoked'),
  invalidated: lead([...VALID, 'withdrawn', 'revoked', 'expired', 'invalidated'], 'invalidated'),
  'asserted-given': lead(UNDECIDED, 'given'),
  'asserted-refused': lead(UNDECIDED, 'refused'),
  'asserted-withdrawn': lead(STATUSES, 'withdrawn'),
  signal: stay(STATUSES),
})

/** What a chain comes to for one purpose at one instant. */
export interface PurposeStatus {
  readonly status: ConsentStatus
  /** True for `given` and `renewed` only. A permission needs more: see `evaluatePermission`. */
  readonly valid: boolean
  /** Who stands for the state: `asserted` is no proof. Null where nothing was recorded. */
  readonly proof: Proof | null
  /** The event that led to the state; of an expired permission, the event that gave it. */
  readonly event: RecordedEvent | null
  /** When a given permission ends by itself, or ended. */
  readonly validUntil: number | null
  /** A signal of the browser that stands against the purpose until the person gives it in spite of the signal. */
  readonly signal: Signal | null
}

/** Which purpose, and on what to judge. */
export interface StatusQuestion {
  readonly purpose: string
  /** The whole chain of one subject and survey, in any order; a chain with a gap is not noticed here. */
  readonly events: readonly RecordedEvent[]
  /** Events that come after the last one received at `at` do not count, nor do requests made later. */
  readonly at: Date
  /** Requests of this subject and survey that may still wait for their answer. @defaultValue none */
  readonly requests?: readonly RequestRecord[]
}

/**
 * Follows one purpose through a person's chain, by {@link CONSENT_TRANSITIONS}. Pure.
 *
 * The order is the server's: positions in the chain, and of the times of receipt the latest so far, so that a clock set
 * back revives nothing. Whether a permission follows from the state, `evaluatePermission` decides.
 *
 * @example
 * Whether to ask again.
 *
 * ```ts
 * import { consentStatus, type RecordedEvent } from '@surveyseal/consent'
 *
 * export function mayAsk(events: readonly RecordedEvent[]): boolean {
 *   const { status } = consentStatus({ purpose: 'research', events, at: new Date() })
 *   return status === 'unknown' || status === 'expired'
 * }
 * ```
 *
 * @param question - See {@link StatusQuestion}.
 * @returns The state and what it rests on.
 */
export function consentStatus({ purpose, events, at, requests = [] }: StatusQuestion): PurposeStatus {
  assertDate('at', at)
  const chain = [...events].sort((a, b) => a.seq - b.seq)
  const seen = chain.slice(0, chain.findLastIndex(({ receivedAt }) => receivedAt <= at.getTime()) + 1)
  let state = NOTHING
  let now = 0
  for (const event of seen) {
    now = Math.max(now, event.receivedAt)
    state = follow(expire(state, now), event, purpose)
  }
  const ended = expire(state, Math.max(now, at.getTime()))
  return requests.some((request) => waits(request, seen, purpose, at.getTime())) ? enter(ended, 'requested') : ended
}

/**
 * What an event does to a purpose; null when it does not speak of it.
 *
 * @internal
 */
export function actOf(event: ConsentEvent, purpose: string): ConsentAct | null {
  if (event.kind === 'signal') return event.purposes.includes(purpose) ? 'signal' : null
  if (!Object.hasOwn(event.decisions, purpose)) return null
  if (event.kind !== 'import') return event.decisions[purpose] ?? null
  const asserted = event.decisions[purpose]
  return asserted === undefined ? null : `asserted-${asserted}`
}

/**
 * Whether a signal says nothing new of a purpose: it stands already, or the yes was signed while the browser was sending
 * it, and so in spite of it.
 *
 * @internal
 */
export function isHeeded({ event, valid, signal: standing }: PurposeStatus, signal: Signal): boolean {
  return standing === signal || (valid && event?.kind === 'decision' && event.signals.includes(signal))
}

const NOTHING: PurposeStatus = Object.freeze({
  status: 'unknown',
  valid: false,
  proof: null,
  event: null,
  validUntil: null,
  signal: null,
})

function follow(state: PurposeStatus, event: RecordedEvent, purpose: string): PurposeStatus {
  const act = actOf(event, purpose)
  if (act === null || CONSENT_TRANSITIONS[act][state.status] === undefined) return state
  if (act === 'signal') return event.kind === 'signal' ? heed(state, event.signal) : state
  if (act === 'deferred' && DECIDED.includes(state.status)) return state
  const { status, valid } = enter(state, act)
  const validUntil = valid && 'validUntil' in event ? event.validUntil : null
  const signal = valid && event.proof === 'person' ? null : state.signal
  return Object.freeze({ status, valid, proof: event.proof, event, validUntil, signal })
}

function heed(state: PurposeStatus, signal: Signal): PurposeStatus {
  return isHeeded(state, signal) ? state : Object.freeze({ ...state, signal })
}

function expire(state: PurposeStatus, now: number): PurposeStatus {
  return state.validUntil !== null && state.validUntil <= now ? enter(state, 'expired') : state
}

function enter(state: PurposeStatus, act: ConsentAct): PurposeStatus {
  const status = CONSENT_TRANSITIONS[act][state.status] ?? state.status
  return Object.freeze({ ...state, status, valid: (VALID as readonly ConsentStatus[]).includes(status) })
}

/** Unanswered by the chain, made by then, and not over. */
function waits(request: RequestRecord, chain: readonly RecordedEvent[], purpose: string, at: number): boolean {
  const isAnswered = chain.some((event) => event.kind === 'decision' && event.nonce === request.nonce)
  return !isAnswered && request.purposes.includes(purpose) && request.issuedAt <= at && at < request.expiresAt
}

function stay(statuses: readonly ConsentStatus[]): Partial<Record<ConsentStatus, ConsentStatus>> {
  return Object.fromEntries(statuses.map((status) => [status, status]))
}

function lead(statuses: readonly ConsentStatus[], to: ConsentStatus): Partial<Record<ConsentStatus, ConsentStatus>> {
  return Object.fromEntries(statuses.map((status) => [status, to]))
}

function deepFreeze<T extends Readonly<Record<string, object>>>(table: T): T {
  for (const row of Object.values(table)) Object.freeze(row)
  return Object.freeze(table)
}

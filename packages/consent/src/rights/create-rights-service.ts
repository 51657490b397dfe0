/**
 * Taking requests on, and moving them until they are answered.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import { invalidArgumentValue } from '@surveyseal/core/errors'
import { base64url } from 'jose'
import { assertDate, assertDigest, assertIdentifier } from '../lib/arguments.js'
import { localDay, periodEnd } from './due-date.js'
import { RightsError } from './errors.js'
import {
  isReasonFor,
  REQUEST_TRANSITIONS,
  type RequestState,
  RIGHTS,
  type Right,
  type StepReason,
} from './request-states.js'
import type { RightsRequest, RightsStore } from './rights-store.js'

/** What the service works with. */
export interface RightsServiceOptions<Tx> {
  readonly store: RightsStore<Tx>
  /** Where the controller is, as an IANA name: it says on which day a request came. */
  readonly timeZone: string
  /** Public holidays of that place, as `2026-12-25`. @defaultValue none, which can only make a day too early */
  readonly holidays?: Iterable<string>
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/** A request that came in. */
export interface IncomingRequest {
  /** The person's pseudonym with this tenant: `pseudonymize` with a survey id of its own, such as `rights`. */
  readonly person: string
  readonly right: Right
  /** @defaultValue null, everything */
  readonly survey?: string | null
  /** For an objection. @defaultValue null, every purpose that rests on legitimate interests or a public task */
  readonly purposes?: readonly string[] | null
  /** When it reached the controller, which may be before it was entered here. @defaultValue now */
  readonly receivedAt?: Date
}

/** Where a request goes next. */
export interface NextStep<Tx> {
  readonly to: RequestState
  /** Needed to extend and to refuse, and for nothing else. */
  readonly reason?: StepReason
  /** The host's own writes, kept or lost together with the step: an outbox event, for instance. */
  readonly accept?: (tx: Tx, request: RightsRequest) => Promise<void>
}

/** An open request with the days that are left. */
export interface DueRequest {
  readonly request: RightsRequest
  /** 0 on the last day, negative when it has passed. */
  readonly daysLeft: number
}

/** The requests of one tenant. */
export interface RightsService<Tx> {
  /** Takes a request on; its clock runs from when it was received. */
  receive(incoming: IncomingRequest): Promise<RightsRequest>
  /** Moves a request by the table of states. Extending makes the period three months from receipt. */
  advance(id: string, step: NextStep<Tx>): Promise<RightsRequest>
  /** Reads open requests, the first due first. */
  due(limit?: number): Promise<readonly DueRequest[]>
}

/**
 * Makes the service.
 *
 * A request is answered within one month of its receipt, or three when it was extended with a reason before the first
 * month ended (GDPR article 12(3)); months are counted by {@link periodEnd}. Telling the person is the host's.
 *
 * @example
 * A request for erasure that is carried out.
 *
 * ```ts
 * import { createRightsService, type RightsStore } from '@surveyseal/consent/rights'
 *
 * export async function erase<Tx>(store: RightsStore<Tx>, person: string, carryOut: (tx: Tx) => Promise<void>) {
 *   const rights = createRightsService({ store, timeZone: 'Europe/Paris', holidays: ['2026-12-25'] })
 *   const { id, lastDay } = await rights.receive({ person, right: 'erasure' })
 *   await rights.advance(id, { to: 'fulfilled', accept: carryOut })
 *   return lastDay
 * }
 * ```
 *
 * @param options - See {@link RightsServiceOptions}.
 * @returns The service.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 */
export function createRightsService<Tx>(options: RightsServiceOptions<Tx>): RightsService<Tx> {
  const { store, timeZone, clock = () => new Date() } = options
  const holidays = [...(options.holidays ?? [])]
  const context: Context<Tx> = {
    store,
    clock,
    dayOf: (at) => localDay(at, timeZone),
    lastDay: (from, months) => periodEnd(from, { months, timeZone, holidays }),
  }
  context.lastDay(clock(), 1)
  return {
    receive: (incoming) => receive(context, incoming),
    advance: (id, step) => advance(context, id, step),
    due: (limit = 100) => due(context, limit),
  }
}

const MONTHS = 1
const MONTHS_EXTENDED = 3
const DAY = 86_400_000

interface Context<Tx> {
  readonly store: RightsStore<Tx>
  readonly clock: () => Date
  dayOf(at: Date): string
  lastDay(from: Date, months: number): string
}

async function receive<Tx>({ store, clock, lastDay }: Context<Tx>, incoming: IncomingRequest): Promise<RightsRequest> {
  const now = clock()
  const { person, right, survey = null, purposes = null, receivedAt = now } = incoming
  assertDigest('incoming.person', person)
  if (!Object.hasOwn(RIGHTS, right)) throw invalidArgumentValue('incoming.right', 'one of RIGHTS')
  if (survey !== null) assertIdentifier('incoming.survey', survey)
  for (const purpose of purposes ?? []) assertIdentifier('incoming.purposes', purpose)
  if (purposes !== null && (right !== 'objection' || purposes.length === 0)) {
    throw invalidArgumentValue('incoming.purposes', 'null, or for an objection one purpose at least')
  }
  assertDate('incoming.receivedAt', receivedAt)
  if (receivedAt > now) throw invalidArgumentValue('incoming.receivedAt', 'an instant that has passed')
  const request: RightsRequest = {
    id: base64url.encode(randomBytes(16)),
    ...{ person, right, survey, purposes: purposes === null ? null : [...purposes] },
    receivedAt: receivedAt.getTime(),
    lastDay: lastDay(receivedAt, MONTHS),
    state: 'received',
    closedAt: null,
    steps: [{ state: 'received', at: now.getTime(), reason: null }],
  }
  await store.add(request)
  return request
}

async function advance<Tx>(context: Context<Tx>, id: string, step: NextStep<Tx>): Promise<RightsRequest> {
  const { store } = context
  const request = await store.find(id)
  if (request === null) throw new RightsError('ERR_RIGHTS_REQUEST_UNKNOWN', 'no request has this id')
  const next = stepped(context, request, step)
  const moved = await store.transaction(async (inner, tx) => {
    const moved = await inner.advance(next)
    if (moved) await step.accept?.(tx, next)
    return moved
  })
  if (!moved) throw new RightsError('ERR_RIGHTS_CONFLICT', 'the request was moved meanwhile')
  return next
}

function stepped<Tx>(context: Context<Tx>, request: RightsRequest, step: NextStep<Tx>): RightsRequest {
  const { to, reason = null } = step
  const { state, right, steps } = request
  const reachable = REQUEST_TRANSITIONS[state]
  if (!reachable.includes(to)) {
    throw new RightsError('ERR_RIGHTS_TRANSITION_REFUSED', 'the table of states does not lead there')
  }
  if (!isReasonFor({ to, reason, right })) {
    throw new RightsError('ERR_RIGHTS_REASON_REFUSED', 'the step needs another reason, or none')
  }
  const now = context.clock()
  const isFinal = REQUEST_TRANSITIONS[to].length === 0
  return {
    ...request,
    state: to,
    lastDay: to === 'extended' ? extended(context, request, now) : request.lastDay,
    closedAt: isFinal ? now.getTime() : null,
    steps: [...steps, { state: to, at: now.getTime(), reason }],
  }
}

function extended<Tx>({ dayOf, lastDay }: Context<Tx>, request: RightsRequest, now: Date): string {
  if (dayOf(now) > request.lastDay) {
    throw new RightsError('ERR_RIGHTS_EXTENSION_LATE', 'the first month has ended')
  }
  return lastDay(new Date(request.receivedAt), MONTHS_EXTENDED)
}

async function due<Tx>({ store, clock, dayOf }: Context<Tx>, limit: number): Promise<readonly DueRequest[]> {
  const today = Date.parse(dayOf(clock()))
  const requests = await store.open(limit)
  return requests.map((request) => ({ request, daysLeft: (Date.parse(request.lastDay) - today) / DAY }))
}

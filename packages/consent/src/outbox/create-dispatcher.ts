/**
 * Delivering what the outbox holds.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { type OutboxEvent, type OutboxType, readOutboxRecord } from './outbox-event.js'
import type { LeasedRecord, OutboxStore } from './outbox-store.js'

/** A delivery that did not succeed. */
export interface DeliveryFailure {
  readonly id: string
  readonly type: string
  /** How often it was tried. */
  readonly attempt: number
  /** True when it was given up. */
  readonly buried: boolean
  /** What the handler threw; null when a process ended while it had the event, each time. */
  readonly error: unknown
}

/** What a dispatcher works with. */
export interface DispatcherOptions {
  readonly store: Omit<OutboxStore<never>, 'enqueue'>
  /**
   * What to do with each type of event; other types stay for other dispatchers. A handler may run again for an event it
   * has dealt with, also while an earlier run goes on: it does its work once per the id of an {@link OutboxEvent}, or work that bears
   * repetition. `signal` aborts when the lease ends.
   */
  readonly handlers: { readonly [T in OutboxType]?: (event: OutboxEvent<T>, signal: AbortSignal) => Promise<void> }
  /** How long a handler has, in seconds, and how long others wait after a crash. @defaultValue 60 */
  readonly leaseSeconds?: number
  /** Events delivered at once. @defaultValue 16 */
  readonly batch?: number
  /** After so many attempts an event is buried. @defaultValue 12, some twelve hours */
  readonly attempts?: number
  /** The first pause after a failure; each next one is twice as long, up to the last. @defaultValue 10 and 3600 */
  readonly pauseSeconds?: { readonly first: number; readonly last: number }
  /** Told of each failure. Log the id; what the error says is the host's to judge. */
  readonly onFailure?: (failure: DeliveryFailure) => void
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
  /** From 0 to below 1: spreads what failed together. @defaultValue `Math.random` */
  readonly random?: () => number
}

/** What one pass did. */
export interface DispatchReport {
  readonly delivered: number
  readonly postponed: number
  readonly buried: number
}

/** How long to go on. */
export interface RunOptions {
  /** Ends the loop after the batch under way. */
  readonly signal: AbortSignal
  /** How long to wait when there is nothing to do. @defaultValue 5 */
  readonly pollSeconds?: number
}

/** Delivers events; any number of processes may have one on the same outbox. */
export interface Dispatcher {
  /** Delivers everything that is due now. */
  dispatch(): Promise<DispatchReport>
  /** Delivers until told to stop. Rejects when the store fails: call it again. */
  run(options: RunOptions): Promise<void>
}

/**
 * Makes a dispatcher: at-least-once delivery with back-off.
 *
 * An event is leased, handled, and removed once its handler has returned. When the process dies between, the lease ends and
 * another dispatcher delivers it again. An event whose handler throws comes back after a pause; after the last attempt,
 * also one that ended the process each time, it is buried and waits for a person: {@link OutboxStore.revive} or
 * {@link OutboxStore.remove}. Events come in no particular order.
 *
 * @example
 * Revoking links when a person withdraws.
 *
 * ```ts
 * import { createDispatcher, type OutboxStore } from '@surveyseal/consent/outbox'
 *
 * export const start = (store: OutboxStore<never>, revoke: (link: string) => Promise<void>, signal: AbortSignal) =>
 *   createDispatcher({
 *     store,
 *     handlers: {
 *       'consent.withdrawn': async ({ body }) => {
 *         for (const link of body.links) await revoke(link)
 *       },
 *     },
 *   }).run({ signal })
 * ```
 *
 * @param options - See {@link DispatcherOptions}.
 * @returns The dispatcher.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const context: Context = {
    leaseSeconds: 60,
    batch: 16,
    attempts: 12,
    pauseSeconds: { first: 10, last: 3600 },
    onFailure: () => undefined,
    clock: () => new Date(),
    random: Math.random,
    ...options,
  }
  assertCount('options.leaseSeconds', context.leaseSeconds)
  assertCount('options.batch', context.batch)
  assertCount('options.attempts', context.attempts)
  if (Object.keys(context.handlers).length === 0) throw invalidArgumentValue('options.handlers', 'one handler at least')
  return {
    dispatch: () => dispatch(context, () => false),
    run: (runOptions) => run(context, runOptions),
  }
}

type Context = Required<DispatcherOptions>

type Outcome = keyof DispatchReport

async function run(context: Context, { signal, pollSeconds = 5 }: RunOptions): Promise<void> {
  assertCount('options.pollSeconds', pollSeconds)
  while (!signal.aborted) {
    await dispatch(context, () => signal.aborted)
    await pause(pollSeconds * 1000, signal)
  }
}

async function dispatch(context: Context, isOver: () => boolean): Promise<DispatchReport> {
  const report = { delivered: 0, postponed: 0, buried: 0 }
  for (let more = true; more && !isOver(); ) {
    const leased = await lease(context)
    const outcomes = await Promise.all(leased.map((record) => deliver(context, record)))
    for (const outcome of outcomes) report[outcome] += 1
    more = leased.length > 0
  }
  return report
}

function lease({ store, handlers, leaseSeconds, batch, clock }: Context): Promise<readonly LeasedRecord[]> {
  const at = clock().getTime()
  return store.lease({ types: Object.keys(handlers), at, until: at + leaseSeconds * 1000, limit: batch })
}

async function deliver(context: Context, record: LeasedRecord): Promise<Outcome> {
  // Only a crash leaves an event with all its attempts behind it: trying again would end this process too.
  if (record.attempt > context.attempts) return fail(context, record, null)
  try {
    const event = readOutboxRecord(record)
    const handle = context.handlers[event.type] as (event: OutboxEvent, signal: AbortSignal) => Promise<void>
    await handle(event, AbortSignal.timeout(context.leaseSeconds * 1000))
  } catch (error) {
    return fail(context, record, error)
  }
  await context.store.remove([record.id])
  return 'delivered'
}

async function fail(context: Context, record: LeasedRecord, error: unknown): Promise<Outcome> {
  const { store, attempts, clock, onFailure } = context
  const { id, type, attempt } = record
  const buried = attempt >= attempts
  const now = clock().getTime()
  if (buried) await store.bury(record, now)
  else await store.postpone(record, now + pauseAfter(context, attempt))
  onFailure({ id, type, attempt, buried, error })
  return buried ? 'buried' : 'postponed'
}

/** Between half of the pause and all of it, so that what failed together does not come back together. */
function pauseAfter({ pauseSeconds: { first, last }, random }: Context, attempt: number): number {
  const seconds = Math.min(last, first * 2 ** (attempt - 1))
  return Math.ceil(seconds * (500 + 500 * random()))
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}

function assertCount(name: string, value: unknown): void {
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  if (!Number.isSafeInteger(value) || value < 1 || value > 86_400) throw invalidArgumentValue(name, 'an integer from 1')
}

/**
 * What every store of requests promises, as cases any test runner can run.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import { base64url } from 'jose'
import type { RightsRequest, RightsStore } from '../rights/rights-store.js'
import { type ContractCase, contractCases } from './contract.js'
import { same } from './same.js'

/** One database under test; every case asks for a new, empty one. */
export interface RightsStoreHarness<Tx> {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): RightsStore<Tx>
  /** Writes one row of the host's own through the handle of a transaction. */
  write(tx: Tx, row: string): Promise<void>
  /** Reads back, in any order, the rows of {@link RightsStoreHarness.write} that were kept. */
  rows(): Promise<readonly string[]>
  /** Lets go of the database. */
  close(): Promise<void>
}

/**
 * Lists what a {@link RightsStore} promises.
 *
 * @example
 * Running the contract under a test runner.
 *
 * ```ts
 * import { rightsStoreContract, type RightsStoreHarness } from '@surveyseal/consent/testing'
 *
 * declare function test(name: string, run: () => Promise<void>): void
 * declare function openEmpty(): Promise<RightsStoreHarness<unknown>>
 *
 * for (const { name, run } of rightsStoreContract(openEmpty)) test(name, run)
 * ```
 *
 * @param create - Opens an empty database.
 * @returns The cases; they are independent of each other.
 */
export function rightsStoreContract<Tx>(create: () => Promise<RightsStoreHarness<Tx>>): readonly ContractCase[] {
  return contractCases(create, PROMISES)
}

type Check = <Tx>(harness: RightsStoreHarness<Tx>) => Promise<void>

const PROMISES: Readonly<Record<string, Check>> = {
  'a request is read as it was added': async ({ store }) => {
    const a = store('a')
    const whole = requestOf()
    const narrow = requestOf({ right: 'objection', survey: 'spring-2026', purposes: ['improve-service', 'call-back'] })
    await a.add(whole)
    await a.add(narrow)
    same(await a.find(whole.id), whole)
    same(await a.find(narrow.id), narrow)
    same(await a.find(random(16)), null)
  },

  'the requests of a person come in the order they were received': async ({ store }) => {
    const a = store('a')
    const person = random(32)
    const [third, first, second] = [3, 1, 2].map((receivedAt) => requestOf({ person, receivedAt }))
    for (const request of [third, first, second, requestOf()]) await a.add(request as RightsRequest)
    same(await a.ofPerson(person), [first, second, third])
    same(await a.ofPerson(random(32)), [])
  },

  'open requests come in the order they are due, closed ones not at all': async ({ store }) => {
    const a = store('a')
    const days = ['2026-10-01', '2026-04-07', '2026-09-30']
    const [last, first, second] = days.map((lastDay) => requestOf({ lastDay })) as [
      RightsRequest,
      RightsRequest,
      RightsRequest,
    ]
    const done = closed(requestOf({ lastDay: '2026-01-01' }), 5)
    for (const request of [last, first, second, done]) await a.add(request)
    same(await a.open(10), [first, second, last])
    same(await a.open(2), [first, second])
  },

  'a request advances by one step, and is then as it was given': async ({ store }) => {
    const a = store('a')
    const request = requestOf()
    await a.add(request)
    const longer: RightsRequest = {
      ...request,
      state: 'extended',
      lastDay: '2026-06-01',
      steps: [...request.steps, { state: 'extended', at: 7, reason: 'complexity' }],
    }
    same(await a.advance(longer), true)
    same(await a.find(request.id), longer)
    same(await a.advance(closed(longer, 9)), true)
    same(await a.find(request.id), closed(longer, 9))
  },

  'a request that was moved meanwhile, or is not there, does not advance': async ({ store }) => {
    const a = store('a')
    const request = requestOf()
    same(await a.advance(closed(request, 1)), false)
    await a.add(request)
    same(await a.advance(request), false)
    same(await a.advance(closed(closed(request, 1), 2)), false)
    same(await a.find(request.id), request)
  },

  'of callers that advance a request at the same moment one wins': async ({ store }) => {
    const a = store('a')
    const request = requestOf()
    await a.add(request)
    const moved = await Promise.all([1, 2, 3, 4].map((at) => a.advance(closed(request, at))))
    same(moved.filter(Boolean).length, 1)
    same((await a.find(request.id))?.closedAt, moved.indexOf(true) + 1)
  },

  'purging forgets what was closed before, and nothing else': async ({ store }) => {
    const a = store('a')
    const requests = [requestOf(), closed(requestOf(), 99), closed(requestOf(), 100)]
    for (const request of requests) await a.add(request)
    same(await a.purge(100), 1)
    same(await a.purge(100), 0)
    const found = await Promise.all(requests.map(({ id }) => a.find(id)))
    same(
      found.map((request) => request !== null),
      [true, false, true],
    )
  },

  'a transaction keeps the step and the writes of the host, or neither': async ({ store, write, rows }) => {
    const a = store('a')
    const request = requestOf()
    await a.add(request)
    const lost = a.transaction(async (inner, tx) => {
      await inner.advance(closed(request, 1))
      await write(tx, 'lost')
      throw new Error('the host refuses')
    })
    await lost.catch(() => undefined)
    same([await a.find(request.id), await rows()], [request, []])
    const kept = await a.transaction(async (inner, tx) => {
      await write(tx, 'kept')
      return inner.advance(closed(request, 1))
    })
    same([kept, await a.find(request.id), await rows()], [true, closed(request, 1), ['kept']])
  },

  'a request is separated from the person it was about, and goes on': async ({ store }) => {
    const a = store('a')
    const [request, another] = [requestOf(), requestOf()]
    await a.add(request)
    await a.add({ ...another, person: request.person })
    const person = random(32)
    same([await store('b').separate(request.id, person), await a.separate('unknown', person)], [false, false])
    same(await a.separate(request.id, person), true)
    same(
      (await a.ofPerson(request.person)).map(({ id }) => id),
      [another.id],
    )
    same(await a.ofPerson(person), [{ ...request, person }])
    same(await a.advance({ ...closed(request, 1), person }), true)
    same(await a.find(request.id), { ...closed(request, 1), person })
  },

  'tenants never see or touch what is not theirs': async ({ store }) => {
    const [a, b] = [store('a'), store('b')]
    const request = requestOf()
    await a.add(request)
    same([await b.find(request.id), await b.ofPerson(request.person), await b.open(10)], [null, [], []])
    same(await b.advance(closed(request, 1)), false)
    same(await a.advance(closed(request, 1)), true)
    same(await b.purge(10), 0)
    same(await a.find(request.id), closed(request, 1))
  },
}

function requestOf(changes: Partial<RightsRequest> = {}): RightsRequest {
  const receivedAt = 1_767_225_600_123
  return {
    id: random(16),
    person: random(32),
    right: 'access',
    survey: null,
    purposes: null,
    receivedAt,
    lastDay: '2026-02-02',
    state: 'received',
    closedAt: null,
    steps: [{ state: 'received', at: receivedAt, reason: null }],
    ...changes,
  }
}

function closed(request: RightsRequest, at: number): RightsRequest {
  return {
    ...request,
    state: 'fulfilled',
    closedAt: at,
    steps: [...request.steps, { state: 'fulfilled', at, reason: null }],
  }
}

function random(length: number): string {
  return base64url.encode(randomBytes(length))
}

/**
 * What every outbox store promises, as cases any test runner can run.
 *
 * @module
 */

import type { LeaseOptions, OutboxRecord, OutboxStore } from '../outbox/outbox-store.js'
import { type ContractCase, contractCases } from './contract.js'
import { same } from './same.js'

/** One database under test; every case asks for a new, empty one. */
export interface OutboxStoreHarness<Tx> {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): OutboxStore<Tx>
  /** Runs a transaction of the database. */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** Lets go of the database. */
  close(): Promise<void>
}

/**
 * Lists what an {@link OutboxStore} promises.
 *
 * @example
 * Running the contract under a test runner.
 *
 * ```ts
 * import { outboxStoreContract, type OutboxStoreHarness } from '@surveyseal/consent/testing'
 *
 * declare function test(name: string, run: () => Promise<void>): void
 * declare function openEmpty(): Promise<OutboxStoreHarness<unknown>>
 *
 * for (const { name, run } of outboxStoreContract(openEmpty)) test(name, run)
 * ```
 *
 * @param create - Opens an empty database.
 * @returns The cases; they are independent of each other.
 */
export function outboxStoreContract<Tx>(create: () => Promise<OutboxStoreHarness<Tx>>): readonly ContractCase[] {
  return contractCases(create, PROMISES)
}

type Check = <Tx>(harness: OutboxStoreHarness<Tx>) => Promise<void>

const PROMISES: Readonly<Record<string, Check>> = {
  'an event is leased as it was enqueued': async (harness) => {
    const records = [recordOf('a'), { ...recordOf('b'), body: JSON.stringify({ text: 'é "quoted" \u{1f600}' }) }]
    const a = await filled(harness, records)
    same(await a.lease(NOW), [
      { ...records[0], attempt: 1 },
      { ...records[1], attempt: 1 },
    ])
  },

  'an empty outbox leases and buries nothing': async ({ store }) => {
    same(await store('a').lease(NOW), [])
    same(await store('a').buried(10), [])
  },

  'an event of a transaction that throws was never there': async ({ store, transaction }) => {
    const a = store('a')
    const lost = transaction(async (tx) => {
      await a.enqueue(tx, [recordOf('a')])
      throw new Error('the host refuses')
    })
    await lost.catch(() => undefined)
    same(await a.lease(NOW), [])
  },

  'enqueuing nothing does nothing': async (harness) => {
    same(await (await filled(harness, [])).lease(NOW), [])
  },

  'an id that is there is left as it is': async (harness) => {
    const a = await filled(harness, [recordOf('a')])
    await filled(harness, [{ ...recordOf('a'), body: '{"other":1}' }, recordOf('b')])
    same(ids(await a.lease(NOW)), ['a', 'b'])
    await filled(harness, [recordOf('a')])
    same(await a.lease(NOW), [])
  },

  'the oldest are leased first, as many as asked for': async (harness) => {
    const ticks = [5, 1, 4, 2, 3]
    const a = await filled(
      harness,
      ticks.map((tick) => ({ ...recordOf(`e${tick}`), occurredAt: tick })),
    )
    same(ids(await a.lease({ ...NOW, limit: 2 })), ['e1', 'e2'])
    same(ids(await a.lease({ ...NOW, limit: 2 })), ['e3', 'e4'])
    same(ids(await a.lease({ ...NOW, limit: 2 })), ['e5'])
  },

  'an event a clock dates in the future is due at once': async (harness) => {
    const a = await filled(harness, [{ ...recordOf('a'), occurredAt: NOW.at + 10 ** 12 }])
    same(ids(await a.lease(NOW)), ['a'])
  },

  'only types that were asked for are leased': async (harness) => {
    const a = await filled(harness, [recordOf('a'), { ...recordOf('b'), type: 'other' }])
    same(ids(await a.lease({ ...NOW, types: ['other', 'third'] })), ['b'])
    same(ids(await a.lease(NOW)), ['a'])
  },

  'a leased event is nobody else’s until the lease ends, and then the next attempt': async (harness) => {
    const a = await filled(harness, [recordOf('a')])
    same(ids(await a.lease(NOW)), ['a'])
    same(await a.lease({ ...NOW, at: NOW.until - 1 }), [])
    same(await a.lease({ ...NOW, at: NOW.until, until: NOW.until + 9 }), [{ ...recordOf('a'), attempt: 2 }])
  },

  'a removed event never comes back; others do': async (harness) => {
    const a = await filled(harness, [recordOf('a'), recordOf('b')])
    await a.lease(NOW)
    await a.remove(['a', 'unknown'])
    await a.remove([])
    same(ids(await a.lease({ ...NOW, at: NOW.until })), ['b'])
  },

  'a postponed event comes back when it is due': async (harness) => {
    const a = await filled(harness, [recordOf('a')])
    const [leased = NONE] = await a.lease(NOW)
    same(await a.postpone(leased, NOW.at + 5), true)
    same(await a.lease({ ...NOW, at: NOW.at + 4 }), [])
    same(await a.lease({ ...NOW, at: NOW.at + 5 }), [{ ...recordOf('a'), attempt: 2 }])
  },

  'who lost the lease changes nothing any more': async (harness) => {
    const a = await filled(harness, [recordOf('a')])
    const [late = NONE] = await a.lease(NOW)
    await a.lease({ ...NOW, at: NOW.until, until: NOW.until + 9 })
    same(await a.postpone(late, 0), false)
    same(await a.bury(late, 0), false)
    same(await a.lease({ ...NOW, at: NOW.until + 8 }), [])
    same(ids(await a.lease({ ...NOW, at: NOW.until + 9 })), ['a'])
    await a.remove(['a'])
    same(await a.postpone({ id: 'a', attempt: 3 }, 0), false)
    same(await a.bury({ id: 'a', attempt: 3 }, 0), false)
  },

  'a buried event is read, and leased no more until it is revived': async (harness) => {
    const a = await filled(harness, [recordOf('a'), recordOf('b')])
    const [first = NONE, second = NONE] = await a.lease(NOW)
    same(await a.bury(second, 7), true)
    same(await a.bury(first, 8), true)
    same(await a.bury(first, 9), false)
    same(await a.lease({ ...NOW, at: NOW.until }), [])
    same(await a.buried(10), [
      { ...recordOf('b'), attempt: 1, buriedAt: 7 },
      { ...recordOf('a'), attempt: 1, buriedAt: 8 },
    ])
    same(ids(await a.buried(1)), ['b'])
    same(await a.revive(['a', 'unknown']), 1)
    same(await a.revive(['a']), 0)
    same(ids(await a.buried(10)), ['b'])
    same(await a.lease(NOW), [{ ...recordOf('a'), attempt: 1 }])
    await a.remove(['b'])
    same(await a.buried(10), [])
  },

  'what speaks of somebody is forgotten, waiting, leased or buried, and nothing else': async (harness) => {
    const about = (id: string, subject: string) => ({ ...recordOf(id), body: JSON.stringify({ subject }) })
    const records = [about('a', 'one_'), about('b', 'one_'), about('c', 'onex'), about('d', 'ONE_'), about('e', 'one_')]
    const a = await filled(harness, records)
    const [leased = NONE] = await a.lease({ ...NOW, limit: 1 })
    same(await a.bury(leased, 7), true)
    await a.lease({ ...NOW, limit: 1 })
    await harness.transaction((tx) => harness.store('b').removeAbout(tx, 'one_'))
    await harness.transaction((tx) => a.removeAbout(tx, 'one_'))
    same(await a.buried(10), [])
    same(ids(await a.lease({ ...NOW, at: NOW.until })), ['c', 'd'])
  },

  'of callers at the same moment no two get the same event, and none is left out': async (harness) => {
    const records = Array.from({ length: 40 }, (_, index) => recordOf(`e${index}`))
    const a = await filled(harness, records)
    const taken: string[] = []
    for (let round = 0; round < 40 && taken.length < records.length; round++) {
      const turns = await Promise.all([1, 2, 3, 4].map(() => a.lease({ ...NOW, limit: 5 })))
      taken.push(...turns.flatMap(ids))
    }
    same(taken.sort(), records.map(({ id }) => id).sort())
  },

  'tenants never see or touch what is not theirs': async (harness) => {
    const a = await filled(harness, [recordOf('a')])
    const b = harness.store('b')
    same(await b.lease(NOW), [])
    await b.remove(['a'])
    const [leased = NONE] = await a.lease(NOW)
    same([await b.postpone(leased, 0), await b.bury(leased, 0)], [false, false])
    same(await a.bury(leased, 1), true)
    same([await b.buried(10), await b.revive(['a'])], [[], 0])
    same(ids(await a.buried(10)), ['a'])
    await harness.transaction((tx) => b.enqueue(tx, [recordOf('a')]))
    same(ids(await b.lease(NOW)), ['a'])
  },
}

const NOW: LeaseOptions = { types: ['consent.withdrawn'], at: 1_767_225_600_000, until: 1_767_225_660_000, limit: 10 }
const NONE = { id: 'nothing was leased', attempt: 0 }

function recordOf(id: string): OutboxRecord {
  return { id, type: 'consent.withdrawn', occurredAt: 1_767_225_601_234, body: '{"survey":"spring-2026"}' }
}

async function filled<Tx>(
  { store, transaction }: OutboxStoreHarness<Tx>,
  records: readonly OutboxRecord[],
): Promise<OutboxStore<Tx>> {
  const a = store('a')
  await transaction((tx) => a.enqueue(tx, records))
  return a
}

function ids(records: readonly OutboxRecord[]): string[] {
  return records.map(({ id }) => id)
}

import {
  createDispatcher,
  type DeliveryFailure,
  type DispatcherOptions,
  type OutboxEvent,
  toOutboxRecord,
} from '@surveyseal/consent/outbox'
import { memoryConsentStore, memoryOutboxStore } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { later, NOW } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'

const spent = (id: string): OutboxEvent<'link.spent'> => ({
  id,
  type: 'link.spent',
  occurredAt: NOW.getTime(),
  body: { survey: 'nps', purpose: 'survey', link: id },
})

const erased: OutboxEvent = {
  id: 'erased',
  type: 'erasure.completed',
  occurredAt: NOW.getTime(),
  body: {
    erasure: 'plan',
    certificate: { records: 3, mentions: 0, dependents: 0, kept: 0, techniques: {}, policies: [], limits: [] },
  },
}

async function outboxWith(...events: readonly OutboxEvent[]) {
  const store = memoryOutboxStore()
  await memoryConsentStore().transaction((_, tx) => store.enqueue(tx, events.map(toOutboxRecord)))
  const seen: string[] = []
  const failures: DeliveryFailure[] = []
  let seconds = 0
  const dispatcher = (handler: (id: string) => Promise<void> = async () => undefined, more: object = {}) => {
    const options: DispatcherOptions = {
      store,
      handlers: {
        'link.spent': async (event) => {
          seen.push(event.id)
          await handler(event.id)
        },
      },
      onFailure: (failure) => failures.push(failure),
      clock: () => later(seconds),
      random: () => 0,
      ...more,
    }
    return createDispatcher(options)
  }
  const advance = (by: number) => {
    seconds += by
  }
  return { store, dispatcher, seen, failures, advance }
}

const broken = async () => {
  throw new Error('the other system is down')
}

describe('a dispatcher', () => {
  test('delivers each event with its type, instant and body, then forgets it', async () => {
    const world = await outboxWith(spent('a'), erased)
    const got: OutboxEvent[] = []
    const handlers = {
      'link.spent': async (event: OutboxEvent) => void got.push(event),
      'erasure.completed': async (event: OutboxEvent) => void got.push(event),
    }
    const dispatcher = world.dispatcher(undefined, { handlers })
    expect(await dispatcher.dispatch()).toEqual({ delivered: 2, postponed: 0, buried: 0 })
    expect(got).toEqual([spent('a'), erased])
    world.advance(10 ** 6)
    expect(await dispatcher.dispatch()).toEqual({ delivered: 0, postponed: 0, buried: 0 })
  })

  test('delivers more than one batch', async () => {
    const world = await outboxWith(...Array.from({ length: 50 }, (_, index) => spent(`e${index}`)))
    expect(await world.dispatcher(undefined, { batch: 7 }).dispatch()).toMatchObject({ delivered: 50 })
    expect(new Set(world.seen).size).toBe(50)
  })

  test('leaves types it has no handler for to others', async () => {
    const world = await outboxWith(erased)
    expect(await world.dispatcher().dispatch()).toMatchObject({ delivered: 0 })
    const got: string[] = []
    const handlers = { 'erasure.completed': async ({ id }: OutboxEvent) => void got.push(id) }
    expect(await world.dispatcher(undefined, { handlers }).dispatch()).toMatchObject({ delivered: 1 })
    expect(got).toEqual(['erased'])
  })

  test('tries again with pauses that double up to the last, and buries after the last attempt', async () => {
    const world = await outboxWith(spent('a'))
    const dispatcher = world.dispatcher(broken, { attempts: 5, pauseSeconds: { first: 10, last: 60 } })
    const pauses: number[] = []
    for (let waited = 0; world.failures.at(-1)?.buried !== true; ) {
      const before = world.failures.length
      await dispatcher.dispatch()
      if (world.failures.length > before) pauses.push(waited)
      waited = world.failures.length > before ? 0 : waited
      world.advance(1)
      waited += 1
    }
    // Half of 10, 20, 40 and 60 seconds, because the random number is 0.
    expect(pauses).toEqual([0, 5, 10, 20, 30])
    expect(world.failures.map(({ attempt, buried }) => [attempt, buried])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, false],
      [5, true],
    ])
    expect(await world.store.buried(10)).toMatchObject([{ id: 'a', attempt: 5 }])
    world.advance(10 ** 6)
    expect(await dispatcher.dispatch()).toEqual({ delivered: 0, postponed: 0, buried: 0 })
  })

  test('delivers a buried event again once it was revived', async () => {
    const world = await outboxWith(spent('a'))
    await world.dispatcher(broken, { attempts: 1 }).dispatch()
    await world.store.revive(['a'])
    expect(await world.dispatcher().dispatch()).toMatchObject({ delivered: 1 })
  })

  test('one event that fails holds up no other', async () => {
    const world = await outboxWith(spent('bad'), spent('good'), spent('fine'))
    const dispatcher = world.dispatcher(async (id) => (id === 'bad' ? broken() : undefined), { batch: 1 })
    expect(await dispatcher.dispatch()).toEqual({ delivered: 2, postponed: 1, buried: 0 })
  })

  test('delivers again what a process that died had leased, when its lease ends', async () => {
    const world = await outboxWith(spent('a'))
    void world.dispatcher(() => new Promise(() => undefined)).dispatch()
    await new Promise((resolve) => setImmediate(resolve))
    expect(world.seen).toEqual(['a'])
    const second = world.dispatcher()
    world.advance(59)
    expect(await second.dispatch()).toMatchObject({ delivered: 0 })
    world.advance(1)
    expect(await second.dispatch()).toMatchObject({ delivered: 1 })
    expect(world.seen).toEqual(['a', 'a'])
  })

  test('buries an event that ends the process each time, without handling it again', async () => {
    const world = await outboxWith(spent('a'))
    for (let crash = 0; crash < 3; crash++) {
      void world.dispatcher(() => new Promise(() => undefined), { attempts: 3 }).dispatch()
      await new Promise((resolve) => setImmediate(resolve))
      world.advance(60)
    }
    expect(await world.dispatcher(undefined, { attempts: 3 }).dispatch()).toMatchObject({ buried: 1 })
    expect(world.seen).toEqual(['a', 'a', 'a'])
    expect(world.failures).toEqual([{ id: 'a', type: 'link.spent', attempt: 4, buried: true, error: null }])
  })

  test('buries a body it cannot read, and goes on', async () => {
    const world = await outboxWith(spent('a'))
    const record = { ...toOutboxRecord(spent('b')), body: '{' }
    await memoryConsentStore().transaction((_, tx) => world.store.enqueue(tx, [record]))
    expect(await world.dispatcher(undefined, { attempts: 1 }).dispatch()).toEqual({
      delivered: 1,
      postponed: 0,
      buried: 1,
    })
  })

  test('runs until it is told to stop', async () => {
    const world = await outboxWith(spent('a'), spent('b'))
    const stop = new AbortController()
    const dispatcher = world.dispatcher(async () => stop.abort(), { batch: 1 })
    await dispatcher.run({ signal: stop.signal })
    expect(world.seen).toEqual(['a'])
    await dispatcher.run({ signal: stop.signal })
    expect(world.seen).toEqual(['a'])
  })

  test('gives each handler a signal', async () => {
    const world = await outboxWith(spent('a'))
    const signals: AbortSignal[] = []
    const handlers = { 'link.spent': async (_: OutboxEvent, signal: AbortSignal) => void signals.push(signal) }
    await world.dispatcher(undefined, { handlers }).dispatch()
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  })
})

test('options that cannot be used are refused', async () => {
  const { store } = await outboxWith()
  const handlers = { 'link.spent': async () => undefined }
  for (const bad of [{ leaseSeconds: 0 }, { batch: 1.5 }, { attempts: -1 }, { handlers: {} }]) {
    expect(await codeOf(() => createDispatcher({ store, handlers, ...bad }))).toBe('ERR_INVALID_ARG_VALUE')
  }
  expect(await codeOf(() => createDispatcher({ store, handlers, batch: '1' as never }))).toBe('ERR_INVALID_ARG_TYPE')
  const dispatcher = createDispatcher({ store, handlers })
  const { signal } = new AbortController()
  expect(await codeOf(dispatcher.run({ signal, pollSeconds: 0 }))).toBe('ERR_INVALID_ARG_VALUE')
})

test('an event needs an id and an instant that can be stored', async () => {
  for (const id of ['', 'é', 'a b', 'x'.repeat(129)]) {
    expect(await codeOf(() => toOutboxRecord(spent(id)))).toBe('ERR_INVALID_ARG_VALUE')
  }
  expect(await codeOf(() => toOutboxRecord({ ...spent('a'), occurredAt: Number.NaN }))).toBe('ERR_INVALID_ARG_VALUE')
})

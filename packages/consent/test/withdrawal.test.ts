import { type ConsentServiceOptions, createConsentService, defineNotice } from '@surveyseal/consent'
import { type MemoryTransaction, memoryConsentStore, memoryOutboxStore } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { AUDIENCE, later, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { createWorld } from './support/service.js'

const chain = { subject: SUBJECT, survey: SURVEY }
const BOTH = { 'improve-service': 'given', 'call-back': 'given' } as const
const LEASE = { types: ['consent.withdrawn'], at: NOW.getTime(), until: NOW.getTime() + 1, limit: 100 }

/** A service that tells what happens, beside the world it happens in. */
async function tellingWorld(options: Partial<ConsentServiceOptions<MemoryTransaction>> = {}) {
  const store = memoryConsentStore()
  const outbox = memoryOutboxStore()
  const world = await createWorld({ store })
  const told = { ...world, store, outbox, audience: AUDIENCE, notices: [notice], clock: () => NOW, ...options }
  return { world, outbox, store, service: createConsentService(told) }
}

describe('effects of a withdrawal', () => {
  test('are what it ends: purposes, practices, and the host’s links', async () => {
    const { world, service } = await tellingWorld({ linksOf: async (_, { subject }) => [`link of ${subject}`] })
    await world.decide(BOTH)
    expect((await service.withdraw({ ...chain, via: 'operator' })).effects).toEqual({
      purposes: ['improve-service', 'call-back'],
      practices: ['standard-survey', 'link-answers-to-record', 'close-the-loop'],
      links: [`link of ${SUBJECT}`],
    })
  })

  test('leave out practices that another purpose still permits', async () => {
    const [first, second] = noticeInput.purposes
    if (!first || !second) return expect.unreachable()
    const shared = { ...second, practices: ['close-the-loop', 'standard-survey'] }
    const overlapping = defineNotice({ ...noticeInput, purposes: [first, shared] })
    const store = memoryConsentStore()
    const world = await createWorld({ store, notices: [overlapping] })
    await world.decide(BOTH)
    const { effects } = await world.service.withdraw({ ...chain, via: 'link', purposes: ['improve-service'] })
    expect(effects.practices).toEqual(['link-answers-to-record'])
    const rest = await world.service.withdraw({ ...chain, via: 'link' })
    expect(rest.effects).toEqual({
      purposes: ['call-back'],
      practices: ['close-the-loop', 'standard-survey'],
      links: [],
    })
  })

  test('are known from the receipts when the notice has left force', async () => {
    const { world, service } = await tellingWorld({ notices: [] })
    const { receipt } = await world.decide(BOTH)
    expect((await service.withdraw({ receipt })).effects.practices).toHaveLength(3)
  })

  test('are told through the outbox, with what a consumer needs', async () => {
    const { world, service, outbox } = await tellingWorld({ linksOf: async () => ['link-1', 'link-2'] })
    await world.decide({ 'improve-service': 'given', 'call-back': 'refused' })
    const { event } = await service.withdraw({ ...chain, via: 'link' })
    const [told] = await outbox.lease(LEASE)
    expect(told).toMatchObject({ id: `withdrawn:${event.digest}`, type: 'consent.withdrawn', attempt: 1 })
    expect(JSON.parse(told?.body ?? '')).toEqual({
      ...chain,
      event: event.digest,
      seq: 2,
      via: 'link',
      receivedAt: event.receivedAt,
      purposes: ['improve-service'],
      practices: ['standard-survey', 'link-answers-to-record'],
      links: ['link-1', 'link-2'],
    })
  })

  test('are told once, however often somebody withdraws', async () => {
    const { world, service, outbox } = await tellingWorld()
    await world.decide(BOTH)
    for (let time = 0; time < 3; time++) await service.withdraw({ ...chain, via: 'link' })
    expect(await outbox.lease(LEASE)).toHaveLength(1)
  })

  test('are not told when the host’s own writes fail, and nothing is withdrawn', async () => {
    const { world, service, outbox, store } = await tellingWorld()
    await world.decide(BOTH)
    const failure = Object.assign(new Error('full'), { code: 'FULL' })
    const accept = async () => Promise.reject(failure)
    expect(await codeOf(service.withdraw({ ...chain, via: 'link' }, { accept }))).toBe('FULL')
    expect(await outbox.lease(LEASE)).toEqual([])
    expect(await store.events(chain)).toHaveLength(1)
  })
})

describe('a withdrawal succeeds', () => {
  test('with a server clock years behind, or ahead', async () => {
    for (const clock of [() => new Date('2001-01-01T00:00:00Z'), () => new Date('2090-01-01T00:00:00Z')]) {
      const { world, service } = await tellingWorld({ clock })
      await world.decide(BOTH)
      expect((await service.withdraw({ ...chain, via: 'operator' })).event.kind).toBe('withdrawal')
    }
  })

  test('in one call by each route, as a decision takes one', async () => {
    for (const via of ['link', 'operator', 'receipt'] as const) {
      const { world, service } = await tellingWorld()
      const { receipt } = await world.decide(BOTH)
      const withdrawn = await service.withdraw(via === 'receipt' ? { receipt } : { ...chain, via })
      expect(withdrawn.event).toMatchObject({ kind: 'withdrawal', via, receivedAt: NOW.getTime() })
    }
  })

  test('from a second device whose page still shows the first state', async () => {
    const { world, service } = await tellingWorld()
    const stale = await world.ask()
    await world.decide(BOTH)
    const { receipt } = await world.decide({ 'call-back': 'given' })
    await world.decide({ 'improve-service': 'given' })
    expect((await service.withdraw({ receipt })).effects.purposes).toEqual(['improve-service', 'call-back'])
    expect(await codeOf(world.service.record(await world.sign(stale, BOTH)))).toBe('ERR_CONSENT_HEAD_MOVED')
  })

  test('when a yes was signed by a device whose clock was a year off, and could not be recorded', async () => {
    const { world, service } = await tellingWorld()
    const { receipt } = await world.decide(BOTH)
    const request = await world.ask()
    world.advance(365 * 86_400)
    const late = await world.sign(request, BOTH)
    expect(await codeOf(service.record(late))).toBe('ERR_CONSENT_CLOCK_AHEAD')
    expect((await service.withdraw({ receipt })).event.receivedAt).toBe(later(0).getTime())
  })
})

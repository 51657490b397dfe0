import {
  type DecisionEvent,
  defineNotice,
  evaluatePermission,
  type PermissionQuestion,
  type RecordedEvent,
  readEventRecord,
  receiveEvent,
  type Statement,
  stateConsent,
  toEventRecord,
} from '@surveyseal/consent'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { AUDIENCE, later, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { createWorld, type World } from './support/service.js'

const chain = { subject: SUBJECT, survey: SURVEY }
const LINK = 'link-answers-to-record'
const LOW = 'standard-survey'
const GIVEN = { 'improve-service': 'given', 'call-back': 'refused' } as const

const historyOf = async (world: World): Promise<readonly RecordedEvent[]> =>
  (await world.store.events(chain)).map(readEventRecord)

/** Adds a statement of the controller to the chain, as it is recorded. */
async function state(world: World, statement: Statement): Promise<void> {
  const head = await world.store.head(chain)
  const signed = await stateConsent(statement, { ...chain, audience: AUDIENCE, head, signer: world.signer, now: NOW })
  const event = receiveEvent(signed, { now: world.advance(60) })
  expect(await world.store.append(toEventRecord(event, 'receipt'))).toBe('appended')
}

const decide = (events: readonly RecordedEvent[], changes: Partial<PermissionQuestion> = {}) =>
  evaluatePermission({
    practice: LINK,
    assessment: assessment(),
    events,
    notices: [notice],
    at: later(3600),
    ...changes,
  })

const imported = (decision: 'given' | 'refused' | 'withdrawn'): Statement => ({
  states: 'import',
  decisions: { 'improve-service': decision },
  decidedAt: new Date('2024-01-01T00:00:00Z'),
  source: 'crm-2019',
})

describe('the gate never allows from', () => {
  test('an event that has expired, at the very instant it ends', async () => {
    const world = await createWorld()
    const { event } = await world.decide(GIVEN)
    const until = later(600).getTime()
    const events = [{ ...(event as DecisionEvent & RecordedEvent), validUntil: until }]
    expect(decide(events, { at: new Date(until - 1) })).toMatchObject({ outcome: 'allow' })
    for (const at of [until, until + 1, until + 10 ** 12]) {
      expect(decide(events, { at: new Date(at) })).toMatchObject({
        reason: 'expired',
        wouldAllow: [{ step: 'ask', purposes: ['improve-service'] }],
      })
    }
  })

  test('an event under a notice that a changed one has superseded', async () => {
    const world = await createWorld()
    await world.decide(GIVEN)
    const [first, second] = noticeInput.purposes
    if (!first || !second) return expect.unreachable()
    const wider = defineNotice({
      ...noticeInput,
      version: '2026-02',
      purposes: [{ ...first, recipients: ['Example Air customer care', 'Advertising Ltd'] }, second],
    })
    expect(decide(await historyOf(world), { notices: [wider] })).toMatchObject({
      reason: 'notice-not-in-force',
      wouldAllow: [{ step: 'ask', notices: { 'improve-service': Object.values(wider.digests) } }],
    })
  })

  test('what the host asserts, until the person says so', async () => {
    const world = await createWorld()
    await state(world, imported('given'))
    expect(decide(await historyOf(world))).toMatchObject({ outcome: 'deny', reason: 'not-proved' })
    await world.decide({ 'improve-service': 'renewed' })
    const events = await historyOf(world)
    expect(decide(events)).toMatchObject({
      outcome: 'allow',
      evidence: { events: events.map(({ digest }) => digest) },
    })
  })

  test('a signal, alone or after what was given', async () => {
    const world = await createWorld()
    const signal: Statement = { states: 'signal', signal: 'gpc', purposes: ['improve-service'] }
    await state(world, signal)
    expect(decide(await historyOf(world))).toMatchObject({ reason: 'signalled' })
    expect(decide(await historyOf(world), { practice: LOW })).toMatchObject({ reason: 'signalled' })
    await world.decide(GIVEN)
    expect(decide(await historyOf(world))).toMatchObject({ outcome: 'allow' })
    await state(world, signal)
    expect(decide(await historyOf(world))).toMatchObject({ reason: 'signalled' })
  })

  test('a deferral, which takes nothing away either', async () => {
    const world = await createWorld()
    await world.decide({ 'improve-service': 'deferred' })
    expect(decide(await historyOf(world))).toMatchObject({ reason: 'no-decision' })
    await world.decide(GIVEN)
    await world.decide({ 'improve-service': 'deferred' })
    expect(decide(await historyOf(world))).toMatchObject({ outcome: 'allow' })
  })

  test('a permission that the controller revoked, or a court invalidated, on any tier', async () => {
    for (const states of ['revoked', 'invalidated'] as const) {
      const world = await createWorld()
      await world.decide(GIVEN)
      await state(world, { states, purposes: ['improve-service'] })
      expect(decide(await historyOf(world))).toMatchObject({ reason: states })
      expect(decide(await historyOf(world), { practice: LOW })).toMatchObject({ reason: states })
      expect(decide(await historyOf(world), { at: NOW })).toMatchObject({ outcome: 'allow' })
    }
  })
})

describe('a withdrawal ends', () => {
  test('what was renewed, naming all it stops', async () => {
    const world = await createWorld()
    await world.decide({ 'improve-service': 'given', 'call-back': 'given' })
    await world.decide({ 'improve-service': 'renewed' })
    const { effects } = await world.service.withdraw({ ...chain, via: 'link' })
    expect(effects.purposes).toEqual(['improve-service', 'call-back'])
    expect(effects.practices).toEqual([LOW, LINK, 'close-the-loop'])
  })

  test('what a deferral came after', async () => {
    const world = await createWorld()
    await world.decide(GIVEN)
    await world.decide({ 'improve-service': 'deferred' })
    const { effects } = await world.service.withdraw({ ...chain, via: 'link' })
    expect(effects).toMatchObject({ purposes: ['improve-service'], practices: [LOW, LINK] })
  })

  test('what the host asserts', async () => {
    const world = await createWorld()
    await state(world, imported('given'))
    const { effects } = await world.service.withdraw({ ...chain, via: 'operator' })
    expect(effects).toEqual({ purposes: ['improve-service'], practices: [], links: [] })
    expect(decide(await historyOf(world), { practice: LOW })).toMatchObject({ reason: 'withdrawn' })
  })
})

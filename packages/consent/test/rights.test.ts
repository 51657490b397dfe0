import { createGate, defineNotice, pseudonymize } from '@surveyseal/consent'
import { createRightsService, objectionsOf, type StepReason } from '@surveyseal/consent/rights'
import { memoryConsentStore, memoryRightsStore } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { later, NOW, noticeInput, SECRET, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'

const DAY = 86_400
const person = pseudonymize('customer-4711', { secret: SECRET, survey: 'rights' })

function office(options: { holidays?: string[] } = {}) {
  const store = memoryRightsStore()
  let now = NOW
  const service = createRightsService({ store, timeZone: 'Europe/Paris', clock: () => now, ...options })
  return { store, service, after: (days: number) => (now = later(days * DAY)) }
}

describe('receiving', () => {
  test('keeps whose it is, what it is about and when it is due', async () => {
    const { service, store } = office({ holidays: ['2026-04-01'] })
    const request = await service.receive({ person, right: 'access' })
    expect(request).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      person,
      right: 'access',
      survey: null,
      purposes: null,
      receivedAt: NOW.getTime(),
      lastDay: '2026-04-02',
      state: 'received',
      closedAt: null,
      steps: [{ state: 'received', at: NOW.getTime(), reason: null }],
    })
    expect(await store.find(request.id)).toEqual(request)
  })

  test('counts from the day the letter came, not from the day it was entered', async () => {
    const { service } = office()
    const receivedAt = later(-10 * DAY)
    expect((await service.receive({ person, right: 'erasure', receivedAt })).lastDay).toBe('2026-03-19')
    const tomorrow = service.receive({ person, right: 'erasure', receivedAt: later(DAY) })
    expect(await codeOf(tomorrow)).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('refuses an e-mail address as person, an unknown right, and purposes that are none', async () => {
    const { service } = office()
    for (const bad of [
      { person: 'jane@example.com' },
      { right: 'constructor' as never },
      { survey: 'a b' },
      { purposes: ['improve-service'] },
      { right: 'objection' as const, purposes: [] },
      { right: 'objection' as const, purposes: ['x'.repeat(1_000_000)] },
    ]) {
      expect(await codeOf(service.receive({ person, right: 'access', ...bad }))).toBe('ERR_INVALID_ARG_VALUE')
    }
  })

  test('a time zone that is none is refused when the service is made', async () => {
    const store = memoryRightsStore()
    expect(await codeOf(() => createRightsService({ store, timeZone: 'Nowhere' }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('moving', () => {
  test('by way of an identity check and an extension to the end', async () => {
    const { service, after } = office()
    const { id } = await service.receive({ person, right: 'access' })
    await service.advance(id, { to: 'identity-check' })
    after(3)
    await service.advance(id, { to: 'received' })
    after(31)
    const extended = await service.advance(id, { to: 'extended', reason: 'complexity' })
    expect(extended).toMatchObject({ state: 'extended', lastDay: '2026-06-01', closedAt: null })
    after(80)
    const done = await service.advance(id, { to: 'fulfilled' })
    expect(done).toMatchObject({ state: 'fulfilled', closedAt: later(80 * DAY).getTime() })
    expect(done.steps.map(({ state }) => state)).toEqual([
      'received',
      'identity-check',
      'received',
      'extended',
      'fulfilled',
    ])
  })

  test('ERR_RIGHTS_TRANSITION_REFUSED: nothing is done for a person whose identity is in doubt, or after the end', async () => {
    const { service } = office()
    const { id } = await service.receive({ person, right: 'access' })
    await service.advance(id, { to: 'identity-check' })
    for (const to of ['fulfilled', 'extended', 'identity-check', 'constructor' as never] as const) {
      expect(await codeOf(service.advance(id, { to, reason: 'complexity' }))).toBe('ERR_RIGHTS_TRANSITION_REFUSED')
    }
    await service.advance(id, { to: 'cancelled' })
    expect(await codeOf(service.advance(id, { to: 'received' }))).toBe('ERR_RIGHTS_TRANSITION_REFUSED')
  })

  test('ERR_RIGHTS_REASON_REFUSED: a refusal and an extension need a reason of theirs, nothing else has one', async () => {
    const { service } = office()
    const { id } = await service.receive({ person, right: 'access' })
    const steps = [
      { to: 'refused' },
      { to: 'refused', reason: 'compelling-grounds' },
      { to: 'refused', reason: 'complexity' },
      { to: 'refused', reason: 'toString' as StepReason },
      { to: 'extended' },
      { to: 'extended', reason: 'excessive' },
      { to: 'fulfilled', reason: 'excessive' },
    ] as const
    for (const step of steps) expect(await codeOf(service.advance(id, step))).toBe('ERR_RIGHTS_REASON_REFUSED')
    expect(await service.advance(id, { to: 'refused', reason: 'excessive' })).toMatchObject({ state: 'refused' })
  })

  test('ERR_RIGHTS_EXTENSION_LATE: on the last day an extension can still be told, the day after it cannot', async () => {
    const { service, after } = office()
    const first = await service.receive({ person, right: 'erasure' })
    const second = await service.receive({ person, right: 'erasure' })
    expect(first.lastDay).toBe('2026-04-01')
    after(31)
    await service.advance(first.id, { to: 'extended', reason: 'number-of-requests' })
    after(32)
    const late = service.advance(second.id, { to: 'extended', reason: 'complexity' })
    expect(await codeOf(late)).toBe('ERR_RIGHTS_EXTENSION_LATE')
  })

  test('ERR_RIGHTS_REQUEST_UNKNOWN', async () => {
    expect(await codeOf(office().service.advance('AAAAAAAAAAAAAAAAAAAAAA', { to: 'fulfilled' }))).toBe(
      'ERR_RIGHTS_REQUEST_UNKNOWN',
    )
  })

  test('ERR_RIGHTS_CONFLICT: of two desks that answer at once one is told that the other did', async () => {
    const { service } = office()
    const { id } = await service.receive({ person, right: 'access' })
    const desks = await Promise.allSettled([
      service.advance(id, { to: 'fulfilled' }),
      service.advance(id, { to: 'refused', reason: 'excessive' }),
    ])
    const codes = desks.map((desk) => (desk.status === 'rejected' ? desk.reason.code : 'moved'))
    expect(codes.sort()).toEqual(['ERR_RIGHTS_CONFLICT', 'moved'])
  })

  test('is undone when the host’s own writes fail', async () => {
    const { service, store } = office()
    const { id } = await service.receive({ person, right: 'erasure' })
    const failure = Object.assign(new Error('full'), { code: 'FULL' })
    const accept = () => Promise.reject(failure)
    expect(await codeOf(service.advance(id, { to: 'fulfilled', accept }))).toBe('FULL')
    expect(await store.find(id)).toMatchObject({ state: 'received' })
  })
})

test('due tells what is next and how long there is', async () => {
  const { service, after } = office()
  await service.receive({ person, right: 'access' })
  after(2)
  const { id } = await service.receive({ person, right: 'erasure' })
  after(33)
  await service.receive({ person, right: 'objection' })
  await service.advance(id, { to: 'fulfilled' })
  expect((await service.due()).map(({ request: { right }, daysLeft }) => [right, daysLeft])).toEqual([
    ['access', -2],
    ['objection', 31],
  ])
  expect(await service.due(1)).toHaveLength(1)
})

describe('an objection and the gate', () => {
  const [first, second] = noticeInput.purposes
  if (!first || !second) throw new Error('incomplete')
  const notices = [
    defineNotice({ ...noticeInput, purposes: [{ ...first, legalBasis: 'legitimate-interests' }, second] }),
  ]
  const question = { practice: 'standard-survey', subject: SUBJECT, survey: SURVEY, person }

  function opened() {
    const desk = office()
    let now = NOW
    const objections = objectionsOf(desk.store)
    const gate = createGate({
      store: memoryConsentStore(),
      notices,
      assess: () => assessment(),
      objections,
      clock: () => now,
    })
    return { ...desk, gate, after: (days: number) => (now = desk.after(days)) }
  }

  test('denies from the moment it was received until it is refused or cancelled', async () => {
    for (const step of [{ to: 'refused', reason: 'compelling-grounds' }, { to: 'cancelled' }] as const) {
      const { gate, service, after } = opened()
      expect(await gate.evaluate(question)).toMatchObject({ outcome: 'allow' })
      after(1)
      const { id } = await service.receive({ person, right: 'objection' })
      expect(await gate.evaluate(question)).toMatchObject({ reason: 'objected', evidence: { objections: [id] } })
      after(9)
      await service.advance(id, step)
      expect(await gate.evaluate(question)).toMatchObject({ outcome: 'allow' })
      expect(await gate.evaluate({ ...question, at: later(5 * DAY) })).toMatchObject({ reason: 'objected' })
      expect(await gate.evaluate({ ...question, at: NOW })).toMatchObject({ outcome: 'allow' })
    }
  })

  test('denies for good once it was fulfilled', async () => {
    const { gate, service, after } = opened()
    const { id } = await service.receive({ person, right: 'objection', survey: SURVEY })
    await service.advance(id, { to: 'fulfilled' })
    after(4000)
    expect(await gate.evaluate(question)).toMatchObject({ reason: 'objected' })
    expect(await gate.evaluate({ ...question, survey: 'other' })).toMatchObject({ outcome: 'allow' })
    expect(await gate.evaluate({ ...question, person: SUBJECT })).toMatchObject({ outcome: 'allow' })
  })

  test('other requests deny nothing', async () => {
    const { gate, service } = opened()
    await service.receive({ person, right: 'access' })
    expect(await gate.evaluate(question)).toMatchObject({ outcome: 'allow' })
  })

  test('a question that names nobody throws, and so never allows', async () => {
    const { gate } = opened()
    const { person: _, ...nobody } = question
    expect(await codeOf(gate.evaluate(nobody))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(gate.evaluate({ ...nobody, person: 'jane@example.com' }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

import {
  consentStatus,
  createConsentService,
  type Decision,
  type Recorded,
  readEventRecord,
  type Statement,
  stateConsent,
  verifyReceipt,
} from '@surveyseal/consent'
import { createTestSigner } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { verifyEvent } from '../src/lib/documents.js'
import { AUDIENCE, later, NOW, notice, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { createWorld, type World } from './support/service.js'

const CHAIN = { subject: SUBJECT, survey: SURVEY }
const PURPOSE = 'improve-service'
const OLDER = new Date('2019-05-01T00:00:00Z')
const DAY = 86_400

const asserted = (decision: 'given' | 'refused' | 'withdrawn'): Statement => ({
  states: 'import',
  decisions: { [PURPOSE]: decision },
  decidedAt: OLDER,
  source: 'crm-2019',
})

/** A world with more said to the service. */
async function worldWith(options: object): Promise<World> {
  const world = await createWorld()
  const { store, signer, keys } = world
  const clock = () => world.advance(0)
  const service = createConsentService({
    store,
    signer,
    keys,
    audience: AUDIENCE,
    notices: [notice],
    clock,
    ...options,
  })
  const decide = async (decisions: Record<string, Decision>): Promise<Recorded> => {
    const request = await service.request(notice, { ...CHAIN, language: 'en', purposes: Object.keys(decisions) })
    return service.record(await world.sign(request, decisions))
  }
  return { ...world, service, decide }
}

async function statusOf({ store, advance }: World, purpose = PURPOSE) {
  const events = (await store.events(CHAIN)).map(readEventRecord)
  return consentStatus({ purpose, events, at: advance(0) })
}

describe('a permission that ends by itself', () => {
  test('says so under the person’s own signature, and is expired from that instant on', async () => {
    const world = await worldWith({ validitySeconds: DAY })
    const { event } = await world.decide({ [PURPOSE]: 'given' })
    const end = Math.ceil(NOW.getTime() / 1000 + DAY) * 1000
    expect(event).toMatchObject({ validUntil: end })
    world.advance((end - NOW.getTime()) / 1000 - 1)
    expect(await statusOf(world)).toMatchObject({ status: 'given', validUntil: end })
    world.advance(1)
    expect(await statusOf(world)).toMatchObject({ status: 'expired', valid: false })
  })

  test('can be renewed after its end, and withdrawn', async () => {
    const world = await worldWith({ validitySeconds: DAY })
    await world.decide({ [PURPOSE]: 'given' })
    world.advance(2 * DAY)
    await world.decide({ [PURPOSE]: 'renewed' })
    expect((await statusOf(world)).status).toBe('renewed')
    world.advance(2 * DAY)
    await world.service.withdraw({ ...CHAIN, via: 'link' })
    expect((await statusOf(world)).status).toBe('withdrawn')
  })

  test('is refused with another end than the one asked for', async () => {
    const world = await worldWith({ validitySeconds: DAY })
    const request = await world.service.request(notice, { ...CHAIN, language: 'en' })
    const decisions = { [PURPOSE]: 'given', 'call-back': 'given' } as const
    for (const validUntil of [null, (request.validUntil ?? 0) + 1000]) {
      const jws = await world.sign({ ...request, validUntil }, decisions)
      expect(await codeOf(world.service.record(jws))).toBe('ERR_CONSENT_REQUEST_MISMATCH')
    }
  })
})

describe('ERR_CONSENT_TRANSITION_REFUSED', () => {
  const code = 'ERR_CONSENT_TRANSITION_REFUSED'

  test.each<Decision[]>([[], ['refused'], ['given', 'withdrawn'], ['deferred']])(
    'renewing after %j',
    async (...before) => {
      const world = await createWorld()
      for (const decision of before) await world.decide({ [PURPOSE]: decision })
      const events = await world.store.events(CHAIN)
      expect(await codeOf(world.decide({ [PURPOSE]: 'renewed' }))).toBe(code)
      expect(await world.store.events(CHAIN)).toEqual(events)
    },
  )

  test('revoking or invalidating what was never given', async () => {
    const { service } = await createWorld()
    for (const states of ['revoked', 'invalidated'] as const) {
      expect(await codeOf(service.state({ states, purposes: [PURPOSE] }, CHAIN))).toBe(code)
    }
  })

  test('asserting an older yes or no over what the person decided here', async () => {
    const world = await createWorld()
    await world.decide({ [PURPOSE]: 'refused' })
    for (const decision of ['given', 'refused'] as const) {
      expect(await codeOf(world.service.state(asserted(decision), CHAIN))).toBe(code)
    }
  })
})

describe('a request put away', () => {
  test('is deferred, never refused, and takes back nothing', async () => {
    const world = await createWorld()
    await world.decide({ [PURPOSE]: 'deferred' })
    expect((await statusOf(world)).status).toBe('deferred')
    await world.decide({ [PURPOSE]: 'given' })
    await world.decide({ [PURPOSE]: 'deferred' })
    expect(await statusOf(world)).toMatchObject({ status: 'given', valid: true })
  })
})

describe('an imported decision', () => {
  test('is asserted and unproved, in the event and in the receipt', async () => {
    const world = await createWorld()
    const { event, receipt } = await world.service.state(asserted('given'), CHAIN)
    expect(event).toMatchObject({ kind: 'import', proof: 'asserted', decidedAt: OLDER.getTime(), source: 'crm-2019' })
    const { proved, notProved } = await verifyReceipt(receipt, { keys: world.keys })
    expect(proved).toContain('controller-signed-statement')
    expect(proved).not.toContain('event-signed-by-named-key')
    expect(notProved).toContain('person-decided')
    expect(await statusOf(world)).toMatchObject({ status: 'given', proof: 'asserted' })
  })

  test('gives way to what the person decides here, and can be withdrawn', async () => {
    const world = await createWorld()
    await world.service.state(asserted('given'), CHAIN)
    await world.decide({ [PURPOSE]: 'given' })
    expect(await statusOf(world)).toMatchObject({ status: 'given', proof: 'person' })
    const other = await createWorld()
    await other.service.state(asserted('given'), CHAIN)
    await other.service.withdraw({ ...CHAIN, via: 'link' })
    expect((await statusOf(other)).status).toBe('withdrawn')
  })

  test('of a withdrawal is heeded whatever was given here', async () => {
    const world = await createWorld()
    await world.decide({ [PURPOSE]: 'given' })
    await world.service.state(asserted('withdrawn'), CHAIN)
    expect((await statusOf(world)).status).toBe('withdrawn')
  })
})

describe('a ruling', () => {
  test('ends a permission, and only a new yes begins another', async () => {
    const world = await createWorld()
    for (const states of ['revoked', 'invalidated'] as const) {
      await world.decide({ [PURPOSE]: 'given' })
      const { event } = await world.service.state({ states, purposes: [PURPOSE] }, CHAIN)
      expect(event).toMatchObject({ kind: 'ruling', proof: 'controller', decisions: { [PURPOSE]: states } })
      expect((await statusOf(world)).status).toBe(states)
    }
  })
})

describe('Global Privacy Control', () => {
  const options = { signalled: { gpc: ['call-back'] } }
  const ask = ({ service }: World) => service.request(notice, { ...CHAIN, language: 'en', signals: ['gpc'] })

  test('is recorded before the request as a signal about the purposes it covers, and decides nothing', async () => {
    const world = await worldWith(options)
    expect((await ask(world)).seq).toBe(2)
    const [record, ...others] = await world.store.events(CHAIN)
    if (record === undefined) return expect.unreachable()
    expect(others).toEqual([])
    expect(readEventRecord(record)).toMatchObject({
      kind: 'signal',
      signal: 'gpc',
      purposes: ['call-back'],
      decisions: {},
    })
    expect(await statusOf(world, 'call-back')).toMatchObject({ status: 'unknown', signal: 'gpc' })
    expect(await statusOf(world)).toMatchObject({ status: 'unknown', signal: null })
  })

  test('is recorded once, however often it is sent', async () => {
    const world = await worldWith(options)
    for (let visit = 0; visit < 5; visit++) await ask(world)
    expect(await world.store.events(CHAIN)).toHaveLength(1)
  })

  test('covers no purpose unless the host says which', async () => {
    const world = await worldWith({})
    expect((await ask(world)).seq).toBe(1)
  })
})

describe('children and who acts for them', () => {
  const ask = (world: World, more: object) => world.service.request(notice, { ...CHAIN, language: 'en', ...more })

  test('ERR_CONSENT_GUARDIAN_REQUIRED: below the age of the country nobody is asked alone', async () => {
    const world = await createWorld()
    const german = { age: { years: 15, country: 'DE' } }
    expect(await codeOf(ask(world, german))).toBe('ERR_CONSENT_GUARDIAN_REQUIRED')
    expect(await codeOf(ask(world, { age: { years: 15, country: 'ZZ' } }))).toBe('ERR_CONSENT_GUARDIAN_REQUIRED')
    await ask(world, { age: { years: 13, country: 'GB' } })
    await ask(world, { age: { years: 16, country: 'DE' } })
    expect((await ask(world, { ...german, actor: 'guardian' })).actor).toBe('guardian')
  })

  test('the role is signed, and nothing of whoever has it; another role is refused', async () => {
    const world = await createWorld()
    const request = await ask(world, { actor: 'guardian', purposes: [PURPOSE] })
    expect(Object.keys(request)).not.toContain('age')
    const forged = await world.sign({ ...request, actor: 'self' }, { [PURPOSE]: 'given' })
    expect(await codeOf(world.service.record(forged))).toBe('ERR_CONSENT_REQUEST_MISMATCH')
    const { event } = await world.service.record(await world.sign(request, { [PURPOSE]: 'given' }))
    expect(event).toMatchObject({ actor: 'guardian', proof: 'person' })
  })
})

describe('ERR_CONSENT_CHAIN_FULL', () => {
  test('refuses what could give, and never what takes away', async () => {
    const world = await worldWith({ maxEvents: 2, signalled: { gpc: [PURPOSE] } })
    await world.decide({ [PURPOSE]: 'given', 'call-back': 'given' })
    await world.decide({ [PURPOSE]: 'deferred' })
    for (const decision of ['given', 'renewed', 'deferred'] as const) {
      expect(await codeOf(world.decide({ [PURPOSE]: decision }))).toBe('ERR_CONSENT_CHAIN_FULL')
    }
    const signal: Statement = { states: 'signal', signal: 'gpc', purposes: [PURPOSE] }
    expect(await codeOf(world.service.state(signal, CHAIN))).toBe('ERR_CONSENT_CHAIN_FULL')
    await world.decide({ [PURPOSE]: 'withdrawn' })
    expect(await codeOf(world.decide({ [PURPOSE]: 'withdrawn' }))).toBe('ERR_CONSENT_CHAIN_FULL')
    await world.service.withdraw({ ...CHAIN, via: 'link' })
    expect((await statusOf(world, 'call-back')).status).toBe('withdrawn')
    expect(await world.store.events(CHAIN)).toHaveLength(4)
  })
})

describe('purge', () => {
  test('forgets requests that are over, and an answer to one of them comes too late', async () => {
    const world = await createWorld()
    const request = await world.ask()
    const jws = await world.sign(request, { [PURPOSE]: 'given', 'call-back': 'given' })
    expect(await world.service.purge()).toBe(0)
    world.advance(3600 + 300)
    expect(await world.service.purge()).toBe(1)
    expect(await codeOf(world.service.record(jws))).toBe('ERR_CONSENT_NONCE_UNKNOWN')
  })
})

describe('an answer from another session', () => {
  test('is refused', async () => {
    const world = await createWorld()
    const jws = await world.sign(await world.ask({ purposes: [PURPOSE] }), { [PURPOSE]: 'given' })
    const chain = { ...CHAIN, survey: 'autumn-2026' }
    expect(await codeOf(world.service.record(jws, { chain }))).toBe('ERR_CONSENT_REQUEST_MISMATCH')
    await world.service.record(jws, { chain: CHAIN })
  })
})

describe('a statement', () => {
  test('is verified with the controller’s key, and is no decision or withdrawal', async () => {
    const { signer, keys } = await createTestSigner()
    const options = { ...CHAIN, audience: AUDIENCE, head: null, signer, now: NOW }
    const { jws } = await stateConsent({ states: 'revoked', purposes: [PURPOSE] }, options)
    expect(await verifyEvent(jws, keys)).toMatchObject({
      kind: 'ruling',
      issuedAt: Math.floor(NOW.getTime() / 1000) * 1000,
      seq: 1,
      prev: null,
    })
    const other = await createTestSigner()
    expect(await codeOf(verifyEvent(jws, other.keys))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
    expect(await codeOf(verifyEvent(jws, { keys: [] }))).toBe('ERR_CONSENT_KEY_NOT_FOUND')
  })

  test.each<[string, object]>([
    ['without purposes', { states: 'revoked', purposes: [] }],
    ['of one purpose twice', { states: 'revoked', purposes: [PURPOSE, PURPOSE] }],
    ['with a purpose id of a megabyte', { states: 'revoked', purposes: ['x'.repeat(1_000_000)] }],
    ['with a direction override', { states: 'revoked', purposes: ['a\u202eb'] }],
    ['with an address as its source', { ...asserted('given'), source: 'alice@example.com' }],
    ['with a decision nobody makes', { ...asserted('given'), decisions: { [PURPOSE]: 'renewed' } }],
    ['with an unknown signal', { states: 'signal', signal: 'dnt', purposes: [PURPOSE] }],
  ])('%s is a caller’s mistake', async (_, statement) => {
    const { signer } = await createTestSigner()
    const options = { ...CHAIN, audience: AUDIENCE, head: null, signer, now: later(1) }
    expect(await codeOf(stateConsent(statement as Statement, options))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

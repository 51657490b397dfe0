import {
  createConsentService,
  createGate,
  type EventRecord,
  pseudonymize,
  type RecordedEvent,
  verifyReceipt,
} from '@surveyseal/consent'
import { consentErasure, rightsErasure, verifySummary } from '@surveyseal/consent/erase'
import { createDispatcher } from '@surveyseal/consent/outbox'
import type { RightsRequest } from '@surveyseal/consent/rights'
import { memoryOutboxStore, memoryRightsStore } from '@surveyseal/consent/testing'
import type { ErasureStepTools } from '@surveyseal/core/erase'
import { verifyLedger } from '@surveyseal/ledger'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { AUDIENCE, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { createLoggedWorld, logKeys } from './support/log.js'
import { codeOf } from './support/matchers.js'

const BOTH = { 'improve-service': 'given', 'call-back': 'given' } as const
const WITHDRAWN = { 'improve-service': 'withdrawn', 'call-back': 'withdrawn' } as const
const chain = { subject: SUBJECT, survey: SURVEY }
const fingerprint = async (value: unknown): Promise<string> => JSON.stringify(value)
const tools: ErasureStepTools = { fingerprint, tell: async () => undefined }
const search = { subject: { canonical: [], find: () => [] }, references: ['r-ada'], fingerprint }

/** A world in which the reference `r-ada` is the subject of the fixtures. */
async function erasableWorld() {
  const world = await createLoggedWorld()
  const outbox = memoryOutboxStore()
  const subjectOf = (reference: string, survey: string): string =>
    reference === 'r-ada' && survey === SURVEY
      ? SUBJECT
      : pseudonymize(reference, { secret: new Uint8Array(32), survey })
  const target = consentErasure({
    ...{ store: world.store, signer: world.signer, audience: AUDIENCE, subjectOf, keepFor: 'P3Y' },
    ...{ ledger: world.log.consentLedger, outbox, clock: () => NOW },
  })
  const erase = async () => {
    for (const step of await target.find(search)) await target.erase(step, tools)
  }
  return { ...world, outbox, target, erase }
}

/** What a summary holds, before anybody verifies it. */
function payloadOf(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
}

describe('a history that is erased', () => {
  test('leaves one signed summary for each event, under its hash: purposes, status, month, notice, legal basis, end', async () => {
    const { decide, withdraw, erase, store, keys, log } = await erasableWorld()
    const given = await decide(BOTH)
    const { event: withdrawn } = await withdraw()
    await erase()
    expect([await store.events(chain), await store.holds(chain)]).toEqual([[], false])
    const [first, second] = await Promise.all(
      [given.event.hash, withdrawn.hash].map(async (hash) =>
        verifySummary((await store.summary(hash)) ?? '', { keys }),
      ),
    )
    const bases = Object.fromEntries(noticeInput.purposes.map(({ id, legalBasis }) => [id, legalBasis]))
    const month = NOW.toISOString().slice(0, 7)
    expect(first).toEqual({
      event: given.event.hash,
      audience: AUDIENCE,
      survey: SURVEY,
      purposes: {
        'improve-service': { status: 'given', legalBasis: bases['improve-service'] },
        'call-back': { status: 'given', legalBasis: bases['call-back'] },
      },
      proof: 'person',
      notice: notice.digests['en'],
      received: month,
      keepUntil: `${Number(month.slice(0, 4)) + 3}${month.slice(4)}`,
    })
    expect(second).toMatchObject({
      purposes: { 'call-back': { status: 'withdrawn', legalBasis: bases['call-back'] } },
      proof: 'controller',
      notice: null,
    })
    const verified = await verifyLedger(log.store, { policy: { log: logKeys.verifierKey } })
    expect(verified).toMatchObject({ size: 2, erased: 2 })
  })

  test('leaves nothing that two events of one person have in common and others have not', async () => {
    const { decide, withdraw, erase, store } = await erasableWorld()
    const events: RecordedEvent[] = [(await decide(BOTH)).event, (await withdraw()).event]
    await erase()
    for (const event of events) {
      const text = JSON.stringify(payloadOf((await store.summary(event.hash)) ?? ''))
      for (const value of [
        ...[event.subject, event.salt, event.digest, event.jws, String(event.issuedAt / 1000), event.prev ?? '?'],
        ...(event.kind === 'decision' ? [event.nonce, event.id, event.keyThumbprint] : []),
      ]) {
        expect(text).not.toContain(value)
      }
      expect(Object.keys(JSON.parse(text))).toEqual('iss hash survey purposes proof notice received until'.split(' '))
    }
  })

  test('is told in the same transaction, in the place of whatever else waited to be told', async () => {
    const { decide, erase, outbox, store, signer, keys } = await erasableWorld()
    const options = { store, signer, keys, audience: AUDIENCE, notices: [notice], outbox, clock: () => NOW }
    await decide(BOTH)
    await createConsentService(options).withdraw({ ...chain, via: 'link' })
    await erase()
    const told: unknown[] = []
    const handle = async (event: unknown): Promise<void> => void told.push(event)
    const handlers = { 'consent.withdrawn': handle, 'consent.erased': handle }
    await createDispatcher({ store: outbox, handlers, clock: () => NOW }).dispatch()
    expect(told).toEqual([expect.objectContaining({ type: 'consent.erased', body: chain })])
    await erase()
    expect(await createDispatcher({ store: outbox, handlers, clock: () => NOW }).dispatch()).toMatchObject({
      delivered: 0,
    })
  })

  test('closes the gate, and the person may be asked anew', async () => {
    const { decide, erase, store, service } = await erasableWorld()
    await decide(BOTH)
    const gate = createGate({ store, assess: () => assessment(), notices: [notice], clock: () => NOW })
    const question = { ...chain, practice: 'link-answers-to-record' } as const
    expect((await gate.evaluate(question)).outcome).toBe('allow')
    await erase()
    expect((await gate.evaluate(question)).outcome).toBe('deny')
    const again = await decide(BOTH)
    expect(again.event).toMatchObject({ seq: 1, prev: null })
    expect((await gate.evaluate(question)).outcome).toBe('allow')
    expect(await service.purge()).toBe(0)
  })

  test('cannot be brought back by sending the signed answer once more', async () => {
    const { ask, sign, service, erase, store } = await erasableWorld()
    const jws = await sign(await ask({ purposes: Object.keys(BOTH) }), BOTH)
    await service.record(jws)
    await erase()
    expect(await codeOf(service.record(jws))).toBe('ERR_CONSENT_NONCE_UNKNOWN')
    expect(await store.holds(chain)).toBe(false)
  })

  test('leaves receipts valid, and provable in the log', async () => {
    const { decide, refresh, verify, erase } = await erasableWorld()
    const { receipt } = await decide(BOTH)
    const proved = await refresh(receipt)
    await erase()
    expect((await verify(proved)).inclusion).toMatchObject({ index: 0 })
    expect((await verify(await refresh(receipt))).inclusion).toMatchObject({ index: 0 })
  })

  test('ERR_CONSENT_ERASED: withdrawing by a receipt of it; withdrawing by a link finds nothing', async () => {
    const { decide, erase, service, keys } = await erasableWorld()
    const { receipt } = await decide(BOTH)
    await erase()
    expect(await codeOf(service.withdraw({ receipt }))).toBe('ERR_CONSENT_ERASED')
    expect(await codeOf(service.withdraw({ ...chain, via: 'link' }))).toBe('ERR_CONSENT_NOTHING_TO_WITHDRAW')
    expect((await verifyReceipt(receipt, { keys })).event.subject).toBe(SUBJECT)
    // Whoever holds a receipt is the person: it also ends what they gave since.
    await decide(BOTH)
    const { event } = await service.withdraw({ receipt })
    expect(event.decisions).toEqual(WITHDRAWN)
  })

  test('is forgotten wholly when its time is over', async () => {
    const { decide, erase, store, signer, keys } = await erasableWorld()
    const { event, receipt } = await decide(BOTH)
    await erase()
    const at = (clock: Date) =>
      createConsentService({ store, signer, keys, audience: AUDIENCE, notices: [notice], clock: () => clock })
    const year = NOW.getUTCFullYear() + 3
    const lastMonth = new Date(Date.UTC(year, NOW.getUTCMonth(), 28))
    expect(await at(lastMonth).purge()).toBe(0)
    expect(await store.summary(event.hash)).not.toBe(null)
    const next = new Date(Date.UTC(year, NOW.getUTCMonth() + 1, 1))
    expect(await at(next).purge()).toBe(1)
    expect(await codeOf(at(next).withdraw({ receipt }))).toBe('ERR_CONSENT_NOTHING_TO_WITHDRAW')
  })

  test('a damaged event is destroyed all the same, and nothing is said of it but its month', async () => {
    const { decide, store, signer } = await erasableWorld()
    await decide(BOTH)
    const [row] = await store.events(chain)
    const damaged = { ...(row as EventRecord), jws: 'x'.repeat(40) }
    const broken: typeof store = { ...store, events: async () => [damaged] }
    const options = { store: broken, signer, audience: AUDIENCE, subjectOf: () => SUBJECT, keepFor: 'P1M' }
    const target = consentErasure(options)
    for (const step of await target.find(search)) await target.erase(step, tools)
    expect(await store.holds(chain)).toBe(false)
    expect(payloadOf((await store.summary(damaged.hash)) ?? '')).toMatchObject({ purposes: {}, proof: null })
  })

  test('a chain that grows meanwhile is signed anew; one that never stops growing is refused', async () => {
    const { decide, store, signer } = await erasableWorld()
    await decide(BOTH)
    let left = 2
    const racing: typeof store = {
      ...store,
      async events(key) {
        const events = await store.events(key)
        if (left-- > 0) await decide(left > 0 ? WITHDRAWN : BOTH)
        return events
      },
    }
    const options = { store: racing, signer, audience: AUDIENCE, subjectOf: () => SUBJECT, keepFor: 'P1Y' }
    const target = consentErasure(options)
    for (const step of await target.find(search)) await target.erase(step, tools)
    expect(await store.holds(chain)).toBe(false)
    const never = consentErasure({
      ...options,
      store: { ...store, holds: async () => true, transaction: async () => false as never },
    })
    const step = { id: `${SUBJECT}:${SURVEY}`, before: '', after: null }
    expect(await codeOf(never.erase(step, tools))).toBe('ERR_CONSENT_HEAD_MOVED')
  })

  test('summaries are refused when they were changed, or are of another kind', async () => {
    const { decide, erase, store, keys } = await erasableWorld()
    const { event, receipt } = await decide(BOTH)
    await erase()
    const summary = (await store.summary(event.hash)) ?? ''
    const [head, , signature] = summary.split('.')
    const forged = Buffer.from(JSON.stringify({ ...(payloadOf(summary) as object), proof: 'asserted' }))
    expect(await codeOf(verifySummary(`${head}.${forged.toString('base64url')}.${signature}`, { keys }))).toBe(
      'ERR_CONSENT_SIGNATURE_INVALID',
    )
    expect(await codeOf(verifySummary(receipt, { keys }))).toBe('ERR_CONSENT_TYPE_REFUSED')
  })

  test('ERR_INVALID_ARG_VALUE: a time to keep that is not in whole months, a pseudonym that is none', async () => {
    const { store, signer } = await erasableWorld()
    const make = (keepFor: unknown, subjectOf = () => 'ada@example.org') =>
      consentErasure({ store, signer, audience: AUDIENCE, subjectOf, keepFor: keepFor as string })
    for (const keepFor of ['P30D', 'three years', '', 'PT1H']) {
      expect(() => make(keepFor)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }))
    }
    expect(() => make(3)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
    const holding = { ...store, surveys: async () => [SURVEY], holds: async () => true }
    const target = consentErasure({ store: holding, signer, audience: AUDIENCE, subjectOf: () => 'x', keepFor: 'P1Y' })
    expect(await codeOf(target.find(search))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('requests about a person’s data', () => {
  const person = pseudonymize('r-ada', { secret: new Uint8Array(32), survey: 'rights' })

  function request(changes: Partial<RightsRequest>): RightsRequest {
    return {
      ...{ id: 'a', person, right: 'access', survey: null, purposes: null, receivedAt: 1, lastDay: '2026-02-02' },
      ...{ state: 'received', closedAt: null, steps: [{ state: 'received', at: 1, reason: null }] },
      ...changes,
    }
  }

  test('are separated from the person and from each other, unless they are open or an objection that stands', async () => {
    const store = memoryRightsStore()
    const closed = { state: 'fulfilled', closedAt: 2 } as const
    const requests = [
      request({ id: 'closed', ...closed }),
      request({ id: 'erasure', right: 'erasure' }),
      request({ id: 'erased', right: 'erasure', ...closed }),
      request({ id: 'refused objection', right: 'objection', state: 'refused', closedAt: 2 }),
      request({ id: 'open' }),
      request({ id: 'objection', right: 'objection', ...closed }),
      request({ id: 'another', person: pseudonymize('r-bob', { secret: new Uint8Array(32), survey: 'rights' }) }),
    ]
    for (const one of requests) await store.add(one)
    const personOf = (reference: string): string =>
      pseudonymize(reference, { secret: new Uint8Array(32), survey: 'rights' })
    const target = rightsErasure({ store, personOf })
    for (const step of await target.find(search)) await target.erase(step, tools)
    expect((await store.ofPerson(person)).map(({ id }) => id)).toEqual(['objection', 'open'])
    const separated = await Promise.all(
      ['closed', 'erasure', 'erased', 'refused objection'].map((id) => store.find(id)),
    )
    const pseudonyms = separated.map((one) => one?.person)
    expect(new Set([...pseudonyms, person]).size).toBe(5)
    for (const pseudonym of pseudonyms) expect(pseudonym).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(separated[0]).toEqual({ ...requests[0], person: pseudonyms[0] })
    expect(await store.find('another')).toEqual(requests[6])
    expect(await target.find(search)).toEqual([])
  })
})

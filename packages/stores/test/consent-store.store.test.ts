import type { EventRecord, RequestRecord } from '@surveyseal/consent'
import { consentStoreContract } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { harness } from './support/engines.js'
import { databasePerTest, onEngines } from './support/suites.js'

const acme = { tenant: 'acme' }
const chain = { subject: 'subject', survey: 'nps' }

function requestRecord(nonce: string, changes: Partial<RequestRecord> = {}): RequestRecord {
  return {
    ...chain,
    nonce,
    audience: 'https://example.org',
    notice: 'notice',
    language: 'fr-CA',
    purposes: ['research', 'a "quoted", é purpose'],
    validUntil: null,
    actor: 'self',
    seq: 1,
    prev: null,
    issuedAt: 1_800_000_000_000,
    expiresAt: 1_800_000_900_000,
    ...changes,
  }
}

function eventRecord(seq: number, changes: Partial<EventRecord> = {}): EventRecord {
  return {
    ...chain,
    seq,
    prev: seq === 1 ? null : `hash ${seq - 1}`,
    hash: `hash ${seq}`,
    salt: `salt ${seq}`,
    digest: `digest ${seq}`,
    nonce: null,
    jws: `jws ${seq}`,
    receivedAt: 1_800_000_000_000 + seq,
    receipt: `receipt ${seq}`,
    ...changes,
  }
}

onEngines('consentStore', (engine) => {
  describe('passes the contract of consent stores', () => {
    const contract = consentStoreContract(() => harness(engine, (sql, tenant) => consentStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  describe('besides', () => {
    const database = databasePerTest(engine)

    test('a request is never overwritten', async () => {
      const consent = consentStore(database.sql, acme)
      await consent.saveRequest(requestRecord('n'))
      await consent.saveRequest(requestRecord('n', { language: 'en' }))
      expect(await consent.findRequest('n')).toEqual(requestRecord('n'))
    })

    test('repeated goes before nonce-spent, nonce-spent before head-moved', async () => {
      const consent = consentStore(database.sql, acme)
      await consent.saveRequest(requestRecord('n'))
      await consent.saveRequest(requestRecord('m'))
      const first = eventRecord(1, { nonce: 'n' })
      expect(await consent.append(first)).toBe('appended')
      expect(await consent.append({ ...first, seq: 9, nonce: 'unknown' })).toBe('repeated')
      expect(await consent.append(eventRecord(9, { nonce: 'n' }))).toBe('nonce-spent')
      expect(await consent.append(eventRecord(9, { nonce: 'unknown' }))).toBe('nonce-spent')
      expect(await consent.append(eventRecord(3, { nonce: 'm' }))).toBe('head-moved')
      expect(await consent.append(eventRecord(2, { nonce: 'm', prev: 'other' }))).toBe('head-moved')
      expect(await consent.append(eventRecord(1, { nonce: 'm', digest: 'x' }))).toBe('head-moved')
      expect(await consent.events(chain)).toEqual([first])
      expect(await consent.append(eventRecord(2, { nonce: 'm' }))).toBe('appended')
    })

    test('of events that race for one position exactly one is appended', async () => {
      const stores = [consentStore(database.sql, acme), consentStore(await database.another(), acme)]
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, racer) =>
          stores[racer % 2]?.append(eventRecord(1, { digest: `digest of ${racer}` })),
        ),
      )
      expect(outcomes.sort()).toEqual(['appended', ...Array.from({ length: 15 }, () => 'head-moved')])
      expect(await stores[0]?.events(chain)).toHaveLength(1)
    })

    test('of events that race for one nonce in different chains exactly one is appended', async () => {
      const stores = [consentStore(database.sql, acme), consentStore(await database.another(), acme)]
      await stores[0]?.saveRequest(requestRecord('n'))
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, racer) =>
          stores[racer % 2]?.append(eventRecord(1, { nonce: 'n', subject: `subject ${racer}` })),
        ),
      )
      expect(outcomes.sort()).toEqual(['appended', ...Array.from({ length: 15 }, () => 'nonce-spent')])
    })

    test('the same bytes sent many times at once are appended once and repeated otherwise', async () => {
      const stores = [consentStore(database.sql, acme), consentStore(await database.another(), acme)]
      await stores[0]?.saveRequest(requestRecord('n'))
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, racer) => stores[racer % 2]?.append(eventRecord(1, { nonce: 'n' }))),
      )
      expect(outcomes.sort()).toEqual(['appended', ...Array.from({ length: 15 }, () => 'repeated')])
    })

    test('a tenant must be a name', () => {
      expect(() => consentStore(database.sql, { tenant: '' })).toThrow(RangeError)
      expect(() => consentStore(database.sql, { tenant: 1 as never })).toThrow(TypeError)
    })
  })
})

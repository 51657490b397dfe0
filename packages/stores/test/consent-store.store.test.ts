import type { EventRecord, RequestRecord } from '@surveyseal/consent'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { migrate } from '../src/migrate.js'
import { engines, type TestDatabase } from './support/engines.js'

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

describe.each(engines().map((engine) => [engine.name, engine] as const))('consentStore on %s', (_name, engine) => {
  let database: TestDatabase

  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  beforeEach(async () => {
    database = await engine.database()
    await migrate(database.sql)
  })
  afterEach(() => database.close())

  test('a request comes back as it was saved, spent or not, and is never overwritten', async () => {
    const consent = consentStore(database.sql, acme)
    const later = requestRecord('later', { seq: 2, prev: 'hash 1', purposes: [] })
    await consent.saveRequest(requestRecord('n'))
    await consent.saveRequest(later)
    await consent.saveRequest(requestRecord('n', { language: 'en' }))
    await consent.append(eventRecord(1, { nonce: 'n' }))
    expect(await consent.findRequest('n')).toEqual(requestRecord('n'))
    expect(await consent.findRequest('later')).toEqual(later)
    expect(await consent.findRequest('unknown')).toBeNull()
  })

  test('a chain comes back as it was appended, first event first', async () => {
    const consent = consentStore(database.sql, acme)
    const events = Array.from({ length: 12 }, (_, index) => eventRecord(index + 1))
    for (const event of events) expect(await consent.append(event)).toBe('appended')
    expect(await consent.events(chain)).toEqual(events)
    expect(await consent.head(chain)).toEqual({ seq: 12, hash: 'hash 12' })
    expect(await consent.head({ ...chain, survey: 'other' })).toBeNull()
    expect(await consent.events({ ...chain, subject: 'other' })).toEqual([])
  })

  test('the largest event and receipt come back byte for byte', async () => {
    const consent = consentStore(database.sql, acme)
    const large = eventRecord(1, { jws: 'j'.repeat(16_384), receipt: 'r'.repeat(524_288) })
    expect(await consent.append(large)).toBe('appended')
    expect(await consent.events(chain)).toEqual([large])
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

  test('a transaction keeps the event and the row of the host together, or neither', async () => {
    const consent = consentStore(database.sql, acme)
    await database.sql.query('CREATE TABLE host (text TEXT NOT NULL)')
    const submit = (failure: Error | null) =>
      consent.transaction(async (inner, tx) => {
        const outcome = await inner.append(eventRecord(1))
        await tx.query('INSERT INTO host (text) VALUES ($1)', [outcome])
        if (failure !== null) throw failure
        return outcome
      })
    await expect(submit(new Error('undone'))).rejects.toThrow('undone')
    expect(await consent.head(chain)).toBeNull()
    expect(await submit(null)).toBe('appended')
    expect(await database.sql.query('SELECT text FROM host')).toHaveLength(1)
  })

  test('a tenant must be a name', () => {
    expect(() => consentStore(database.sql, { tenant: '' })).toThrow(RangeError)
    expect(() => consentStore(database.sql, { tenant: 1 as never })).toThrow(TypeError)
  })
})

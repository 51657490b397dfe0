import {
  type ConsentService,
  createConsentService,
  defineNotice,
  pseudonymize,
  readEventRecord,
  type WithdrawalQuestion,
} from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createDispatcher } from '@surveyseal/consent/outbox'
import { createTestSigner } from '@surveyseal/consent/testing'
import { createLinkService, type LinkService } from '@surveyseal/links'
import { beforeEach, expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { linkStore } from '../src/link-store.js'
import { outboxStore } from '../src/outbox-store.js'
import type { Sql } from '../src/sql.js'
import { smallNotice } from './support/notice.js'
import { databasePerTest, onEngines } from './support/suites.js'

const acme = { tenant: 'acme' }
const survey = 'nps'
const scope = { ...acme, survey, purpose: 'survey', baseUrl: 'https://feedback.example/s' }
const peppers = { current: { id: 'a', secret: new Uint8Array(32).fill(1) } }
const secret = new Uint8Array(32).fill(2)
const audience = 'https://feedback.example'
const notice = defineNotice(smallNotice)
const opened = new Date('2026-03-01T09:00:00Z')
const closed = new Date('2028-06-01T09:00:00Z')

const subjectOf = (respondent: string) => pseudonymize(respondent, { secret, survey })

onEngines('a withdrawal', (engine) => {
  const database = databasePerTest(engine)
  let sql: Sql
  let signing: Awaited<ReturnType<typeof createTestSigner>>

  beforeEach(async () => {
    sql = database.sql
    signing = await createTestSigner()
  })

  const linksAt = (now: Date): LinkService<Sql> =>
    createLinkService({ ...scope, store: linkStore(sql, acme), peppers, clock: () => now })

  /** The consents of a survey that is open, or of one that was closed: nobody is asked any more. */
  const consentsAt = (now: Date, rows: Sql = sql): ConsentService<Sql> =>
    createConsentService({
      ...signing,
      store: consentStore(rows, acme),
      outbox: outboxStore(rows, acme),
      linksOf: async () => [`survey link of the person`],
      audience,
      notices: now < closed ? [notice] : [],
      clock: () => now,
    })

  async function give(respondent: string, service = consentsAt(opened)): Promise<string> {
    const question = { subject: subjectOf(respondent), survey, language: 'en' }
    const request = await service.request(notice, question)
    const jws = await signConsent(request, { 'call-back': 'given' }, { now: opened, indexedDB: null })
    return (await service.record(jws)).receipt
  }

  async function linkOf(respondent: string): Promise<string> {
    for await (const { token } of linksAt(opened).issue([{ respondent, expiresAt: new Date('2026-04-01') }]))
      return token
    throw new Error('no link')
  }

  async function withdraw(question: WithdrawalQuestion, at = closed): Promise<void> {
    const { event, effects } = await consentsAt(at).withdraw(question)
    expect(event).toMatchObject({ kind: 'withdrawal', receivedAt: at.getTime() })
    expect(effects).toEqual({
      purposes: ['call-back'],
      practices: ['close-the-loop'],
      links: ['survey link of the person'],
    })
    const told: string[] = []
    const handlers = {
      'consent.withdrawn': async ({ body }: { body: { event: string } }) => void told.push(body.event),
    }
    await createDispatcher({ store: outboxStore(sql, acme), handlers }).dispatch()
    expect(told).toEqual([event.digest])
  }

  test('succeeds after the link expired: it still says who the person is', async () => {
    const token = await linkOf('ada')
    await give('ada')
    const state = await linksAt(closed).open(`${scope.baseUrl}/${token}`)
    if (state.state !== 'expired') return expect.unreachable(state.state)
    await withdraw({ subject: subjectOf(String(state.link.respondent)), survey, via: 'link' })
  })

  test('succeeds by receipt after the survey closed, its notice left force and the key was retired', async () => {
    const receipt = await give('ada')
    const next = await createTestSigner('next')
    signing = { ...next, keys: { keys: [...next.keys.keys, ...signing.keys.keys] } }
    await withdraw({ receipt })
  })

  test('succeeds by the operator, who has nothing of the person’s', async () => {
    await give('ada')
    await withdraw({ subject: subjectOf('ada'), survey, via: 'operator' })
  })

  test('succeeds from a second device with an old receipt, whose page shows an older state', async () => {
    const receipt = await give('ada')
    await give('ada')
    await give('ada')
    await withdraw({ receipt }, opened)
  })

  test('succeeds from a device whose clock is a year off, ahead or behind: no clock of the person’s is asked', async () => {
    for (const [respondent, year] of [
      ['ada', 2025],
      ['bea', 2027],
    ] as const) {
      const receipt = await give(respondent)
      const question = { subject: subjectOf(respondent), survey, language: 'en' }
      const request = await consentsAt(opened).request(notice, question)
      const now = new Date(`${year}-03-01T09:00:00Z`)
      const no = await signConsent(request, { 'call-back': 'withdrawn' }, { now, indexedDB: null })
      const { event } = await consentsAt(opened).record(no)
      expect(event).toMatchObject({ decisions: { 'call-back': 'withdrawn' }, receivedAt: opened.getTime() })
      await give(respondent)
      await withdraw({ receipt }, opened)
    }
  })

  test('succeeds when the server’s own clock was set back a year', async () => {
    await give('ada')
    await withdraw({ subject: subjectOf('ada'), survey, via: 'operator' }, new Date('2025-03-01T09:00:00Z'))
  })

  test('wins against any number of tabs that give at the same moment, or is followed by what they give', async () => {
    const receipt = await give('ada')
    const services = [consentsAt(opened), consentsAt(opened, await database.another())] as const
    const tabs = Array.from({ length: 8 }, (_, tab) => give('ada', services[tab % 2]).catch(() => null))
    const [{ event }] = await Promise.all([services[0].withdraw({ receipt }), ...tabs])
    expect(event.kind).toBe('withdrawal')
    const chain = { subject: subjectOf('ada'), survey }
    const events = (await consentStore(sql, acme).events(chain)).map(readEventRecord)
    expect(events.filter(({ kind }) => kind === 'withdrawal').map(({ digest }) => digest)).toEqual([event.digest])
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  })

  test('and its message are lost together when the host’s own write fails', async () => {
    const receipt = await give('ada')
    const accept = (tx: Sql) => tx.query('INSERT INTO no_such_table (a) VALUES (1)').then(() => undefined)
    await expect(consentsAt(closed).withdraw({ receipt }, { accept })).rejects.toThrow()
    expect(await outboxStore(sql, acme).lease({ types: ['consent.withdrawn'], at: 1, until: 2, limit: 9 })).toEqual([])
    await withdraw({ receipt })
  })
})

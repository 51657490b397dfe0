import { createConsentService, defineNotice } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createDispatcher, toOutboxRecord } from '@surveyseal/consent/outbox'
import { createTestSigner } from '@surveyseal/consent/testing'
import { expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { outboxStore } from '../src/outbox-store.js'
import type { Child } from './support/children.js'
import { smallNotice } from './support/notice.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

const acme = { tenant: 'acme' }

onEngines('killed processes', (engine) => {
  const database = databasePerTest(engine)
  const children = childrenPerSuite()

  async function start(name: string, args: readonly unknown[]): Promise<Child> {
    const child = children.spawn(name, { args: [database.target, ...args] })
    await child.printed(1)
    return child
  }

  /** People who have given permission, by their pseudonyms. */
  async function people(count: number): Promise<readonly string[]> {
    const notice = defineNotice(smallNotice)
    const service = createConsentService({
      ...(await createTestSigner()),
      store: consentStore(database.sql, acme),
      audience: 'https://feedback.example',
      notices: [notice],
    })
    const subjects = Array.from({ length: count }, () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
    )
    for (const subject of subjects) {
      const request = await service.request(notice, { subject, survey: 'nps', language: 'en' })
      await service.record(await signConsent(request, { 'call-back': 'given' }, { indexedDB: null }))
    }
    return subjects
  }

  test('a process killed between commit and delivery leaves a message for each withdrawal, and none without one', async () => {
    const subjects = await people(60)
    const child = await start('withdraw', [subjects])
    child.process.stdin.write('go\n')
    await child.printed(1 + 12)
    child.process.kill('SIGKILL')
    await child.exit
    const acknowledged = child.lines.slice(1)
    expect(acknowledged.length, child.errors()).toBeGreaterThanOrEqual(12)

    const rows = await database.sql.query('SELECT digest FROM surveyseal_consent_events WHERE nonce IS NULL')
    const withdrawn = rows.map(({ digest }) => String(digest))
    expect(withdrawn).toEqual(expect.arrayContaining([...acknowledged]))
    const delivered: string[] = []
    const dispatcher = createDispatcher({
      store: outboxStore(database.sql, acme),
      handlers: { 'consent.withdrawn': async ({ body }) => void delivered.push(body.event) },
    })
    await dispatcher.dispatch()
    expect(delivered.sort()).toEqual(withdrawn.sort())
  })

  test('two dispatchers deliver each event once between them', async () => {
    const ids = await enqueue(120)
    const dispatchers = await Promise.all([start('dispatch', []), start('dispatch', [])])
    for (const { process } of dispatchers) process.stdin.write('go\n')
    for (const dispatcher of dispatchers) expect(await dispatcher.exit, dispatcher.errors()).toBe(0)
    expect(dispatchers.flatMap(({ lines }) => lines.slice(1)).sort()).toEqual(ids)
    expect(await database.sql.query('SELECT id FROM surveyseal_outbox')).toEqual([])
  })

  test('what a killed dispatcher had leased is delivered by another when the lease has ended, and nothing is lost', async () => {
    const ids = await enqueue(80)
    const child = await start('dispatch', [])
    child.process.stdin.write('go\n')
    await child.printed(1 + 13)
    child.process.kill('SIGKILL')
    await child.exit
    const first = child.lines.slice(1)
    expect(first.length, child.errors()).toBeGreaterThanOrEqual(13)

    const second: string[] = []
    const laterBy = (seconds: number) =>
      createDispatcher({
        store: outboxStore(database.sql, acme),
        handlers: { 'link.spent': async ({ id }) => void second.push(id) },
        clock: () => new Date(Date.now() + seconds * 1000),
      })
    await laterBy(0).dispatch()
    expect(second.filter((id) => first.includes(id))).toEqual([])
    await laterBy(3601).dispatch()
    expect([...new Set([...first, ...second])].sort()).toEqual(ids)
    expect(second.filter((id) => first.includes(id)).length).toBeLessThanOrEqual(5)
    expect(await database.sql.query('SELECT id FROM surveyseal_outbox')).toEqual([])
  })

  async function enqueue(count: number): Promise<readonly string[]> {
    const events = Array.from({ length: count }, (_, index) => {
      const body = { survey: 'nps', purpose: 'survey', link: `link ${index}` }
      return toOutboxRecord({ id: `e${String(index).padStart(4, '0')}`, type: 'link.spent', occurredAt: index, body })
    })
    await database.sql.transaction((tx) => outboxStore(database.sql, acme).enqueue(tx, events))
    return events.map(({ id }) => id)
  }
})

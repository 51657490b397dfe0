import { createConsentService, type Decision, defineNotice, readEventRecord } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createTestSigner } from '@surveyseal/consent/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { migrate } from '../src/migrate.js'
import { buildChildren, type Child, type Children } from './support/children.js'
import { engines, type TestDatabase } from './support/engines.js'
import { smallNotice } from './support/notice.js'

const PEOPLE = 40
const acme = { tenant: 'acme' }
const notice = defineNotice(smallNotice)
const survey = 'nps'

describe.each(engines().map((engine) => [engine.name, engine] as const))('the ceremony on %s', (_name, engine) => {
  let children: Children
  let database: TestDatabase

  beforeAll(async () => {
    children = await buildChildren()
    await engine.start()
  })
  afterAll(async () => {
    children.remove()
    await engine.stop()
  })
  beforeEach(async () => {
    database = await engine.database()
    await migrate(database.sql)
  })
  afterEach(() => database.close())

  /** Two answers of each person to one request of theirs, as two devices would sign them. */
  async function answers(): Promise<{
    readonly subjects: string[]
    readonly given: string[]
    readonly refused: string[]
  }> {
    const store = consentStore(database.sql, acme)
    const controller = { ...(await createTestSigner()), audience: 'https://feedback.example', notices: [notice] }
    const service = createConsentService({ store, ...controller })
    const subjects = Array.from({ length: PEOPLE }, () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
    )
    const signed = await Promise.all(
      subjects.map(async (subject) => {
        const request = await service.request(notice, { subject, survey, language: 'en' })
        const sign = (decision: Decision) => signConsent(request, { 'call-back': decision }, { indexedDB: null })
        return { given: await sign('given'), refused: await sign('refused') }
      }),
    )
    return { subjects, given: signed.map(({ given }) => given), refused: signed.map(({ refused }) => refused) }
  }

  async function ready(child: Child): Promise<void> {
    while (child.lines.length === 0 && child.process.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async function race(lists: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
    const racers = lists.map((list) => children.spawn('record', { args: [database.target, list] }))
    await Promise.all(racers.map(ready))
    for (const racer of racers) racer.process.stdin.write('go\n')
    expect(await Promise.all(racers.map(({ exit }) => exit))).toEqual(racers.map(() => 0))
    return racers.map(({ lines }) => lines.slice(1))
  }

  test('a nonce replayed by two processes at once is spent once: one answer is kept, the other has a code', async () => {
    const { subjects, given, refused } = await answers()
    const [yes = [], no = []] = await race([given, refused])
    for (const [index, subject] of subjects.entries()) {
      expect([yes[index], no[index]].sort()).toEqual(['ERR_CONSENT_NONCE_REPLAYED', 'recorded'])
      const [kept, ...others] = await consentStore(database.sql, acme).events({ subject, survey })
      if (kept === undefined) return expect.unreachable()
      expect(others).toEqual([])
      const decision = yes[index] === 'recorded' ? 'given' : 'refused'
      expect(readEventRecord(kept).decisions).toEqual({ 'call-back': decision })
    }
  })

  test('the same bytes sent by two processes at once are kept once, and both are told that they are', async () => {
    const { subjects, given } = await answers()
    const [first = [], second = []] = await race([given, given])
    for (const [index, subject] of subjects.entries()) {
      expect([first[index], second[index]].sort()).toEqual(['recorded', 'repeated'])
      expect(await consentStore(database.sql, acme).events({ subject, survey })).toHaveLength(1)
    }
  })
})

import { createConsentService, type Decision, defineNotice, readEventRecord } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createTestSigner } from '@surveyseal/consent/testing'
import { expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { letGo } from './support/children.js'
import { smallNotice } from './support/notice.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

const PEOPLE = 40
const acme = { tenant: 'acme' }
const notice = defineNotice(smallNotice)
const survey = 'nps'

onEngines('the ceremony', (engine) => {
  const children = childrenPerSuite()
  const database = databasePerTest(engine)

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

  async function race(lists: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
    const racers = lists.map((list) => children.spawn('record', { args: [database.target, list] }))
    await letGo(racers)
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

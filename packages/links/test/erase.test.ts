import { randomBytes } from 'node:crypto'
import { defaultPolicy } from '@surveyseal/core/anonymize'
import {
  executeErasure,
  memoryErasureJournal,
  planErasure,
  recordTarget,
  type StoredRecord,
} from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import { expect, test } from 'vitest'
import { linkErasure } from '../src/erase.js'
import { createLinkService } from '../src/index.js'
import { memoryLinkStore } from '../src/testing.js'

test('an erased person’s links stop, no other’s do, and they are not invited again', async () => {
  const store = memoryLinkStore()
  const peppers = { current: { id: 'p', secret: randomBytes(32) } }
  const serviceOf = (survey: string) =>
    createLinkService({
      tenant: 'acme',
      survey,
      purpose: 'survey',
      store,
      peppers,
      baseUrl: 'https://survey.example/s',
    })
  const [nps, csat] = [serviceOf('nps'), serviceOf('csat')]
  const urls: Record<string, string> = {}
  for (const [survey, links] of Object.entries({ nps, csat })) {
    for await (const { respondent, url } of links.issue([{ respondent: 'r-ada' }, { respondent: 'r-bob' }])) {
      urls[`${survey} ${respondent}`] = url
    }
  }
  const records = new Map<string, StoredRecord>([['1', { email: 'ada@example.org', respondent: 'r-ada' }]])
  const rows = recordTarget({
    name: 'answers',
    store: {
      async *scan() {
        yield [...records]
      },
      async replace(id, change) {
        const after = await change(records.get(id) ?? {})
        if (after !== null) records.set(id, after)
      },
    },
    policy: defaultPolicy('en'),
    reference: 'respondent',
  })
  const subject = matchSubject({ email: 'ada@example.org' })
  const targets = [rows, linkErasure(nps)]
  const plan = await planErasure({ subject, targets })
  const confirmed = plan.records.map(({ key }) => key)
  const certificate = await executeErasure(plan, { subject, targets, journal: memoryErasureJournal(), confirmed })
  expect(certificate).toMatchObject({
    records: 1,
    dependents: 1,
    limits: [{ en: expect.stringContaining('suppression list') }],
  })
  expect((await nps.open(urls['nps r-ada'] ?? '')).state).not.toBe('usable')
  expect((await csat.open(urls['csat r-ada'] ?? '')).state).not.toBe('usable')
  expect((await nps.open(urls['nps r-bob'] ?? '')).state).toBe('usable')
  expect((await planErasure({ subject, targets })).records).toEqual([])
  const invitedAgain: string[] = []
  for await (const { url } of csat.issue([{ respondent: 'r-ada' }])) invitedAgain.push(url ?? '')
  expect(invitedAgain.filter((url) => url !== '')).toEqual([])
})

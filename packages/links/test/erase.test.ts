import { randomBytes } from 'node:crypto'
import { defaultPolicy } from '@surveyseal/core/anonymize'
import {
  type ErasureTarget,
  executeErasure,
  memoryErasureJournal,
  planErasure,
  recordTarget,
  type StoredRecord,
} from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import { expect, test } from 'vitest'
import { linkErasure } from '../src/erase.js'
import { createLinkService, type Suppression } from '../src/index.js'
import { memoryLinkStore } from '../src/testing.js'

const peppers = { current: { id: 'p', secret: randomBytes(32) } }
const scope = { tenant: 'acme', purpose: 'survey', peppers, baseUrl: 'https://survey.example/s' }
const subject = matchSubject({ email: 'ada@example.org' })

function rowsOf(records: Map<string, StoredRecord>): ErasureTarget {
  return recordTarget({
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
}

test('an erased person’s links are gone, no other’s are, and they are not invited again', async () => {
  const store = memoryLinkStore()
  const serviceOf = (survey: string) => createLinkService({ ...scope, survey, store })
  const [nps, csat] = [serviceOf('nps'), serviceOf('csat')]
  const urls: Record<string, string> = {}
  for (const [survey, links] of Object.entries({ nps, csat })) {
    for await (const { respondent, url } of links.issue([{ respondent: 'r-ada' }, { respondent: 'r-bob' }])) {
      urls[`${survey} ${respondent}`] = url ?? ''
    }
  }
  await csat.saveDraft(urls['csat r-ada'] ?? '', new TextEncoder().encode('half an answer'))
  const records = new Map<string, StoredRecord>([['1', { email: 'ada@example.org', respondent: 'r-ada' }]])
  const targets = [rowsOf(records), linkErasure(nps)]
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
  expect([await store.holds('r-ada'), await store.holds('r-bob')]).toEqual([false, true])
  expect((await planErasure({ subject, targets })).records).toEqual([])
  const invitedAgain: string[] = []
  for await (const { url } of csat.issue([{ respondent: 'r-ada' }])) invitedAgain.push(url ?? '')
  expect(invitedAgain.filter((url) => url !== '')).toEqual([])
})

test('asking whether somebody was erased changes nothing, and is answered by the list and the rows', async () => {
  const store = memoryLinkStore()
  const links = createLinkService({ ...scope, survey: 'nps', store })
  const elsewhere = createLinkService({ ...scope, survey: 'csat', store })
  for await (const _ of links.issue([{ respondent: 'r-ada' }])) expect(await links.isErased('r-ada')).toBe(false)
  expect(await links.revoke({ respondent: 'r-ada', everywhere: true })).toBe(1)
  // Suppressed, with a row that still names them.
  expect(await links.isErased('r-ada')).toBe(false)
  expect(await links.erase('r-ada')).toBe(1)
  expect([await links.isErased('r-ada'), await elsewhere.isErased('r-ada'), await links.isErased('r-bob')]).toEqual([
    true,
    true,
    false,
  ])
  expect(await links.erase('r-ada')).toBe(0)
  expect(await links.reinstate({ respondent: 'r-ada', everywhere: true })).toBe(1)
  expect(await links.isErased('r-ada')).toBe(false)
})

test('the suppression list says on which day somebody was erased, and not when', async () => {
  const store = memoryLinkStore()
  const rows: Suppression[] = []
  const noting: typeof store = {
    ...store,
    transaction: (run) =>
      store.transaction((inner, tx) => run({ ...inner, suppress: async (added) => void rows.push(...added) }, tx)),
  }
  for (const at of ['2026-11-30T00:00:00.001Z', '2026-11-30T21:14:07.123Z', '2026-12-01T00:00:00Z']) {
    await createLinkService({ ...scope, survey: 'nps', store: noting, clock: () => new Date(at) }).erase('r-ada')
  }
  expect(rows.map(({ addedAt }) => new Date(addedAt).toISOString())).toEqual(Array(3).fill('2026-12-01T00:00:00.000Z'))
})

test('a reference that no link can name has none, and hinders nothing', async () => {
  const links = createLinkService({ ...scope, survey: 'nps', store: memoryLinkStore() })
  const references = ['', 'x'.repeat(65), 'a\u0000b', '\ud800', '__proto__', 'ada@example.org']
  const records = new Map(
    references.map((respondent, index) => [String(index), { email: 'ada@example.org', respondent }]),
  )
  const plan = await planErasure({ subject, targets: [rowsOf(records), linkErasure(links)] })
  const found = plan.records.filter(({ target }) => target === 'links').map(({ id }) => id)
  expect(found).toEqual(['__proto__', 'ada@example.org'])
})

import type { EventRecord, RequestRecord } from '@surveyseal/consent'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consentStore } from '../src/consent-store.js'
import { linkStore, type StoreOptions } from '../src/link-store.js'
import { migrate } from '../src/migrate.js'
import type { Sql } from '../src/sql.js'
import { linkRecord } from './support/links.js'
import { databasePerTest, onEngines } from './support/suites.js'

type Call = (sql: Sql, options: StoreOptions) => Promise<unknown>

// Few names and small numbers: two tenants use the same ones all the time.
const name = fc.constantFrom('a', 'b')
const at = fc.nat(3)
const key = fc.record({ survey: name, purpose: name, digest: name })
const chain = fc.record({ survey: name, subject: name })
const record = fc
  .record({
    survey: name,
    purpose: name,
    digest: name,
    respondent: name,
    serial: fc.nat(1),
    cohort: fc.option(name),
    usesLeft: fc.nat(2),
    validUntil: fc.option(at),
  })
  .map((changes) => linkRecord(changes.digest, changes))
const selector = fc.oneof(
  key,
  fc.record({ survey: name, purpose: name, respondent: name }),
  fc.record({ survey: name, cohort: name }),
  fc.record({ survey: name }),
  fc.record({ respondent: name }),
)
const suppression = fc
  .record({ digest: name, kind: fc.constantFrom('erased' as const, 'survey' as const), addedAt: at })
  .map(({ digest, ...members }) => ({ digest, entry: `entry of ${digest}`, pepperId: 'p', ...members }))
const sorted = (rows: readonly unknown[]): readonly unknown[] => rows.map((row) => JSON.stringify(row)).sort()
const request = fc
  .record({ nonce: name, subject: name, survey: name })
  .map((changes): RequestRecord => ({ ...emptyRequest, ...changes }))
const event = fc
  .record({ subject: name, survey: name, digest: name, nonce: fc.option(name), seq: fc.integer({ min: 1, max: 3 }) })
  .map((changes): EventRecord => ({ ...emptyEvent, ...changes, prev: changes.seq === 1 ? null : 'hash' }))

const emptyRequest = {
  audience: 'https://example.org',
  notice: 'notice',
  language: 'en',
  purposes: ['research'],
  validUntil: null,
  actor: 'self' as const,
  seq: 1,
  prev: null,
  issuedAt: 1,
  expiresAt: 2,
}
const emptyEvent = { hash: 'hash', salt: 'salt', jws: 'jws', receivedAt: 1, receipt: 'receipt' }

const call: fc.Arbitrary<Call> = fc.oneof(
  fc.array(record, { maxLength: 3 }).map(
    (records): Call =>
      (sql, options) =>
        linkStore(sql, options).register(records),
  ),
  fc.tuple(fc.array(record, { maxLength: 3 }), at).map(
    ([records, when]): Call =>
      (sql, options) =>
        linkStore(sql, options).issue(records, when),
  ),
  key.map(
    (link): Call =>
      (sql, options) =>
        linkStore(sql, options).find(link),
  ),
  fc.tuple(key, name, at).map(
    ([link, idempotencyKey, when]): Call =>
      (sql, options) =>
        linkStore(sql, options).spend(link, { idempotencyKey, at: when }),
  ),
  fc.tuple(selector, at).map(
    ([which, when]): Call =>
      (sql, options) =>
        linkStore(sql, options).revoke(which, when),
  ),
  fc.tuple(fc.array(suppression, { maxLength: 3 }), fc.boolean()).map(
    ([rows, remove]): Call =>
      (sql, options) =>
        remove
          ? linkStore(sql, options).unsuppress({ digests: rows.map(({ digest }) => digest) })
          : linkStore(sql, options).suppress(rows),
  ),
  fc.array(name, { minLength: 1 }).map(
    (digests): Call =>
      async (sql, options) => [
        await linkStore(sql, options).suppressed(digests),
        await linkStore(sql, options).countSuppressions(digests),
        await linkStore(sql, options).pepperIds(),
      ],
  ),
  fc.tuple(key, at).map(
    ([link, savedAt]): Call =>
      (sql, options) =>
        linkStore(sql, options).saveDraft(link, { body: Uint8Array.of(savedAt), savedAt }),
  ),
  key.map(
    (link): Call =>
      async (sql, options) => [
        await linkStore(sql, options).findDraft(link),
        await linkStore(sql, options).dropDraft(link),
      ],
  ),
  fc.tuple(key, name).map(
    ([{ survey, purpose }, respondent]): Call =>
      async (sql, options) => [
        sorted(await linkStore(sql, options).issued([{ survey, purpose, respondent, serial: 0 }])),
        sorted(await linkStore(sql, options).spends({ survey, purpose, idempotencyKeys: ['a', 'b'] })),
      ],
  ),
  name.map(
    (respondent): Call =>
      async (sql, options) => [
        await linkStore(sql, options).holds(respondent),
        await linkStore(sql, options).erase(respondent),
      ],
  ),
  at.map(
    (before): Call =>
      (sql, options) =>
        linkStore(sql, options).purge(before),
  ),
  request.map(
    (saved): Call =>
      (sql, options) =>
        consentStore(sql, options).saveRequest(saved),
  ),
  name.map(
    (nonce): Call =>
      (sql, options) =>
        consentStore(sql, options).findRequest(nonce),
  ),
  event.map(
    (appended): Call =>
      (sql, options) =>
        consentStore(sql, options).append(appended),
  ),
  chain.map(
    (of): Call =>
      (sql, options) =>
        consentStore(sql, options).head(of),
  ),
  chain.map(
    (of): Call =>
      (sql, options) =>
        consentStore(sql, options).events(of),
  ),
)

const tables = ['links', 'link_spends', 'link_suppressions', 'link_drafts', 'consent_requests', 'consent_events']

async function rowsOf(sql: Sql, { tenant, tablePrefix }: Required<StoreOptions>): Promise<string[][]> {
  const dumps = await Promise.all(
    tables.map((table) => sql.query(`SELECT * FROM ${tablePrefix}${table} WHERE tenant = $1`, [tenant])),
  )
  return dumps.map((rows) => rows.map((row) => JSON.stringify(row)).sort())
}

onEngines('tenants', (engine) => {
  const database = databasePerTest(engine, { bare: true })
  let runs = 0

  test('no call reads or writes the rows of another tenant: each sees what it would see alone', async () => {
    const { sql } = database
    const steps = fc.array(fc.tuple(fc.constantFrom('acme', 'Acme'), call), { minLength: 10, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        runs += 1
        const shared = `r${runs}_shared_`
        await migrate(sql, { tablePrefix: shared })
        const together: { tenant: string; result: unknown }[] = []
        for (const [tenant, step] of sequence) {
          together.push({ tenant, result: await step(sql, { tenant, tablePrefix: shared }) })
        }
        for (const tenant of ['acme', 'Acme']) {
          const alone = `r${runs}_${tenant.toLowerCase()}${tenant === 'Acme' ? '2' : ''}_`
          await migrate(sql, { tablePrefix: alone })
          const results: unknown[] = []
          for (const [who, step] of sequence) {
            if (who === tenant) results.push(await step(sql, { tenant, tablePrefix: alone }))
          }
          const seen = together.filter((step) => step.tenant === tenant).map(({ result }) => result)
          expect(seen).toEqual(results)
          expect(await rowsOf(sql, { tenant, tablePrefix: shared })).toEqual(
            await rowsOf(sql, { tenant, tablePrefix: alone }),
          )
        }
      }),
      { numRuns: 12 },
    )
  })
})

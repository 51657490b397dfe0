import { readFileSync } from 'node:fs'
import { refreshReceipt, verifyReceipt } from '@surveyseal/consent'
import { verifySummary } from '@surveyseal/consent/erase'
import { createDispatcher } from '@surveyseal/consent/outbox'
import type { ErasureCertificate } from '@surveyseal/core/erase'
import { verifyLedger } from '@surveyseal/ledger'
import { beforeEach, expect, test } from 'vitest'
import { consentOpenings } from '../src/consent-ledger.js'
import { dumpForLinkage } from '../src/dump-for-linkage.js'
import { ledgerStore } from '../src/ledger-store.js'
import { createAnswers, insertAnswer } from './support/answers.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'
import {
  ACME,
  carryOut,
  makeHostKeys,
  planOf,
  surveys,
  takePart,
  type WholeHost,
  wholeHost,
} from './support/whole-host.js'

const keys = await makeHostKeys()
const names = /ada\.lovelace(@|%40)example\.org|6.?12.?34.?56.?78|Canary song|reference of ada|Badge seventeen/i

onEngines('a whole host', (engine) => {
  const database = databasePerTest(engine)
  let host: WholeHost
  const children = childrenPerSuite()

  beforeEach(async () => {
    await createAnswers(database.sql)
    await database.sql.query('ALTER TABLE "host ""answers""" ADD COLUMN "reviewComment" TEXT')
    host = await wholeHost(database.sql, keys)
  })

  /** Two people in everything there is. Returns what would lead to the first one. */
  async function plant(): Promise<{ readonly secrets: readonly string[]; readonly receipts: readonly string[] }> {
    const rows = [
      {
        id: 1,
        email: 'Ada.Lovelace@Example.org',
        respondent: 'reference of ada',
        comment: 'Canary song one',
        custom: { b: 'Badge seventeen' },
      },
      { id: 2, email: 'a@elsewhere.example', respondent: 'reference of ada', comment: 'Canary song two' },
      { id: 3, comment: 'Please call 06 12 34 56 78' },
      { id: 4, email: 'bob@example.org', comment: 'ADA.LOVELACE@EXAMPLE.ORG was rude', respondent: 'reference of bob' },
    ]
    for (const row of rows) await insertAnswer(database.sql, row)
    await database.sql.query(`UPDATE "host ""answers""" SET "reviewComment" = 'lovely' WHERE id = 1`)
    const { receipts } = await takePart(host, 'reference of ada')
    await takePart(host, 'reference of bob')
    const secrets = [host.personOf('reference of ada'), host.issuer.inviteeOf('reference of ada')]
    for (const survey of surveys) {
      const subject = host.subjectOf('reference of ada', survey)
      secrets.push(subject)
      for (const { salt, digest, nonce, jws, receipt, receivedAt } of await host.store.events({ subject, survey })) {
        secrets.push(salt, digest, jws, receipt, nonce ?? salt, String(receivedAt))
      }
    }
    const { sql } = database
    const linked = `SELECT digest FROM surveyseal_links WHERE respondent = 'reference of ada'`
    for (const { digest } of await sql.query(linked)) secrets.push(String(digest))
    return { secrets, receipts }
  }

  /** Every row of every table, what is base64url in them decoded too, and on SQLite the bytes of the file and its log. */
  async function everything(): Promise<string> {
    const { tables } = await dumpForLinkage(database.sql)
    const values = tables.flatMap((table) => table.rows.flatMap((row) => Object.values(row).map(String)))
    const decoded = values.flatMap((value) => [
      value,
      ...(/^(?:\\x)?(?:[0-9a-f]{2}){4,}$/.test(value)
        ? [Buffer.from(value.replace('\\x', ''), 'hex').toString('latin1')]
        : []),
      ...value.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1')),
    ])
    const target = database.target
    const files = 'file' in target ? ['', '-wal'].map((end) => readFileSync(target.file + end, 'latin1')) : []
    return [...decoded, ...files].join('\n')
  }

  async function deliverAll(): Promise<readonly string[]> {
    const told: string[] = []
    const handle = async ({ type }: { readonly type: string }): Promise<void> => void told.push(type)
    const handlers = {
      ...{ 'consent.withdrawn': handle, 'consent.erased': handle, 'erasure.review': handle },
      ...{ 'erasure.reply': handle, 'erasure.completed': handle },
    }
    await createDispatcher({ store: host.outbox, handlers }).dispatch()
    // What was delivered is overwritten like anything else that is deleted; the log is emptied at the next checkpoint.
    await host.tools.journal.destroy('none')
    return told.sort()
  }

  async function assertNothingLeft(secrets: readonly string[], more: readonly string[]): Promise<void> {
    const left = await everything()
    expect(left).not.toMatch(names)
    for (const secret of [...secrets, ...more]) expect(left).not.toContain(secret)
    expect(left).toContain('bob@example.org')
    expect((await planOf(host)).records).toEqual([])
    expect(await host.tools.journal.pending()).toEqual([])
  }

  test('every planted trace is there before, and none after: records, links, drafts, tokens, consent, log, requests, outbox, journal', async () => {
    const { secrets, receipts } = await plant()
    const before = await everything()
    expect(before).toMatch(names)
    for (const secret of secrets) expect(before).toContain(secret)
    const theirs = await database.sql.query(
      `SELECT * FROM surveyseal_consent_events WHERE subject = '${host.subjectOf('reference of bob', 'spring')}' ORDER BY seq`,
    )
    const plan = await planOf(host)
    expect(plan.records.map(({ target, relation }) => `${target} ${relation}`).sort()).toEqual([
      'answers mention',
      'answers subject',
      'answers subject',
      'answers subject',
      'consent dependent',
      'consent dependent',
      'issuances dependent',
      'links dependent',
      'rights dependent',
      'rights dependent',
    ])
    const certificate = await carryOut(plan, host.tools)
    expect(certificate).toMatchObject({ records: 3, mentions: 1, dependents: 6, kept: 0 })
    expect(JSON.stringify(certificate)).not.toMatch(/"(?!records)[a-z]*(?:At|time|id)"|20\d\d-/)
    expect(await deliverAll()).toEqual([
      'consent.erased',
      'consent.erased',
      'consent.withdrawn',
      'consent.withdrawn',
      'erasure.completed',
      'erasure.review',
    ])
    await assertNothingLeft(secrets, [plan.id, plan.salt])
    // Everybody else's is as it was, receipts hold, and the log can be walked through.
    expect(
      await database.sql.query(
        `SELECT * FROM surveyseal_consent_events WHERE subject = '${host.subjectOf('reference of bob', 'spring')}' ORDER BY seq`,
      ),
    ).toEqual(theirs)
    const walked = verifyLedger(ledgerStore(database.sql, ACME), {
      policy: { log: keys.logVerifier },
      openings: consentOpenings(database.sql, ACME),
    })
    expect(await walked).toMatchObject({ size: 12, erased: 6, elsewhere: 6 })
    for (const receipt of receipts) {
      const { signer, ledger, controllerKeys } = host
      const { event } = await verifyReceipt(receipt, { keys: controllerKeys })
      await verifyReceipt(await refreshReceipt(receipt, { signer, ledger, keys: controllerKeys }), {
        keys: controllerKeys,
      })
      const summary = await verifySummary((await host.store.summary(event.hash)) ?? '', { keys: controllerKeys })
      expect(Object.keys(summary.purposes)).toEqual(['call-back'])
      await expect(host.consents.withdraw({ receipt })).rejects.toMatchObject({ code: 'ERR_CONSENT_ERASED' })
    }
    for await (const { url } of host.linksOf('spring').issue([{ respondent: 'reference of ada' }]))
      expect(url).toBeUndefined()
  })

  // PostgreSQL has no clustered tables: there rows lie in the order of their arrival until it is rewritten, which is a documented limit.
  if (engine.name === 'SQLite') {
    test('the rows of a person’s summaries lie among those of others, in an order that says nothing', async () => {
      await plant()
      await carryOut(await planOf(host), host.tools)
      const { tables } = await dumpForLinkage(database.sql)
      const rows = tables.find((table) => table.name === 'surveyseal_consent_summaries')?.rows ?? []
      const hashes = rows.map((row) => String(row['hash']))
      expect(hashes).toHaveLength(6)
      expect(hashes).toEqual([...hashes].sort())
      expect(Object.keys(rows[0] ?? {})).toEqual(['tenant', 'hash', 'keep_until', 'summary'])
    })
  }

  test('killed with -9 before, in and after every step, and resumed by another process, it ends as if nothing had happened', async () => {
    const { secrets } = await plant()
    const plan = await planOf(host)
    let [certificate, deaths]: [ErasureCertificate | null, number] = [null, 0]
    // A process makes one step or two; the last ones finish, which is not noted step by step.
    for (; certificate === null && deaths < 100; deaths++) {
      const args = [database.target, keys, plan, deaths < 24 ? 1 + (deaths % 4) : deaths - 23]
      const child = children.spawn('erase-whole', { args })
      const code = await child.exit
      if (code === 0) certificate = JSON.parse(child.lines.at(-1) ?? '')
      else expect([code, child.errors()]).toEqual([null, ''])
    }
    expect(certificate).toMatchObject({ records: 3, mentions: 1, dependents: 6, kept: 0 })
    expect(deaths).toBeGreaterThan(12)
    expect(await deliverAll()).toEqual([
      'consent.erased',
      'consent.erased',
      'consent.withdrawn',
      'consent.withdrawn',
      'erasure.completed',
      'erasure.review',
    ])
    await assertNothingLeft(secrets, [plan.id, plan.salt])
  }, 180_000)
})

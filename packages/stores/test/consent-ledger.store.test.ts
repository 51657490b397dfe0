import { readFileSync, statSync } from 'node:fs'
import {
  type ConsentService,
  createConsentService,
  defineNotice,
  refreshReceipt,
  verifyReceipt,
} from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createTestSigner } from '@surveyseal/consent/testing'
import { createLedger, generateLedgerKeys, loadSigner, verifyLedger } from '@surveyseal/ledger'
import { beforeEach, expect, test } from 'vitest'
import { consentLedger, consentOpenings } from '../src/consent-ledger.js'
import { consentStore } from '../src/consent-store.js'
import { ledgerStore } from '../src/ledger-store.js'
import type { Sql } from '../src/sql.js'
import { databasePerTest, onEngines } from './support/suites.js'

const logKeys = await generateLedgerKeys('feedback.example/consents')
const logSigner = await loadSigner(logKeys.signerKey)
const policy = { log: logKeys.verifierKey }
const { signer, keys: controllerKeys } = await createTestSigner()
const keys = { ...controllerKeys, logs: [logKeys.verifierKey] }
const ACME = { tenant: 'acme' }
const notice = defineNotice({
  id: 'notice',
  version: '1',
  controller: { name: 'Example', contact: 'privacy@example.com' },
  purposes: [
    {
      id: 'improve',
      practices: ['standard-survey'],
      legalBasis: 'consent',
      dataCategories: ['answers'],
      recipients: ['Example'],
      retention: 'P1Y',
    },
  ],
  wording: {
    en: {
      title: 'Feedback',
      summary: 'Questions',
      purposes: { improve: { title: 'Improve', description: 'Read' } },
      withdrawal: 'Any time',
    },
  },
})

onEngines('consent with a ledger', (engine) => {
  const database = databasePerTest(engine)
  let service: ConsentService<Sql>

  beforeEach(async () => {
    service = serviceOn(database.sql)
  })

  function serviceOn(sql: Sql): ConsentService<Sql> {
    const ledger = consentLedger(sql, { ...ACME, signer: logSigner })
    const store = consentStore(sql, ACME)
    return createConsentService({ store, ledger, signer, keys, audience: 'https://a.example', notices: [notice] })
  }

  const subjectOf = (person: number) => Buffer.alloc(32, person).toString('base64url')

  async function give(person: number, by = service, accept = async () => {}) {
    const request = await by.request(notice, { subject: subjectOf(person), survey: 's', language: 'en' })
    return by.record(await signConsent(request, { improve: 'given' }), { accept })
  }

  test('a receipt proves its event, and a walk finds every event of the log', async () => {
    const ledger = consentLedger(database.sql, { ...ACME, signer: logSigner })
    const recorded = [await give(1), await give(2)]
    const { receipt } = await service.withdraw({ subject: subjectOf(1), survey: 's', via: 'operator' })
    for (const [index, text] of [...recorded.map((each) => each.receipt), receipt].entries()) {
      const refreshed = await refreshReceipt(text, { keys, signer, ledger })
      expect((await verifyReceipt(refreshed, { keys })).inclusion).toMatchObject({ index, size: 3 })
    }
    const walked = verifyLedger(ledgerStore(database.sql, ACME), {
      policy,
      openings: consentOpenings(database.sql, ACME),
    })
    expect(await walked).toMatchObject({ size: 3, elsewhere: 3 })
    const foreign = consentOpenings(database.sql, { tenant: 'globex' })
    const refused = verifyLedger(ledgerStore(database.sql, ACME), { policy, openings: foreign })
    await expect(refused).rejects.toMatchObject({ code: 'ERR_LEDGER_ERASURE_INVALID', first: 0 })
  })

  test('event and leaf are kept together or not at all', async () => {
    const lost = give(3, service, () => Promise.reject(new Error('the host changed its mind')))
    await expect(lost).rejects.toThrow('the host')
    const ledger = createLedger({ store: ledgerStore(database.sql, ACME), signer: logSigner })
    expect(await ledger.size()).toBe(0)
    const { event } = await give(3)
    expect(await ledger.size()).toBe(1)
    const stranger = consentLedger(database.sql, { tenant: 'globex', signer: logSigner })
    await expect(stranger.attest(event.hash)).rejects.toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISSING' })
  })

  test('two servers at once leave every event in the log, each once', async () => {
    const other = serviceOn(await database.another())
    await Promise.all(Array.from({ length: 24 }, (_, at) => give(at, at % 2 === 0 ? service : other)))
    const openings = consentOpenings(database.sql, ACME)
    expect(await verifyLedger(ledgerStore(database.sql, ACME), { policy, openings })).toMatchObject({
      size: 24,
      elsewhere: 24,
    })
  })

  test('the log keeps no copy of the event', async () => {
    const { event } = await give(4)
    const rows = await database.sql.query('SELECT salt, bytes FROM surveyseal_ledger_entries')
    expect(rows.map((row) => ({ ...row }))).toEqual([{ salt: null, bytes: null }])
    await database.sql.query('UPDATE surveyseal_consent_events SET jws = $1, salt = $2, receipt = $3', ['', '', ''])
    const ledger = createLedger({ store: ledgerStore(database.sql, ACME), signer: logSigner })
    const { scrubbed } = await ledger.erase(0, { status: 'withdrawn' })
    expect(scrubbed).toBe(engine.name === 'SQLite')
    const openings = consentOpenings(database.sql, ACME)
    expect(await verifyLedger(ledgerStore(database.sql, ACME), { policy, openings })).toMatchObject({ erased: 1 })
    if (!('file' in database.target)) return
    const { file } = database.target
    for (const path of [file, `${file}-wal`]) {
      const content = statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'latin1') : ''
      expect(content).not.toContain(event.jws)
      expect(content).not.toContain(event.salt)
    }
  })
})

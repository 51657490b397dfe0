import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createConsentService, defineNotice, refreshReceipt } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createTestSigner } from '@surveyseal/consent/testing'
import { cosignCheckpoint, createLedger, generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
import { consentLedger, consentStore, ledgerStore, migrate } from '@surveyseal/stores'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { expect, test } from 'vitest'
import { NOW, surveyseal, temporaryFolder } from './support.js'

const LOG = 'feedback.example/consents'
const logKeys = await generateLedgerKeys(LOG)
const witness = await generateLedgerKeys('witness.example', { kind: 'cosignature' })
const { signer, keys } = await createTestSigner()
const chain = { subject: Buffer.alloc(32, 7).toString('base64url'), survey: 'spring-2026' }
const notice = defineNotice({
  id: 'notice',
  version: '1',
  controller: { name: 'Example Air', contact: 'privacy@example.com' },
  purposes: [
    {
      id: 'improve-service',
      practices: ['standard-survey'],
      legalBasis: 'consent',
      dataCategories: ['answers'],
      recipients: ['Example Air'],
      retention: 'P2Y',
    },
  ],
  wording: {
    en: {
      title: 'Your feedback',
      summary: 'Questions.',
      purposes: { 'improve-service': { title: 'Improve', description: 'We read.' } },
      withdrawal: 'Any time.',
    },
  },
})

/** A controller's database with a given and a withdrawn permission, in files as people have them. */
async function receiptsInFiles() {
  const folder = await temporaryFolder()
  const file = (name: string) => join(folder, name)
  const database = await openSqlite(file('consent.db'))
  await migrate(database)
  const logSigner = await loadSigner(logKeys.signerKey)
  const ledger = consentLedger(database, { tenant: 'acme', signer: logSigner })
  const service = createConsentService({
    ...{ store: consentStore(database, { tenant: 'acme' }), signer, keys, ledger },
    ...{ audience: 'https://feedback.example', notices: [notice], clock: () => NOW },
  })
  const request = await service.request(notice, { ...chain, language: 'en' })
  const given = await service.record(await signConsent(request, { 'improve-service': 'given' }, { now: NOW }))
  await writeFile(file('old.txt'), given.receipt)
  const refresh = (receipt: string) => refreshReceipt(receipt, { keys, signer, ledger })
  await writeFile(file('given.txt'), `${await refresh(given.receipt)}\n`)
  const withdrawn = await service.withdraw({ ...chain, via: 'operator' })
  await writeFile(file('withdrawn.txt'), await refresh(withdrawn.receipt))
  const log = createLedger({ store: ledgerStore(database, { tenant: 'acme' }), signer: logSigner })
  const note = await cosignCheckpoint(await log.checkpoint(), { signer: await loadSigner(witness.signerKey), at: NOW })
  await writeFile(file('checkpoint.txt'), note)
  await writeFile(file('keys.json'), JSON.stringify({ ...keys, logs: [logKeys.verifierKey] }))
  await writeFile(file('bare-keys.json'), JSON.stringify(keys))
  await database.close()
  const prove = (...more: string[]) =>
    surveyseal(['ledger', 'prove', LOG, '--database', file('consent.db'), '--tenant', 'acme', ...more])
  const verify = (name: string, ...more: string[]) =>
    surveyseal(['consent', 'verify', file(name), '--key', file('keys.json'), ...more])
  return { file, prove, verify, event: given.event }
}

test('a receipt is verified offline, and what was proved and what was not is said', async () => {
  const { verify, file, event } = await receiptsInFiles()
  const verified = await verify('given.txt')
  expect(verified).toMatchObject({ code: 0, stderr: '' })
  expect(verified.stdout).toContain(
    'decision for spring-2026, received 2026-11-22T12:00:00.000Z by https://feedback.example\n',
  )
  expect(verified.stdout).toContain('given: improve-service\nnotice: notice 1 (en)\n')
  expect(verified.stdout).toContain('log: feedback.example/consents, entry 0 of 1\n')
  expect(verified.stdout).toContain('\nproved: included-in-log\n')
  expect(verified.stdout).toContain('\nnot proved: no-later-withdrawal\n')
  const json = JSON.parse((await verify('given.txt', '--json')).stdout)
  expect(json).toMatchObject({
    ok: true,
    event: { kind: 'decision', decisions: { 'improve-service': 'given' }, digest: event.digest },
    inclusion: { log: LOG, index: 0, size: 1 },
    unchangedUntil: null,
  })
  expect(json.notProved).toContain('no-later-withdrawal')
  for (const text of [verified.stdout, JSON.stringify(json)]) expect(text).not.toContain(event.subject)
  const bare = ['consent', 'verify', file('given.txt'), '--key', file('bare-keys.json')]
  expect((await surveyseal(bare)).stdout).toContain('not proved: inclusion-in-log\n')
  const withLogKey = await surveyseal([...bare, '--log-key', logKeys.verifierKey])
  expect(withLogKey.stdout).toContain('proved: included-in-log\n')
  expect((await verify('old.txt')).stdout).toContain('not proved: inclusion-in-log\n')
})

test('a later receipt shows the withdrawal, and ends the command with 1', async () => {
  const { verify, file } = await receiptsInFiles()
  const changed = await verify('given.txt', '--later', file('withdrawn.txt'))
  expect(changed).toMatchObject({ code: 1, stderr: '' })
  expect(changed.stdout).toContain('later withdrawn: improve-service, 2026-11-22T12:00:00.000Z\n')
  expect(changed.stdout).toContain('proved: changed-later\n')
  const wrongWayRound = await verify('withdrawn.txt', '--later', file('given.txt'))
  expect(wrongWayRound).toMatchObject({ code: 1, stdout: expect.stringContaining('ERR_CONSENT_CHAIN_MISMATCH') })
})

test('a witnessed checkpoint that was kept elsewhere proves that nothing was logged after the newest entry', async () => {
  const { verify, file } = await receiptsInFiles()
  const options = ['--checkpoint', file('checkpoint.txt'), '--witnesses', witness.verifierKey]
  const newest = await verify('withdrawn.txt', ...options)
  expect(newest.stdout).toContain('proved: witnesses-cosigned\n')
  expect(newest.stdout).toContain('proved: unchanged-until 2026-11-22T12:00:00.000Z\n')
  expect(newest.stdout).toContain('not proved: unchanged-after\n')
  const older = await verify('given.txt', ...options)
  expect(older.stdout).toContain('not proved: agreement-with-checkpoint\n')
  expect(older.stdout).toContain('not proved: no-later-withdrawal\n')
  expect(await verify('given.txt', ...options, '--quorum', '2')).toMatchObject({ code: 2 })
})

test('a receipt of another controller, a changed one and what is none are refused with their codes', async () => {
  const { verify, file } = await receiptsInFiles()
  const receipt = (await readFile(file('given.txt'), 'utf8')).trim()
  await writeFile(file('changed.txt'), `${receipt.slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`)
  await writeFile(file('none.txt'), 'nothing')
  const others = await createTestSigner('others')
  await writeFile(file('others.json'), JSON.stringify(others.keys))
  const codeOf = async (ran: Promise<{ code: number; stdout: string }>) => {
    const { code, stdout } = await ran
    return [code, JSON.parse(stdout).code]
  }
  expect(await codeOf(verify('changed.txt', '--json'))).toEqual([1, 'ERR_CONSENT_SIGNATURE_INVALID'])
  expect(await codeOf(verify('none.txt', '--json'))).toEqual([1, 'ERR_CONSENT_MALFORMED'])
  const args = ['consent', 'verify', file('given.txt'), '--key', file('others.json'), '--json']
  expect(await codeOf(surveyseal(args))).toEqual([1, 'ERR_CONSENT_KEY_NOT_FOUND'])
})

test('a page to print is written, once, readable by its owner', async () => {
  const { verify, file } = await receiptsInFiles()
  expect(await verify('given.txt', '--html', file('receipt.html'), '--language', 'fr')).toMatchObject({ code: 0 })
  expect(await readFile(file('receipt.html'), 'utf8')).toContain('Reçu de vos choix')
  const again = await verify('given.txt', '--html', file('receipt.html'))
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_FILE_UNWRITABLE') })
})

test('ERR_CLI_USAGE and ERR_CLI_JSON_MALFORMED: no keys, another language, a file that is no key set', async () => {
  const { verify, file } = await receiptsInFiles()
  expect(await surveyseal(['consent', 'verify', file('given.txt')])).toMatchObject({ code: 2 })
  expect(await verify('given.txt', '--language', 'de')).toMatchObject({ code: 2 })
  for (const content of ['[]', '{"keys":1}', '{"keys":[],"logs":[1]}', 'null']) {
    await writeFile(file('bad.json'), content)
    const ran = await surveyseal(['consent', 'verify', file('given.txt'), '--key', file('bad.json')])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_CLI_JSON_MALFORMED') })
  }
})

test('a log of consent is walked through with the events of the same database, and what is missing of one is named', async () => {
  const { file } = await receiptsInFiles()
  const args = [
    'ledger',
    'verify',
    LOG,
    '--database',
    file('consent.db'),
    '--tenant',
    'acme',
    '--key',
    logKeys.verifierKey,
  ]
  const walked = await surveyseal([...args, '--known', file('checkpoint.txt'), '--json'])
  expect(JSON.parse(walked.stdout)).toMatchObject({ ok: true, size: 2, elsewhere: 2 })
  const database = await openSqlite(file('consent.db'))
  await database.query('DELETE FROM surveyseal_consent_events WHERE seq = 2')
  await database.close()
  const found = await surveyseal(args)
  expect(found).toMatchObject({ code: 1, stdout: expect.stringMatching(/ERR_LEDGER_ERASURE_INVALID: entry 1: /) })
})

test('a proof of growth joins a receipt with a checkpoint that somebody kept later, and lends it the witnesses of that', async () => {
  const { file, prove, verify } = await receiptsInFiles()
  const options = ['--checkpoint', file('checkpoint.txt'), '--witnesses', witness.verifierKey]
  const apart = await verify('given.txt', ...options)
  expect(apart.stdout).toContain('not proved: agreement-with-checkpoint\n')
  const growth = await prove('--from', '1')
  expect(growth).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^old 1\n[^\n]{44}\n\n.*\n2\n/) })
  expect(JSON.parse((await prove('--from', '1', '--json')).stdout)).toEqual({ growth: growth.stdout })
  await writeFile(file('growth.txt'), growth.stdout)
  const joined = await verify('given.txt', ...options, '--growth', file('growth.txt'))
  expect(joined.code).toBe(0)
  expect(joined.stdout).toContain('proved: same-log-as-checkpoint\n')
  expect(joined.stdout).toContain('proved: witnesses-cosigned\n')
  expect(joined.stdout).not.toContain('agreement-with-checkpoint')

  expect(await prove('--from', '3')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ERR_LEDGER_INDEX_OUT_OF_RANGE'),
  })
  for (const size of ['-1', '01', '1e1', 'x', '']) {
    expect(await prove(`--from=${size}`), size).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ERR_CLI_USAGE'),
    })
  }
  await writeFile(file('spoilt.txt'), growth.stdout.replace(/^old 1\n./, 'old 1\n_'))
  expect(await verify('given.txt', ...options, '--growth', file('spoilt.txt'))).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('refused: ERR_LEDGER_PROOF_MALFORMED'),
  })
})

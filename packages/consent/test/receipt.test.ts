import {
  type ControllerKey,
  defineNotice,
  issueReceipt,
  type Notice,
  type NoticeWording,
  type RecordedEvent,
  receiveEvent,
  verifyReceipt,
} from '@surveyseal/consent'
import { createTestSigner } from '@surveyseal/consent/testing'
import { createLedger, generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
import { memoryLedgerStore } from '@surveyseal/ledger/testing'
import { formatTlogProof, parseTlogProof } from '@surveyseal/ledger/verify'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { signAsController } from '../src/signer.js'
import { NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { createWorld } from './support/service.js'

const BOTH = { 'improve-service': 'given', 'call-back': 'refused' } as const
const world = await createWorld()
const { event, receipt } = await world.decide(BOTH)
const withdrawal = await world.service.withdraw({ subject: SUBJECT, survey: SURVEY, via: 'operator' })
const verify = (text: string) => verifyReceipt(text, world)

/** The honest receipt's payload with some members changed, signed by the controller. */
function forge(changes: object, of: string = receipt): Promise<string> {
  const payload = JSON.parse(new TextDecoder().decode(base64url.decode(of.split('.')[1] ?? '')))
  return signAsController('consent-receipt+jwt', { ...payload, ...changes }, world.signer)
}

/** A notice whose English document is so many characters long, most of them of three bytes. */
function longNotice(length: number): Notice {
  const text = '漢'.repeat(10_000)
  const details = Array.from({ length: 7 }, () => ({ title: '字', text }))
  const long = { summary: text, rights: text, complaint: text, linkage: text, safeguards: text, details }
  const { en } = noticeInput.wording
  const filled = (rest: number): Notice =>
    defineNotice({
      ...noticeInput,
      wording: { en: { ...(en as NoticeWording), ...long, withdrawal: '漢'.repeat(rest) } },
    })
  return filled(length - (filled(1).documents['en'] ?? '').length + 1)
}

const LONGEST = 131_072

describe('a receipt of a decision', () => {
  test('verifies offline and holds event, wording and time', async () => {
    const verified = await verify(receipt)
    expect(verified.event).toEqual(event)
    expect(verified.notice).toMatchObject({ id: 'flight-feedback', version: '2026-01', language: 'en' })
    expect(verified.notice?.wording.title).toBe('Your feedback')
    expect(verified.event.receivedAt).toBe(NOW.getTime())
  })

  test('says what it proves and what it does not', async () => {
    const { proved, notProved } = await verify(receipt)
    expect(proved).toEqual([
      'controller-signed-receipt',
      'controller-states-time',
      'event-signed-by-named-key',
      'wording-is-what-was-signed',
    ])
    expect(notProved).toEqual([
      'no-later-withdrawal',
      'key-belongs-to-person',
      'person-read-wording',
      'time-confirmed-by-others',
      'inclusion-in-log',
    ])
  })

  test('still verifies after the withdrawal it cannot know of', async () => {
    expect((await verify(receipt)).notProved).toContain('no-later-withdrawal')
  })

  test('of the longest notice there can be, in a script of three bytes a character, verifies and withdraws', async () => {
    expect(() => longNotice(LONGEST + 1)).toThrow('too long')
    const world = await createWorld({ notices: [longNotice(LONGEST)] })
    const { receipt } = await world.decide(BOTH)
    expect((await verifyReceipt(receipt, world)).proved).toContain('wording-is-what-was-signed')
    expect((await world.service.withdraw({ receipt })).event.kind).toBe('withdrawal')
  })

  test('verifies with members of a later version', async () => {
    expect((await verify(await forge({ proof: 'c2sp.org/tlog-proof@v1' }))).event).toEqual(event)
  })
})

describe('a receipt of a withdrawal', () => {
  test('verifies and holds no wording', async () => {
    const verified = await verify(withdrawal.receipt)
    expect(verified.event).toEqual(withdrawal.event)
    expect(verified.notice).toBeNull()
    expect(verified.proved).toContain('controller-signed-withdrawal')
    expect(verified.notProved).toEqual(['no-later-decision', 'time-confirmed-by-others', 'inclusion-in-log'])
  })
})

describe('a receipt that does not hold together', () => {
  test.each<[string, object, string]>([
    ['another salt', { salt: event.hash }, 'ERR_CONSENT_RECORD_INVALID'],
    ['another hash', { hash: event.salt }, 'ERR_CONSENT_RECORD_INVALID'],
    ['another event', { event: withdrawal.event.jws }, 'ERR_CONSENT_RECORD_INVALID'],
    ['another controller', { iss: 'https://other.example' }, 'ERR_CONSENT_RECORD_INVALID'],
    ['a date that does not exist', { receivedAt: '2026-02-30T25:00:00.000Z' }, 'ERR_CONSENT_RECORD_INVALID'],
    ['no wording', { notice: null }, 'ERR_CONSENT_NOTICE_MISMATCH'],
    ['the wording of another language', { notice: notice.documents['fr'] }, 'ERR_CONSENT_NOTICE_MISMATCH'],
    ['an edited wording', { notice: notice.documents['en']?.replace('five', 'two') }, 'ERR_CONSENT_NOTICE_MISMATCH'],
    ['a time in another form', { receivedAt: '2026-03-01' }, 'ERR_CONSENT_MALFORMED'],
    ['no event', { event: undefined }, 'ERR_CONSENT_MALFORMED'],
    ['a receipt as its event', { event: receipt }, 'ERR_CONSENT_TYPE_REFUSED'],
    ['nonsense as its event', { event: 'nonsense' }, 'ERR_CONSENT_MALFORMED'],
  ])('with %s', async (_, changes, code) => {
    expect(await codeOf(forge(changes).then(verify))).toBe(code)
  })

  test('a withdrawal with wording', async () => {
    const changes = { notice: notice.documents['en'] }
    expect(await codeOf(forge(changes, withdrawal.receipt).then(verify))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
  })

  test('an event whose signature was swapped', async () => {
    const other = (await createWorld()).decide(BOTH)
    const [header, payload] = event.jws.split('.')
    const [, , signature] = (await other).event.jws.split('.')
    const changed = forge({ event: `${header}.${payload}.${signature}` })
    expect(await codeOf(changed.then(verify))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
  })

  test('a withdrawal signed by somebody else', async () => {
    const stranger = await createTestSigner()
    const payload = base64url.decode(withdrawal.event.jws.split('.')[1] ?? '')
    const jws = await signAsController(
      'consent-withdrawal+jwt',
      JSON.parse(new TextDecoder().decode(payload)),
      stranger.signer,
    )
    expect(await codeOf(forge({ event: jws }).then(verify))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
  })
})

describe('the controller’s key', () => {
  test('ERR_CONSENT_KEY_NOT_FOUND when none has the key id', async () => {
    expect(await codeOf(verifyReceipt(receipt, { keys: { keys: [] } }))).toBe('ERR_CONSENT_KEY_NOT_FOUND')
  })

  test('ERR_CONSENT_SIGNATURE_INVALID when it is another key of the same id', async () => {
    expect(await codeOf(verifyReceipt(receipt, await createTestSigner()))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
  })

  test('is the one in the set, never one in the header', async () => {
    const stranger = await createTestSigner()
    const payload = JSON.parse(new TextDecoder().decode(base64url.decode(receipt.split('.')[1] ?? '')))
    const forged = await signAsController('consent-receipt+jwt', payload, stranger.signer)
    expect(await codeOf(verify(forged))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
  })

  test('may carry further members in the set, a private one even, and only the public ones are used', async () => {
    const [key] = world.keys.keys
    const wide = { ...key, use: 'sig', alg: 'ES256', d: 'AAAA' } as unknown as ControllerKey
    expect((await verifyReceipt(receipt, { keys: { keys: [wide] } })).event).toEqual(event)
  })
})

describe('issueReceipt', () => {
  test('ERR_CONSENT_NOTICE_MISMATCH when the document is not the one that was signed', async () => {
    for (const document of [null, notice.documents['fr'] ?? '', '']) {
      const issued = issueReceipt(event, { signer: world.signer, document })
      expect(await codeOf(issued)).toBe('ERR_CONSENT_NOTICE_MISMATCH')
    }
  })

  test('has room for a proof beside the longest notice, and refuses one that would make a receipt nobody can read', async () => {
    const long = longNotice(LONGEST)
    const { event } = await (await createWorld({ notices: [long] })).decide(BOTH)
    const keys = await generateLedgerKeys('feedback.example/consents')
    const ledger = createLedger({ store: memoryLedgerStore(), signer: await loadSigner(keys.signerKey) })
    await ledger.append({ bytes: new Uint8Array(1) })
    const proof = parseTlogProof(await ledger.attest(0))
    const issue = (length: number) => {
      const options = { signer: world.signer, document: long.documents['en'] ?? '' }
      return issueReceipt(event, { ...options, proof: formatTlogProof({ ...proof, extra: new Uint8Array(length) }) })
    }
    const receipt = await issue(100_000)
    expect(receipt.length).toBeGreaterThan(600_000)
    expect((await verify(receipt)).notice?.id).toBe('flight-feedback')
    expect(await codeOf(issue(200_000))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('salts the same event anew for every copy that is received', async () => {
    const { salt: _, hash: __, receivedAt: ___, ...bare } = event
    const copies: RecordedEvent[] = [1, 2].map(() => receiveEvent(bare, { now: NOW }))
    expect(copies[0]?.salt).not.toBe(copies[1]?.salt)
    expect(copies[0]?.hash).not.toBe(copies[1]?.hash)
    expect(copies[0]?.digest).toBe(copies[1]?.digest)
  })
})

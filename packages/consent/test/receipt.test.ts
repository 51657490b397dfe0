import { type ControllerKey, issueReceipt, type RecordedEvent, receiveEvent, verifyReceipt } from '@surveyseal/consent'
import { createTestSigner } from '@surveyseal/consent/testing'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { signAsController } from '../src/signer.js'
import { NOW, notice, SUBJECT, SURVEY } from './support/fixtures.js'
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

  test('salts the same event anew for every copy that is received', async () => {
    const { salt: _, hash: __, receivedAt: ___, ...bare } = event
    const copies: RecordedEvent[] = [1, 2].map(() => receiveEvent(bare, { now: NOW }))
    expect(copies[0]?.salt).not.toBe(copies[1]?.salt)
    expect(copies[0]?.hash).not.toBe(copies[1]?.hash)
    expect(copies[0]?.digest).toBe(copies[1]?.digest)
  })
})

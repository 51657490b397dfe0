import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineNotice, pseudonymize, verifyConsent, verifyReceipt } from '@surveyseal/consent'
import { describe, expect, test } from 'vitest'
import { restoreEvent } from '../src/event-record.js'
import { readEvent } from '../src/lib/documents.js'
import { codeOf } from './support/matchers.js'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const vectors = JSON.parse(readFileSync(path('vectors/consent-event_v1_self.json'), 'utf8'))
const { decision, withdrawal, request, keys } = vectors
const now = new Date(decision.verifiedAt)

describe('consent-event v1', () => {
  test('pseudonyms', () => {
    for (const { respondent, secret, survey, subject } of vectors.pseudonyms) {
      expect(pseudonymize(respondent, { secret: Uint8Array.from(Buffer.from(secret, 'hex')), survey })).toBe(subject)
    }
  })

  test('the notice has its documents and digests', () => {
    const { documents, digests } = defineNotice(vectors.notice.input)
    expect({ documents, digests }).toEqual({ documents: vectors.notice.documents, digests: vectors.notice.digests })
  })

  test('the decision verifies against its request and says what is stated', async () => {
    const { verifiedAt: _, receipt: __, salt, hash, receivedAt, ...stated } = decision
    const event = await verifyConsent(decision.jws, { request, now })
    expect(event).toEqual(stated)
    expect(restoreEvent(event, { salt, hash, receivedAt }).hash).toBe(hash)
  })

  test('the withdrawal continues the decision', () => {
    const { receipt: _, salt, hash, receivedAt, ...stated } = withdrawal
    expect(restoreEvent(readEvent(withdrawal.jws), { salt, hash, receivedAt })).toMatchObject(stated)
    expect(withdrawal).toMatchObject({ seq: decision.seq + 1, prev: decision.hash })
  })

  test('both receipts verify', async () => {
    expect((await verifyReceipt(decision.receipt, { keys })).event.digest).toBe(decision.digest)
    expect((await verifyReceipt(withdrawal.receipt, { keys })).event.digest).toBe(withdrawal.digest)
  })

  test.each<[string, string, string]>(vectors.refusedEvents.map(Object.values))('refuses %s', async (_, jws, code) => {
    expect(await codeOf(verifyConsent(jws, { request, now }))).toBe(code)
  })

  test.each<[string, string, string]>(vectors.refusedReceipts.map(Object.values))(
    'refuses a receipt: %s',
    async (_, receipt, code) => {
      expect(await codeOf(verifyReceipt(receipt, { keys }))).toBe(code)
    },
  )
})

describe('an independent reader in Python', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0
  const refused = vectors.refusedReceipts.map(({ receipt }: { receipt: string }) => receipt)

  test('reads the same from the receipts, and refuses the same', () => {
    if (!hasPython) {
      process.stderr.write('the independent reader was left out: no python3 found\n')
      return
    }
    const input = JSON.stringify({ keys, receipts: [decision.receipt, withdrawal.receipt, ...refused] })
    const { stdout, stderr } = spawnSync('python3', [path('read_receipt.py')], { input, encoding: 'utf8' })
    expect(stderr).toBe('')
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.slice(0, 2)).toEqual([
      { digest: decision.digest, decisions: decision.decisions, title: 'Votre avis', seq: 1 },
      { digest: withdrawal.digest, decisions: withdrawal.decisions, title: null, seq: 2 },
    ])
    expect(lines.slice(2)).toEqual(refused.map(() => ({ refused: expect.any(String) })))
  })

  test('has under 100 lines', () => {
    expect(readFileSync(path('read_receipt.py'), 'utf8').trimEnd().split('\n').length).toBeLessThan(100)
  })
})

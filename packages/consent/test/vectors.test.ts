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
const proofs = JSON.parse(readFileSync(path('vectors/receipt-proof_v1_self.json'), 'utf8'))
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

interface Refused {
  readonly comment: string
  readonly receipt: string
  readonly code: string
}

describe('a receipt with a proof, version 1', () => {
  test.each<[string, { receipt: string; digest: string; log: { origin: string; index: number; size: number } }]>(
    proofs.receipts.map((each: { comment: string }) => [each.comment, each]),
  )('verifies: %s', async (_, { receipt, digest, log }) => {
    const { event, inclusion, proved } = await verifyReceipt(receipt, { keys: proofs.keys })
    expect(event.digest).toBe(digest)
    expect(inclusion).toMatchObject({ log: log.origin, index: log.index, size: log.size })
    expect(proved).toContain('included-in-log')
  })

  test('is said to be witnessed when it is', async () => {
    const receipt = proofs.receipts.at(-1).receipt
    const { proved } = await verifyReceipt(receipt, { keys: proofs.keys, witnesses: [proofs.witness] })
    expect(proved).toContain('witnesses-cosigned')
  })

  test.each<Refused>(proofs.refusedReceipts)('is refused with $comment', async ({ receipt, code }) => {
    expect(await codeOf(verifyReceipt(receipt, { keys: proofs.keys }))).toBe(code)
  })
})

describe('an independent reader in Python', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0
  const refused = vectors.refusedReceipts.map(({ receipt }: Refused) => receipt)

  function read(given: { keys: unknown; receipts: readonly string[] }): unknown[] {
    const input = JSON.stringify(given)
    const { stdout, stderr } = spawnSync('python3', [path('read_receipt.py')], { input, encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  test('reads the same from the receipts, and refuses the same', () => {
    if (!hasPython) {
      process.stderr.write('the independent reader was left out: no python3 found\n')
      return
    }
    const lines = read({ keys, receipts: [decision.receipt, withdrawal.receipt, ...refused] })
    expect(lines.slice(0, 2)).toEqual([
      { digest: decision.digest, decisions: decision.decisions, title: 'Votre avis', seq: 1, log: null },
      { digest: withdrawal.digest, decisions: withdrawal.decisions, title: null, seq: 2, log: null },
    ])
    expect(lines.slice(2)).toEqual(refused.map(() => ({ refused: expect.any(String) })))
  })

  test('verifies the proof and the checkpoint in a receipt, and refuses the same', () => {
    if (!hasPython) return
    const altered = proofs.refusedReceipts.map(({ receipt }: Refused) => receipt)
    const valid = proofs.receipts.map(({ receipt }: { receipt: string }) => receipt)
    const lines = read({ keys: proofs.keys, receipts: [...valid, ...altered] })
    const stated = proofs.receipts.map(({ comment: _, receipt: __, ...rest }: Refused) => rest)
    expect(lines.slice(0, valid.length)).toEqual(stated)
    expect(lines.slice(valid.length)).toEqual(altered.map(() => ({ refused: expect.any(String) })))
  })

  test('has under 100 lines', () => {
    expect(readFileSync(path('read_receipt.py'), 'utf8').trimEnd().split('\n').length).toBeLessThan(100)
  })
})

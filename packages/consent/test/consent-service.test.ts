import {
  type ConsentStore,
  createConsentRequest,
  createConsentService,
  defineNotice,
  type NoticeInput,
  type Recorded,
  readEventRecord,
  verifyReceipt,
} from '@surveyseal/consent'
import { createTestSigner, type MemoryTransaction, memoryConsentStore } from '@surveyseal/consent/testing'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { AUDIENCE, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { createForger } from './support/forge.js'
import { codeOf } from './support/matchers.js'
import { createWorld } from './support/service.js'

const BOTH = { 'improve-service': 'given', 'call-back': 'given' } as const
const chain = { subject: SUBJECT, survey: SURVEY }

describe('request', () => {
  test('is plain JSON, kept without the wording, and ends in an hour', async () => {
    const world = await createWorld()
    const request = await world.ask()
    expect(JSON.parse(JSON.stringify(request))).toEqual(request)
    const { document, ...kept } = request
    expect(JSON.parse(document).wording.title).toBe('Your feedback')
    expect(await world.store.findRequest(request.nonce)).toEqual(kept)
    expect(request).toMatchObject({ seq: 1, prev: null, issuedAt: NOW.getTime(), expiresAt: NOW.getTime() + 3_600_000 })
  })

  test('continues the head', async () => {
    const world = await createWorld()
    const { event } = await world.decide(BOTH)
    expect(await world.ask()).toMatchObject({ seq: 2, prev: event.hash })
  })

  test('has a nonce of its own every time', async () => {
    const world = await createWorld()
    const nonces = await Promise.all([1, 2, 3].map(async () => (await world.ask()).nonce))
    expect(new Set(nonces).size).toBe(3)
  })

  test('refuses a notice that is not in force, an unknown language and unknown purposes', async () => {
    const world = await createWorld()
    const other = defineNotice({ ...noticeInput, version: '2026-02' })
    const question = { ...chain, language: 'en' }
    expect(await codeOf(world.service.request(other, question))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(world.ask({ language: 'de' }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(world.ask({ language: 'constructor' }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(world.ask({ purposes: ['marketing'] }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(world.ask({ purposes: [] }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(world.ask({ purposes: ['call-back', 'call-back'] }))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('refuses a subject that is not a pseudonym', async () => {
    const world = await createWorld()
    expect(await codeOf(world.ask({ subject: 'alice@example.com' }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

test('a service whose keys lack the signer’s own is not made: its receipts could not withdraw', async () => {
  const { signer, store } = await createWorld()
  const { keys } = await createTestSigner('another')
  const make = () => createConsentService({ store, signer, keys, audience: AUDIENCE, notices: [notice] })
  expect(await codeOf(make)).toBe('ERR_INVALID_ARG_VALUE')
})

describe('record', () => {
  test('stores the exact bytes with salt, hash, time of receipt and receipt', async () => {
    const world = await createWorld()
    const jws = await world.sign(await world.ask(), BOTH)
    world.advance(10)
    const { event, receipt, repeated } = await world.service.record(jws)
    expect(repeated).toBe(false)
    expect(event).toMatchObject({ jws, receivedAt: NOW.getTime() + 10_000, seq: 1, prev: null })
    const [record] = await world.store.events(chain)
    expect(record).toMatchObject({ jws, receipt, hash: event.hash, salt: event.salt, digest: event.digest })
    expect((await verifyReceipt(receipt, world)).event).toEqual(event)
  })

  test('sent again gives the same event and receipt, also after others and after the request expired', async () => {
    const world = await createWorld()
    const jws = await world.sign(await world.ask(), BOTH)
    const first = await world.service.record(jws)
    await world.decide(BOTH)
    world.advance(86_400)
    expect(await world.service.record(jws)).toEqual({ ...first, repeated: true })
  })

  test('lets the host write in the same transaction, and not for a repeated event', async () => {
    const world = await createWorld()
    const answers: string[] = []
    const accept = async (tx: MemoryTransaction) => tx.onCommit(() => answers.push('answer'))
    const jws = await world.sign(await world.ask(), BOTH)
    await world.service.record(jws, { accept })
    await world.service.record(jws, { accept })
    expect(answers).toEqual(['answer'])
  })

  test('keeps nothing when the host’s write fails; the person may send the same bytes again', async () => {
    const world = await createWorld()
    const jws = await world.sign(await world.ask(), BOTH)
    const failure = new Error('disk full')
    await expect(world.service.record(jws, { accept: () => Promise.reject(failure) })).rejects.toBe(failure)
    expect(await world.store.events(chain)).toEqual([])
    expect((await world.service.record(jws)).repeated).toBe(false)
  })

  test('keeps nothing when no receipt can be signed', async () => {
    const store = memoryConsentStore()
    const world = await createWorld({ store })
    const jws = await world.sign(await world.ask(), BOTH)
    const signer = { keyId: 'test-key', algorithm: 'ES256' as const, sign: async () => new Uint8Array(71) }
    const broken = createConsentService({ ...world, audience: AUDIENCE, notices: [notice], clock: () => NOW, signer })
    expect(await codeOf(broken.record(jws))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await store.events(chain)).toEqual([])
  })

  test('ERR_CONSENT_NONCE_UNKNOWN for a request never made here, or expired', async () => {
    const world = await createWorld()
    const forger = await createForger()
    const request = createConsentRequest(notice, { ...chain, language: 'en', audience: AUDIENCE, head: null, now: NOW })
    expect(await codeOf(forger.sign(request).then(world.service.record))).toBe('ERR_CONSENT_NONCE_UNKNOWN')
    const jws = await world.sign(await world.ask(), BOTH)
    world.advance(3600)
    expect(await codeOf(world.service.record(jws))).toBe('ERR_CONSENT_NONCE_UNKNOWN')
  })

  test('ERR_CONSENT_NONCE_REPLAYED for a second answer to one request', async () => {
    const world = await createWorld()
    const request = await world.ask()
    await world.service.record(await world.sign(request, BOTH))
    const second = await world.sign(request, { ...BOTH, 'call-back': 'refused' })
    expect(await codeOf(world.service.record(second))).toBe('ERR_CONSENT_NONCE_REPLAYED')
  })

  test('ERR_CONSENT_NONCE_REPLAYED for the other signature that anyone can make of a valid one', async () => {
    const world = await createWorld()
    const jws = await world.sign(await world.ask(), BOTH)
    const twin = withOtherSignature(jws)
    await compactVerify(twin, await importJWK(decodeProtectedHeader(twin).jwk ?? {}, 'ES256'))
    const { receipt } = await world.service.record(jws)
    expect(await codeOf(world.service.record(twin))).toBe('ERR_CONSENT_NONCE_REPLAYED')
    expect(await world.store.events(chain)).toHaveLength(1)
    expect((await world.service.record(jws)).receipt).toBe(receipt)
  })

  test('ERR_CONSENT_HEAD_MOVED for the second of two tabs, which then asks and signs again', async () => {
    const world = await createWorld()
    const [one, two] = [await world.ask(), await world.ask()]
    await world.service.record(await world.sign(one, BOTH))
    const stale = await world.sign(two, { ...BOTH, 'call-back': 'refused' })
    expect(await codeOf(world.service.record(stale))).toBe('ERR_CONSENT_HEAD_MOVED')
    const { event } = await world.decide({ ...BOTH, 'call-back': 'refused' })
    expect(event.seq).toBe(2)
  })

  test('ERR_CONSENT_NOTICE_MISMATCH when the notice went out of force between asking and answering', async () => {
    const store = memoryConsentStore()
    const world = await createWorld({ store })
    const jws = await world.sign(await world.ask(), BOTH)
    const changed = await createWorld({ store, notices: [defineNotice({ ...noticeInput, version: '2026-02' })] })
    expect(await codeOf(changed.service.record(jws))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
  })

  test('of two racing answers to one request one wins', async () => {
    const world = await createWorld()
    const request = await world.ask()
    const rivals = [await world.sign(request, BOTH), await world.sign(request, BOTH)]
    const results = await Promise.allSettled(rivals.map((jws) => world.service.record(jws)))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'ERR_CONSENT_NONCE_REPLAYED' },
    })
  })

  test('racing copies of one answer all get the one receipt', async () => {
    const world = await createWorld()
    const jws = await world.sign(await world.ask(), BOTH)
    const all = await Promise.all([1, 2, 3].map(() => world.service.record(jws)))
    expect(new Set(all.map(({ receipt }) => receipt)).size).toBe(1)
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1)
  })
})

describe('withdraw', () => {
  const link = { ...chain, via: 'link' } as const

  test('by link, operator or receipt, without the person’s key', async () => {
    for (const via of ['link', 'operator', 'receipt'] as const) {
      const world = await createWorld()
      const { receipt, event } = await world.decide(BOTH)
      const withdrawn = await world.service.withdraw(via === 'receipt' ? { receipt } : { ...chain, via })
      expect(withdrawn.event).toMatchObject({
        kind: 'withdrawal',
        via,
        decisions: { 'improve-service': 'withdrawn', 'call-back': 'withdrawn' },
        seq: 2,
        prev: event.hash,
        audience: AUDIENCE,
      })
      expect((await verifyReceipt(withdrawn.receipt, world)).event).toEqual(withdrawn.event)
    }
  })

  test('only what was given, or only what is named', async () => {
    const world = await createWorld()
    await world.decide({ 'improve-service': 'given', 'call-back': 'refused' })
    expect((await world.service.withdraw(link)).event.decisions).toEqual({ 'improve-service': 'withdrawn' })
    await world.decide(BOTH)
    const named = await world.service.withdraw({ ...link, purposes: ['call-back'] })
    expect(named.event.decisions).toEqual({ 'call-back': 'withdrawn' })
  })

  test('years later, by the oldest receipt, after the request expired and the notice left force', async () => {
    const store = memoryConsentStore()
    const world = await createWorld({ store })
    const { receipt } = await world.decide(BOTH)
    await world.decide({ 'call-back': 'refused' })
    const clock = () => new Date('2031-01-01T00:00:00Z')
    const closed = createConsentService({ ...world, store, audience: AUDIENCE, notices: [], clock })
    expect((await closed.withdraw({ receipt })).event.decisions).toEqual({ 'improve-service': 'withdrawn' })
  })

  test('by a receipt signed with a key that was retired since', async () => {
    const store = memoryConsentStore()
    const world = await createWorld({ store })
    const { receipt } = await world.decide(BOTH)
    const next = await createTestSigner('next-key')
    const keys = { keys: [...next.keys.keys, ...world.keys.keys] }
    const rotated = createConsentService({ ...next, keys, store, audience: AUDIENCE, notices: [] })
    expect((await rotated.withdraw({ receipt })).event).toMatchObject({ kind: 'withdrawal', keyId: 'next-key' })
  })

  test('twice gives the receipt of the first time', async () => {
    const world = await createWorld()
    await world.decide(BOTH)
    const first = await world.service.withdraw(link)
    const nothing = { purposes: [], practices: [], links: [] }
    expect(await world.service.withdraw(link)).toEqual({ ...first, repeated: true, effects: nothing })
    expect(await world.store.events(chain)).toHaveLength(2)
  })

  test('as many purposes as were given, although one event names 128 at most', async () => {
    const [template] = noticeInput.purposes
    const wide = Array.from({ length: 5 }, (_, version) => {
      const ids = Array.from({ length: 32 }, (_, purpose) => `v${version}-${purpose}`)
      const purposes = Object.fromEntries(ids.map((id) => [id, { title: 'x', description: 'x' }]))
      return defineNotice({
        ...noticeInput,
        version: `v${version}`,
        purposes: ids.map((id) => ({ ...template, id })),
        wording: { en: { ...noticeInput.wording['en'], purposes } },
      } as unknown as NoticeInput)
    })
    const store = memoryConsentStore()
    for (const notice of wide) {
      const world = await createWorld({ store, notices: [notice] })
      await world.decide(Object.fromEntries(notice.purposes.map(({ id }) => [id, 'given' as const])))
    }
    const world = await createWorld({ store })
    const { event } = await world.service.withdraw(link)
    expect(event.seq).toBe(7)
    expect(Object.keys(event.decisions)).toHaveLength(32)
    expect(await world.service.withdraw(link)).toMatchObject({ repeated: true, event: { seq: 7 } })
    const latest = (await store.events(chain))
      .map(readEventRecord)
      .flatMap(({ decisions }) => Object.entries(decisions))
    expect(new Set(new Map(latest).values())).toEqual(new Set(['withdrawn']))
    expect(new Map(latest).size).toBe(160)
  })

  test('can be followed by a new decision, and withdrawn again', async () => {
    const world = await createWorld()
    await world.decide(BOTH)
    await world.service.withdraw(link)
    await world.decide(BOTH)
    expect((await world.service.withdraw(link)).event.seq).toBe(4)
  })

  test('wins against a tab that signs at the same moment', async () => {
    const world = await createWorld()
    await world.decide(BOTH)
    const tab = await world.sign(await world.ask(), BOTH)
    await world.service.withdraw(link)
    expect(await codeOf(world.service.record(tab))).toBe('ERR_CONSENT_HEAD_MOVED')
  })

  test('is signed again when another event comes first', async () => {
    const base = memoryConsentStore()
    let rival: (() => Promise<unknown>) | undefined
    const store: ConsentStore<MemoryTransaction> = {
      ...base,
      transaction: async (run) => {
        const interfere = rival
        rival = undefined
        await interfere?.()
        return base.transaction(run)
      },
    }
    const world = await createWorld({ store })
    await world.decide(BOTH)
    const tab = await world.sign(await world.ask({ purposes: ['call-back'] }), { 'call-back': 'given' })
    rival = () => world.service.record(tab)
    const { event } = await world.service.withdraw(link)
    expect(event).toMatchObject({ kind: 'withdrawal', seq: 3 })
    expect((await base.events(chain)).map(readEventRecord).map(({ kind }) => kind)).toEqual([
      'decision',
      'decision',
      'withdrawal',
    ])
  })

  test('lets the host write in the same transaction', async () => {
    const world = await createWorld()
    await world.decide(BOTH)
    const outbox: string[] = []
    const accept = async (tx: MemoryTransaction, event: Recorded['event']) =>
      tx.onCommit(() => outbox.push(event.digest))
    const { event } = await world.service.withdraw(link, { accept })
    expect(outbox).toEqual([event.digest])
  })

  test('ERR_CONSENT_NOTHING_TO_WITHDRAW when nothing was ever given', async () => {
    const world = await createWorld()
    expect(await codeOf(world.service.withdraw(link))).toBe('ERR_CONSENT_NOTHING_TO_WITHDRAW')
    await world.decide({ 'improve-service': 'refused', 'call-back': 'refused' })
    expect(await codeOf(world.service.withdraw(link))).toBe('ERR_CONSENT_NOTHING_TO_WITHDRAW')
    const unknown = { ...link, purposes: ['marketing', 'constructor'] }
    expect(await codeOf(world.service.withdraw(unknown))).toBe('ERR_CONSENT_NOTHING_TO_WITHDRAW')
  })

  test('ERR_CONSENT_NOTHING_TO_WITHDRAW for a receipt this store knows nothing of', async () => {
    const world = await createWorld()
    const { receipt } = await world.decide(BOTH)
    const elsewhere = await createWorld()
    await elsewhere.decide(BOTH)
    const other = createConsentService({ ...world, store: elsewhere.store, audience: AUDIENCE, notices: [notice] })
    expect(await codeOf(other.withdraw({ receipt }))).toBe('ERR_CONSENT_NOTHING_TO_WITHDRAW')
  })

  test('ERR_CONSENT_KEY_NOT_FOUND and ERR_CONSENT_SIGNATURE_INVALID for a receipt of somebody else', async () => {
    const world = await createWorld()
    const stranger = await createWorld()
    const { receipt } = await stranger.decide(BOTH)
    expect(await codeOf(world.service.withdraw({ receipt }))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
    const named = await createTestSigner('stranger')
    const other = createConsentService({ ...named, store: world.store, audience: AUDIENCE, notices: [] })
    expect(await codeOf(other.withdraw({ receipt }))).toBe('ERR_CONSENT_KEY_NOT_FOUND')
  })
})

test('ERR_CONSENT_RECORD_INVALID when a stored event was changed behind the service’s back', async () => {
  const world = await createWorld()
  const first = await world.decide(BOTH)
  const [record] = await world.store.events(chain)
  if (record === undefined) return expect.unreachable()
  const other = (await createForger()).sign(await world.ask())
  const changes = [
    { jws: await other },
    { jws: 'nonsense' },
    { salt: first.event.hash },
    { salt: 'short' },
    { hash: first.event.salt },
    { seq: 2 },
    { prev: first.event.hash },
    { subject: first.event.hash },
    { survey: 'other' },
    { nonce: null },
    { digest: first.event.hash },
  ]
  expect(readEventRecord(record)).toEqual(first.event)
  for (const change of changes) {
    expect(await codeOf(() => readEventRecord({ ...record, ...change }))).toBe('ERR_CONSENT_RECORD_INVALID')
  }
})

/** ECDSA: where (r, s) is a signature, (r, n - s) is one as well, of the same bytes by the same key. */
function withOtherSignature(jws: string): string {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const [header, payload, signature = ''] = jws.split('.')
  const hex = Buffer.from(signature, 'base64url').toString('hex')
  const s = (order - BigInt(`0x${hex.slice(64)}`)).toString(16).padStart(64, '0')
  return `${header}.${payload}.${Buffer.from(hex.slice(0, 64) + s, 'hex').toString('base64url')}`
}

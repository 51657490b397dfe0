import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import {
  allowPersonalRespondent,
  createLinkService,
  type Invitation,
  type IssuedLink,
  type LinkRecord,
  type LinkService,
  type LinkServiceOptions,
  type LinkStore,
  type Pepper,
  type Revocation,
  type Submission,
  sealLink,
} from '../src/index.js'
import { fixedClock, type MemoryTransaction, memoryLinkStore } from '../src/testing.js'
import { BASE_URL, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'

type Options = LinkServiceOptions<MemoryTransaction>

const KEY = 'idempotency-key-0001'
const keyring = await newKeyring()

function pepper(id: string, fill: number = id.charCodeAt(0)): Pepper {
  return { id, secret: new Uint8Array(32).fill(fill) }
}

/** A store that tells what is issued into it. */
function spyingStore(tell: (records: readonly LinkRecord[]) => void): LinkStore<MemoryTransaction> {
  const spying = (store: LinkStore<MemoryTransaction>): LinkStore<MemoryTransaction> => ({
    ...store,
    issue(records, at) {
      tell(records)
      return store.issue(records, at)
    },
    transaction: (run) => store.transaction((inner, tx) => run(spying(inner), tx)),
  })
  return spying(memoryLinkStore())
}

/** A service with everything at hand. */
function setUp(options: Partial<Options> = {}) {
  const clock = fixedClock(NOW)
  const store = memoryLinkStore()
  const base: Options = { ...SCOPE, store, peppers: { current: pepper('a') }, baseUrl: BASE_URL, keyring, clock }
  const answers: string[] = []
  return {
    clock,
    store,
    answers,
    links: createLinkService({ ...base, ...options }),
    another: (other: Partial<Options>) => createLinkService({ ...base, ...options, ...other }),
    answer: (links: LinkService<MemoryTransaction>, url: string, idempotencyKey = KEY, answer = 'answer') =>
      links.submit(url, { idempotencyKey, accept: async (tx) => tx.onCommit(() => answers.push(answer)) }),
  }
}

async function issueAll(links: LinkService<unknown>, invitations: Invitation[]): Promise<IssuedLink[]> {
  const issued: IssuedLink[] = []
  for await (const link of links.issue(invitations)) issued.push(link)
  return issued
}

async function issueOne(links: LinkService<unknown>, invitation: Partial<Invitation> = {}): Promise<string> {
  const [link] = await issueAll(links, [{ respondent: UUID, ...invitation }])
  return link?.url ?? ''
}

function sealOne(
  fields: { respondent?: string | Uint8Array; serial?: number; notBefore?: Date; expiresAt?: Date } = {},
): string {
  return sealLink({ respondent: UUID, expiresAt: LATER, ...fields }, { ...SCOPE, keyring, baseUrl: BASE_URL }).url
}

const stateOf = async (links: LinkService<unknown>, url: string): Promise<string> => (await links.open(url)).state

describe('issue', () => {
  test('yields links of 22 characters that tell nothing', async () => {
    const { links } = setUp()
    const [one, two] = await issueAll(links, [{ respondent: UUID }, { respondent: '4711', serial: 3 }])
    expect(one).toMatchObject({ respondent: UUID, serial: 0, url: `${BASE_URL}/${one?.token}` })
    expect(two).toMatchObject({ respondent: '4711', serial: 3 })
    for (const link of [one, two]) expect(link?.token).toMatch(/^[A-Za-z0-9_-]{21}[AQgw]$/)
    expect(one?.token).not.toBe(two?.token)
  })

  test('stores a keyed digest of the id, and nothing of the token', async () => {
    const rows: LinkRecord[] = []
    const spy = spyingStore((records) => rows.push(...records))
    const { links } = setUp({ store: spy })
    const [link] = await issueAll(links, [
      { respondent: '4711', serial: 2, cohort: 'wave 1', uses: 3, notBefore: NOW, expiresAt: LATER },
    ])
    expect(rows).toEqual([
      {
        survey: SCOPE.survey,
        purpose: SCOPE.purpose,
        digest: hmacDigest('SurveySeal opaque link', Buffer.from(link?.token ?? '', 'base64url')),
        pepperId: 'a',
        respondent: '4711',
        serial: 2,
        cohort: 'wave 1',
        batch: null,
        usesLeft: 3,
        validFrom: NOW.getTime(),
        validUntil: LATER.getTime(),
        revokedAt: null,
      },
    ])
    expect(JSON.stringify(rows)).not.toContain(link?.token)
  })

  test('stores before it yields, in batches, from any iterable', async () => {
    const sizes: number[] = []
    const spy = spyingStore((records) => sizes.push(records.length))
    const { links } = setUp({ store: spy })
    async function* invitations(): AsyncGenerator<Invitation> {
      for (let at = 0; at < 1001; at++) yield { respondent: `${at}` }
    }
    let yielded = 0
    for await (const { url } of links.issue(invitations())) {
      yielded += 1
      if (yielded === 1) expect(sizes).toEqual([500])
      if (yielded % 500 === 1) expect(await stateOf(links, url)).toBe('usable')
    }
    expect([yielded, sizes]).toEqual([1001, [500, 500, 1]])
  })

  test('issuing again revokes the predecessor, within one batch too', async () => {
    const { links } = setUp()
    const first = await issueOne(links)
    const [second, third, other] = await issueAll(links, [
      { respondent: UUID },
      { respondent: UUID },
      { respondent: UUID, serial: 1 },
    ])
    const states = [first, second?.url ?? '', third?.url ?? '', other?.url ?? ''].map((url) => stateOf(links, url))
    expect(await Promise.all(states)).toEqual(['revoked', 'revoked', 'usable', 'usable'])
  })

  test('refuses unusable invitations, and keeps what it yielded before', async () => {
    const { links } = setUp()
    const unusable: [object, string][] = [
      [{ respondent: '' }, 'ERR_INVALID_ARG_VALUE'],
      [{ respondent: 7 }, 'ERR_INVALID_ARG_TYPE'],
      [{ serial: -1 }, 'ERR_INVALID_ARG_VALUE'],
      [{ uses: 0 }, 'ERR_INVALID_ARG_VALUE'],
      [{ uses: 2 ** 31 }, 'ERR_INVALID_ARG_VALUE'],
      [{ uses: '1' }, 'ERR_INVALID_ARG_TYPE'],
      [{ cohort: '' }, 'ERR_INVALID_ARG_VALUE'],
      [{ cohort: 'x'.repeat(129) }, 'ERR_INVALID_ARG_VALUE'],
      [{ cohort: 1 }, 'ERR_INVALID_ARG_TYPE'],
      [{ expiresAt: new Date(Number.NaN) }, 'ERR_INVALID_ARG_VALUE'],
      [{ notBefore: LATER, expiresAt: LATER }, 'ERR_INVALID_ARG_VALUE'],
      [{ notBefore: 5 }, 'ERR_INVALID_ARG_TYPE'],
    ]
    for (const [members, code] of unusable) {
      expect(await rejectionCodeOf(issueOne(links, members as Invitation)), JSON.stringify(members)).toBe(code)
    }
    const yielded: string[] = []
    const invitations = [{ respondent: '1' }, { respondent: '1' }, { respondent: '' }]
    const run = async () => {
      for await (const { url } of links.issue(invitations)) yielded.push(url)
    }
    expect(await rejectionCodeOf(run())).toBe('ERR_INVALID_ARG_VALUE')
    expect(await Promise.all(yielded.map((url) => stateOf(links, url)))).toEqual(['usable'])
  })

  test('ERR_LINK_RESPONDENT_PERSONAL_DATA', async () => {
    const { links, another } = setUp()
    expect(await rejectionCodeOf(issueOne(links, { respondent: 'ada@acme.example' }))).toBe(
      'ERR_LINK_RESPONDENT_PERSONAL_DATA',
    )
    const lenient = another({ [allowPersonalRespondent]: true })
    expect(await stateOf(lenient, await issueOne(lenient, { respondent: 'ada@acme.example' }))).toBe('usable')
    expect(await lenient.revoke({ respondent: 'ada@acme.example' })).toBe(1)
  })
})

describe('open', () => {
  test('tells of an opaque link what was issued', async () => {
    const { links } = setUp()
    const url = await issueOne(links, { serial: 2, cohort: 'wave 1', notBefore: NOW, expiresAt: LATER })
    expect(await links.open(url)).toEqual({
      state: 'usable',
      link: {
        kind: 'opaque',
        respondent: UUID,
        serial: 2,
        cohort: 'wave 1',
        language: null,
        notBefore: NOW,
        expiresAt: LATER,
      },
    })
  })

  test('tells of a sealed link what was sealed', async () => {
    const { links } = setUp()
    const fields = { respondent: Uint8Array.of(1, 2, 3), expiresAt: LATER, serial: 2, language: 'fr' }
    const { url } = sealLink(fields, { ...SCOPE, keyring, baseUrl: BASE_URL })
    expect(await links.open(url)).toEqual({
      state: 'usable',
      link: { kind: 'sealed', ...fields, cohort: null, notBefore: null },
    })
  })

  test('gives bytes back as bytes', async () => {
    const { links } = setUp()
    const state = await links.open(await issueOne(links, { respondent: Uint8Array.of(0, 255) }))
    expect(state).toMatchObject({ link: { respondent: Uint8Array.of(0, 255) } })
  })

  test('is inert: a scanner may open a link as often as it likes', async () => {
    const { links, store, answer } = setUp()
    for (const url of [await issueOne(links), sealOne({ serial: 1 })]) {
      for (let time = 0; time < 20; time++) {
        await links.open(url)
        await links.claim(url)
      }
      expect((await answer(links, url)).outcome).toBe('spent')
    }
    expect(await store.revoke({ survey: SCOPE.survey }, 0)).toBe(2)
  })

  test('judges opaque and sealed links by the same clock', async () => {
    const { links, clock } = setUp()
    const window = { notBefore: new Date(NOW.getTime() + 1000), expiresAt: new Date(NOW.getTime() + 3000) }
    for (const url of [await issueOne(links, window), sealOne({ ...window, serial: 1 })]) {
      expect(await stateOf(links, url)).toBe('not-yet-valid')
      clock.advance(1000)
      expect(await stateOf(links, url)).toBe('usable')
      clock.advance(2000)
      expect(await stateOf(links, url)).toBe('expired')
      clock.advance(-1)
      expect(await stateOf(links, url)).toBe('usable')
      clock.advance(-2999)
    }
  })

  test('says "unknown" of everything that is not a link of this scope', async () => {
    const { links, another } = setUp()
    const issued = await issueOne(links)
    const sealed = sealOne()
    const strangers = [
      '',
      'https://',
      `${issued}A`,
      issued.slice(0, -1),
      `${issued.slice(0, -1)}B`,
      `${BASE_URL}/${'A'.repeat(22)}`,
      `${sealed}A`,
      sealed.slice(0, -1),
      `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`,
      `${BASE_URL}/${'A'.repeat(52)}`,
      'x'.repeat(1e6),
    ]
    for (const url of strangers) expect(await links.open(url), url.slice(0, 99)).toEqual({ state: 'unknown' })
    for (const name of ['tenant', 'survey', 'purpose'] as const) {
      const other = another({ [name]: 'other' })
      expect([await stateOf(other, issued), await stateOf(other, sealed)]).toEqual(['unknown', 'unknown'])
    }
    expect(await stateOf(another({ keyring: await newKeyring() }), sealed)).toBe('unknown')
  })

  test('without a keyring knows no sealed links', async () => {
    const { another } = setUp()
    const links = createLinkService({
      ...SCOPE,
      store: memoryLinkStore(),
      peppers: { current: pepper('a') },
      baseUrl: BASE_URL,
    })
    expect(await stateOf(links, sealOne())).toBe('unknown')
    expect(await stateOf(another({}), sealOne())).toBe('usable')
  })
})

describe('claim', () => {
  test('gives a usable link a fresh idempotency key, and every other link none', async () => {
    const { links, clock } = setUp()
    const url = await issueOne(links, { expiresAt: LATER })
    const [one, two] = [await links.claim(url), await links.claim(url)]
    expect(one).toMatchObject({ state: 'usable', idempotencyKey: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/) })
    expect(one).not.toEqual(two)
    expect(await links.claim('x')).toEqual({ state: 'unknown' })
    clock.advance(LATER.getTime())
    expect(Object.keys(await links.claim(url))).toEqual(['state', 'link'])
  })
})

describe.each(['opaque', 'sealed'])('submit of a link that is %s', (kind) => {
  const make = (links: LinkService<unknown>, validity: { notBefore?: Date; expiresAt?: Date } = {}): Promise<string> =>
    kind === 'opaque' ? issueOne(links, validity) : Promise.resolve(sealOne(validity))

  test('spends it together with the host’s write and gives back what accept gave', async () => {
    const { links, answers } = setUp()
    const url = await make(links)
    const submission = await links.submit(url, {
      idempotencyKey: KEY,
      accept: async (tx, link) => {
        tx.onCommit(() => answers.push(String(link.respondent)))
        return 42
      },
    })
    expect(submission).toEqual({ outcome: 'spent', value: 42 })
    expect(answers).toEqual([UUID])
    expect(await stateOf(links, url)).toBe('used')
  })

  test('repeats without running accept again, even after expiry and revocation', async () => {
    const { links, clock, answer, answers } = setUp()
    const url = await make(links, { expiresAt: LATER })
    await answer(links, url)
    expect(await answer(links, url)).toEqual({ outcome: 'repeated' })
    clock.advance(LATER.getTime())
    expect(await answer(links, url)).toEqual({ outcome: 'repeated' })
    await links.revoke({ link: url })
    expect(await answer(links, url)).toEqual({ outcome: 'repeated' })
    expect(answers).toEqual(['answer'])
  })

  test('refuses a second answer, and says why', async () => {
    const { links, answer, answers } = setUp()
    const url = await make(links)
    await answer(links, url)
    expect(await answer(links, url, 'another-key-00000001')).toEqual({ outcome: 'refused', state: 'used' })
    expect(answers).toEqual(['answer'])
  })

  test('of racing submissions exactly one is spent', async () => {
    const { links, answer, answers } = setUp()
    const url = await make(links)
    const keys = Array.from({ length: 20 }, (_, at) => `racing-key-${String(at).padStart(8, '0')}`)
    const outcomes = await Promise.all(keys.map((key) => answer(links, url, key)))
    expect(outcomes.filter(({ outcome }) => outcome === 'spent')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toEqual(
      Array(19).fill({ outcome: 'refused', state: 'used' }),
    )
    expect(answers).toHaveLength(1)
  })

  test('keeps nothing when accept throws, and the invitee can try again with the same key', async () => {
    const { links, answer, answers } = setUp()
    const url = await make(links)
    const failure = new Error('disk full')
    const attempt = links.submit(url, { idempotencyKey: KEY, accept: () => Promise.reject(failure) })
    await expect(attempt).rejects.toBe(failure)
    expect(await stateOf(links, url)).toBe('usable')
    expect((await answer(links, url)).outcome).toBe('spent')
    expect(answers).toEqual(['answer'])
  })

  test('refuses before and after its time, and leaves no trace', async () => {
    const { links, clock, store, answer } = setUp()
    const url = await make(links, { notBefore: new Date(NOW.getTime() + 1000), expiresAt: LATER })
    expect(await answer(links, url)).toEqual({ outcome: 'refused', state: 'not-yet-valid' })
    clock.advance(LATER.getTime())
    expect(await answer(links, url)).toEqual({ outcome: 'refused', state: 'expired' })
    expect(await store.revoke({ survey: SCOPE.survey }, 0)).toBe(kind === 'opaque' ? 1 : 0)
  })

  test('refuses a revoked link', async () => {
    const { links, answer, answers } = setUp()
    const url = await make(links)
    expect(await links.revoke({ link: url })).toBe(1)
    expect(await links.revoke({ link: url })).toBe(0)
    expect(await answer(links, url)).toEqual({ outcome: 'refused', state: 'revoked' })
    expect(answers).toEqual([])
  })

  test('ERR_LINK_IDEMPOTENCY_KEY_INVALID', async () => {
    const { links, answer } = setUp()
    const url = await make(links)
    for (const key of ['', 'short', 'x'.repeat(65), 'sixteen chars ok?', 'é'.repeat(20), `${KEY}\n`]) {
      expect(await rejectionCodeOf(answer(links, url, key))).toBe('ERR_LINK_IDEMPOTENCY_KEY_INVALID')
    }
    const untyped = links.submit(url, { idempotencyKey: [KEY] as unknown as string, accept: async () => {} })
    expect(await rejectionCodeOf(untyped)).toBe('ERR_LINK_IDEMPOTENCY_KEY_INVALID')
    expect(await stateOf(links, url)).toBe('usable')
  })

  test('peppers rotate: what an older pepper digested is still found', async () => {
    const { links, another, answer } = setUp()
    const url = await make(links)
    const rotated = another({ peppers: { current: pepper('b'), others: [pepper('c'), pepper('a')] } })
    expect(await stateOf(rotated, url)).toBe('usable')
    await answer(links, url)
    expect(await stateOf(rotated, url)).toBe('used')
    expect(await answer(rotated, url)).toEqual({ outcome: 'repeated' })
    const forgetful = another({ peppers: { current: pepper('b') } })
    expect(await stateOf(forgetful, url)).toBe(kind === 'opaque' ? 'unknown' : 'usable')
  })
})

describe('submit', () => {
  test('refuses what is no link', async () => {
    const { links, answer } = setUp()
    expect(await answer(links, 'https://acme.example/x')).toEqual({ outcome: 'refused', state: 'unknown' })
  })

  test('counts the uses of an opaque link down', async () => {
    const { links, answer } = setUp()
    const url = await issueOne(links, { uses: 2 })
    const outcomes: Submission<unknown>[] = []
    for (const key of ['first-key-0000001', 'second-key-000001', 'third-key-0000001'])
      outcomes.push(await answer(links, url, key))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['spent', 'spent', 'refused'])
  })

  test('one respondent has one use, whatever key, expiry or spelling sealed the link', async () => {
    const { links, another, answer, answers } = setUp()
    const other = await newKeyring()
    const promoted = another({ keyring: other })
    await answer(links, sealOne())
    const again = [
      [links, sealOne({ expiresAt: new Date(LATER.getTime() + 5000) })],
      [links, `${sealOne()}?utm_source=mail`],
      [promoted, sealLink({ respondent: UUID, expiresAt: LATER }, { ...SCOPE, keyring: other, baseUrl: BASE_URL }).url],
    ] as const
    for (const [service, url] of again) {
      expect(await answer(service, url, 'another-key-00000001')).toEqual({ outcome: 'refused', state: 'used' })
    }
    expect((await answer(links, sealOne({ serial: 1 }))).outcome).toBe('spent')
    expect(answers).toHaveLength(2)
  })

  test('keeps respondents of different types apart', async () => {
    const { links, answer } = setUp()
    const text = String.fromCharCode(...Uint8Array.of(0x61))
    expect((await answer(links, sealOne({ respondent: text }))).outcome).toBe('spent')
    expect((await answer(links, sealOne({ respondent: Uint8Array.of(0x61) }))).outcome).toBe('spent')
  })

  test('stores for a sealed link a digest of its identity', async () => {
    const { links, store, answer } = setUp()
    await answer(links, sealOne({ respondent: '4711', serial: 5 }))
    const identity = [Buffer.of(1), Buffer.of(0x12, 0x67), Buffer.of(0, 0, 0, 5)]
    const digest = hmacDigest('SurveySeal sealed link identity', ...identity)
    expect(await store.find({ survey: SCOPE.survey, purpose: SCOPE.purpose, digest })).toMatchObject({
      respondent: '4711',
      serial: 5,
      usesLeft: 0,
      validFrom: null,
      validUntil: LATER.getTime(),
    })
  })

  test('a sealed link has a row under every pepper, so that processes which disagree about the current one meet', async () => {
    const [a, b] = [pepper('a'), pepper('b')]
    const { links, another, answer, answers } = setUp({ peppers: { current: a, others: [b] } })
    const promoted = another({ peppers: { current: b, others: [a] } })
    await answer(links, sealOne())
    expect(await answer(promoted, sealOne(), 'another-key-00000001')).toEqual({ outcome: 'refused', state: 'used' })
    expect(await answer(promoted, sealOne())).toEqual({ outcome: 'repeated' })
    const single = another({ peppers: { current: b } })
    expect(await answer(single, sealOne(), 'another-key-00000001')).toEqual({ outcome: 'refused', state: 'used' })
    expect(answers).toHaveLength(1)
    expect(await promoted.revoke({ link: sealOne({ serial: 1 }) })).toBe(1)
    expect(await stateOf(single, sealOne({ serial: 1 }))).toBe('revoked')
  })

  test('ERR_LINK_OVERTAKEN: a process that lacks a pepper spent the link meanwhile; nothing is kept', async () => {
    const [a, b] = [pepper('a'), pepper('b')]
    const { links, another, answer, answers, store } = setUp()
    const url = sealOne()
    // What a rival commits between the look and the registering is seen as if it had been written here.
    const overtaken: LinkStore<MemoryTransaction> = {
      ...store,
      transaction: (run) =>
        store.transaction((inner, tx) =>
          run({ ...inner, register: async (records) => overtake(inner).then(() => inner.register(records)) }, tx),
        ),
    }
    const overtake = async (inner: LinkStore<MemoryTransaction>) => {
      await answer(another({ store: inner }), url, 'rival-key-00000001')
    }
    const both = another({ store: overtaken, peppers: { current: a, others: [b] } })
    expect(await rejectionCodeOf(answer(both, url))).toBe('ERR_LINK_OVERTAKEN')
    expect(answers).toEqual([])
    await answer(links, url)
    expect(await answer(another({ peppers: { current: b, others: [a] } }), url)).toEqual({ outcome: 'repeated' })
    expect(answers).toHaveLength(1)
  })

  test('a store that is down is the caller’s to know, and costs nobody a link', async () => {
    const { links, another, answer, store } = setUp()
    const url = await issueOne(links)
    const outage = new Error('connection lost')
    const down: LinkStore<MemoryTransaction> = { ...store, transaction: () => Promise.reject(outage) }
    await expect(answer(another({ store: down }), url)).rejects.toBe(outage)
    expect((await answer(links, url)).outcome).toBe('spent')
  })
})

describe('revoke', () => {
  const state = (links: LinkService<unknown>, ...urls: string[]): Promise<string[]> =>
    Promise.all(urls.map((url) => stateOf(links, url)))

  test('a respondent: their stored links, and sealed ones nobody opened', async () => {
    const { links } = setUp()
    const urls = [
      await issueOne(links),
      await issueOne(links, { serial: 7 }),
      await issueOne(links, { respondent: '1' }),
    ]
    const sealed = [sealOne(), sealOne({ serial: 3 }), sealOne({ serial: 4 }), sealOne({ respondent: '1' })]
    expect(await links.revoke({ respondent: UUID, serials: [0, 3] })).toBe(4)
    expect(await state(links, ...urls)).toEqual(['revoked', 'revoked', 'usable'])
    expect(await state(links, ...sealed)).toEqual(['revoked', 'revoked', 'usable', 'usable'])
    expect(await links.revoke({ respondent: UUID, serials: [0, 3] })).toBe(0)
  })

  test('a respondent after an answer: the answer stays counted', async () => {
    const { links, answer } = setUp()
    await answer(links, sealOne())
    expect(await links.revoke({ respondent: UUID })).toBe(1)
    expect(await answer(links, sealOne())).toEqual({ outcome: 'repeated' })
  })

  test('a respondent, without a keyring', async () => {
    const { store } = setUp()
    const links = createLinkService({ ...SCOPE, store, peppers: { current: pepper('a') }, baseUrl: BASE_URL })
    await issueOne(links)
    expect(await links.revoke({ respondent: UUID })).toBe(1)
  })

  test('a respondent given as bytes', async () => {
    const { links } = setUp()
    const url = await issueOne(links, { respondent: Uint8Array.of(1) })
    expect(await links.revoke({ respondent: Uint8Array.of(1), serials: [] })).toBe(1)
    expect(await stateOf(links, url)).toBe('revoked')
  })

  test('a cohort, a survey', async () => {
    const { links, another } = setUp()
    const others = another({ survey: 'other' })
    const urls = [await issueOne(links, { respondent: '1', cohort: 'x' }), await issueOne(links, { respondent: '2' })]
    const elsewhere = await issueOne(others, { cohort: 'x' })
    expect(await links.revoke({ cohort: 'x' })).toBe(1)
    expect(await state(links, ...urls)).toEqual(['revoked', 'usable'])
    expect(await links.revoke({ survey: 'onboarding' })).toBe(1)
    expect(await state(links, ...urls)).toEqual(['revoked', 'revoked'])
    expect(await stateOf(others, elsewhere)).toBe('usable')
    expect(await links.revoke({ survey: 'other' })).toBe(1)
  })

  test('what is no link stops nothing', async () => {
    const { links } = setUp()
    for (const link of ['', 'https://acme.example/x', `${BASE_URL}/${'A'.repeat(22)}`])
      expect(await links.revoke({ link })).toBe(0)
  })

  test('an incomplete selection stops nothing', async () => {
    const { links } = setUp()
    const url = await issueOne(links)
    for (const what of [
      {},
      { survey: undefined },
      { cohort: undefined },
      { respondent: undefined },
      { tenant: 'acme' },
    ]) {
      expect(await rejectionCodeOf(links.revoke(what as unknown as Revocation))).toBe('ERR_INVALID_ARG_TYPE')
    }
    expect(await stateOf(links, url)).toBe('usable')
  })
})

describe('createLinkService refuses', () => {
  const create = (options: object): unknown =>
    codeOf(() =>
      createLinkService({
        ...SCOPE,
        store: memoryLinkStore(),
        peppers: { current: pepper('a') },
        baseUrl: BASE_URL,
        ...options,
      }),
    )

  test('peppers that are too short, alike, or of no usable name', () => {
    for (const current of [
      { id: 'a', secret: new Uint8Array(31) },
      { id: '', secret: new Uint8Array(32) },
      { id: 'a b', secret: new Uint8Array(32) },
      { id: 'x'.repeat(65), secret: new Uint8Array(32) },
    ]) {
      expect(create({ peppers: { current } })).toBe('ERR_INVALID_ARG_VALUE')
    }
    expect(create({ peppers: { current: pepper('a'), others: [pepper('a', 9)] } })).toBe('ERR_INVALID_ARG_VALUE')
    expect(create({ peppers: { current: { id: 'a', secret: 'x'.repeat(43) } } })).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('a scope that is incomplete', () => {
    expect(create({ tenant: '' })).toBe('ERR_INVALID_ARG_VALUE')
    expect(create({ purpose: undefined })).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('ERR_LINK_BASE_URL_INSECURE and ERR_LINK_BASE_URL_PERSONAL_DATA', () => {
    expect(create({ baseUrl: 'http://acme.example' })).toBe('ERR_LINK_BASE_URL_INSECURE')
    expect(create({ baseUrl: 'https://acme.example?email=' })).toBe('ERR_LINK_BASE_URL_PERSONAL_DATA')
  })

  test('a clock that does not tell the time', async () => {
    const { another } = setUp()
    const links = another({ clock: () => new Date(Number.NaN) })
    expect(await rejectionCodeOf(links.open('x'))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

test('a service and its peppers show nothing when they are logged', () => {
  const { links } = setUp()
  expect(JSON.stringify(links)).toBe('{}')
})

/** The digest of docs/formats/sealed-link.md under pepper "a", computed by other means than the package's. */
function hmacDigest(label: string, ...parts: Uint8Array[]): string {
  const message = [Buffer.from(label), ...Object.values(SCOPE).map((part) => Buffer.from(part)), ...parts].flatMap(
    (part) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(part.length)
      return [length, part]
    },
  )
  return createHmac('sha256', pepper('a').secret).update(Buffer.concat(message)).digest('base64url')
}

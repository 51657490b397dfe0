import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import {
  createLinkService,
  hs256Links,
  type LegacyLink,
  type LinkService,
  type LinkServiceOptions,
  type Pepper,
  sealLink,
} from '../src/index.js'
import { fixedClock, type MemoryTransaction, memoryLinkStore } from '../src/testing.js'
import { BASE_URL, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'

type Service = LinkService<MemoryTransaction>
type Options = LinkServiceOptions<MemoryTransaction>

const keyring = await newKeyring()
const MUCH_LATER = new Date(LATER.getTime() + 1e9)
const DRAFT = Uint8Array.of(1)
const pepper = (id: string): Pepper => ({ id, secret: new Uint8Array(32).fill(id.charCodeAt(0)) })
const [A, B] = [pepper('a'), pepper('b')]

function setUp(options: Partial<Options> = {}) {
  const clock = fixedClock(NOW)
  const store = memoryLinkStore()
  const base: Options = { ...SCOPE, store, peppers: { current: A }, baseUrl: BASE_URL, keyring, clock }
  const another = (other: Partial<Options>) => createLinkService({ ...base, ...options, ...other })
  return { clock, store, another, links: another({}) }
}

function sealOne(fields: { expiresAt?: Date; notBefore?: Date } = {}): string {
  return sealLink({ respondent: UUID, expiresAt: LATER, ...fields }, { ...SCOPE, keyring, baseUrl: BASE_URL }).url
}

async function answer(links: Service, url: string, key = 'idempotency-key-0001'): Promise<string> {
  const submission = await links.submit(url, { idempotencyKey: key, accept: async () => null })
  return submission.outcome === 'refused' ? submission.state : submission.outcome
}

const stateOf = async (links: Service, url: string): Promise<string> => (await links.open(url)).state

describe('what a sealed link says of its validity goes before its row', () => {
  test('when it has expired since it was drafted', async () => {
    const { links, clock } = setUp()
    await links.saveDraft(sealOne(), DRAFT)
    clock.advance(LATER.getTime() - NOW.getTime())
    expect(await stateOf(links, sealOne())).toBe('expired')
    expect(await answer(links, sealOne())).toBe('expired')
  })

  test('when the row was made by a link with another validity', async () => {
    const { links, clock } = setUp()
    await links.saveDraft(sealOne({ expiresAt: MUCH_LATER }), DRAFT)
    expect(await answer(links, sealOne({ notBefore: new Date(LATER.getTime() - 1000) }))).toBe('not-yet-valid')
    clock.advance(LATER.getTime() - NOW.getTime())
    expect(await answer(links, sealOne())).toBe('expired')
    expect(await answer(links, sealOne({ expiresAt: MUCH_LATER }))).toBe('spent')
    expect(await answer(links, sealOne())).toBe('repeated')
  })

  test('under each pepper, whichever link made which row', async () => {
    const { links, another, clock } = setUp()
    await links.saveDraft(sealOne(), DRAFT)
    clock.advance(LATER.getTime() - NOW.getTime())
    const rotated = another({ peppers: { current: B, others: [A] } })
    const extended = sealOne({ expiresAt: MUCH_LATER })
    await rotated.saveDraft(extended, DRAFT)
    expect(await answer(rotated, extended)).toBe('spent')
    expect(await answer(links, extended, 'another-key-00000001')).toBe('used')
  })
})

describe('importing again', () => {
  const old = [{ respondent: UUID, token: 'old-token' }]
  const url = 'https://old.example/s/old-token'

  test('brings nothing back that was revoked, whatever pepper is current', async () => {
    const { links, another } = setUp({ legacy: { until: LATER } })
    expect(await links.import(old)).toEqual({ imported: 1, suppressed: 0, present: 0 })
    await links.revoke({ link: url })
    for (const peppers of [{ current: A }, { current: B, others: [A] }]) {
      const again = another({ peppers })
      expect(await again.import(old)).toEqual({ imported: 0, suppressed: 0, present: 1 })
      expect(await stateOf(again, url)).toBe('revoked')
    }
  })

  test('gives no token to a second person', async () => {
    const { links, another } = setUp({ legacy: { until: LATER } })
    const two = [...old, { respondent: '2', token: 'old-token' }]
    expect(await links.import(two)).toEqual({ imported: 1, suppressed: 0, present: 1 })
    const rotated = another({ peppers: { current: B, others: [A] } })
    expect(await rotated.import(two)).toEqual({ imported: 0, suppressed: 0, present: 2 })
    expect(await rotated.open(url)).toMatchObject({ link: { respondent: UUID } })
  })
})

test('match names nobody for a key that two invitees submitted with', async () => {
  const { links } = setUp()
  const urls: string[] = []
  for await (const { url } of links.issue([{ respondent: '1' }, { respondent: '2' }])) urls.push(url)
  for (const url of urls) expect(await answer(links, url, 'the-same-key-000001')).toBe('spent')
  expect(await answer(links, sealOne(), 'a-key-of-my-own-0001')).toBe('spent')
  const found = await links.match(['the-same-key-000001', 'a-key-of-my-own-0001'])
  expect([...found.keys()]).toEqual(['a-key-of-my-own-0001'])
})

test('two peppers of one secret are refused', () => {
  const longer = Uint8Array.from([...A.secret, 0])
  for (const secret of [A.secret, longer]) {
    expect(codeOf(() => setUp({ peppers: { current: A, others: [{ id: 'b', secret }] } }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
  }
})

test('revoking a cohort removes the drafts of its sealed links', async () => {
  const { links, store } = setUp({ cohortOf: () => 'x' })
  await links.saveDraft(sealOne(), DRAFT)
  await links.revoke({ cohort: 'x' })
  expect(await stateOf(links, sealOne())).toBe('revoked')
  expect(await store.purge(Number.MAX_SAFE_INTEGER)).toMatchObject({ drafts: 0 })
})

test('the host is asked for cohorts outside of transactions', async () => {
  let inside = 0
  const seen: number[] = []
  const store = memoryLinkStore()
  const counting: typeof store = {
    ...store,
    transaction: async (run) => {
      inside += 1
      return store.transaction(run).finally(() => {
        inside -= 1
      })
    },
  }
  const { links } = setUp({
    store: counting,
    cohortOf: () => {
      seen.push(inside)
      return 'x'
    },
  })
  await links.saveDraft(sealOne(), DRAFT)
  expect(await answer(links, sealOne())).toBe('spent')
  expect(new Set(seen)).toEqual(new Set([0]))
})

describe('what the host reads in a link of another system', () => {
  const reading = (legacy: unknown) => setUp({ legacy: { until: LATER, read: () => legacy as LegacyLink } }).links

  test.each([
    { respondent: '1', serial: 2 ** 32 },
    { respondent: '1', serial: -1 },
    { respondent: '1', serial: '1' },
    { respondent: '1', expiresAt: new Date(Number.NaN) },
    { respondent: '1', notBefore: 5 },
    { respondent: undefined },
  ])('is checked: %o', async (legacy) => {
    expect(await rejectionCodeOf(reading(legacy).open('https://old.example/s/x'))).toMatch(/^ERR_INVALID_ARG_/)
  })

  test('comes from a URL of bounded length', async () => {
    const tokenOf = (url: string): string => {
      if (url.length > 8192) throw new Error('asked about a URL that nobody meant')
      return url
    }
    const { links } = setUp({ legacy: { until: LATER, tokenOf } })
    for (const url of ['x'.repeat(1_000_000), 5 as never]) expect(await stateOf(links, url)).toBe('unknown')
  })

  test('is one identity, however the claims are spelled', async () => {
    const secret = new Uint8Array(32).fill(7)
    const sign = (header: string, claims: string): string => {
      const signed = [header, claims].map((part) => Buffer.from(part).toString('base64url')).join('.')
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    }
    const read = hs256Links({ secret, respondentOf: ({ sub }) => ({ respondent: String(sub) }) })
    const { links } = setUp({ legacy: { until: LATER, read } })
    const good = sign('{"alg":"HS256"}', '{"sub":"1"}')
    expect(await answer(links, good)).toBe('spent')
    expect(await stateOf(links, sign('{ "typ":"jwt","alg":"HS256"}', '{"sub":"1","x":0}'))).toBe('used')
    expect(await stateOf(links, sign('{"alg":"none","alg":"HS256"}', '{"sub":"2"}'))).toBe('unknown')
    expect(await stateOf(links, sign('{"alg":"HS256"}', '{"sub":"3","exp":9e9,"exp":1}'))).toBe('unknown')
    expect(await stateOf(links, `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`)).toBe('unknown')
  })
})

import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import {
  createLinkService,
  groupLinkId,
  hs256Links,
  type Invitation,
  type IssuedLink,
  type IssueOptions,
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
const SECRET = new Uint8Array(32).fill(7)
const pepper = (id: string): Pepper => ({ id, secret: new Uint8Array(32).fill(id.charCodeAt(0)) })

function setUp(options: Partial<Options> = {}) {
  const clock = fixedClock(NOW)
  const store = memoryLinkStore()
  const base: Options = { ...SCOPE, store, peppers: { current: pepper('a') }, baseUrl: BASE_URL, keyring, clock }
  const another = (other: Partial<Options>) => createLinkService({ ...base, ...options, ...other })
  return { clock, store, another, links: another({}) }
}

async function issueAll(links: Service, list: Invitation[], options: IssueOptions = {}): Promise<IssuedLink[]> {
  const issued: IssuedLink[] = []
  for await (const link of links.issue(list, options)) issued.push(link)
  return issued
}

async function issueOne(links: Service, invitation: Partial<Invitation> = {}): Promise<string> {
  return (await issueAll(links, [{ respondent: UUID, ...invitation }]))[0]?.url ?? ''
}

const sealOne = (fields: { respondent?: string; serial?: number; expiresAt?: Date } = {}): string =>
  sealLink({ respondent: UUID, expiresAt: LATER, ...fields }, { ...SCOPE, keyring, baseUrl: BASE_URL }).url

const states = (links: Service, ...urls: string[]): Promise<string[]> =>
  Promise.all(urls.map(async (url) => (await links.open(url)).state))

async function answer(links: Service, url: string, key = 'idempotency-key-0001'): Promise<string> {
  const submission = await links.submit(url, { idempotencyKey: key, accept: async () => null })
  return submission.outcome === 'refused' ? submission.state : submission.outcome
}

function jwt(claims: object, { header = { alg: 'HS256', typ: 'JWT' }, secret = SECRET, hash = 'sha256' } = {}): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${parts}.${createHmac(hash, secret).update(parts).digest('base64url')}`
}

describe('ids for paper', () => {
  test('are issued, printed in groups, and read back as people type them', async () => {
    const { links, another } = setUp()
    const paper = another({ ids: 'crockford' })
    const [link] = await issueAll(paper, [{ respondent: UUID }])
    const token = link?.token ?? ''
    expect(token).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{26}$/)
    const grouped = groupLinkId(token)
    expect(grouped).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}$/)
    const typed = [grouped, grouped.toLowerCase(), ` ${grouped.replaceAll('-', ' ')} `, token.replaceAll('0', 'o')]
    typed.push(token.replaceAll('1', 'l'), token.replaceAll('1', 'I'), grouped.replaceAll('-', '\u2013'))
    for (const text of typed) expect((await paper.open(text)).state, text).toBe('usable')
    expect((await links.open(link?.url ?? '')).state).toBe('usable')
    expect(await answer(links, grouped)).toBe('spent')
    expect(await answer(links, token, 'another-key-00000001')).toBe('used')
  })

  test('that are mistyped are refused', () => {
    for (const text of [
      '',
      '0'.repeat(26),
      '0'.repeat(28),
      `8${'0'.repeat(26)}`,
      `${'0'.repeat(26)}1`,
      'é'.repeat(27),
    ]) {
      expect(codeOf(() => groupLinkId(text))).toBe('ERR_LINK_MALFORMED')
    }
    expect(groupLinkId('0'.repeat(27))).toBe('0000-0000-0000-0000-0000-0000-000')
    expect(codeOf(() => setUp({ ids: 'hex' as never }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('uses', () => {
  test('that were spent are not given back by issuing again', async () => {
    const { links } = setUp()
    const first = await issueOne(links, { uses: 2 })
    expect(await answer(links, first)).toBe('spent')
    const second = await issueOne(links, { uses: 2 })
    expect(await answer(links, second, 'another-key-00000001')).toBe('spent')
    expect(await states(links, first, second, await issueOne(links, { uses: 2 }))).toEqual([
      'revoked',
      'revoked',
      'used',
    ])
    expect(await answer(links, await issueOne(links, { serial: 1 }))).toBe('spent')
  })
})

describe('a batch', () => {
  const people = (count: number): Invitation[] => Array.from({ length: count }, (_, at) => ({ respondent: `${at}` }))

  test('run again gives what is held to nobody and replaces what was lost', async () => {
    const { links } = setUp()
    const first = await issueAll(links, people(4), { batch: 'wave 1' })
    const held = new Set(['0', '2'])
    const again = await issueAll(links, people(6), {
      batch: 'wave 1',
      holds: ({ respondent }) => held.has(String(respondent)),
    })
    expect(again.map(({ respondent }) => respondent)).toEqual(['1', '3', '4', '5'])
    expect(await states(links, ...first.map(({ url }) => url))).toEqual(['usable', 'revoked', 'usable', 'revoked'])
    expect(await states(links, ...again.map(({ url }) => url))).toEqual(Array(4).fill('usable'))
  })

  test('does not bring back what was revoked or replaced since', async () => {
    const { links } = setUp()
    const [first, second] = await issueAll(links, people(2), { batch: 'wave 1' })
    await links.revoke({ link: first?.url ?? '' })
    const [newer] = await issueAll(links, [{ respondent: '1' }])
    expect(await issueAll(links, people(2), { batch: 'wave 1', holds: () => false })).toEqual([])
    expect(await states(links, first?.url ?? '', second?.url ?? '', newer?.url ?? '')).toEqual([
      'revoked',
      'revoked',
      'usable',
    ])
  })

  test('ERR_LINK_BATCH_EXISTS', async () => {
    const { links } = setUp()
    const [first] = await issueAll(links, people(1), { batch: 'wave 1' })
    expect(await rejectionCodeOf(issueAll(links, people(1), { batch: 'wave 1' }))).toBe('ERR_LINK_BATCH_EXISTS')
    expect(await states(links, first?.url ?? '')).toEqual(['usable'])
    expect(await rejectionCodeOf(issueAll(links, people(1), { batch: '' }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('revoking reaches sealed links that nobody opened', () => {
  test('of a person, whatever the serial, until they are reinstated', async () => {
    const { links } = setUp()
    const urls = [await issueOne(links, { serial: 9 }), sealOne(), sealOne({ serial: 5 }), sealOne({ respondent: '1' })]
    expect(await links.revoke({ respondent: UUID })).toBe(1)
    expect(await states(links, ...urls)).toEqual(['revoked', 'revoked', 'revoked', 'usable'])
    expect(await answer(links, sealOne())).toBe('revoked')
    expect(await links.reinstate({ respondent: UUID })).toBe(1)
    expect(await links.reinstate({ respondent: UUID })).toBe(0)
    expect(await states(links, ...urls)).toEqual(['revoked', 'usable', 'usable', 'usable'])
  })

  test('of a survey, and leaves its links to withdraw alone', async () => {
    const { links, another } = setUp()
    const withdrawal = another({ purpose: 'withdraw' })
    const url = sealLink(
      { respondent: UUID, expiresAt: LATER },
      { ...SCOPE, purpose: 'withdraw', keyring, baseUrl: BASE_URL },
    ).url
    const stored = await issueOne(withdrawal, { serial: 2 })
    expect(await another({ survey: 'other' }).revoke({ survey: SCOPE.survey })).toBe(0)
    expect(await states(links, sealOne())).toEqual(['revoked'])
    expect(await states(withdrawal, url, stored)).toEqual(['usable', 'usable'])
  })

  test('of a cohort that the host tells', async () => {
    const { links } = setUp({ cohortOf: ({ respondent }) => (respondent === UUID ? 'x' : null) })
    expect(await links.open(sealOne())).toMatchObject({ state: 'usable', link: { cohort: 'x' } })
    expect(await links.revoke({ cohort: 'x' })).toBe(0)
    expect(await states(links, sealOne(), sealOne({ respondent: '1' }))).toEqual(['revoked', 'usable'])
  })

  test('of an erased person in every survey and purpose of the tenant, and of nobody else', async () => {
    const { links, another } = setUp()
    const other = another({ survey: 'other', purpose: 'withdraw' })
    const [here, there] = [await issueOne(links), await issueOne(other)]
    expect(await links.revoke({ respondent: UUID, everywhere: true })).toBe(2)
    expect(await states(links, here, sealOne({ serial: 3 }))).toEqual(['revoked', 'revoked'])
    expect(await states(other, there, await issueOne(other), await issueOne(other, { respondent: '1' }))).toEqual([
      'revoked',
      'unknown',
      'usable',
    ])
    expect(await other.reinstate({ respondent: UUID, everywhere: true })).toBe(1)
  })

  test('and an accepted answer stays repeatable', async () => {
    const { links } = setUp()
    expect(await answer(links, sealOne())).toBe('spent')
    await links.revoke({ respondent: UUID })
    expect(await answer(links, sealOne())).toBe('repeated')
    expect(await answer(links, sealOne(), 'another-key-00000001')).toBe('revoked')
  })
})

describe('the suppression list', () => {
  test('is consulted by issue, seal and import', async () => {
    const { links } = setUp({ legacy: { until: LATER } })
    await links.revoke({ respondent: UUID })
    await links.revoke({ cohort: 'x' })
    const out: unknown[] = []
    const onSuppressed = ({ respondent }: { respondent: unknown }) => void out.push(respondent)
    const list = [{ respondent: UUID }, { respondent: '1', cohort: 'x' }, { respondent: '2', cohort: 'y' }]
    expect((await issueAll(links, list, { onSuppressed })).map(({ respondent }) => respondent)).toEqual(['2'])
    const contents = list.map(({ respondent }) => ({ respondent, expiresAt: LATER }))
    const minted: unknown[] = []
    for await (const batch of links.seal([contents], { onSuppressed }))
      minted.push(...batch.map((link) => link.respondent))
    expect(minted).toEqual(['1', '2'])
    expect(out).toEqual([UUID, '1', UUID])
    const tokens = list.map((link, at) => ({ ...link, serial: 1, token: `old-${at}` }))
    expect(await links.import(tokens)).toEqual({ imported: 1, suppressed: 2, present: 0 })
  })

  test('ERR_LINK_SURVEY_CLOSED', async () => {
    const { links } = setUp()
    await links.revoke({ survey: SCOPE.survey })
    expect(await rejectionCodeOf(issueOne(links))).toBe('ERR_LINK_SURVEY_CLOSED')
    expect(await rejectionCodeOf(links.seal([])[Symbol.asyncIterator]().next())).toBe('ERR_LINK_SURVEY_CLOSED')
    expect(await links.reinstate({ survey: SCOPE.survey })).toBe(1)
    expect(await states(links, await issueOne(links))).toEqual(['usable'])
  })

  test('holds no respondent, and follows the peppers', async () => {
    const { links, another, store } = setUp()
    const rows: unknown[] = []
    const spying = another({
      store: {
        ...store,
        transaction: (run) =>
          store.transaction((inner, tx) =>
            run({ ...inner, suppress: (list) => inner.suppress(list).then(() => void rows.push(...list)) }, tx),
          ),
      },
    })
    await spying.revoke({ respondent: UUID })
    expect(JSON.stringify(rows)).not.toContain(UUID)
    const rotated = another({ peppers: { current: pepper('b'), others: [pepper('a')] } })
    expect(await states(rotated, sealOne())).toEqual(['revoked'])
    await rotated.revoke({ respondent: UUID })
    expect(await states(another({ peppers: { current: pepper('b') } }), sealOne())).toEqual(['revoked'])
    expect((await links.health()).suppressions).toEqual([{ kind: 'respondent', entries: 1, unreachable: 0 }])
  })

  test('ERR_LINK_PEPPER_MISSING: nothing is minted past entries that cannot be read', async () => {
    const { links, another } = setUp()
    const url = await issueOne(links, { respondent: '1' })
    await links.revoke({ respondent: UUID })
    const forgetful = another({ peppers: { current: pepper('b') }, legacy: { until: LATER } })
    expect(await states(forgetful, url)).toEqual(['unknown'])
    expect(await rejectionCodeOf(issueOne(forgetful))).toBe('ERR_LINK_PEPPER_MISSING')
    expect(await rejectionCodeOf(forgetful.import([]))).toBe('ERR_LINK_PEPPER_MISSING')
    expect(await forgetful.health()).toEqual({
      missingPeppers: ['a'],
      suppressions: [{ kind: 'respondent', entries: 1, unreachable: 1 }],
    })
    expect((await links.health()).missingPeppers).toEqual([])
  })

  test('forgets by age', async () => {
    const { links, clock } = setUp()
    await links.revoke({ respondent: UUID })
    expect(await links.expireSuppressions({ kind: 'respondent', addedBefore: NOW })).toBe(0)
    expect(await rejectionCodeOf(links.expireSuppressions({ kind: 'respondent', addedBefore: LATER }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
    clock.advance(1)
    expect(await links.expireSuppressions({ kind: 'erased', addedBefore: clock() })).toBe(0)
    expect(await links.expireSuppressions({ kind: 'respondent', addedBefore: clock() })).toBe(1)
    expect(await states(links, sealOne())).toEqual(['usable'])
  })
})

describe.each(['opaque', 'sealed', 'imported'])('a draft of a link that is %s', (kind) => {
  const draft = new TextEncoder().encode('{"q1":"half an answer"}')
  const legacy = { until: LATER }

  async function make() {
    const all = setUp({ legacy })
    await all.links.import([{ respondent: '9', token: 'old-token' }])
    const urls: Record<string, string> = { opaque: await issueOne(all.links, { serial: 8 }), sealed: sealOne() }
    return { ...all, url: urls[kind] ?? 'https://old.example/s/old-token' }
  }

  test('is given back, the last one saved, and stored encrypted', async () => {
    const { links, another, store, url } = await make()
    const bodies: Uint8Array[] = []
    const spying = another({
      store: {
        ...store,
        transaction: (run) =>
          store.transaction((inner, tx) =>
            run(
              {
                ...inner,
                saveDraft: (key, saved) => {
                  bodies.push(saved.body)
                  return inner.saveDraft(key, saved)
                },
              },
              tx,
            ),
          ),
      },
    })
    expect(await links.loadDraft(url)).toBeNull()
    expect(await spying.saveDraft(url, Uint8Array.of(1))).toMatchObject({ state: 'usable' })
    await spying.saveDraft(url, draft)
    expect(await links.loadDraft(url)).toEqual(draft)
    expect(Buffer.concat(bodies).toString('latin1')).not.toContain('half')
    const rotated = another({ peppers: { current: pepper('b'), others: [pepper('a')] } })
    expect(await rotated.loadDraft(url)).toEqual(draft)
    await rotated.saveDraft(url, Uint8Array.of(2))
    expect(await links.loadDraft(url)).toEqual(Uint8Array.of(2))
  })

  test('goes with the submission, with revocation, and is kept by nothing that is not usable', async () => {
    const { links, store, url } = await make()
    await links.saveDraft(url, draft)
    const failing = links.submit(url, {
      idempotencyKey: 'idempotency-key-0001',
      accept: () => Promise.reject(new Error('no')),
    })
    await expect(failing).rejects.toThrow('no')
    expect(await links.loadDraft(url)).toEqual(draft)
    expect(await answer(links, url)).toBe('spent')
    expect(await links.loadDraft(url)).toBeNull()
    expect((await links.saveDraft(url, draft)).state).toBe('used')
    const again = await make()
    await again.links.saveDraft(again.url, draft)
    await again.links.revoke({ link: again.url })
    expect((await again.links.saveDraft(again.url, draft)).state).toBe('revoked')
    for (const one of [store, again.store])
      expect(await one.purge(Number.MAX_SAFE_INTEGER)).toMatchObject({ drafts: 0 })
  })

  test('ERR_LINK_DRAFT_TOO_LARGE', async () => {
    const { links, another, url } = await make()
    expect(await rejectionCodeOf(links.saveDraft(url, new Uint8Array(65_537)))).toBe('ERR_LINK_DRAFT_TOO_LARGE')
    expect(await rejectionCodeOf(another({ maxDraftBytes: 1 }).saveDraft(url, draft))).toBe('ERR_LINK_DRAFT_TOO_LARGE')
    expect((await links.saveDraft(url, new Uint8Array(65_536))).state).toBe('usable')
    expect(await rejectionCodeOf(links.saveDraft(url, 'text' as never))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

test('a sealed link with a later expiry than the one that was drafted can still be submitted', async () => {
  const { links, clock } = setUp()
  await links.saveDraft(sealOne(), Uint8Array.of(1))
  clock.advance(LATER.getTime() - NOW.getTime() + 1000)
  const extended = sealOne({ expiresAt: new Date(LATER.getTime() + 1e9) })
  expect(await states(links, sealOne(), extended)).toEqual(['expired', 'usable'])
  expect(await answer(links, extended)).toBe('spent')
  expect(await answer(links, extended, 'another-key-00000001')).toBe('used')
})

describe('links of another system', () => {
  test('that were imported open, are spent once and end with the overlap', async () => {
    const { links, clock } = setUp({ legacy: { until: LATER } })
    const old = [
      { respondent: '1', token: 'Byki' },
      { respondent: '2', token: 'A'.repeat(22), uses: 2, expiresAt: new Date(NOW.getTime() + 1000) },
    ]
    expect(await links.import(old)).toEqual({ imported: 2, suppressed: 0, present: 0 })
    expect(await links.import(old)).toEqual({ imported: 0, suppressed: 0, present: 2 })
    const [one, two] = ['https://old.example/s/Byki?lang=fr', `https://old.example/s/${'A'.repeat(22)}`]
    expect(await links.open(one)).toMatchObject({
      state: 'usable',
      link: { kind: 'imported', respondent: '1', expiresAt: LATER },
    })
    expect(await states(links, one, two, 'https://old.example/s/byki')).toEqual(['usable', 'usable', 'unknown'])
    expect(await answer(links, one)).toBe('spent')
    expect(await answer(links, one, 'another-key-00000001')).toBe('used')
    expect(await answer(links, await issueOne(links, { respondent: '1' }), 'another-key-00000002')).toBe('used')
    clock.advance(1000)
    expect(await states(links, two)).toEqual(['expired'])
    clock.advance(LATER.getTime())
    expect(await states(links, one, two)).toEqual(['unknown', 'unknown'])
  })

  test('that are HS256 JWTs open, share the use of the sealed link, and end with the overlap', async () => {
    const respondentOf = ({ contactId }: Readonly<Record<string, unknown>>) =>
      typeof contactId === 'string' ? { respondent: contactId.replace('encrypted:', '') } : null
    const { links, clock } = setUp({ legacy: { until: LATER, read: hs256Links({ secret: SECRET, respondentOf }) } })
    const exp = NOW.getTime() / 1000 + 60
    const url = `https://app.example/c/${jwt({ contactId: `encrypted:${UUID}`, exp })}`
    expect(await links.open(url)).toMatchObject({ state: 'usable', link: { kind: 'imported', respondent: UUID } })
    expect(await answer(links, url)).toBe('spent')
    expect(await states(links, sealOne())).toEqual(['used'])
    const fresh = `https://app.example/c/${jwt({ contactId: 'encrypted:5', exp })}`
    await links.revoke({ respondent: '5' })
    expect(await states(links, fresh)).toEqual(['revoked'])
    clock.advance(60_000)
    expect(await states(links, `https://app.example/c/${jwt({ contactId: '6', exp })}`)).toEqual(['expired'])
    clock.advance(LATER.getTime())
    expect(await states(links, `https://app.example/c/${jwt({ contactId: '6' })}`)).toEqual(['unknown'])
  })

  test('that are other JWTs are unknown', async () => {
    const read = hs256Links({ secret: SECRET, respondentOf: () => ({ respondent: '1' }) })
    const good = jwt({ a: 1 })
    expect(await read(good)).toMatchObject({ respondent: '1', expiresAt: null })
    const [header, payload, mac] = good.split('.')
    const bad = [
      '',
      '..',
      `${header}.${payload}`,
      `${good}.`,
      `${header}.${payload}.`,
      `${good}A`,
      `x${good}`,
      'a'.repeat(1e6),
      `${header}.${Buffer.from('{"a":2}').toString('base64url')}.${mac}`,
      jwt({ a: 1 }, { header: { alg: 'none', typ: 'JWT' } }),
      jwt({ a: 1 }, { header: { alg: 'HS512', typ: 'JWT' }, hash: 'sha512' }),
      jwt({ a: 1 }, { header: { alg: 'hs256', typ: 'JWT' } }),
      jwt({ a: 1 }, { header: { alg: 'HS256', typ: 'at+jwt' } }),
      jwt({ a: 1 }, { header: { alg: 'HS256', typ: 'JWT', crit: ['exp'] } as never }),
      jwt({ a: 1 }, { secret: new Uint8Array(32) }),
      jwt([1]),
      jwt({ exp: 'soon' }),
      jwt({ exp: 1e300 }),
    ]
    for (const token of bad) expect(await read(token), token.slice(0, 80)).toBeNull()
    expect(codeOf(() => hs256Links({ secret: new Uint8Array(31), respondentOf: () => null }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
    expect(codeOf(() => hs256Links({ secret: 'x'.repeat(32) as never, respondentOf: () => null }))).toBe(
      'ERR_INVALID_ARG_TYPE',
    )
  })

  test('need the option, and tokens of some length', async () => {
    expect(await rejectionCodeOf(setUp().links.import([]))).toBe('ERR_INVALID_ARG_VALUE')
    const { links } = setUp({ legacy: { until: LATER } })
    for (const token of ['', 'x'.repeat(1025)]) {
      expect(await rejectionCodeOf(links.import([{ respondent: '1', token }]))).toBe('ERR_INVALID_ARG_VALUE')
    }
    expect(await rejectionCodeOf(links.import([{ respondent: '1', token: 5 as never }]))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

test('answers are matched with respondents by the key they were submitted with', async () => {
  const { links, another } = setUp()
  await answer(links, await issueOne(links, { cohort: 'x', serial: 3 }), 'first-key-000000001')
  await answer(links, sealOne(), 'second-key-00000001')
  const keys = ['first-key-000000001', 'second-key-00000001', 'unknown-key-0000001']
  expect([...(await links.match(keys))].sort()).toEqual([
    ['first-key-000000001', { respondent: UUID, serial: 3, cohort: 'x' }],
    ['second-key-00000001', { respondent: UUID, serial: 0, cohort: null }],
  ])
  expect((await another({ survey: 'other' }).match(keys)).size).toBe(0)
})

test('purge removes what expired, and nothing by a date to come', async () => {
  const { links, clock } = setUp()
  const url = await issueOne(links, { expiresAt: LATER })
  expect(await rejectionCodeOf(links.purge({ before: LATER }))).toBe('ERR_INVALID_ARG_VALUE')
  clock.advance(LATER.getTime())
  expect(await links.purge({ before: clock() })).toEqual({ links: 1, drafts: 0 })
  expect(await states(links, url)).toEqual(['unknown'])
})

test('a clock that goes back gives no use and no revoked link back', async () => {
  const { links, clock } = setUp()
  const urls = [await issueOne(links, { uses: 1, expiresAt: LATER }), await issueOne(links, { serial: 1 }), sealOne()]
  await answer(links, urls[0] ?? '')
  await links.revoke({ link: urls[1] ?? '' })
  await links.revoke({ link: urls[2] ?? '' })
  clock.advance(-10 * 365 * 86_400_000)
  expect(await states(links, ...urls)).toEqual(['used', 'revoked', 'revoked'])
  expect(await answer(links, urls[0] ?? '')).toBe('repeated')
  expect(await answer(links, urls[0] ?? '', 'another-key-00000001')).toBe('used')
})

test('a store that is down between claim and submit costs nobody a link', async () => {
  const { links, another, store } = setUp()
  const url = await issueOne(links)
  const claim = await links.claim(url)
  const down = another({ store: { ...store, transaction: () => Promise.reject(new Error('gone')) } })
  const idempotencyKey = claim.state === 'usable' ? claim.idempotencyKey : ''
  await expect(down.submit(url, { idempotencyKey, accept: async () => null })).rejects.toThrow('gone')
  expect(await answer(links, url, idempotencyKey)).toBe('spent')
})

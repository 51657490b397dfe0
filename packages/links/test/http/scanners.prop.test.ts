import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Keyring, type Placement, sealLink } from '../../src/index.js'
import { BASE_URL, LATER, NOW, newKeyring, SCOPE } from '../support.js'
import { SCANNERS, WRAPPERS, withCampaign } from './scanners.js'
import { claimKey, form, formOf, get, json, members, openHost, type TestHost, tokenOf } from './support.js'

const keyring: Keyring = await newKeyring()
const placement = fc.constantFrom<Placement>('path', 'query', 'fragment')
const kind = fc.constantFrom('opaque', 'sealed')
const wrapper = fc.constantFrom(...Object.keys(WRAPPERS))
const scans = fc.array(fc.constantFrom(...Object.keys(SCANNERS)), { maxLength: 6 })

interface World {
  readonly placement: Placement
  readonly kind: string
  readonly wrapper: string
  readonly campaign: boolean
}
const world: fc.Arbitrary<World> = fc.record({ placement, kind, wrapper, campaign: fc.boolean() })

async function invite(host: TestHost, { kind, placement, wrapper, campaign }: World): Promise<string> {
  const sealed = { respondent: '4711', expiresAt: LATER }
  const url =
    kind === 'sealed' ? sealLink(sealed, { ...SCOPE, keyring, placement, baseUrl: BASE_URL }).url : await host.invite()
  const { wrap, unwrap } = WRAPPERS[wrapper] as (typeof WRAPPERS)[string]
  return unwrap(wrap(campaign ? withCampaign(url, placement) : url))
}

const open = (world: World): TestHost => openHost({ placement: world.placement, keyring, clock: () => NOW })

async function scan(host: TestHost, url: string, names: readonly string[]): Promise<void> {
  for (const name of names) expect((await SCANNERS[name]?.(host.handlers, url))?.status, name).toBeLessThan(500)
}

/** All that a person's two ways of answering differ in. */
const WAYS = {
  async page({ handlers }: TestHost, url: string, between: () => Promise<void>) {
    const opened = await formOf(await handlers.fetch(get(url.split('#')[0] ?? '')))
    await between()
    const token = { 'link-token': tokenIn(url), ...opened.fields }
    const { fields } = await formOf(await handlers.fetch(form('claim', token)))
    await between()
    return (rating: string) => handlers.fetch(form('submit', { ...fields, rating }))
  },
  async script(host: TestHost, url: string, between: () => Promise<void>) {
    const token = tokenIn(url)
    await host.handlers.fetch(get(BASE_URL, { Accept: 'application/json', 'SurveySeal-Link': token }))
    await between()
    const idempotencyKey = await claimKey(host, token)
    await between()
    return (rating: string) => host.handlers.fetch(json('submit', { token, idempotencyKey, answer: { rating } }))
  },
} as const
const way = fc.constantFrom(...(Object.keys(WAYS) as (keyof typeof WAYS)[]))

/** The token wherever it is, campaign parameters or not. */
function tokenIn(url: string): string {
  const { hash, pathname, searchParams } = new URL(url)
  return hash !== '' ? hash.slice(1) : (searchParams.get('t') ?? tokenOf(pathname))
}

/** The whole of a person's way with scanners at every turn; throws when they could not answer exactly once. */
const journey = (openWorld: (world: World) => TestHost) =>
  fc.asyncProperty(world, way, scans, scans, scans, scans, async (world, way, before, first, second, after) => {
    const host = openWorld(world)
    const url = await invite(host, world)
    await scan(host, url, before)
    const pending = [first, second]
    const submit = await WAYS[way](host, url, async () => scan(host, url, pending.shift() ?? []))
    expect(host.kept).toEqual([])
    const replies = [await submit('9')]
    await scan(host, url, after)
    replies.push(await submit('9'))
    expect(replies.map(({ status }) => status)).toEqual([200, 200])
    const [one, two] = await Promise.all(replies.map((reply) => reply.text()))
    expect(one).toBe(two)
    expect(host.kept).toMatchObject([{ respondent: '4711', answer: { rating: '9' } }])
    expect(host.errors).toEqual([])
  })

test('whatever scanners do before, between and after their steps, the invitee answers, exactly once', async () => {
  await fc.assert(journey(open), { numRuns: 200 })
})

test('the same is found wanting where opening or claiming spends the link', async () => {
  for (const step of ['open', 'claim'] as const) {
    const spending = (world: World): TestHost => {
      const inner = open(world)
      const { links } = inner
      const spend = async (url: string): Promise<void> => {
        await links.submit(url, { idempotencyKey: 'spent-on-the-way', accept: async () => {} })
      }
      const look = { open: links.open.bind(links), claim: links.claim.bind(links), submit: links.submit.bind(links) }
      const eager = async (url: string) => {
        const state = await look[step](url)
        await spend(url)
        return state
      }
      const { handlers } = openHost({ placement: world.placement, links: { ...look, [step]: eager } })
      return { ...inner, handlers }
    }
    expect((await fc.check(journey(spending), { numRuns: 50 })).failed).toBe(true)
  }
})

test('double clicks, lost replies, the back button and two tabs keep one answer, and tell each press the truth', async () => {
  const press = fc.record({ tab: fc.nat({ max: 2 }), rating: fc.integer({ min: 0, max: 10 }).map(String) })
  await fc.assert(
    fc.asyncProperty(
      world,
      way,
      fc.array(press, { minLength: 1, maxLength: 8 }),
      scans,
      async (world, way, presses, names) => {
        const host = open(world)
        const url = await invite(host, world)
        const nothing = async (): Promise<void> => {}
        // Going back and claiming again is another tab to the server.
        const tabs = await Promise.all([0, 1, 2].map(() => WAYS[way](host, url, nothing)))
        const [responses] = await Promise.all([
          Promise.all(presses.map(({ tab, rating }) => tabs[tab]?.(rating))),
          scan(host, url, names),
        ])
        const winners = new Set(presses.filter((_, at) => responses[at]?.status === 200).map(({ tab }) => tab))
        expect(winners.size).toBe(1)
        for (const [at, { tab }] of presses.entries()) expect(responses[at]?.status).toBe(winners.has(tab) ? 200 : 410)
        const first = presses.find(({ tab }) => winners.has(tab))
        expect(host.kept).toMatchObject([{ respondent: '4711', answer: { rating: first?.rating } }])
      },
    ),
  )
})

test('a one-click rating is never recorded by opening or claiming, however often', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 10 }), scans, async (rating, names) => {
      const host = openHost()
      const url = `${await host.invite()}?rating=${rating}`
      const inert = names.filter(
        (name) => !name.startsWith('a browser that posts every') && !name.includes('without a browser'),
      )
      await scan(host, url, inert)
      const opened = await formOf(await host.handlers.fetch(get(url)))
      await host.handlers.fetch(form('claim', opened.fields))
      expect(opened.fields['rating']).toBe(String(rating))
      expect(host.kept).toEqual([])
    }),
  )
})

test('malformed, forged, foreign and unknown links get one response, byte for byte but for the language', async () => {
  const sealed = (scope: object, ring: Keyring): string =>
    sealLink({ respondent: '1', expiresAt: LATER }, { ...SCOPE, ...scope, keyring: ring, baseUrl: BASE_URL }).token
  const foreign = sealed({ tenant: 'other' }, keyring)
  const otherKeys = sealed({}, await newKeyring())
  const base64url = fc.stringMatching(/^[A-Za-z0-9_-]{1,180}$/)
  const flipped = fc.nat({ max: foreign.length - 1 }).map((at) => `${foreign.slice(0, at)}_${foreign.slice(at + 1)}`)
  const token = fc.oneof(base64url, flipped, fc.constantFrom(foreign, otherKeys, 'A'.repeat(21), 'B'.repeat(10_000)))
  const host = openHost({ keyring, clock: () => NOW })
  const asks: readonly ((token: string, language: string) => Request)[] = [
    (token, language) => get(`${BASE_URL}/${token}`, { Accept: 'text/html', 'Accept-Language': language }),
    (token, language) => get(`${BASE_URL}/${token}`, { Accept: 'application/json', 'Accept-Language': language }),
    (token, language) =>
      new Request(`${BASE_URL}/${token}`, { method: 'HEAD', headers: { 'Accept-Language': language } }),
    (token, language) => form('claim', { 'link-token': token, 'link-language': language }),
    (token, language) => form('submit', { 'link-token': token, 'link-key': 'k'.repeat(22), 'link-language': language }),
    (token, language) => json('submit', { token, language, idempotencyKey: 'k'.repeat(22), answer: { rating: 1 } }),
  ]
  const seen = async (request: Request) => {
    const response = await host.handlers.fetch(request)
    return { status: response.status, headers: [...response.headers], body: await response.text() }
  }
  await fc.assert(
    fc.asyncProperty(token, fc.constantFrom(...asks), fc.constantFrom('en', 'fr'), async (token, ask, language) => {
      fc.pre(token !== 'claim' && token !== 'submit')
      const expected = await seen(ask('Never-issued_Never-issA', language))
      expect(await seen(ask(token, language))).toEqual(expected)
      expect(expected.status).toBe(404)
    }),
    { numRuns: 500 },
  )
  expect(host.errors).toEqual([])
})

test('every response is private, whatever the request', async () => {
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH')
  const header = fc.constantFrom(
    'accept',
    'content-type',
    'origin',
    'sec-fetch-site',
    'idempotency-key',
    'surveyseal-link',
  )
  const value = fc.oneof(
    fc.constantFrom(
      'text/html',
      'application/json',
      'application/x-www-form-urlencoded',
      'cross-site',
      'null',
      '"',
      'a,b;q=x',
    ),
    fc.stringMatching(/^[ -~]{0,40}$/),
  )
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.webQueryParameters(),
    fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
  )
  const path = fc.oneof(
    fc.constantFrom('', '/claim', '/submit', '/x?rating=9'),
    fc.webPath(),
    fc.webUrl().map((url) => `/${url}`),
  )
  const host = openHost({ keyring })
  await fc.assert(
    fc.asyncProperty(method, fc.array(fc.tuple(header, value)), body, path, async (method, headers, body, path) => {
      const bodiless = method === 'GET' || method === 'HEAD'
      const request = new Request(BASE_URL + path, { method, headers, ...(!bodiless && { body }) })
      const response = await host.handlers.fetch(request)
      const of = (name: string) => response.headers.get(name)
      expect(of('referrer-policy')).toBe('no-referrer')
      expect(of('cache-control')).toBe('no-store')
      expect(of('x-robots-tag')).toBe('noindex, nofollow, noarchive')
      expect(of('x-content-type-options')).toBe('nosniff')
      if (response.status !== 204) expect(of('content-security-policy')).toMatch(/^default-src 'none'/)
      expect(of('set-cookie')).toBe(null)
      expect(response.status).toBeLessThan(500)
      expect(host.kept).toEqual([])
      expect(host.errors).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('any sequence of answers, refused and accepted, through one link keeps the first accepted one alone', async () => {
  const answer = fc.oneof(
    fc.constantFrom({ rating: 1 }, { rating: '10' }, { rating: 11 }, {}, null, 'x', [1]),
    fc.jsonValue(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
      const host = openHost()
      const url = await host.invite()
      const idempotencyKey = await claimKey(host, url)
      let kept = 0
      for (const value of answers) {
        const response = await host.handlers.fetch(
          json('submit', { token: tokenOf(url), idempotencyKey, answer: value }),
        )
        const { outcome } = await members(response)
        // A key that was accepted says so whatever comes with it later: its answer is the first.
        if (kept > 0) expect(outcome).toBe('kept')
        else expect(['kept', 'answer-refused', 'malformed']).toContain(outcome)
        kept = host.kept.length
        expect(kept).toBe(outcome === 'kept' ? 1 : 0)
      }
    }),
  )
})

import { createLinkService } from '@surveyseal/links'
import { createLinkClient, type LinkClientOptions, type Placement, takeLink } from '@surveyseal/links/browser'
import { AnswerRefused, createLinkHandlers, type LinkHandlers } from '@surveyseal/links/http'
import { memoryLinkStore } from '@surveyseal/links/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

// The handlers run in this page too: what the client sends reaches them as it would a server, wherever fetch says so.
const BASE = '/s'
const wait = async (): Promise<void> => {}
const at = location.href

type Mishap = (request: Request, handlers: LinkHandlers) => Promise<Response>
const fine: Mishap = (request, handlers) => handlers.fetch(request)
const neverSent: Mishap = () => Promise.reject(new TypeError('Failed to fetch'))
const replyLost: Mishap = async (request, handlers) => {
  await handlers.fetch(request)
  throw new TypeError('Failed to fetch')
}
const gateway: Mishap = async () => new Response('<h1>Bad Gateway</h1>', { status: 502 })
const elsewhere: Mishap = async () => Response.json({ message: 'not ours' })

interface World {
  readonly requests: Request[]
  readonly kept: unknown[]
  readonly mishaps: Mishap[]
  invite(placement?: Placement): Promise<string>
}

function openWorld(placement: Placement = 'path'): World {
  const [requests, kept, mishaps]: [Request[], unknown[], Mishap[]] = [[], [], []]
  const baseUrl = location.origin + BASE
  const links = createLinkService({
    ...{ tenant: 'acme', survey: 'onboarding', purpose: 'survey', baseUrl, placement, store: memoryLinkStore() },
    peppers: { current: { id: '2026', secret: new Uint8Array(32) } },
  })
  const handlers = createLinkHandlers({
    links,
    baseUrl,
    placement,
    prefill: { rating: (value) => /^[0-9]$/.test(value) },
    accept: async (tx, { answer }) => {
      if (answer === null) throw new AnswerRefused(['everything'])
      tx.onCommit(() => kept.push(answer))
    },
  })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(new URL(url, location.href), init)
    requests.push(request.clone())
    return (mishaps.shift() ?? fine)(request, handlers)
  })
  let invited = 0
  return {
    requests,
    kept,
    mishaps,
    async invite() {
      invited += 1
      for await (const { url } of links.issue([{ respondent: `invitee-${invited}` }])) return url
      throw new Error('no link')
    },
  }
}

let world: World
beforeEach(() => {
  world = openWorld()
})
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '', at)
})

const client = async (options: Partial<LinkClientOptions> = {}) =>
  createLinkClient({ baseUrl: BASE, token: (await world.invite()).slice(-22), wait, ...options })

describe('takeLink', () => {
  test.each<Placement>(['path', 'fragment', 'query'])(
    '%s: takes the link and leaves no trace of it in the address',
    async (placement) => {
      world = openWorld(placement)
      const url = await world.invite()
      const [before, fragment] = url.split('#')
      const parameters = `${before?.includes('?') ? '&' : '?'}rating=7&utm_source=mail&language=fr`
      history.replaceState({ kept: 1 }, '', `${before}${parameters}${fragment === undefined ? '' : `#${fragment}`}`)
      const link = takeLink({ baseUrl: BASE, placement, wait })
      expect(location.href).toBe(location.origin + BASE)
      expect(history.state).toEqual({ kept: 1 })
      expect(world.requests).toEqual([])
      expect(await link?.open()).toMatchObject({ outcome: 'usable', expiresAt: null, language: 'fr' })
      expect(await link?.claim()).toMatchObject({ outcome: 'usable', prefill: { rating: '7' }, language: 'fr' })
      expect(await link?.submit({ rating: 7 })).toEqual({ outcome: 'kept' })
      expect(world.kept).toEqual([{ rating: 7 }])
    },
  )

  test('leaves an address alone that holds no link', () => {
    for (const address of ['/s', '/s/', '/s/claim', '/s/about us', `/s/${'x'.repeat(201)}`, '/s#', '/s?t=']) {
      history.replaceState(null, '', address)
      const before = location.href
      for (const placement of ['path', 'fragment', 'query'] as const) {
        expect(takeLink({ baseUrl: BASE, placement })).toBe(null)
      }
      expect(location.href).toBe(before)
    }
  })

  test('shows the address the page wants instead', async () => {
    history.replaceState(null, '', await world.invite())
    takeLink({ baseUrl: BASE, address: '/invitation' })
    expect(location.pathname).toBe('/invitation')
  })
})

describe('requests', () => {
  test('carry no cookie, no referrer, and the token never in a URL', async () => {
    const token = (await world.invite()).slice(-22)
    const link = createLinkClient({ baseUrl: BASE, token, wait })
    await link.open()
    await link.claim()
    await link.submit({ rating: 1 })
    expect(world.requests.map(({ method, url }) => [method, new URL(url).pathname])).toEqual([
      ['GET', '/s'],
      ['POST', '/s/claim'],
      ['POST', '/s/submit'],
    ])
    for (const request of world.requests) {
      expect(request).toMatchObject({
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'error',
        cache: 'no-store',
      })
      expect(request.url).not.toContain(token)
    }
  })

  test('are sent again when no reply came, a gateway or somebody else answered, with the same key, and keep one answer', async () => {
    const link = await client()
    await link.claim()
    world.mishaps.push(neverSent, replyLost, gateway, elsewhere)
    expect(await link.submit({ rating: 3 })).toEqual({ outcome: 'kept' })
    const bodies = await Promise.all(world.requests.slice(1).map((request) => request.json()))
    expect(new Set(bodies.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(bodies).toHaveLength(5)
    expect(world.kept).toEqual([{ rating: 3 }])
  })

  test('end as unreachable, and a later try of the same submission still keeps one answer', async () => {
    const link = await client({ retries: 1 })
    world.mishaps.push(fine, replyLost, neverSent)
    expect(await link.submit('first')).toEqual({ outcome: 'unreachable' })
    expect(await link.submit('first')).toEqual({ outcome: 'kept' })
    expect(await link.submit('second')).toEqual({ outcome: 'kept' })
    expect(world.kept).toEqual(['first'])
  })

  test('wait longer each time, as long as the server says, and not for ever', async () => {
    const waits: number[] = []
    const link = await client({
      wait: async (milliseconds) => {
        waits.push(milliseconds)
      },
    })
    const busy =
      (seconds: number): Mishap =>
      async () =>
        Response.json({ outcome: 'rate-limited' }, { status: 429, headers: { 'Retry-After': String(seconds) } })
    world.mishaps.push(neverSent, neverSent, busy(3), busy(3600))
    expect(await link.open()).toEqual({ outcome: 'rate-limited' })
    expect(waits).toEqual([500, 1000, 3000])
  })

  test('stop when the page says so', async () => {
    const link = await client()
    const controller = new AbortController()
    world.mishaps.push(async () => {
      controller.abort()
      throw controller.signal.reason
    })
    await expect(link.open({ signal: controller.signal })).rejects.toThrow(/abort/i)
    expect(world.requests).toHaveLength(1)
  })

  test('stop while they wait for the next try', async () => {
    const controller = new AbortController()
    const link = await client({
      wait: () => {
        controller.abort()
        return new Promise(() => undefined)
      },
    })
    world.mishaps.push(neverSent)
    await expect(link.open({ signal: controller.signal })).rejects.toThrow(/abort/i)
    expect(world.requests).toHaveLength(1)
  })

  test('say what the server says', async () => {
    const link = await client()
    expect(await link.submit(null)).toEqual({ outcome: 'answer-refused', issues: ['everything'] })
    expect(await link.submit({})).toEqual({ outcome: 'kept' })
    expect(await link.open()).toEqual({ outcome: 'used' })
    const unknown = await client({ token: 'A'.repeat(22) })
    expect(await unknown.submit({})).toEqual({ outcome: 'unknown' })
    const large = await client()
    expect(await large.submit('x'.repeat(70_000))).toEqual({ outcome: 'too-large' })
  })

  test('use the key of a claim that a server-made page carries', async () => {
    const token = (await world.invite()).slice(-22)
    const link = createLinkClient({ baseUrl: BASE, token, idempotencyKey: 'from-the-page-itself' })
    expect(await link.submit({})).toEqual({ outcome: 'kept' })
    expect(world.requests).toHaveLength(1)
  })
})

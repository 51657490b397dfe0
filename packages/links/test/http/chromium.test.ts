import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../../../../tools/chromium.js'
import { AnswerRefused, createLinkHandlers, type LinkHandlers } from '../../src/http.js'
import { createLinkService, type LinkService, type Placement } from '../../src/index.js'
import { type MemoryTransaction, memoryLinkStore } from '../../src/testing.js'
import { SCOPE } from '../support.js'
import { tokenOf } from './support.js'

const executablePath = findChromium()
const SCRIPT = `
  import { takeLink } from '@surveyseal/links/browser'
  const link = takeLink({ baseUrl: '/s', placement: document.querySelector('[name=link-token][required]') ? 'fragment' : 'path' })
  const field = document.querySelector('[name=link-token]')
  if (link !== null && field !== null) link.open().then(({ outcome }) => (document.title = outcome))
  window.takenLink = link
`

/** What the server saw: the request line, and the headers that matter here. */
interface Seen {
  readonly line: string
  readonly headers: IncomingMessage['headers']
}

interface Host {
  readonly seen: Seen[]
  readonly kept: unknown[]
  readonly links: LinkService<MemoryTransaction>
  invite(): Promise<string>
  close(): Promise<void>
}

/** A real server on this machine, over the handlers. */
async function startHost(placement: Placement = 'path'): Promise<Host> {
  const [seen, kept]: [Seen[], unknown[]] = [[], []]
  let answer: (request: IncomingMessage) => Promise<Response> = async () => new Response(null, { status: 503 })
  const server: Server = createServer(async (request, response) => {
    const { method, url = '/', headers } = request
    seen.push({ line: `${method} ${url}`, headers })
    const { status, headers: answered, body } = await answer(request)
    response.writeHead(status, Object.fromEntries(answered))
    response.end(body === null ? undefined : Buffer.from(await new Response(body).arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const baseUrl = `${origin}/s`
  const links = createLinkService({
    ...{ ...SCOPE, baseUrl, placement, store: memoryLinkStore() },
    peppers: { current: { id: '2026', secret: new Uint8Array(32) } },
  })
  const handlers = createLinkHandlers({
    links,
    baseUrl,
    placement,
    script: '/links.js',
    prefill: { rating: (value) => /^(?:10|[0-9])$/.test(value) },
    accept: async (tx, { answer }) => {
      if (!(answer as { readonly rating?: unknown }).rating) throw new AnswerRefused(['rating'])
      tx.onCommit(() => kept.push(answer))
    },
    render: (page) =>
      page.step === 'claim'
        ? `<label>Rating <input name="rating" required value="${page.prefill['rating'] ?? ''}"></label>`
        : null,
  })
  answer = (request) => route(request, { origin, handlers })
  return {
    ...{ seen, kept, links },
    async invite() {
      for await (const { url } of links.issue([{ respondent: String(seen.length) }])) return url
      throw new Error('no link')
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

let script = ''

async function route(request: IncomingMessage, host: { origin: string; handlers: LinkHandlers }): Promise<Response> {
  const { url = '/', method = 'GET' } = request
  if (url === '/links.js') return new Response(script, { headers: { 'Content-Type': 'text/javascript' } })
  if (url === '/favicon.ico') return new Response(null, { status: 404 })
  if (url.startsWith('/mail?')) {
    const link = new URL(url, host.origin).searchParams.get('link')
    const body = `<!doctype html><link rel="prefetch" href="${link}"><a href="${link}">survey</a>`
    return new Response(body, { headers: { 'Content-Type': 'text/html' } })
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
  const body = method === 'POST' ? { body: Buffer.concat(chunks) } : {}
  return host.handlers.fetch(new Request(host.origin + url, { method, headers, ...body }))
}

describe.runIf(executablePath !== null)('in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    const links = fileURLToPath(new URL('../../src/browser.ts', import.meta.url))
    const bundle = await build({
      stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      ...{ bundle: true, write: false, format: 'esm', alias: { '@surveyseal/links/browser': links } },
    })
    script = bundle.outputFiles[0]?.text ?? ''
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(() => browser?.close())

  /** A visitor with a browser of their own. */
  async function visit(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    const refuse = (what: string) => expect.unreachable(what)
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && refuse(message.text()))
    return page
  }

  /** A person's own way: the button, the question, the answer. */
  async function answer(page: Page, url: string, rating: string): Promise<void> {
    await page.goto(url)
    await page.click('button')
    await page.fill('[name=rating]', rating)
    await page.click('button')
    await page.waitForURL('**/s/submit')
  }

  const title = (page: Page): Promise<string | null> => page.textContent('h1')

  test.each([true, false])(
    'a person answers (JavaScript: %s), and no address holds the link any more',
    async (javaScriptEnabled) => {
      const host = await startHost()
      const page = await visit({ javaScriptEnabled })
      await answer(page, await host.invite(), '9')
      expect(await title(page)).toBe('Thank you')
      expect(page.url()).toMatch(/\/s\/submit$/)
      expect(host.kept).toEqual([{ rating: '9' }])
      // With no-referrer the form of our own page has no origin: Sec-Fetch-Site tells that it is ours.
      const claimed = host.seen.find(({ line }) => line === 'POST /s/claim')
      expect(claimed?.headers).toMatchObject({ origin: 'null', 'sec-fetch-site': 'same-origin' })
      expect(host.seen.every(({ headers }) => headers.referer === undefined)).toBe(true)
      await host.close()
    },
  )

  test('a scanner that runs scripts and posts every form takes nothing from the person who comes later', async () => {
    const host = await startHost()
    const url = await host.invite()
    const scanner = await visit()
    for (let round = 0; round < 2; round++) {
      await scanner.goto(url)
      for (const step of ['claim', 'submit']) {
        // As an auto-posting page would: no gesture, no look at what the fields demand.
        await scanner.evaluate(() => setTimeout(() => document.forms[0]?.submit()))
        await scanner.waitForURL(`**/s/${step}`)
      }
      expect(await title(scanner)).toBe('Please check your answer')
    }
    expect(host.kept).toEqual([])
    const page = await visit()
    await answer(page, url, '10')
    expect(host.kept).toEqual([{ rating: '10' }])
    await scanner.goto(url)
    expect(await title(scanner)).toBe('Already answered')
    await host.close()
  })

  test('a browser that prefetches the link, and the double click that follows, cost nothing', async () => {
    const host = await startHost()
    const url = await host.invite()
    const page = await visit()
    await page.goto(`${new URL(url).origin}/mail?link=${encodeURIComponent(url)}`, { waitUntil: 'networkidle' })
    const fetched = host.seen.find(({ headers }) => String(headers['sec-purpose']).includes('prefetch'))
    expect(fetched?.line).toContain(tokenOf(url))
    await page.click('a')
    await page.dblclick('button')
    await page.fill('[name=rating]', '4')
    await page.dblclick('button')
    await page.waitForURL('**/s/submit')
    expect(await title(page)).toBe('Thank you')
    expect(host.kept).toEqual([{ rating: '4' }])
    await host.close()
  })

  test('the back button and a second tab lead to one answer and a friendly word', async () => {
    const host = await startHost()
    const url = await host.invite()
    const [page, tab] = [await visit(), await visit()]
    await tab.goto(url)
    await tab.click('button')
    await page.goto(url)
    await page.click('button')
    await page.waitForURL('**/s/claim')
    await page.goBack()
    expect(await title(page)).toBe('Your opinion, please')
    await answer(page, url, '6')
    await page.goto(url)
    expect(await title(page)).toBe('Already answered')
    await tab.fill('[name=rating]', '1')
    await tab.click('button')
    await tab.waitForURL('**/s/submit')
    expect(await title(tab)).toBe('Already answered')
    expect(host.kept).toEqual([{ rating: '6' }])
    await host.close()
  })

  test('a reload of the thanks sends the same answer again, and it is kept once', async () => {
    const host = await startHost()
    const page = await visit()
    await answer(page, await host.invite(), '8')
    await page.reload()
    expect(await title(page)).toBe('Thank you')
    expect(host.seen.filter(({ line }) => line === 'POST /s/submit')).toHaveLength(2)
    expect(host.kept).toEqual([{ rating: '8' }])
    await host.close()
  })

  test('a link in the fragment is taken from the address, and reaches the server in no URL and no referrer', async () => {
    const host = await startHost('fragment')
    const url = await host.invite()
    const token = tokenOf(url)
    const page = await visit()
    for (let scan = 0; scan < 3; scan++) {
      await page.goto('about:blank')
      await page.goto(url)
      await page.waitForFunction(() => document.title === 'usable')
    }
    expect(new URL(page.url()).pathname).toBe('/s')
    expect(await page.evaluate(() => location.hash)).toBe('')
    const outcome = await page.evaluate(async () => {
      const link = Reflect.get(window, 'takenLink') as { submit(answer: unknown): Promise<{ outcome: string }> }
      return [(await link.submit({ rating: 5 })).outcome, (await link.submit({ rating: 6 })).outcome]
    })
    expect(outcome).toEqual(['kept', 'kept'])
    expect(host.kept).toEqual([{ rating: 5 }])
    for (const { line, headers } of host.seen) {
      expect(line).not.toContain(token)
      expect([headers.referer, headers.cookie]).toEqual([undefined, undefined])
    }
    await host.close()
  })

  test('every default page is without fault to axe-core, in both languages', async () => {
    const app = createRequire(new URL('../../../../examples/survey-app/package.json', import.meta.url))
    const axe = await readFile(app.resolve('axe-core/axe.min.js'), 'utf8')
    const host = await startHost()
    const page = await visit()
    const faults: Record<string, unknown> = {}
    const look = async (): Promise<void> => {
      // Through the debugging protocol, which the content policy does not reach.
      await page.evaluate(axe)
      const found = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')
      faults[String(await title(page))] = found
    }
    for (const language of ['en', 'fr']) {
      const url = `${await host.invite()}?language=${language}`
      for (const address of [url, new URL(url).href.replace(/s\/.*\?/, 's?'), url.replace('/s/', '/s/x'), url]) {
        await page.goto(address)
        await look()
      }
      await page.click('button')
      await page.waitForURL('**/s/claim')
      await look()
      await page.evaluate(() => setTimeout(() => document.forms[0]?.submit()))
      await page.waitForURL('**/s/submit')
      await look()
      await page.fill('[name=rating]', '3')
      await page.click('button')
      await page.getByRole('heading', { name: language === 'fr' ? 'Merci' : 'Thank you' }).waitFor()
      await look()
    }
    expect(Object.keys(faults)).toHaveLength(10)
    expect(Object.values(faults).flat()).toEqual([])
    await host.close()
  })

  test('without JavaScript the link of a fragment can be pasted', async () => {
    const host = await startHost('fragment')
    const url = await host.invite()
    const page = await visit({ javaScriptEnabled: false })
    await page.goto(url)
    await page.fill('[name=link-token]', url)
    await page.click('button')
    await page.fill('[name=rating]', '2')
    await page.click('button')
    await page.waitForURL('**/s/submit')
    expect(host.kept).toEqual([{ rating: '2' }])
    await host.close()
  })
})

test('without a Chromium this says what it left out', () => {
  if (executablePath === null) process.stderr.write('link pages were not tried in a browser: no Chromium found\n')
})

import { existsSync } from 'node:fs'
import {
  createAnswerHandler,
  createIssueHandler,
  createTokenRedeemer,
  generateWaveKey,
  loadWaveKey,
  type WaveKey,
} from '@surveyseal/links/unlinkable'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findChromium } from '../../../tools/chromium.js'
import { spentTokenStore } from '../src/spent-token-store.js'
import type { Engine } from './support/engines.js'
import { browserBundle, type Origin, serve } from './support/page.js'
import { databasePerTest, onEngines } from './support/suites.js'
import { openStaffWave, wave } from './support/wave.js'

const executablePath = findChromium()

/** What a click came to. */
interface Shown {
  readonly code?: string
  readonly outcome?: string
  readonly token?: string
  readonly answered?: boolean
}

test(executablePath === null ? 'NOT RUN: there is no Chromium' : 'there is a Chromium', () => {
  if (executablePath === null) process.stderr.write('the page of unlinkable links is not tested: set CHROMIUM_PATH\n')
  expect(executablePath === null || existsSync(executablePath)).toBe(true)
})

if (executablePath !== null) onEngines('a page in Chromium and two origins', inChromium)

function inChromium(engine: Engine): void {
  let [bundle, link, losing]: [string, string, 'reply' | 'request' | null] = ['', '', null]
  let key: WaveKey
  const database = databasePerTest(engine)
  let browser: Browser
  let context: BrowserContext
  let [invitation, answers]: Origin[] = []

  beforeAll(async () => {
    ;[bundle, key] = await Promise.all([browserBundle(), generateWaveKey(wave).then(loadWaveKey)])
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  beforeEach(async () => {
    losing = null
    await database.sql.query('CREATE TABLE answers (answer TEXT NOT NULL)')
    const { links, issuer } = await openStaffWave(database.sql, key)
    for await (const { url } of links.issue([{ respondent: 'ada' }])) link = url
    const issue = createIssueHandler(issuer)
    const issued = await serve(async (request) => {
      if (request.method === 'GET') return page(new URL(request.url).pathname === '/eager')
      if (losing === 'request') throw new Error('lost')
      const response = await issue(request)
      if (losing === 'reply') throw new Error('lost')
      return response
    })
    const redeemer = createTokenRedeemer({ wave: key.publish(), store: spentTokenStore(database.sql, wave) })
    const answer = createAnswerHandler(redeemer, {
      origins: [issued.url],
      accept: (tx, each) => tx.query('INSERT INTO answers VALUES ($1)', [JSON.stringify(each)]),
    })
    ;[invitation, answers] = [issued, await serve(answer)]
    context = await browser.newContext()
  })
  afterEach(async () => {
    await context.close()
    await Promise.all([invitation?.close(), answers?.close()])
  })

  const options = () => ({ link, wave: key.publish(), keyId: key.keyId, issueUrl: `${invitation?.url}/issue` })

  function page(eager: boolean): Response {
    const say = 'const say = (code) => { document.title = code }'
    const run = `unlinkable.obtainToken(${JSON.stringify(options())}).then(() => say('token'), ({ code }) => say(code))`
    const script = `<script type="module">${bundle}${eager ? `;${say};${run}` : ''}</script>`
    const headers = { 'content-type': 'text/html', 'set-cookie': 'who=ada; Path=/' }
    return new Response(`<!doctype html><button>Go</button>${script}`, { headers })
  }

  async function open(path = 'page'): Promise<Page> {
    const tab = await context.newPage()
    await tab.goto(`${invitation?.url}/${path}`)
    return tab
  }

  /** Clicks the page's button. */
  async function go(tab: Page, act: 'obtain' | 'answer'): Promise<Shown> {
    const argument = { options: options(), act, answerUrl: answers?.url ?? '' }
    await tab.evaluate((given) => {
      const { obtainToken, submitAnswer } = Reflect.get(globalThis, 'unlinkable')
      const run = async () => {
        const obtained = await obtainToken(given.options)
        if (given.act === 'obtain') return obtained
        return { outcome: await submitAnswer(obtained, { answerUrl: given.answerUrl, answer: { score: 9 } }) }
      }
      const shown = new Promise((resolve) => {
        const start = () => run().then(resolve, ({ code }) => resolve({ code }))
        document.querySelector('button')?.addEventListener('click', start, { once: true })
      })
      Reflect.set(globalThis, 'shown', shown)
    }, argument)
    await tab.click('button')
    return tab.evaluate(() => Reflect.get(globalThis, 'shown') as Promise<Shown>)
  }

  const stored = async (table: string) => (await database.sql.query(`SELECT * FROM ${table}`)).length
  const answered = () => stored('answers')

  test('ERR_UNLINKABLE_GESTURE_MISSING: a page that opens and runs its script, as scanners do, sends nothing', async () => {
    const tab = await open('eager')
    await expect.poll(() => tab.title()).toBe('ERR_UNLINKABLE_GESTURE_MISSING')
    expect(await stored('surveyseal_issuances')).toBe(0)
    expect(invitation?.requests.every(({ method }) => method === 'GET')).toBe(true)
    expect((await go(tab, 'answer')).outcome).toBe('accepted')
  })

  test.each(['reply', 'request'] as const)(
    'a lost %s costs nothing: the same bytes are sent by a new page',
    async (what) => {
      losing = what
      const tab = await open()
      expect(await go(tab, 'obtain')).toEqual({ code: 'ERR_UNLINKABLE_UNAVAILABLE' })
      await tab.close()
      losing = null
      expect((await go(await open(), 'answer')).outcome).toBe('accepted')
      const posts = invitation?.requests.filter(({ method }) => method === 'POST') ?? []
      const [first, second] = await Promise.all(posts.map((request) => request.text()))
      expect(first).toBe(second)
      expect([await stored('surveyseal_issuances'), await answered()]).toEqual([1, 1])
    },
  )

  test('two tabs that are clicked at once have one token, and it answers once', async () => {
    const tabs = [await open(), await open()]
    const [first, second] = await Promise.all(tabs.map((tab) => go(tab, 'obtain')))
    expect(first?.token).toMatch(/^[A-Za-z0-9_-]{556}$/)
    expect(second).toEqual(first)
    const outcomes = await Promise.all(tabs.map((tab) => go(tab, 'answer')))
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'repeated'])
    expect(await answered()).toBe(1)
    expect(await go(await open(), 'obtain')).toMatchObject({ token: '', answered: true })
  })

  test('the answer comes without cookie, referrer or anything else of the invitation', async () => {
    await go(await open(), 'answer')
    expect(await context.cookies()).toHaveLength(1)
    const [request] = answers?.requests.filter(({ method }) => method === 'POST') ?? []
    const text = (await request?.text()) ?? ''
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(['answer', 'token'])
    const headers = [...(request?.headers.keys() ?? [])]
    expect(headers).not.toContain('cookie')
    expect(headers).not.toContain('referer')
    expect(text).not.toContain(link.split('/').at(-1))
  })

  test('ERR_UNLINKABLE_ALREADY_ISSUED: another browser, or one that lost its data, has no second token', async () => {
    await go(await open(), 'obtain')
    await context.close()
    context = await browser.newContext()
    expect(await go(await open(), 'obtain')).toEqual({ code: 'ERR_UNLINKABLE_ALREADY_ISSUED' })
  })

  test('what the browser keeps afterwards is that the invitation was answered, and no token', async () => {
    const tab = await open()
    const { token } = await go(tab, 'obtain')
    await go(tab, 'answer')
    const kept = await tab.evaluate(async () => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)))
      const opened = await settled(indexedDB.open('surveyseal-unlinkable'))
      return settled(opened.transaction('tokens').objectStore('tokens').getAll())
    })
    expect(kept.map((state) => JSON.parse(state))).toEqual([
      { prefix: '', blinded: '', inverse: '', token: '', answered: true },
    ])
    expect(token).not.toBe('')
  })
}

/**
 * Walks in Chromium, looks at every page with axe-core and, when asked, keeps a picture of it.
 *
 * @module
 */
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Page, type Response } from 'playwright-core'
import type { Language } from '../i18n.js'
import type { Seen, Visitor } from './visitor.js'

/** How the browser is started. */
export interface BrowserOptions {
  readonly executablePath: string
  readonly origin: string
  readonly language: Language
  /** The folder for pictures, if any. */
  readonly pictures: string | undefined
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Starts the browser. */
export async function createBrowserVisitor(options: BrowserOptions): Promise<Visitor> {
  const { executablePath, origin, language, pictures } = options
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const browser = await chromium.launch({ executablePath, args })
  const context = await browser.newContext({
    baseURL: origin,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    viewport: { width: 1180, height: 820 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  let looks = 0
  let status = 0
  page.on('response', (response) => {
    if (isPage(response, page)) status = response.status()
  })
  page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`))
  page.on('console', (message) => {
    // A page that answers 404 or 422 on purpose is told as an error of loading; everything else counts.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(`console: ${message.text()}`)
    }
  })

  async function look(): Promise<Seen> {
    await settled(page)
    const { pathname } = new URL(page.url())
    looks += 1
    complaints.push(...(await violations(page, axe)).map((problem) => `${pathname}: ${problem}`))
    if (pictures !== undefined) await picture(page, { folder: pictures, name: `${language}-${looks}-${pathname}` })
    return {
      status,
      address: pathname,
      heading: (await page.locator('h1').first().textContent()) ?? '',
      html: await page.content(),
      // Locators look into the form's element, too.
      ticked: await page.locator('input:checked').count(),
    }
  }

  return {
    name: `in Chromium ${browser.version()}`,
    complaints,
    get looked() {
      return `${looks} pages: no violation by axe-core, no error and no breach of the content policy in the console`
    },
    open: async (address) => {
      await page.goto(address)
      return look()
    },
    send: async (action, values = {}) => {
      const form = page.locator(`form[action="${action}"]`).first()
      for (const [name, value] of Object.entries(values)) await fillIn(page, `form[action="${action}"]`, name, value)
      for (const box of await form.locator('input[type=checkbox]').all()) await box.check()
      await leaving(page, () => form.locator('button').last().click())
      return look()
    },
    choose: async (decisions) => {
      for (const [purpose, decision] of Object.entries(decisions)) {
        await page.locator(`surveyseal-consent input[name="${purpose}"][value="${decision}"]`).check()
      }
      await leaving(page, () => page.locator('surveyseal-consent form button:not([type])').click())
      return look()
    },
    answer: async ({ nps, npsComment, followUpDetails }) => {
      await page.locator('[data-name="nps"] label', { hasText: new RegExp(`^${nps}$`) }).click()
      await page.locator('[data-name="npsComment"] textarea').fill(npsComment)
      if (followUpDetails !== undefined) {
        await page.locator('[data-name="followUpRequested"] label').first().click()
        await page.locator('[data-name="followUpDetails"] input').fill(followUpDetails)
      }
      await leaving(page, () => page.locator('.sd-navigation__complete-btn').click())
      return look()
    },
    download: (address) => page.evaluate(async (path) => (await fetch(path)).text(), address),
    close: () => browser.close(),
  }
}

async function fillIn(page: Page, form: string, name: string, value: string): Promise<void> {
  const field = page.locator(`${form} [name="${name}"]`).first()
  const tag = await field.evaluate((element) => element.tagName)
  if (tag === 'SELECT') await field.selectOption(value)
  else await field.fill(value)
}

/** Loaded, and the survey shown where there is one. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  const form = page.locator('surveyseal-consent')
  if ((await form.count()) > 0) await form.locator('form').waitFor()
  if ((await page.locator('#survey').count()) > 0) await page.locator('.sd-navigation__complete-btn').waitFor()
}

/** Does something that leads to another page, and waits for it. */
async function leaving(page: Page, act: () => Promise<void>): Promise<void> {
  const left = page.waitForEvent('framenavigated')
  await act()
  await left
}

function isPage(response: Response, page: Page): boolean {
  return response.request().isNavigationRequest() && response.frame() === page.mainFrame()
}

/** Injected through the debugging protocol, which the page's content policy does not reach. */
async function violations(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => `${id}, ${help}: ${nodes.map(({ target }) => target).join(' ')}`)
  })
}

async function picture(page: Page, { folder, name }: { folder: string; name: string }): Promise<void> {
  await mkdir(folder, { recursive: true })
  // A token may stand in the address of a page that could not be opened.
  const file = name
    .replace(/\/(i|w)\/[^/]+/, '/$1')
    .replace(/[0-9a-f-]{36}/, 'person')
    .replace(/\W+/g, '-')
  await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true })
}

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, chromium } from 'playwright'
import { findChromium } from '../tools/chromium.js'

/** What a page did when it was looked at in one way. */
export interface Inspected {
  readonly way: string
  /** Rules of axe-core that it breaks. */
  readonly violations: readonly string[]
  /** What it asked of the network. */
  readonly requests: readonly string[]
  /** What its content policy and scripts complained about. */
  readonly messages: readonly string[]
  /** Pixels by which it is wider than the screen. */
  readonly overflow: number
  /** Whether a hostile script set `window.ran`. */
  readonly ran: boolean
  /** Bytes of it printed. */
  readonly printed: number
}

const WAYS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
] as const

/** Opens a page in Chromium, wide, dark and on a telephone, and says what is wrong with it; `null` without a Chromium. */
export async function inspectPage(html: string): Promise<Inspected[] | null> {
  const executablePath = findChromium()
  if (executablePath === null) return null
  const axe = await readFile(requireOfApp.resolve('axe-core/axe.min.js'), 'utf8')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const found: Inspected[] = []
    for (const way of WAYS) found.push(await inspect(browser, { html, axe, ...way }))
    return found
  } finally {
    await browser.close()
  }
}

const requireOfApp = createRequire(new URL('../examples/survey-app/package.json', import.meta.url))

type Way = { readonly html: string; readonly axe: string } & (typeof WAYS)[number]

async function inspect(browser: Browser, { html, axe, width, colorScheme }: Way): Promise<Inspected> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const page = await context.newPage()
  const [requests, messages]: [string[], string[]] = [[], []]
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  await page.setContent(html)
  const { overflow, ran } = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ran: 'ran' in window,
  }))
  await page.evaluate(axe)
  const violations = await page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`,
  )
  const printed = (await page.pdf({ preferCSSPageSize: true })).length
  await context.close()
  return { way: `${width} ${colorScheme}`, violations, requests, messages, overflow, ran, printed }
}

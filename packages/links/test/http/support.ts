import {
  AnswerRefused,
  createLinkHandlers,
  type LinkHandlers,
  type LinkHandlersOptions,
  type SubmittedAnswer,
} from '../../src/http.js'
import {
  createLinkService,
  type Invitation,
  type Keyring,
  type LinkService,
  type LinkStore,
  type Placement,
} from '../../src/index.js'
import { type MemoryTransaction, memoryLinkStore } from '../../src/testing.js'
import { BASE_URL, SCOPE } from '../support.js'

export const ORIGIN = 'https://feedback.example'
export const FORM = 'application/x-www-form-urlencoded'
/** What a page of ours makes a browser send. */
export const OURS: Readonly<Record<string, string>> = { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }

type Options = Partial<LinkHandlersOptions<MemoryTransaction>>

/** A host that keeps ratings from 0 to 10. */
export interface TestHost {
  readonly handlers: LinkHandlers
  readonly links: LinkService<MemoryTransaction>
  /** What was kept, with whose it is. */
  readonly kept: { readonly respondent: unknown; readonly answer: unknown }[]
  /** What `onError` heard. */
  readonly errors: unknown[]
  /** Issues one link. */
  invite(invitation?: Partial<Invitation>): Promise<string>
}

export interface TestHostOptions extends Options {
  readonly store?: LinkStore<MemoryTransaction>
  readonly keyring?: Keyring
  readonly clock?: () => Date
}

export function openHost(options: TestHostOptions = {}): TestHost {
  const { store = memoryLinkStore(), keyring, clock, ...rest } = options
  const placement: Placement = options.placement ?? 'path'
  const [kept, errors]: [TestHost['kept'], unknown[]] = [[], []]
  const links = createLinkService({
    ...SCOPE,
    ...(keyring !== undefined && { keyring }),
    ...(clock !== undefined && { clock }),
    store,
    placement,
    peppers: { current: { id: '2026', secret: new Uint8Array(32).fill(7) } },
    baseUrl: BASE_URL,
  })
  const accept = async (tx: MemoryTransaction, { answer, link }: SubmittedAnswer): Promise<void> => {
    if (!isRated(answer)) throw new AnswerRefused(['rating'])
    tx.onCommit(() => kept.push({ respondent: link.respondent, answer: { ...answer } }))
  }
  const onError = (error: unknown): void => void errors.push(error)
  const prefill = { rating: (value: string) => /^(?:10|[0-9])$/.test(value) }
  return {
    handlers: createLinkHandlers({ links, baseUrl: BASE_URL, placement, accept, onError, prefill, ...rest }),
    links,
    kept,
    errors,
    async invite(invitation = {}) {
      for await (const { url } of links.issue([{ respondent: '4711', ...invitation }])) return url
      throw new Error('no link')
    },
  }
}

function isRated(answer: unknown): answer is { readonly rating: unknown } {
  const rating = typeof answer === 'object' && answer !== null && 'rating' in answer ? answer.rating : null
  return /^(?:10|[0-9])$/.test(String(rating))
}

export function tokenOf(url: string): string {
  return /[A-Za-z0-9_-]+$/.exec(url)?.[0] ?? ''
}

/** A request as a page's form makes it. */
export function form(step: string, fields: Readonly<Record<string, string>>, headers = OURS): Request {
  const body = new URLSearchParams(fields).toString()
  return new Request(`${BASE_URL}/${step}`, { method: 'POST', headers: { ...headers, 'Content-Type': FORM }, body })
}

/** A request as a page's script makes it. */
export function json(step: string, body: unknown, headers: Readonly<Record<string, string>> = OURS): Request {
  return new Request(`${BASE_URL}/${step}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export function get(url: string, headers: Readonly<Record<string, string>> = { Accept: 'text/html' }): Request {
  return new Request(url, { headers })
}

/** The members of a JSON response. */
export async function members(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}

/** The fields of the one form on a page, with the values that stand in them. */
export async function formOf(response: Response): Promise<{ action: string; fields: Record<string, string> }> {
  const html = await response.text()
  const action = /<form method="post" action="([^"]+)">/.exec(html)?.[1] ?? ''
  const inputs = [...html.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)]
  return { action, fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescapeHtml(value)])) }
}

function unescapeHtml(text: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? '')
}

/** Claims a link as a script does. */
export async function claimKey({ handlers }: TestHost, url: string): Promise<string> {
  const { idempotencyKey } = await members(await handlers.fetch(json('claim', { token: tokenOf(url) })))
  return String(idempotencyKey)
}

/**
 * Walks over plain HTTP where there is no browser. The consent is signed by the same module a browser runs.
 *
 * @module
 */
import type { ConsentRequest } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { JourneyFailure } from './report.js'
import type { Seen, Visitor } from './visitor.js'

/** Makes a visitor of the server at an origin. */
export function createHttpVisitor(origin: string): Visitor {
  const cookies = new Map<string, string>()
  let seen: Seen = { status: 0, address: '', heading: '', html: '', ticked: 0 }

  async function request(address: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(address, origin), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, Origin: origin, Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const next = response.headers.get('Location')
    return next === null ? response : request(next)
  }

  async function read(response: Response): Promise<Seen> {
    const html = await response.text()
    const heading = plainText(/<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1] ?? '').trim()
    const ticked = html.match(/<input[^>]*\schecked/g)?.length ?? 0
    seen = { status: response.status, address: new URL(response.url).pathname, heading, html, ticked }
    return seen
  }

  async function sendJson(path: string, body: unknown): Promise<Seen> {
    const headers = { 'Content-Type': 'application/json' }
    const response = await request(path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) return read(response)
    const { next } = (await response.json()) as { next: string }
    return read(await request(next))
  }

  return {
    name: 'over plain HTTP',
    complaints: [],
    looked: 'not looked at: without a browser nothing is rendered and axe-core does not run',
    open: async (address) => read(await request(address)),
    send: async (action, values = {}) => {
      const form = formOf(seen.html, action)
      const body = new URLSearchParams(fieldsOf(form, values))
      return read(await request(action, { method: 'POST', body }))
    },
    choose: async (decisions) => {
      const { request: asked } = dataOf<{ request: ConsentRequest }>(seen.html, 'notice')
      return sendJson('/respond/consent', await signConsent(asked, decisions, { indexedDB: null }))
    },
    answer: async ({ followUpDetails, ...values }) => {
      const { definition: _, ...claimed } = dataOf<Record<string, unknown>>(seen.html, 'survey')
      const call = followUpDetails === undefined ? {} : { followUpRequested: true, followUpDetails }
      const body = JSON.stringify({ ...claimed, answer: { ...values, ...call } })
      const headers = { 'Content-Type': 'application/json' }
      const response = await request('/i/submit', { method: 'POST', headers, body })
      return read(response.ok ? await request('/respond/receipt') : response)
    },
    download: async (address) => (await request(address)).text(),
    close: async () => undefined,
  }
}

function formOf(html: string, action: string): string {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? []
  const form = forms.find((text) => text.includes(`action="${action}"`))
  if (form === undefined) throw new JourneyFailure(`the page has no form that leads to ${action}`)
  return form
}

/** Hidden fields as they are, ticked boxes all of them, and the values the visitor gives. */
function fieldsOf(form: string, values: Readonly<Record<string, string>>): [string, string][] {
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([tag]) => ({
    type: attribute(tag, 'type'),
    name: attribute(tag, 'name'),
    value: attribute(tag, 'value'),
  }))
  const fixed = inputs.filter(({ type }) => type === 'hidden' || type === 'checkbox')
  return [
    ...fixed.map(({ name, value }): [string, string] => [name, value]),
    ...Object.entries(values).filter(([name]) => !fixed.some((input) => input.name === name)),
  ]
}

function attribute(tag: string, name: string): string {
  return plainText(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
}

function dataOf<T>(html: string, name: string): T {
  const json = new RegExp(`id="${name}-data">([\\s\\S]*?)</script>`).exec(html)?.[1]
  if (json === undefined) throw new JourneyFailure(`the page has no data called ${name}`)
  return JSON.parse(json) as T
}

function plainText(text: string): string {
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
}

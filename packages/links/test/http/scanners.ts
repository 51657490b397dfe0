import type { LinkHandlers } from '../../src/http.js'
import type { Placement } from '../../src/index.js'
import { BASE_URL } from '../support.js'
import { FORM, form, formOf, get, json, OURS, tokenOf } from './support.js'

/** Somebody who is not the invitee and has their link. Gives the last response. */
export type Scanner = (handlers: LinkHandlers, url: string) => Promise<Response>

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

/** What comes over the wire of a URL: never its fragment. */
const wire = (url: string): string => url.split('#')[0] ?? ''

const loads =
  (headers: Readonly<Record<string, string>>, method = 'GET'): Scanner =>
  (handlers, url) =>
    handlers.fetch(new Request(wire(url), { method, headers }))

/** Loads the page and submits the form on it as it stands, as often as there is one. */
const submitsForms =
  (depth: number, headers: Readonly<Record<string, string>>): Scanner =>
  async (handlers, url) => {
    let response = await handlers.fetch(get(wire(url), BROWSER))
    for (let at = 0; at < depth; at++) {
      const { action, fields } = await formOf(response.clone())
      if (action === '') return response
      // A page that read its fragment has put the token into the field by now.
      const filled = { 'link-token': tokenOf(url), ...fields }
      response = await handlers.fetch(form(action.slice(action.lastIndexOf('/') + 1), filled, headers))
    }
    return response
  }

/** What is known of the programs that look at links, by name. */
export const SCANNERS: Readonly<Record<string, Scanner>> = {
  'Safe Links: a GET without cookies': loads({ ...BROWSER, 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0)' }),
  'Safe Links: a browser that posts the form of the page': submitsForms(1, { ...OURS, 'Sec-Fetch-Mode': 'navigate' }),
  'a browser that posts every form there is': submitsForms(3, OURS),
  'a scanner without a browser that posts the form': submitsForms(2, {}),
  'another site that posts the form': submitsForms(2, {
    'Sec-Fetch-Site': 'cross-site',
    Origin: 'https://scan.example',
  }),
  'Proofpoint: HEAD, then GET': async (handlers, url) => {
    await loads({ 'User-Agent': 'Mozilla/5.0' }, 'HEAD')(handlers, url)
    return loads(BROWSER)(handlers, url)
  },
  'Slack: HEAD, then a part of the page': async (handlers, url) => {
    await loads({ 'User-Agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }, 'HEAD')(handlers, url)
    return loads({ 'User-Agent': 'Slackbot-LinkExpanding 1.0', Range: 'bytes=0-32768' })(handlers, url)
  },
  'WhatsApp and iMessage: previews': async (handlers, url) => {
    await loads({ 'User-Agent': 'WhatsApp/2.23.20.0', Range: 'bytes=0-65535' })(handlers, url)
    return loads({ 'User-Agent': 'facebookexternalhit/1.1 Facebot Twitterbot/1.0', Accept: '*/*' })(handlers, url)
  },
  'a prefetch': loads({ ...BROWSER, 'Sec-Purpose': 'prefetch', Purpose: 'prefetch' }),
  'a prerender': loads({ ...BROWSER, 'Sec-Purpose': 'prefetch;prerender' }),
  'an antivirus that asks again': async (handlers, url) => {
    await loads(BROWSER)(handlers, url)
    return loads({ 'User-Agent': '' })(handlers, url)
  },
  'a script that opens': (handlers, url) =>
    handlers.fetch(get(BASE_URL, { Accept: 'application/json', 'SurveySeal-Link': tokenOf(url) })),
  'a script that claims, twice': async (handlers, url) => {
    await handlers.fetch(json('claim', { token: tokenOf(url) }))
    return handlers.fetch(json('claim', { token: tokenOf(url) }))
  },
  OPTIONS: loads({ Origin: 'https://scan.example', 'Access-Control-Request-Method': 'POST' }, 'OPTIONS'),
  'methods nobody offered': async (handlers, url) => {
    await loads({}, 'DELETE')(handlers, url)
    await loads({}, 'PUT')(handlers, url)
    return handlers.fetch(new Request(wire(url), { method: 'POST', headers: { 'Content-Type': FORM }, body: 'a=b' }))
  },
  'a GET of what only takes a POST': async (handlers, url) => {
    await handlers.fetch(get(`${BASE_URL}/claim?link-token=${tokenOf(url)}`, BROWSER))
    return handlers.fetch(
      get(`${BASE_URL}/submit?link-token=${tokenOf(url)}&link-key=${'k'.repeat(22)}&rating=1`, BROWSER),
    )
  },
  'a submission without a key': (handlers, url) =>
    handlers.fetch(json('submit', { token: tokenOf(url), answer: { rating: 1 } })),
  'a submission without an answer': (handlers, url) =>
    handlers.fetch(json('submit', { token: tokenOf(url), idempotencyKey: 'k'.repeat(22) })),
}

/** How mail systems rewrite a URL, and what they make of it when somebody clicks. */
export const WRAPPERS: Readonly<Record<string, { wrap(url: string): string; unwrap(wrapped: string): string }>> = {
  none: { wrap: (url) => url, unwrap: (url) => url },
  'Safe Links': {
    wrap: (url) =>
      `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C02%7C&sdata=x%3D&reserved=0`,
    unwrap: (wrapped) => new URL(wrapped).searchParams.get('url') ?? '',
  },
  'Proofpoint version 2': {
    wrap: (url) => {
      const encoded = encodeURIComponent(url).replace(/[-_.~!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
      return `https://urldefense.proofpoint.com/v2/url?u=${encoded.replaceAll('%2F', '_').replaceAll('%', '-')}&d=DwMFaQ&c=x`
    },
    unwrap: (wrapped) =>
      decodeURIComponent((/[?&]u=([^&]*)/.exec(wrapped)?.[1] ?? '').replaceAll('-', '%').replaceAll('_', '/')),
  },
  'Proofpoint version 3': {
    wrap: (url) => `https://urldefense.com/v3/__${url.replaceAll('#', '*')}__;${url.includes('#') ? 'Iw' : ''}!!x$`,
    unwrap: (wrapped) => {
      const [, url = '', replaced = ''] = /\/v3\/__(.+?)__;([\w-]*)!/.exec(wrapped) ?? []
      return replaced === '' ? url : url.replace('*', Buffer.from(replaced, 'base64').toString())
    },
  },
}

/** What campaign tools append, in a place where it does no harm. */
export function withCampaign(url: string, placement: Placement): string {
  const [before = '', fragment] = url.split('#')
  const query = 'utm_source=mail&utm_campaign=a%2Fb&mc_eid=0123456789'
  const appended = `${before}${before.includes('?') ? '&' : '?'}${query}`
  return placement === 'fragment' ? `${appended}#${fragment}` : appended
}

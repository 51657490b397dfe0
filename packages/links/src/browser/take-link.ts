/**
 * Taking a link out of the address bar.
 *
 * @module
 */

import type { Placement } from '../placement.js'
import { createLinkClient, type LinkClient, type LinkClientOptions } from './create-link-client.js'

/** What {@link takeLink} needs. */
export interface TakeLinkOptions extends Pick<LinkClientOptions, 'baseUrl' | 'retries' | 'wait'> {
  /** The same as the link service's. @defaultValue `'path'` */
  readonly placement?: Placement
  /** What the address bar shows afterwards. @defaultValue the path of `baseUrl` */
  readonly address?: string
}

const TOKEN = /^[\w-]{16,200}$/

const FIND: Readonly<Record<Placement, (location: Location) => string | undefined>> = {
  path: ({ pathname }) => pathname.split('/').pop(),
  fragment: ({ hash }) => hash.slice(1),
  query: ({ search }) => new URLSearchParams(search).get('t') ?? undefined,
}

/**
 * Takes the link of this page and removes it, and whatever else the address carries, from the address bar and the history.
 *
 * Call it first thing: scripts that ran before have seen the address, and so has the server unless the token is in the
 * fragment. Nothing is sent. Reloading the page afterwards does not bring the link back; the message still has it.
 *
 * @example
 * A page with a button and a form.
 *
 * ```ts
 * import { takeLink } from '@surveyseal/links/browser'
 *
 * const link = takeLink({ baseUrl: '/s', placement: 'fragment' })
 * const [start, form] = [document.querySelector('button'), document.querySelector('form')]
 *
 * start?.addEventListener('click', async () => {
 *   const claimed = await link?.claim()
 *   if (claimed?.outcome === 'usable' && form) form.hidden = false
 * })
 * form?.addEventListener('submit', async (event) => {
 *   event.preventDefault()
 *   const { outcome } = (await link?.submit(Object.fromEntries(new FormData(form)))) ?? { outcome: 'unknown' }
 *   document.title = outcome === 'kept' ? 'Thank you' : 'Please try again'
 * })
 * ```
 *
 * @param options - See {@link TakeLinkOptions}.
 * @returns A client for the link, or `null` when the address holds nothing like one; then it is left as it is.
 */
export function takeLink(options: TakeLinkOptions): LinkClient | null {
  const { baseUrl, placement = 'path', address = new URL(baseUrl, location.href).pathname } = options
  const token = FIND[placement](location)
  if (!token || !TOKEN.test(token)) return null
  const { t: _, language, ...prefill } = Object.fromEntries(new URLSearchParams(location.search))
  history.replaceState(history.state, '', address)
  return createLinkClient({ ...options, token, language, prefill })
}

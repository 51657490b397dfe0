/**
 * Values handed to a page's script.
 *
 * @module
 */
import { html, raw } from 'hono/html'
import type { Html } from './layout.js'

/** Writes a JSON block that no markup inside a value can end. Browsers do not run it, so the content policy allows it. */
export function data(name: string, value: unknown): Html {
  const json = JSON.stringify(value).replace(/</g, '\\u003c')
  return html`<script type="application/json" id="${name}-data">${raw(json)}</script>`
}

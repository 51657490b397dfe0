/**
 * Registers the element, when asked.
 *
 * @module
 */

import { createElementClass } from '../lib/element-class.js'

/** Under which name, and where. */
export interface DefineConsentElementOptions {
  /** @defaultValue `surveyseal-consent` */
  readonly name?: string
  /** @defaultValue the page's own */
  readonly registry?: CustomElementRegistry
}

/**
 * Registers `<surveyseal-consent>`: a form that shows the notice of a request and asks for a yes or no to each purpose.
 *
 * Importing this module does nothing, and neither does calling this on a server or twice. The element shows only a notice
 * whose digest is the one to be signed; it makes a key and sends something only when the person presses the button, once.
 * It does not check whether the notice says what the law wants, and whether the server recorded anything is what `submit`
 * says.
 *
 * @example
 * On the page that asks.
 *
 * ```ts
 * import { defineConsentElement } from '@surveyseal/consent/element'
 *
 * export async function ask(element: HTMLElementTagNameMap['surveyseal-consent']): Promise<void> {
 *   defineConsentElement()
 *   element.submit = async (body, { signal }) => {
 *     const { ok } = await fetch('/consent', { method: 'POST', body, signal })
 *     if (!ok) throw new Error('not recorded')
 *   }
 *   element.addEventListener('consent-sent', () => location.assign('/survey'))
 *   element.request = await (await fetch('/consent/request')).json()
 * }
 * ```
 *
 * @param options - See {@link DefineConsentElementOptions}.
 */
export function defineConsentElement(options: DefineConsentElementOptions = {}): void {
  const { name = 'surveyseal-consent', registry = globalThis.customElements } = options
  if (registry === undefined || registry.get(name) !== undefined) return
  registry.define(name, createElementClass())
}

/**
 * Shows the consent form; the element draws, asks and signs, this page sends.
 *
 * @module
 */
import type { ConsentRequest } from '@surveyseal/consent/browser'
import { defineConsentElement } from '@surveyseal/consent/element'
import { readData, sendJson } from './wire.js'

const { request } = readData<{ request: ConsentRequest }>('notice')
const form = document.querySelector('surveyseal-consent')

defineConsentElement()
if (form !== null) ask(form)

function ask(element: HTMLElementTagNameMap['surveyseal-consent']): void {
  let next = '/respond/survey'
  element.submit = async (signed, { signal }) => {
    const answer = await sendJson<{ next: string } | { request: ConsentRequest }>('/respond/consent', signed, signal)
    if ('request' in answer) return answer
    next = answer.next
    return undefined
  }
  element.addEventListener('consent-sent', () => location.assign(next))
  element.request = request
}

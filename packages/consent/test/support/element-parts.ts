import type { ConsentElement } from '@surveyseal/consent/element'

/** What is drawn. */
export function shadow(element: ConsentElement): ShadowRoot {
  if (element.shadowRoot === null) throw new Error('the element has no shadow root')
  return element.shadowRoot
}

export function all<Found extends HTMLElement = HTMLElement>(element: ConsentElement, selector: string): Found[] {
  return [...shadow(element).querySelectorAll<Found>(selector)]
}

export function one<Found extends HTMLElement = HTMLElement>(element: ConsentElement, selector: string): Found {
  const [found] = all<Found>(element, selector)
  if (found === undefined) throw new Error(`nothing is ${selector}`)
  return found
}

export const choose = (element: ConsentElement, purpose: string, choice: 'given' | 'refused'): void =>
  one(element, `input[name="${purpose}"][value="${choice}"]`).click()

export const save = (element: ConsentElement): void => one(element, '[part=save]').click()

export const titleOf = (element: ConsentElement): string => one(element, '[part=title]').textContent ?? ''

/** The message on top, or nothing. */
export const problemOf = (element: ConsentElement): string =>
  all(element, '[part=problem]:not([hidden]) strong')[0]?.textContent ?? ''

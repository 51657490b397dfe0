/**
 * Making elements: every text goes in as text, so that no notice can bring markup along.
 *
 * @module
 */

/** A text or a node. */
export type Content = string | Node

type Attributes = Readonly<Record<string, string | boolean>>

/** Makes an element. An attribute that is false is left out. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...contents)
  return element
}

/** Makes a button that sends no form by itself. */
export function button(part: string, label: Content, press: () => void): HTMLButtonElement {
  const made = make('button', { part, type: 'button' }, label)
  made.addEventListener('click', press)
  return made
}

/** Text from elsewhere inside of a sentence: whatever direction it switches to ends where it ends. */
export function isolate(text: string): HTMLElement {
  return make('bdi', {}, text)
}

/** A heading, at most of level 6. */
export function heading(level: number, part: string, content: Content): HTMLElement {
  return make(`h${Math.min(level, 6)}` as 'h6', { part }, content)
}

/** What only a screen reader says: which one of several alike this is. */
export function aside(text: string): HTMLElement {
  return make('span', { class: 'aside' }, ' ', isolate(text))
}

/** Moves the reader to what is no control. */
export function moveTo(element: HTMLElement): void {
  element.tabIndex = -1
  element.focus()
}

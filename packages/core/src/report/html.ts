/** Text that is markup already. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What {@link html} takes: text is escaped, markup is not, nothing is nothing, and a list is its parts in a row. */
export type HtmlPart = string | number | Markup | null | undefined | readonly HtmlPart[]

/**
 * Writes markup in which everything put in is escaped, unless it is markup itself.
 *
 * Escaped text is safe in an element and in a quoted attribute; not in a tag's name, a `style`, a script or an address.
 * Control characters and those that turn the direction of text are shown as `\u{…}`: a reader must see the order that is
 * there.
 *
 * @example
 * A name nobody vouches for.
 *
 * ```ts
 * import { html } from '@surveyseal/core/report'
 *
 * const names = ['Ada', '<script>']
 * export const { text } = html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`
 * // '<ul><li>Ada</li><li>&lt;script&gt;</li></ul>'
 * ```
 *
 * @param strings - The markup around the parts.
 * @param parts - What is put in.
 * @returns Markup, which may be a part itself.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Markup {
  return new Markup(strings.reduce((text, string, at) => text + string + markup(parts[at]), ''))
}

function markup(part: HtmlPart): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(markup).join('')
  return escaped(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text
    .replace(/[\p{Bidi_Control}\p{Cc}]/gu, visible)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** Tabs and ends of lines are white space to a page, and stay. */
function visible(character: string): string {
  return /[\t\n]/.test(character) ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`
}

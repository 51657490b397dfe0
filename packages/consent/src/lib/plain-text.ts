/**
 * Texts of a notice as a reader hears them.
 *
 * @module
 */

/** A text in lower case without accents, invisible characters and typographic variants: what two spellings share. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .trim()
}

/** A text and where it stands. */
export interface PlacedText {
  readonly path: string
  readonly text: string
}

/** Every text below a value. */
export function textsIn(value: unknown, path: string): readonly PlacedText[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, `${path}.${name}`))
}

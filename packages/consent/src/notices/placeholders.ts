/** `{{name}}` in a text of a template. */
const PLACEHOLDER = /\{\{\s*([A-Za-z0-9][A-Za-z0-9.-]{0,63})\s*\}\}/g

/** @internal The names of the placeholders of a text; half of one counts, so that a typing mistake is not published. */
export function findPlaceholders(text: string): readonly string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
  const isBroken = /\{\{|\}\}/.test(text.replace(PLACEHOLDER, ''))
  return isBroken ? [...names, ''] : names
}

/** @internal A text with its placeholders replaced. */
export function replacePlaceholders(text: string, values: (name: string) => string): string {
  return text.replace(PLACEHOLDER, (_, name: string) => values(name))
}

import { textsIn } from '../lib/plain-text.js'

/** `{{name}}` in a text of a template. */
const PLACEHOLDER = /\{\{\s*([A-Za-z0-9][A-Za-z0-9._:-]{0,127})\s*\}\}/g

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

/** @internal The names of all placeholders in a value, each once. */
export function placeholdersOf(value: unknown): readonly string[] {
  return [...new Set(textsIn(value, '').flatMap(({ text }) => findPlaceholders(text)))]
}

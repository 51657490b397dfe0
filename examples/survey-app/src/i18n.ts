/**
 * Two languages. Every page keeps its own phrases beside its markup, in a table made by {@link phrases}.
 *
 * @module
 */

/** A language the app speaks. */
export type Language = 'en' | 'fr'

/** The languages, with the names their speakers use. */
export const languages: Record<Language, string> = { en: 'English', fr: 'Français' }

/** Makes a table of `[English, French]` pairs into a function from a language to its phrases. */
export function phrases<const Table extends Record<string, readonly [english: string, french: string]>>(
  table: Table,
): (language: Language) => Record<keyof Table, string> {
  const column = (index: 0 | 1): Record<string, string> =>
    Object.fromEntries(Object.entries(table).map(([name, pair]) => [name, pair[index]]))
  const both = { en: column(0), fr: column(1) }
  return (language) => both[language] as Record<keyof Table, string>
}

/** Puts values into a phrase: `{name}` becomes `values.name`. */
export function fill(phrase: string, values: Record<string, string | number>): string {
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** Reads a language from anything a client may send. */
export function parseLanguage(value: string | undefined): Language | null {
  return value === 'en' || value === 'fr' ? value : null
}

/** Picks a language from an `Accept-Language` header: the first of the two that it names. */
export function acceptedLanguage(header: string | undefined): Language {
  const first = /\b(en|fr)\b/i.exec(header ?? '')?.[1]?.toLowerCase()
  return parseLanguage(first) ?? 'en'
}

/** Writes an instant as a day and a minute, in UTC so that two readers see the same. */
export function writeInstant(instant: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(instant)
}

/** Writes the day of an instant, in UTC. */
export function writeDay(instant: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(instant)
}

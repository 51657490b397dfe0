import type { Language } from '../lib/text.js'

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' }

/** Numbers and dates as people of a language write them. */
export interface Shown {
  /** A whole number, its thousands set apart. */
  count(value: number): string
  /** A share of 1, with two digits where one would hide it. */
  percent(share: number): string
  /** Six digits that count. */
  number(value: number): string
  /** The day of an instant, in UTC. */
  day(at: Date): string
}

/**
 * Writes numbers and dates in a language.
 *
 * @param language - Of the report.
 * @returns See {@link Shown}.
 */
export function shownIn(language: Language): Shown {
  const locale = LOCALES[language]
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return {
    count: (value) => value.toLocaleString(locale),
    percent: (share) =>
      share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 2 : 1 }),
    number: (value) => value.toLocaleString(locale, { maximumSignificantDigits: 6 }),
    day: (at) => (language === 'fr' ? day.format(at).replace(/^1 /, '1er ') : day.format(at)),
  }
}

import type { Dialect } from './dialect.js'
import type { Value } from './value.js'
import { typeUnsupported } from './value.js'

/**
 * Whether a row's language tag begins with a language, as "fr-CA" and "FR_be" do with "fr"; `null` where the column cannot name one.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`
 */
export function languageIs(value: Value, language: string, dialect: Dialect): string | null {
  const { sql, type } = value
  if (type === 'other' && !dialect.isDynamic) throw typeUnsupported(value)
  if (type !== 'text' && !dialect.isDynamic) return null
  const { length } = language
  const written = spellings(language).map((text) => `'${text}'`)
  const begins = `${dialect.binary(`substr(${sql}, 1, ${length})`)} IN (${written.join(', ')})`
  const ends = `substr(${sql}, ${length + 1}, 1) IN ('', '-', '_')`
  return dialect.isDynamic ? `${dialect.isText(sql)} AND ${begins} AND ${ends}` : `${begins} AND ${ends}`
}

/** A word of letters in every mixture of capitals: what engines make of `lower` depends on their settings. */
function spellings(word: string): readonly string[] {
  return Array.from(word).reduce(
    (beginnings: readonly string[], letter) =>
      beginnings.flatMap((begun) => [`${begun}${letter}`, `${begun}${letter.toUpperCase()}`]),
    [''],
  )
}

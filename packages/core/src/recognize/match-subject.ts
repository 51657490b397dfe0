/**
 * One person's e-mail address and telephone number, however they are spelled.
 *
 * @module
 */

import type { CountryCode } from 'libphonenumber-js'
import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { foldText } from './lib/fold.js'
import { emailFinder } from './subject-email.js'
import { phoneFinder } from './subject-phone.js'

/**
 * What a person asks to be found by: one of the two, or both.
 *
 * @group Finding a person
 */
export interface SubjectIdentifiers {
  readonly email?: string | undefined
  /** In international form, or in the national form of {@link MatchSubjectOptions.region}. */
  readonly phone?: string | undefined
}

/**
 * Options of {@link matchSubject}.
 *
 * @group Finding a person
 */
export interface MatchSubjectOptions {
  /** The country (ISO 3166-1 alpha-2) whose national form a telephone number without `+` is in. @defaultValue none */
  readonly region?: CountryCode | undefined
  /** `ada+news@example.org` is `ada@example.org`. Not every provider delivers them to one mailbox. @defaultValue false */
  readonly ignoreTags?: boolean | undefined
}

/**
 * Where an identifier stands in a text, in UTF-16 units; the end is exclusive.
 *
 * @group Finding a person
 */
export interface SubjectPlace {
  readonly start: number
  readonly end: number
}

/**
 * Finds one person's identifiers in text.
 *
 * @group Finding a person
 */
export interface SubjectMatch {
  /** The identifiers in their normal form: personal data, not to be stored or shown. */
  readonly canonical: readonly string[]
  /** Every place where one of them stands, in the order of the text and apart from each other. */
  find(text: string): readonly SubjectPlace[]
}

/**
 * Prepares to find one person by e-mail address or telephone number, in a field of its own and inside of a text.
 *
 * An address is found in any case, in full-width letters, between brackets or after `mailto:`, with any of its characters
 * percent-encoded, once to thrice, or written as HTML entities, with `(at)` and `[dot]`, with spaces around `@`, and with invisible
 * characters in it; not as part of a longer address. A number is found in international and national form, however it is grouped.
 * Neither is found in images, in encodings such as Base64 and quoted-printable, across tags of HTML, as a hash, in quotation marks
 * (`"ada"@example.org`), or spelled out in words.
 *
 * @example
 * The same person three times.
 *
 * ```ts
 * import { matchSubject } from '@surveyseal/core/recognize'
 *
 * const ada = matchSubject({ email: 'ada@example.org', phone: '+33 6 12 34 56 78' })
 * const places = ada.find('Mail <ADA@example.org>, ?to=ada%40example.org, or call 06.12.34.56.78.')
 * console.log(places.length) // 3
 * ```
 *
 * @param identifiers - At least one.
 * @param options - See {@link MatchSubjectOptions}.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE`, `RangeError` `ERR_INVALID_ARG_VALUE`: no identifier, no e-mail address, or no
 * possible telephone number.
 * @group Finding a person
 */
export function matchSubject(identifiers: SubjectIdentifiers, options: MatchSubjectOptions = {}): SubjectMatch {
  const { email, phone } = identifiers
  const { region, ignoreTags = false } = options
  if (typeof ignoreTags !== 'boolean') throw invalidArgumentType('options.ignoreTags', 'boolean', ignoreTags)
  if (email === undefined && phone === undefined) throw invalidArgumentValue('identifiers', 'an email or a phone')
  const finders = [
    ...(email === undefined ? [] : [emailFinder(assertText('email', email), { ignoreTags })]),
    ...(phone === undefined ? [] : [phoneFinder(assertText('phone', phone), { region })]),
  ]
  return {
    canonical: finders.map(({ canonical }) => canonical),
    find(text) {
      // A soft hyphen is seen where a line breaks only, and folds to a hyphen otherwise.
      const folded = foldText(text.replaceAll('\u00ad', '\u200b'))
      return united(finders.flatMap(({ find }) => find(folded, text)))
    },
  }
}

function assertText(name: string, value: unknown): string {
  if (typeof value === 'string' && value.length <= 320) return value
  if (typeof value === 'string') throw invalidArgumentValue(name, 'at most 320 characters')
  throw invalidArgumentType(name, 'string', value)
}

/** Places that overlap become one. */
function united(places: readonly SubjectPlace[]): readonly SubjectPlace[] {
  if (places.length < 2) return places
  const apart: SubjectPlace[] = []
  for (const place of [...places].sort((one, other) => one.start - other.start)) {
    const last = apart.at(-1)
    if (last === undefined || place.start >= last.end) apart.push(place)
    else apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, place.end) }
  }
  return apart
}

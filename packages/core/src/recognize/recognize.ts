/**
 * Finding personal data in a text.
 *
 * @module
 */

import type { CountryCode } from 'libphonenumber-js'
import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { birthDate } from './birth-date.js'
import { card } from './card.js'
import { coordinates } from './coordinates.js'
import { email } from './email.js'
import { iban } from './iban.js'
import { ip } from './ip.js'
import { foldText } from './lib/fold.js'
import { name } from './name.js'
import { nationalId } from './national-id.js'
import { NATIONAL_IDS, type NationalId } from './national-ids.js'
import { phone } from './phone.js'
import { postalAddress, postalCode } from './postal.js'
import type { Recognizer, Trait } from './recognizer.js'
import { mergeSpans, type Span, type SpanKind } from './span.js'
import { url } from './url.js'

/**
 * Options of {@link recognize}.
 *
 * @group Recognizing
 */
export interface RecognizeOptions {
  /** Which kinds to look for. @defaultValue all of them */
  readonly kinds?: readonly SpanKind[] | undefined
  /** Spans below this confidence are left out. @defaultValue 0.5 */
  readonly minimumConfidence?: number | undefined
  /** Countries (ISO 3166-1 alpha-2) whose national telephone formats count. @defaultValue `['US', 'CA', 'GB', 'FR']` */
  readonly regions?: readonly CountryCode[] | undefined
  /** Replaces the table of national identifiers. @defaultValue `NATIONAL_IDS` */
  readonly nationalIds?: readonly NationalId[] | undefined
}

/** Everything needed to find a kind, in one place; the order decides between spans of one extent and one confidence. */
const RECOGNIZERS = {
  email,
  url,
  iban,
  card,
  'national-id': nationalId,
  ip,
  coordinates,
  'birth-date': birthDate,
  phone,
  'postal-address': postalAddress,
  'postal-code': postalCode,
  name,
} as const satisfies Record<SpanKind, Recognizer>

const TRAITS: Readonly<Record<Trait, RegExp>> = {
  at: /@/,
  digit: /\d/,
  dot: /:\/\/|www\./i,
  letter: /\p{L}/u,
}

/**
 * Every kind that {@link recognize} can find.
 *
 * @group Recognizing
 */
export const SPAN_KINDS: readonly SpanKind[] = Object.keys(RECOGNIZERS) as SpanKind[]

/**
 * Finds personal data in a text of English or French: addresses, numbers with their check digits, names.
 *
 * Checks syntax, lengths, check digits and the words around a match; does not know whether a number is in use or a name is a
 * person's. Takes time proportional to the length of the text, whatever it holds. Nothing is sent anywhere.
 *
 * @example
 * What a comment holds.
 *
 * ```ts
 * import { recognize } from '@surveyseal/core/recognize'
 *
 * const [span] = recognize('Write to jo@example.org, please.')
 * // { start: 9, end: 23, kind: 'email', confidence: 0.95 }
 * ```
 *
 * @param text - Any string.
 * @param options - See {@link RecognizeOptions}.
 * @returns Disjoint spans in the order of the text.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when `text` is no string, `RangeError` `ERR_INVALID_ARG_VALUE` when a kind is
 * unknown, the confidence is not between 0 and 1, or a pattern of `nationalIds` is not global.
 * @group Recognizing
 */
export function recognize(text: string, options: RecognizeOptions = {}): Span[] {
  if (typeof text !== 'string') throw invalidArgumentType('text', 'string', text)
  const {
    kinds = SPAN_KINDS,
    minimumConfidence = 0.5,
    regions = ['US', 'CA', 'GB', 'FR'],
    nationalIds = NATIONAL_IDS,
  } = options
  if (!(minimumConfidence >= 0 && minimumConfidence <= 1))
    throw invalidArgumentValue('minimumConfidence', 'a number from 0 to 1')
  if (!kinds.every((kind) => Object.hasOwn(RECOGNIZERS, kind)))
    throw invalidArgumentValue('kinds', `any of ${SPAN_KINDS.join(', ')}`)
  if (!nationalIds.every(({ pattern }) => pattern.global))
    throw invalidArgumentValue('nationalIds', 'rows with global patterns')
  const folded = foldText(text)
  const present = new Map<Trait, boolean>()
  const spans: Span[] = []
  for (const kind of kinds) {
    const { trait, find } = RECOGNIZERS[kind]
    if (!present.has(trait)) present.set(trait, TRAITS[trait].test(folded))
    if (present.get(trait) !== true) continue
    for (const found of find(folded, { regions, nationalIds, minimumConfidence })) {
      if (found.confidence >= minimumConfidence) spans.push({ ...found, kind })
    }
  }
  return mergeSpans(spans)
}

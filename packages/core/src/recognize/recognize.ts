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
import { type CodedText, withCodes } from './lib/codes.js'
import { findPlaces, type Overview } from './lib/find-places.js'
import { foldText } from './lib/fold.js'
import { findInVisible } from './lib/invisible.js'
import type { Stretch } from './lib/matches.js'
import { KIND, mark, type Places } from './lib/places.js'
import { isQuiet } from './lib/quiet.js'
import { findNames, name } from './name.js'
import { nationalId } from './national-id.js'
import { NATIONAL_IDS, type NationalId } from './national-ids.js'
import { phone } from './phone.js'
import { postalAddress, postalCode } from './postal.js'
import type { Recognizer, RecognizerContext } from './recognizer.js'
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
  const settings = readOptions(options)
  const isPlain = settings.context.nationalIds === NATIONAL_IDS && isQuiet(text, (settings.kinds & NAME_BIT) !== 0)
  if (isPlain) return []
  return findInVisible(text, (visible) => withCodes(visible, (coded) => recognizeCoded(coded, settings)))
}

/**
 * Does what {@link recognize} does, by running every recognizer over all of the text.
 *
 * @internal
 */
export function recognizePlainly(text: string, options: RecognizeOptions = {}): Span[] {
  const settings = readOptions(options)
  return findInVisible(text, (visible) => runAll(foldText(visible), settings))
}

function runAll(folded: string, settings: Settings): Span[] {
  const spans = SPAN_KINDS.filter((kind) => hasKind(settings, kind)).flatMap((kind) =>
    RECOGNIZERS[kind]
      .find({ text: folded, from: 0, to: folded.length }, settings.context)
      .map((found) => ({ ...found, kind })),
  )
  return mergeSpans(spans.filter(({ confidence }) => confidence >= settings.context.minimumConfidence))
}

interface Settings {
  /** Bits by {@link KIND}. */
  readonly kinds: number
  readonly context: RecognizerContext
}

const DEFAULT_CONTEXT: RecognizerContext = {
  minimumConfidence: 0.5,
  regions: ['US', 'CA', 'GB', 'FR'],
  nationalIds: NATIONAL_IDS,
}
const EVERY_KIND: number = 2 ** SPAN_KINDS.length - 1
const NAME_BIT: number = 1 << KIND.name

function readOptions(options: RecognizeOptions): Settings {
  const {
    kinds = SPAN_KINDS,
    minimumConfidence = 0.5,
    regions = DEFAULT_CONTEXT.regions,
    nationalIds = NATIONAL_IDS,
  } = options
  if (!(minimumConfidence >= 0 && minimumConfidence <= 1))
    throw invalidArgumentValue('minimumConfidence', 'a number from 0 to 1')
  if (nationalIds !== NATIONAL_IDS && !nationalIds.every(({ pattern }) => pattern.global))
    throw invalidArgumentValue('nationalIds', 'rows with global patterns')
  return {
    kinds: kinds === SPAN_KINDS ? EVERY_KIND : kindBits(kinds),
    context: { minimumConfidence, regions, nationalIds },
  }
}

function kindBits(kinds: readonly SpanKind[]): number {
  let bits = 0
  for (const kind of kinds) {
    const bit = KIND_BITS.get(kind)
    if (bit === undefined) throw invalidArgumentValue('kinds', `any of ${SPAN_KINDS.join(', ')}`)
    bits |= bit
  }
  return bits
}

const KIND_BITS: ReadonlyMap<string, number> = new Map(Object.entries(KIND).map(([kind, at]) => [kind, 1 << at]))

function hasKind({ kinds }: Settings, kind: SpanKind): boolean {
  return (kinds & (1 << KIND[kind])) !== 0
}

function recognizeCoded(coded: CodedText, settings: Settings): Span[] {
  const overview = findPlaces(coded, (settings.kinds & NAME_BIT) !== 0)
  // A table of the host's own has shapes that nothing here knows.
  if (settings.context.nationalIds !== NATIONAL_IDS) mark(overview.places, KIND['national-id'], 0, coded.text.length)
  const wanted = overview.places.kinds & settings.kinds
  return wanted === 0 ? [] : mergeSpans(findSpans(coded, overview, { ...settings, kinds: wanted }))
}

function findSpans(coded: CodedText, { places, words }: Overview, { kinds, context }: Settings): Span[] {
  const spans: Span[] = []
  for (const kind of SPAN_KINDS) {
    if ((kinds & (1 << KIND[kind])) === 0) continue
    const stretch = stretchOf(coded.text, places, kind)
    const found = kind === 'name' ? findNames(coded, words) : RECOGNIZERS[kind].find(stretch, context)
    // What begins after the last place is cut off where the stretch ends.
    const last = places.last[KIND[kind]] ?? 0
    for (const { start, end, confidence } of found) {
      if (confidence >= context.minimumConfidence && start <= last) spans.push({ start, end, kind, confidence })
    }
  }
  return spans
}

function stretchOf(text: string, { first, last }: Places, kind: SpanKind): Stretch {
  const [before, after] = RECOGNIZERS[kind].reach
  return {
    text,
    from: Math.max(0, (first[KIND[kind]] ?? 0) - before),
    to: Math.min(text.length, (last[KIND[kind]] ?? 0) + after),
  }
}

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
import { email, spelledEmail } from './email.js'
import { iban } from './iban.js'
import { ip, ipv6 } from './ip.js'
import { type CodedText, withAscii, withCodes } from './lib/codes.js'
import { findPlaces, type Overview } from './lib/find-places.js'
import { foldText } from './lib/fold.js'
import { findInVisible } from './lib/invisible.js'
import type { Stretch } from './lib/matches.js'
import { mark, PLACE, type Places } from './lib/places.js'
import { isQuiet, isQuietOfNames } from './lib/quiet.js'
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

interface Row {
  readonly kind: SpanKind
  readonly recognizer: Recognizer
}

/** Everything needed to find a kind, by {@link PLACE}; the order decides between spans of one extent and one confidence. */
const RECOGNIZERS: readonly Row[] = [
  { kind: 'email', recognizer: email },
  { kind: 'email', recognizer: spelledEmail },
  { kind: 'url', recognizer: url },
  { kind: 'iban', recognizer: iban },
  { kind: 'card', recognizer: card },
  { kind: 'national-id', recognizer: nationalId },
  { kind: 'ip', recognizer: ip },
  { kind: 'ip', recognizer: ipv6 },
  { kind: 'coordinates', recognizer: coordinates },
  { kind: 'birth-date', recognizer: birthDate },
  { kind: 'phone', recognizer: phone },
  { kind: 'postal-address', recognizer: postalAddress },
  { kind: 'postal-code', recognizer: postalCode },
  { kind: 'name', recognizer: name },
]

/**
 * Every kind that {@link recognize} can find.
 *
 * @group Recognizing
 */
export const SPAN_KINDS: readonly SpanKind[] = [...new Set(RECOGNIZERS.map(({ kind }) => kind))]

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
  const { nationalIds = NATIONAL_IDS } = options
  const wanted = readKinds(options)
  if (nationalIds === NATIONAL_IDS && (hasNames(wanted) ? isQuietOfNames(text) : isQuiet(text))) return []
  return findInText(text, { wanted, context: readContext(options) })
}

function hasNames(wanted: number): boolean {
  return (wanted & (1 << PLACE.name)) !== 0
}

function findInText(text: string, settings: Settings): Span[] {
  return (
    withAscii(text, (coded) => recognizeCoded(coded, settings)) ??
    findInVisible(text, (visible) => withCodes(visible, (coded) => recognizeCoded(coded, settings)))
  )
}

/**
 * Does what {@link recognize} does, by running every recognizer over all of the text.
 *
 * @internal
 */
export function recognizePlainly(text: string, options: RecognizeOptions = {}): Span[] {
  const settings = { wanted: readKinds(options), context: readContext(options) }
  return findInVisible(text, (visible) => runAll(foldText(visible), settings))
}

function runAll(text: string, { wanted, context }: Settings): Span[] {
  const spans = RECOGNIZERS.filter((_, place) => (wanted & (1 << place)) !== 0).flatMap(({ kind, recognizer }) =>
    recognizer.find({ text, from: 0, to: text.length }, context).map((found) => ({ ...found, kind })),
  )
  return mergeSpans(spans.filter(({ confidence }) => confidence >= context.minimumConfidence))
}

interface Settings {
  /** Bits by {@link PLACE}. */
  readonly wanted: number
  readonly context: RecognizerContext
}

const DEFAULT_CONTEXT: RecognizerContext = {
  minimumConfidence: 0.5,
  regions: ['US', 'CA', 'GB', 'FR'],
  nationalIds: NATIONAL_IDS,
}
const EVERY_KIND: number = 2 ** RECOGNIZERS.length - 1

/** Refuses what cannot be obeyed, and tells what is looked for. */
function readKinds({
  kinds = SPAN_KINDS,
  minimumConfidence = 0.5,
  nationalIds = NATIONAL_IDS,
}: RecognizeOptions): number {
  if (!(minimumConfidence >= 0 && minimumConfidence <= 1))
    throw invalidArgumentValue('minimumConfidence', 'a number from 0 to 1')
  if (nationalIds !== NATIONAL_IDS && !nationalIds.every(({ pattern }) => pattern.global))
    throw invalidArgumentValue('nationalIds', 'rows with global patterns')
  return kinds === SPAN_KINDS ? EVERY_KIND : kindBits(kinds)
}

function readContext({
  minimumConfidence = DEFAULT_CONTEXT.minimumConfidence,
  regions = DEFAULT_CONTEXT.regions,
  nationalIds = NATIONAL_IDS,
}: RecognizeOptions): RecognizerContext {
  return { minimumConfidence, regions, nationalIds }
}

/** Most lists are in the order of {@link SPAN_KINDS}. */
function kindBits(kinds: readonly SpanKind[]): number {
  let bits = 0
  let at = -1
  for (const kind of kinds) {
    at = SPAN_KINDS[at + 1] === kind ? at + 1 : SPAN_KINDS.indexOf(kind)
    if (at === -1) throw invalidArgumentValue('kinds', `any of ${SPAN_KINDS.join(', ')}`)
    bits |= KIND_BITS[at] ?? 0
  }
  return bits
}

/** Bits by {@link PLACE} for each of {@link SPAN_KINDS}. */
const KIND_BITS: readonly number[] = SPAN_KINDS.map((kind) =>
  RECOGNIZERS.reduce((bits, row, place) => (row.kind === kind ? bits | (1 << place) : bits), 0),
)

function recognizeCoded(coded: CodedText, { wanted, context }: Settings): Span[] {
  const overview = findPlaces(coded, wanted)
  const { places } = overview
  // A table of the host's own has shapes that nothing here knows.
  if (context.nationalIds !== NATIONAL_IDS) mark(places, PLACE['national-id'], 0, coded.text.length)
  return places.kinds === 0 ? [] : mergeSpans(findSpans(coded, overview, context))
}

function findSpans(coded: CodedText, { places, words }: Overview, context: RecognizerContext): Span[] {
  const spans: Span[] = []
  for (let bits = places.kinds; bits !== 0; bits &= bits - 1) {
    const place = 31 - Math.clz32(bits & -bits)
    const { kind, recognizer } = RECOGNIZERS[place] as Row
    const found =
      kind === 'name'
        ? findNames(coded, words)
        : recognizer.find(stretchOf(coded.text, places, place, recognizer), context)
    // What begins after the last place is cut off where the stretch ends.
    const last = places.last[place] ?? 0
    for (const { start, end, confidence } of found) {
      if (confidence >= context.minimumConfidence && start <= last) spans.push({ start, end, kind, confidence })
    }
  }
  return spans
}

function stretchOf(text: string, { first, last }: Places, place: number, { reach }: Recognizer): Stretch {
  return {
    text,
    from: Math.max(0, (first[place] ?? 0) - reach[0]),
    to: Math.min(text.length, (last[place] ?? 0) + reach[1]),
  }
}

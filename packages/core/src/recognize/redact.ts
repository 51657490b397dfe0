/**
 * Replacing personal data in a text.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { foldText } from './lib/fold.js'
import { findInVisible } from './lib/invisible.js'
import { type RecognizeOptions, recognize } from './recognize.js'
import { mergeSpans, type Span, type SpanKind } from './span.js'
import { findSubject } from './subject.js'

/**
 * What was replaced: a kind that {@link recognize} finds, or a known value of the subject.
 *
 * @group Redacting
 */
export type RedactionKind = SpanKind | 'subject'

/**
 * Options of {@link redact}.
 *
 * @group Redacting
 */
export interface RedactOptions extends RecognizeOptions {
  /**
   * Values the subject is known by: names, e-mail addresses, telephone numbers, customer numbers. They go first, whatever
   * their case, accents and spacing, each word of a name by itself too. @defaultValue none
   */
  readonly subject?: readonly string[] | undefined
}

/**
 * Finds names with a model: anything that turns a text into spans of it.
 *
 * @group Redacting
 */
export interface NerProvider {
  /** Finds spans in UTF-16 units of `text`. */
  recognize(text: string): Promise<readonly Span[]>
}

/**
 * Options of {@link redactWithNer}.
 *
 * @group Redacting
 */
export interface NerRedactOptions extends RedactOptions {
  /** Consulted besides the built-in recognizers; its spans obey `kinds` and `minimumConfidence` too. */
  readonly ner: NerProvider
}

/**
 * A text without the personal data that was found in it.
 *
 * @group Redacting
 */
export interface Redaction {
  /** The text with a placeholder such as `[EMAIL_1]` for every span. */
  readonly text: string
  /** Where the spans were in the text given, in UTF-16 units. */
  readonly spans: readonly Span<RedactionKind>[]
}

/**
 * Replaces personal data in a text by placeholders, the known values of the subject first.
 *
 * One value has one placeholder within the text. Numbers start again with every text and nothing maps them back, so
 * placeholders of two texts cannot be joined and none can be reversed. Finding nothing does not prove that there is nothing:
 * free text can single a person out without any name (see {@link recognize} for what is looked for).
 *
 * @example
 * A comment on its way to a colleague.
 *
 * ```ts
 * import { redact } from '@surveyseal/core/recognize'
 *
 * const { text } = redact('Ask Zoé (zoe@example.org). zoe@example.org is best.', { subject: ['Zoé'] })
 * // 'Ask [SUBJECT_1] ([EMAIL_1]). [EMAIL_1] is best.'
 * ```
 *
 * @param text - Any string.
 * @param options - See {@link RedactOptions}.
 * @returns See {@link Redaction}.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when `text` or a value of the subject is no string, `RangeError`
 * `ERR_INVALID_ARG_VALUE` as {@link recognize} does.
 * @group Redacting
 */
export function redact(text: string, options: RedactOptions = {}): Redaction {
  const { subject = [] } = options
  const found = recognize(text, options)
  if (subject.length === 0) return replaceSpans(text, found)
  return replaceSpans(text, mergeSpans([...subjectSpans(text, subject), ...found]))
}

/**
 * Does what {@link redact} does, with a model's help for names.
 *
 * @example
 * A model that runs elsewhere in the process.
 *
 * ```ts
 * import { type NerProvider, redactWithNer } from '@surveyseal/core/recognize'
 *
 * export function redactNames(text: string, ner: NerProvider): Promise<{ text: string }> {
 *   return redactWithNer(text, { ner })
 * }
 * ```
 *
 * @param text - Any string.
 * @param options - See {@link NerRedactOptions}.
 * @returns See {@link Redaction}.
 * @throws As {@link redact} does, and `RangeError` `ERR_INVALID_ARG_VALUE` when a span of the provider is not within the text.
 * @group Redacting
 */
export async function redactWithNer(text: string, options: NerRedactOptions): Promise<Redaction> {
  const { ner, kinds, minimumConfidence = 0.5, subject = [] } = options
  const found: Span<RedactionKind>[] = [...subjectSpans(text, subject), ...recognize(text, options)]
  for (const span of await ner.recognize(text)) {
    assertWithin(text, span)
    if (span.confidence >= minimumConfidence && (kinds === undefined || kinds.includes(span.kind))) found.push(span)
  }
  return replaceSpans(text, mergeSpans(found))
}

const LABELS: Readonly<Record<RedactionKind, string>> = {
  email: 'EMAIL',
  url: 'URL',
  iban: 'IBAN',
  card: 'CARD',
  'national-id': 'NATIONAL_ID',
  ip: 'IP',
  coordinates: 'COORDINATES',
  'birth-date': 'BIRTH_DATE',
  phone: 'PHONE',
  'postal-address': 'POSTAL_ADDRESS',
  'postal-code': 'POSTAL_CODE',
  name: 'NAME',
  subject: 'SUBJECT',
}

function subjectSpans(text: string, subject: readonly string[]): Span<RedactionKind>[] {
  if (typeof text !== 'string') throw invalidArgumentType('text', 'string', text)
  for (const value of subject) if (typeof value !== 'string') throw invalidArgumentType('subject', 'strings', value)
  if (subject.length === 0) return []
  return findInVisible(text, (visible) => findSubject(foldText(visible), subject))
}

function assertWithin(text: string, { start, end }: Span): void {
  const within = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length
  if (!within) throw invalidArgumentValue('ner', 'a provider of spans within the text')
}

/** The spans are disjoint and in order. */
function replaceSpans(text: string, spans: readonly Span<RedactionKind>[]): Redaction {
  if (spans.length === 0) return { text, spans }
  const numbers = areAllDifferent(spans) ? undefined : numberValues(text, spans)
  let redacted = ''
  let at = 0
  let index = 0
  for (const { start, end, kind } of spans) {
    redacted += `${text.slice(at, start)}[${LABELS[kind]}_${numbers?.[index++] ?? 1}]`
    at = end
  }
  return { text: redacted + text.slice(at), spans }
}

/** Few spans of as many kinds, the most frequent case: each is the first of its kind. */
function areAllDifferent(spans: readonly Span<RedactionKind>[]): boolean {
  if (spans.length > 8) return false
  for (let index = 1; index < spans.length; index++)
    for (let before = 0; before < index; before++) if (spans[before]?.kind === spans[index]?.kind) return false
  return true
}

/** Values of a kind in the order of their first appearance, whatever their spelling. */
function numberValues(text: string, spans: readonly Span<RedactionKind>[]): number[] {
  const numbers = new Map<string, number>()
  const counts = new Map<string, number>()
  return spans.map(({ start, end, kind }) => {
    const value = foldText(text.slice(start, end)).toLowerCase()
    const key = kind + (isNumber(kind) ? value.replace(/[^a-z0-9]+/g, '') : value)
    const number = numbers.get(key) ?? (counts.get(kind) ?? 0) + 1
    if (!numbers.has(key)) counts.set(kind, number)
    numbers.set(key, number)
    return number
  })
}

/** Written in groups or not, it is one number. */
function isNumber(kind: RedactionKind): boolean {
  return kind === 'card' || kind === 'iban' || kind === 'phone' || kind === 'national-id' || kind === 'postal-code'
}

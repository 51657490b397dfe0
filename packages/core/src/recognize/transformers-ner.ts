/**
 * Names by a model that `@huggingface/transformers` runs.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import { foldText } from './lib/fold.js'
import { isWordChar } from './recognizer.js'
import type { NerProvider } from './redact.js'
import type { Span, SpanKind } from './span.js'

/**
 * One result of a pipeline: `entity_group` where tokens are grouped, `entity` where they are not. Version 4 leaves the offsets
 * out.
 *
 * @group Redacting
 */
export interface TokenClassification {
  readonly word: string
  readonly score: number
  readonly entity_group?: string | undefined
  readonly entity?: string | undefined
}

/**
 * A `token-classification` pipeline of `@huggingface/transformers` 3 or 4, by its shape: the package is no dependency.
 *
 * @group Redacting
 */
export type TokenClassifier = (
  text: string,
  options: { aggregation_strategy: 'simple' },
) => Promise<readonly TokenClassification[]>

/**
 * Options of {@link transformersNer}.
 *
 * @group Redacting
 */
export interface TransformersNerOptions {
  /** What a label of the model means, without `B-` and `I-`; labels that are not here are left alone. @defaultValue `PER`, `PERSON`, `LOC`, `GPE` and `ORG` are names */
  readonly labels?: Readonly<Record<string, SpanKind>> | undefined
  /** How much of a text the model sees at once, in UTF-16 units, because pipelines cut off silently what exceeds the model. @defaultValue 1000 */
  readonly maximumLength?: number | undefined
}

const LABELS: Readonly<Record<string, SpanKind>> = {
  PER: 'name',
  PERSON: 'name',
  LOC: 'name',
  GPE: 'name',
  ORG: 'name',
}

/** What tokenizers write for characters they do not know. */
const UNKNOWN = /\[UNK\]|<unk>/i

/**
 * Makes a {@link NerProvider} of a pipeline.
 *
 * A pipeline gives words and no places: they are looked for in the order of the text, whatever their case, accents and spaces,
 * and widened to whole words. Whether the model finds names, in which languages, and what it costs is the model's. Its weights
 * are loaded by the host; they are not part of this package, and its tests run on a stand-in of the same shape.
 *
 * @example
 * With a model that the host has chosen and loaded.
 *
 * ```ts
 * import { redactWithNer, type TokenClassifier, transformersNer } from '@surveyseal/core/recognize'
 *
 * // const classifier = await pipeline('token-classification', 'Xenova/bert-base-NER')
 * export async function redactComment(text: string, classifier: TokenClassifier): Promise<string> {
 *   const redaction = await redactWithNer(text, { ner: transformersNer(classifier) })
 *   return redaction.text
 * }
 * ```
 *
 * @param classifier - The pipeline.
 * @param options - See {@link TransformersNerOptions}.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when the classifier is no function, `RangeError` `ERR_INVALID_ARG_VALUE` when the
 * length is not a whole number of 64 or more. `recognize` rejects with `ERR_INVALID_ARG_VALUE` when a word does not stand in the
 * text, because a name would be left otherwise.
 * @see https://huggingface.co/docs/transformers.js
 * @group Redacting
 */
export function transformersNer(classifier: TokenClassifier, options: TransformersNerOptions = {}): NerProvider {
  const { labels = LABELS, maximumLength = 1000 } = options
  if (typeof classifier !== 'function') throw invalidArgumentType('classifier', 'function', classifier)
  if (!Number.isInteger(maximumLength) || maximumLength < 64)
    throw invalidArgumentValue('maximumLength', 'a whole number of 64 or more')
  return {
    async recognize(text) {
      const spans: Span[] = []
      for (const { piece, offset } of pieces(text, maximumLength)) {
        const words = await classifier(piece, { aggregation_strategy: 'simple' })
        for (const { start, end, ...rest } of placed(piece, words, labels))
          spans.push({ start: start + offset, end: end + offset, ...rest })
      }
      return spans
    },
  }
}

/** Cut after a line, a sentence or a word; within a word only when it is longer than everything. */
function* pieces(text: string, length: number): Generator<{ piece: string; offset: number }> {
  for (let offset = 0; offset < text.length; ) {
    const window = text.slice(offset, offset + length)
    const isLast = offset + length >= text.length
    const cut = isLast ? window.length : (lastBreak(window) ?? window.length)
    yield { piece: window.slice(0, cut), offset }
    offset += cut
  }
}

function lastBreak(window: string): number | undefined {
  for (const mark of ['\n', '. ', '! ', '? ', ' ']) {
    const at = window.lastIndexOf(mark)
    if (at > window.length / 2) return at + mark.length
  }
  return undefined
}

function placed(
  piece: string,
  words: readonly TokenClassification[],
  labels: Readonly<Record<string, SpanKind>>,
): Span[] {
  const folded = foldText(piece).toLowerCase()
  const searched = folded.length === piece.length ? folded : piece
  const spans: Span[] = []
  let from = 0
  for (const { word, score, entity_group, entity } of words) {
    const label = (entity_group ?? entity ?? '').replace(/^[BIES]-/, '')
    const kind = Object.hasOwn(labels, label) ? labels[label] : undefined
    const place = placeOf(searched, word, from)
    if (place === undefined && kind !== undefined)
      throw invalidArgumentValue('ner', 'a pipeline whose words stand in the text')
    if (place === undefined) continue
    from = place.end
    if (kind !== undefined) spans.push({ ...widened(piece, place), kind, confidence: Math.min(1, Math.max(0, score)) })
  }
  return spans
}

/** Tokenizers put spaces where none were, leave out others, and mark pieces of words by "##" or "\u2581". */
function placeOf(searched: string, word: string, from: number): { start: number; end: number } | undefined {
  const bare = foldText(word.replaceAll('##', '').replaceAll('\u2581', ' ')).toLowerCase().trim()
  if (bare === '') return undefined
  const pattern = bare
    .split(UNKNOWN)
    .map((known) =>
      Array.from(known.replace(/\s/g, ''), (char) => char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join(
        '[\\s\\p{M}]{0,8}',
      ),
    )
    .join('\\s{0,8}\\S{1,64}?\\s{0,8}')
  const match = new RegExp(pattern, 'gu')
  match.lastIndex = from
  const found = match.exec(searched)
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length }
}

/** Half a name is a name. */
function widened(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  let [first, last] = [start, end]
  while (first > 0 && isWordChar(text[first - 1])) first--
  while (last < text.length && isWordChar(text[last])) last++
  return { start: first, end: last }
}

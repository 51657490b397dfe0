import { invalidArgumentType, invalidArgumentValue } from '../errors.js'
import type { Anonymized, Change, Written } from './apply.js'
import type { CompiledPolicy } from './compile.js'
import { AnonymizeError } from './errors.js'
import type { JsonLine } from './json-line.js'
import { JsonSink } from './json-sink.js'
import { parseLine, readLines } from './read-ndjson.js'

/** Options of {@link anonymizeRecords} and {@link anonymizeNdjson}. */
export interface StreamOptions {
  /**
   * Told what was done to each record, in order, those suppressed included.
   *
   * @defaultValue nobody is told
   */
  readonly onChanges?: (changes: readonly Change[]) => void
}

/** Options of {@link anonymizeNdjson}. */
export interface NdjsonOptions extends StreamOptions {
  /**
   * The longest line, in bytes, without its line break.
   *
   * @defaultValue 1 MiB
   */
  readonly maxLineBytes?: number
}

/**
 * Anonymizes records one after the other; no more of them are taken than are asked for. Records are independent: two with one
 * id are two records, each with an address of its own. Those the policy suppresses are left out.
 *
 * @example
 * Records from a cursor, to be written elsewhere.
 *
 * ```ts
 * import { anonymizeRecords, compilePolicy, defaultPolicy } from '@surveyseal/core/anonymize'
 *
 * export async function copy(cursor: AsyncIterable<object>, insert: (record: object) => Promise<void>): Promise<void> {
 *   for await (const record of anonymizeRecords(cursor, compilePolicy(defaultPolicy('en')))) await insert(record)
 * }
 * ```
 *
 * @param records - The records.
 * @param policy - What {@link compilePolicy} returned.
 * @param options - See {@link StreamOptions}.
 * @returns What is left of each. Iterating throws what the records throw and what `policy.apply` does, with the number of the
 * record, counted from 1.
 */
export async function* anonymizeRecords(
  records: AsyncIterable<object> | Iterable<object>,
  policy: CompiledPolicy,
  options: StreamOptions = {},
): AsyncGenerator<Record<string, unknown>, void, undefined> {
  let number = 0
  for await (const record of records) {
    number += 1
    const left = applied(policy, record, number)
    options.onChanges?.(left.changes)
    if (left.record !== null) yield left.record
  }
}

/**
 * Anonymizes newline-delimited JSON: one object a line. Memory is bounded by the longest line and the chunks it is given, of
 * which no more are taken than are asked for. Empty lines are left out, and so are records the policy suppresses.
 *
 * @example
 * A file of any size, on Node.
 *
 * ```ts
 * import { createReadStream, createWriteStream } from 'node:fs'
 * import { pipeline } from 'node:stream/promises'
 * import { anonymizeNdjson, compilePolicy, defaultPolicy } from '@surveyseal/core/anonymize'
 *
 * export async function anonymizeFile(from: string, to: string): Promise<void> {
 *   // Lines come from JSON.parse, so that records have no getters.
 *   const policy = compilePolicy(defaultPolicy('en'), { parsed: true, functionConstructor: Function })
 *   await pipeline(anonymizeNdjson(createReadStream(from), policy), createWriteStream(to))
 * }
 * ```
 *
 * @param chunks - UTF-8, cut anywhere, or text.
 * @param policy - What {@link compilePolicy} returned.
 * @param options - See {@link NdjsonOptions}.
 * @returns UTF-8 of whole lines. Iterating throws what the chunks throw; {@link AnonymizeError} `ERR_NDJSON_MALFORMED`,
 * `ERR_NDJSON_LINE_TOO_LONG`, `ERR_NDJSON_NOT_UTF8`, and those of `policy.apply`, with the number of the line. No line of the
 * chunk that is at fault was handed out.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, RangeError `ERR_INVALID_ARG_VALUE` when `options.maxLineBytes` is no whole number
 * above 0.
 */
export function anonymizeNdjson(
  chunks: AsyncIterable<Uint8Array | string>,
  policy: CompiledPolicy,
  options: NdjsonOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { maxLineBytes = 2 ** 20, onChanges } = options
  if (typeof maxLineBytes !== 'number') throw invalidArgumentType('options.maxLineBytes', 'number', maxLineBytes)
  if (!Number.isInteger(maxLineBytes) || maxLineBytes < 1) {
    throw invalidArgumentValue('options.maxLineBytes', 'a whole number above 0')
  }
  return anonymizeLines(chunks, { policy, maxLineBytes, onChanges })
}

interface Lines {
  readonly policy: CompiledPolicy
  readonly maxLineBytes: number
  readonly onChanges: StreamOptions['onChanges']
}

async function* anonymizeLines(
  chunks: AsyncIterable<Uint8Array | string>,
  { policy, maxLineBytes, onChanges }: Lines,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sink = new JsonSink()
  for await (const lines of readLines(chunks, maxLineBytes)) {
    for (const line of lines) {
      const told = policy.writeLine(line, sink) ?? writeParsed(line, { policy, sink })
      if (told === undefined) continue
      onChanges?.(told.changes)
      if (!told.suppressed) sink.piece(LINE_BREAK)
    }
    const bytes = sink.take()
    if (bytes.length > 0) yield bytes
  }
}

const LINE_BREAK = Uint8Array.of(0x0a)

/** The long way, for lines of any kind. */
function writeParsed(
  line: JsonLine,
  { policy, sink }: { policy: CompiledPolicy; sink: JsonSink },
): Written | undefined {
  const record = parseLine(line)
  if (record === undefined) return undefined
  try {
    return policy.write(record, sink)
  } catch (error) {
    throw placed(error, `line ${line.number}`)
  }
}

function applied(policy: CompiledPolicy, record: object, number: number): Anonymized {
  try {
    return policy.apply(record)
  } catch (error) {
    throw placed(error, `record ${number}`)
  }
}

function placed(error: unknown, place: string): unknown {
  return error instanceof AnonymizeError ? new AnonymizeError(error.code, `${place}: ${error.message}`) : error
}

/**
 * Records from CSV or NDJSON, told apart by the file's name.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'
import { CliError } from '../errors.js'
import { formatCsv, readCsv } from './csv.js'
import { inert } from './inert.js'
import { readUtf8 } from './input.js'
import type { Io } from './io.js'
import type { JsonRecord } from './ndjson.js'
import { formatNdjson, readNdjson } from './ndjson.js'
import type { TextOption } from './options.js'

/** The options of every command that reads records. */
export const recordOptions: Readonly<Record<'delimiter' | 'format', TextOption>> = {
  delimiter: { type: 'string', hint: 'CHARACTER', does: 'separates cells; without it, the likeliest of , ; tab |' },
  format: { type: 'string', hint: 'csv|ndjson', does: 'how to read the input; without it the file name tells, or csv' },
}

/** Records as they arrive. */
export interface RecordSource {
  /** The columns of a CSV file; `null` for NDJSON, where each record has its own. */
  readonly header: readonly string[] | null
  readonly batches: AsyncIterable<readonly JsonRecord[]>
  /** The file as it is, to be read instead of `batches`, where lines are records. */
  readonly lines: AsyncIterable<Uint8Array> | null
  /** Text of the header line, which NDJSON does not have. */
  formatHeader(extraColumns?: readonly string[]): string
  /**
   * Text of records; a CSV cell is empty when the record does not have its column, and begins with an apostrophe when a
   * spreadsheet would run it.
   */
  format(records: readonly JsonRecord[], extraColumns?: readonly string[]): string
  /** The line a record was read from, where that can be had. */
  lineOf(record: JsonRecord): string | undefined
}

/** An open source; whoever opened it closes it. */
export interface OpenRecords extends RecordSource {
  close(): Promise<void>
}

/**
 * Opens a file of records, or standard input for `-`, for as long as it is used.
 *
 * @throws {@link CliError} `ERR_CLI_USAGE`, and what {@link readUtf8}, {@link readCsv} and {@link readNdjson} throw
 */
export async function withRecords<Result>(
  path: string,
  options: { delimiter: string | undefined; format: string | undefined },
  io: Io,
  use: (source: RecordSource) => Promise<Result>,
): Promise<Result> {
  const source = await openRecords(path, options, io)
  try {
    return await use(source)
  } finally {
    await source.close()
  }
}

/** Opens a file of records, or standard input for `-`, as {@link withRecords} does. */
export async function openRecords(
  path: string,
  options: { delimiter: string | undefined; format: string | undefined },
  io: Io,
): Promise<OpenRecords> {
  const { delimiter, format = /\.(ndjson|jsonl)$/i.test(path) ? 'ndjson' : 'csv' } = options
  if (format !== 'csv' && format !== 'ndjson') throw new CliError('ERR_CLI_USAGE', '--format is csv or ndjson')
  if (delimiter !== undefined && !/^[\x20-\x7e\t]$/.test(delimiter)) {
    throw new CliError('ERR_CLI_USAGE', '--delimiter takes one ASCII character')
  }
  const bytes = readUtf8(path, io)
  const close = async (): Promise<void> => void (await bytes.return())
  try {
    return { ...(format === 'csv' ? await csvRecords(bytes, delimiter) : ndjsonRecords(bytes)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Refuses to go on without a column the user named.
 *
 * @throws {@link CliError} `ERR_CLI_COLUMN_MISSING`
 */
export function requireColumns(source: Pick<RecordSource, 'header'>, columns: readonly string[]): void {
  const present = source.header === null ? null : new Set(source.header)
  const missing = columns.filter((column) => !(present?.has(column) ?? true))
  if (missing.length === 0) return
  const names = missing.map((name) => JSON.stringify(name)).join(', ')
  throw new CliError('ERR_CLI_COLUMN_MISSING', `the input has no column ${names}`)
}

/** A value of a record, `undefined` when the record has no such field of its own. */
export function ownValue(record: JsonRecord, field: string): unknown {
  return Object.hasOwn(record, field) ? record[field] : undefined
}

/** Does something with one record; a refusal says which record it was, counted from 1. */
export function atRecord<Result>(number: number, step: () => Result): Result {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof SurveySealError)) throw error
    throw new SurveySealError(error.code, `record ${number}: ${error.message}`)
  }
}

async function csvRecords(bytes: AsyncIterable<Buffer>, delimiter: string | undefined): Promise<RecordSource> {
  const table = await readCsv(bytes, delimiter)
  const { header } = table
  return {
    header,
    lines: null,
    batches: mapBatches(table.rows, recordOf(header)),
    formatHeader: (extra = []) => formatCsv([[...header, ...extra]], table.delimiter),
    format(records, extra = []) {
      const columns = [...header, ...extra]
      return formatCsv(
        records.map((record) => columns.map((column) => inert(ownValue(record, column)))),
        table.delimiter,
      )
    },
    lineOf: () => undefined,
  }
}

function ndjsonRecords(bytes: AsyncIterable<Buffer>): RecordSource {
  const lines = new WeakMap<JsonRecord, string>()
  const batches = readNdjson(bytes, lines)
  return {
    header: null,
    lines: bytes,
    batches,
    formatHeader: () => '',
    format: formatNdjson,
    lineOf: (record) => lines.get(record),
  }
}

async function* mapBatches<A, B>(batches: AsyncIterable<readonly A[]>, map: (item: A) => B): AsyncGenerator<B[]> {
  for await (const batch of batches) yield batch.map(map)
}

/** `__proto__` is the one name that assignment does not turn into an own property. */
function recordOf(header: readonly string[]): (row: readonly string[]) => JsonRecord {
  if (header.includes('__proto__')) {
    return (row) => Object.fromEntries(header.map((column, at) => [column, row[at]]))
  }
  return (row) => {
    const record: JsonRecord = {}
    for (let at = 0; at < header.length; at++) record[header[at] as string] = row[at]
    return record
  }
}

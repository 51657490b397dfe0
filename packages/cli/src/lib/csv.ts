/**
 * Streaming CSV, a batch of rows at a time.
 *
 * @module
 */

import type { Parser } from 'csv-parse'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { CliError } from '../errors.js'
import { MAX_RECORD_BYTES } from './input.js'

/** A CSV file whose header has been read. */
export interface CsvTable {
  readonly header: readonly string[]
  readonly delimiter: string
  /** Rows as long as the header, in batches as they arrive. */
  readonly rows: AsyncIterable<readonly (readonly string[])[]>
}

const DELIMITERS = [',', ';', '\t', '|'] as const
const QUOTE = 0x22
const NEWLINES: readonly number[] = [0x0a, 0x0d]

/**
 * Reads the header and prepares to read the rows. A byte order mark is dropped, empty lines are skipped.
 *
 * @param bytes - The file.
 * @param delimiter - One character; without it, the likeliest of comma, semicolon, tab and bar in the first line.
 * @throws {@link CliError} `ERR_CLI_CSV_MALFORMED`, `ERR_CLI_RECORD_TOO_LONG`, also while iterating
 */
export async function readCsv(bytes: AsyncIterable<Buffer>, delimiter: string | undefined): Promise<CsvTable> {
  const source = bytes[Symbol.asyncIterator]()
  const first = await firstLine(source)
  const chosen = delimiter ?? sniffDelimiter(first)
  const batches = parsed(first, source, chosen)
  const { value: batch } = await batches.next()
  const [header = [], ...rows] = batch ?? []
  if (new Set(header).size < header.length) throw malformed('two columns have the same name')
  return { header, delimiter: chosen, rows: following(rows, batches) }
}

/** Writes rows so that they are read back: the empty cell of a lone column is quoted, for an empty line is skipped. */
export function formatCsv(rows: readonly (readonly unknown[])[], delimiter: string): string {
  return stringify(rows as unknown[][], { delimiter, quoted_empty: rows[0]?.length === 1, quoted_match: '\r' })
}

/** The chunks up to the first line break outside quotes, as one. */
async function firstLine(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let read = Buffer.alloc(0)
  let quoted = false
  for (let at = 0; ; ) {
    const { value: chunk, done } = await source.next()
    if (done) return read
    read = Buffer.concat([read, chunk])
    for (; at < read.length; at++) {
      if (read[at] === QUOTE) quoted = !quoted
      else if (!quoted && NEWLINES.includes(read[at] as number)) return read
    }
    if (read.length > MAX_RECORD_BYTES) throw tooLong()
  }
}

/** The candidate that occurs most often outside quotes in the first line; the first of them on a tie. */
function sniffDelimiter(first: Buffer): string {
  const counts = new Map<number, number>(DELIMITERS.map((delimiter) => [delimiter.charCodeAt(0), 0]))
  let quoted = false
  for (const byte of first) {
    if (byte === QUOTE) quoted = !quoted
    if (quoted) continue
    if (NEWLINES.includes(byte)) break
    const count = counts.get(byte)
    if (count !== undefined) counts.set(byte, count + 1)
  }
  const [[likeliest] = [0]] = [...counts].sort(([, one], [, another]) => another - one)
  return String.fromCharCode(likeliest)
}

/** Rows are read in bulk after each chunk, because a promise per row costs more than the row. */
async function* parsed(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  delimiter: string,
): AsyncGenerator<string[][], void, undefined> {
  const parser = parse({ delimiter, bom: true, skip_empty_lines: true, max_record_size: MAX_RECORD_BYTES })
  parser.on('error', () => {})
  for (let chunk = first; ; ) {
    const taken = settled((done) => parser.write(chunk, done))
    const rows = readAll(parser)
    await taken
    if (rows.length > 0) yield rows
    const next = await rest.next()
    if (next.done) break
    chunk = next.value
  }
  await settled((done) => parser.end(done))
  const rows = readAll(parser)
  if (rows.length > 0) yield rows
}

function readAll(parser: Parser): string[][] {
  const rows: string[][] = []
  for (let row = parser.read(); row !== null; row = parser.read()) rows.push(row)
  return rows
}

async function* following<T>(rows: T[], batches: AsyncIterable<T[]>): AsyncGenerator<T[], void, undefined> {
  if (rows.length > 0) yield rows
  yield* batches
}

async function settled(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    start((error) => (error ? reject(refusal(error)) : resolve()))
  })
}

/** The parser's own message quotes the data; ours says where and what, never the content. */
function refusal(error: Error): CliError {
  const { code, lines } = error as Error & { code?: string; lines?: number }
  const where = lines === undefined ? '' : `line ${lines}: `
  if (code === 'CSV_MAX_RECORD_SIZE') return tooLong(where)
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') return malformed(`${where}not as many cells as the header has`)
  return malformed(`${where}a quote is misplaced or never closed`)
}

function malformed(problem: string): CliError {
  return new CliError('ERR_CLI_CSV_MALFORMED', problem)
}

function tooLong(where = ''): CliError {
  return new CliError('ERR_CLI_RECORD_TOO_LONG', `${where}a record is longer than 1 MiB`)
}

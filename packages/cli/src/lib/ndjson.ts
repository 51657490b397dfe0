/**
 * Streaming newline-delimited JSON, a batch of records at a time.
 *
 * @module
 */

import { CliError } from '../errors.js'
import { MAX_RECORD_BYTES } from './input.js'

/** A JSON object, as it was parsed: whatever it has, it has as its own property. */
export type JsonRecord = Record<string, unknown>

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Parses one JSON object per line; empty lines are skipped.
 *
 * @param bytes - The file.
 * @param lines - Where to keep the text each record was read from, for as long as the record lives.
 * @throws {@link CliError} `ERR_CLI_NDJSON_MALFORMED`, `ERR_CLI_RECORD_TOO_LONG`, both with the number of the line
 */
export async function* readNdjson(
  bytes: AsyncIterable<Buffer>,
  lines?: WeakMap<JsonRecord, string>,
): AsyncGenerator<JsonRecord[], void, undefined> {
  let line = 0
  for await (const block of wholeLines(bytes)) {
    const records: JsonRecord[] = []
    for (const text of block.split('\n')) {
      line++
      const content = line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
      if (content.length > MAX_RECORD_BYTES) throw tooLong()
      if (content.trim() === '') continue
      const record = parseRecord(content, line)
      lines?.set(record, content)
      records.push(record)
    }
    if (records.length > 0) yield records
  }
}

/** Writes records the way they are read. */
export function formatNdjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** Text cut at line breaks only, so that no character and no record is ever split. */
async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let rest: Buffer[] = []
  let length = 0
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(NEWLINE)
    if (end === -1) {
      rest.push(chunk)
      length += chunk.length
    } else {
      yield Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8')
      rest = [chunk.subarray(end + 1)]
      length = chunk.length - end - 1
    }
    if (length > MAX_RECORD_BYTES) throw tooLong()
  }
  if (length > 0) yield Buffer.concat(rest).toString('utf8')
}

function parseRecord(text: string, line: number): JsonRecord {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed(line)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(line)
  return value as JsonRecord
}

function malformed(line: number): CliError {
  return new CliError('ERR_CLI_NDJSON_MALFORMED', `line ${line}: not a JSON object`)
}

function tooLong(): CliError {
  return new CliError('ERR_CLI_RECORD_TOO_LONG', 'a record is longer than 1 MiB')
}

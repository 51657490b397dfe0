/**
 * Streaming newline-delimited JSON, a batch of records at a time.
 *
 * @module
 */

import { CliError } from '../errors.js'
import { readLines } from './lines.js'

/** A JSON object, as it was parsed: whatever it has, it has as its own property. */
export type JsonRecord = Record<string, unknown>

/**
 * Parses one JSON object per line; empty lines are skipped.
 *
 * @param bytes - The file.
 * @param lines - Where to keep the text each record was read from, for as long as the record lives.
 * @throws {@link CliError} `ERR_CLI_NDJSON_MALFORMED`, `ERR_CLI_RECORD_TOO_LONG`, both with the number of the line
 */
export async function* readNdjson(
  bytes: AsyncIterable<Uint8Array>,
  lines?: WeakMap<JsonRecord, string>,
): AsyncGenerator<JsonRecord[], void, undefined> {
  let number = 0
  for await (const texts of readLines(bytes)) {
    const records: JsonRecord[] = []
    for (const text of texts) {
      number += 1
      if (text.trim() === '') continue
      const record = parseRecord(text, number)
      lines?.set(record, text)
      records.push(record)
    }
    if (records.length > 0) yield records
  }
}

/** Writes records the way they are read. */
export function formatNdjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
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

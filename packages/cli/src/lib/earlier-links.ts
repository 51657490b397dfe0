/**
 * The links that an earlier, interrupted run has written.
 *
 * @module
 */

import { CliError } from '../errors.js'
import { readCsv } from './csv.js'
import { readBytes } from './input.js'
import type { Io } from './io.js'
import { LINK } from './mint-input.js'
import { readNdjson } from './ndjson.js'

/** Where they are and how they were written. */
export interface EarlierOutput {
  readonly path: string
  readonly isJson: boolean
  readonly column: string
  readonly delimiter: string | undefined
}

const NEWLINE = 0x0a
const QUOTE = 0x22

/**
 * Reads the links of an output by respondent. A last line that is not whole, as a killed process leaves it, is passed by.
 *
 * @throws {@link CliError} those of {@link readBytes}, {@link readCsv} and {@link readNdjson}, `ERR_CLI_COLUMN_MISSING`
 */
export async function readEarlierLinks(output: EarlierOutput, io: Io): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>()
  const bytes = wholeRecords(readBytes(output.path, io), output.isJson)
  for await (const [respondent, link] of output.isJson ? jsonPairs(bytes) : csvPairs(bytes, output)) {
    if (typeof respondent === 'string' && typeof link === 'string') links.set(respondent, link)
  }
  return links
}

type Pairs = AsyncGenerator<readonly [unknown, unknown], void, undefined>

async function* jsonPairs(bytes: AsyncIterable<Buffer>): Pairs {
  for await (const records of readNdjson(bytes)) {
    for (const { respondent, [LINK]: link } of records) yield [respondent, link]
  }
}

async function* csvPairs(bytes: AsyncIterable<Buffer>, { column, delimiter }: EarlierOutput): Pairs {
  const { header, rows } = await readCsv(bytes, delimiter)
  const [respondent, link] = [header.indexOf(column), header.indexOf(LINK)]
  if (header.length > 0 && (respondent === -1 || link === -1)) {
    throw new CliError('ERR_CLI_COLUMN_MISSING', 'the file of --resume is no earlier output of this command')
  }
  for await (const batch of rows) {
    for (const row of batch) yield [row[respondent], row[link]]
  }
}

/** Everything up to the last line break that ends a record; in CSV, one outside quotes. */
async function* wholeRecords(bytes: AsyncIterable<Buffer>, isJson: boolean): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer[] = []
  let quoted = false
  for await (const chunk of bytes) {
    let end = 0
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] === QUOTE && !isJson) quoted = !quoted
      else if (chunk[at] === NEWLINE && !quoted) end = at + 1
    }
    if (end > 0) yield Buffer.concat([...rest, chunk.subarray(0, end)])
    rest = end > 0 ? [chunk.subarray(end)] : [...rest, chunk]
  }
}

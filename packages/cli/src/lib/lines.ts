/**
 * Streaming text a line at a time.
 *
 * @module
 */

import { CliError } from '../errors.js'
import { MAX_RECORD_BYTES } from './input.js'

/**
 * Cuts UTF-8 into lines, as many at once as a chunk completes, without their line feeds and without a byte order mark; what
 * follows the last line feed is a line unless it is empty.
 *
 * @throws {@link CliError} `ERR_CLI_RECORD_TOO_LONG`, with the number of the line
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  let number = 1
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    for (const [at, line] of lines.entries()) if (line.length > MAX_RECORD_BYTES) throw tooLong(number + at)
    rest = lines.pop() ?? ''
    number += lines.length
    if (lines.length > 0) yield lines
  }
  rest += decoder.decode()
  if (rest !== '') yield [rest]
}

function tooLong(number: number): CliError {
  return new CliError('ERR_CLI_RECORD_TOO_LONG', `line ${number}: longer than 1 MiB`)
}

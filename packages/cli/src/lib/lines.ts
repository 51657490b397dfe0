/**
 * Streaming text a line at a time.
 *
 * @module
 */

import { CliError } from '../errors.js'
import { MAX_RECORD_BYTES } from './input.js'

/**
 * Cuts UTF-8 into lines, without their line breaks; what follows the last one is a line unless it is empty.
 *
 * @throws {@link CliError} `ERR_CLI_RECORD_TOO_LONG`, with the number of the line
 */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  let number = 1
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      number++
      yield line.endsWith('\r') ? line.slice(0, -1) : line
    }
    if (rest.length > MAX_RECORD_BYTES)
      throw new CliError('ERR_CLI_RECORD_TOO_LONG', `line ${number}: longer than 1 MiB`)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

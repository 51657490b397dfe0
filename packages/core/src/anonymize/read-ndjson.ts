import { AnonymizeError } from './errors.js'
import { endOfWord, type JsonLine } from './json-line.js'

/** How UTF-8 files of some systems begin. */
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf)
const NEWLINE = 0x0a

/**
 * @internal
 *
 * The lines that each chunk completes.
 *
 * @throws {@link AnonymizeError} `ERR_NDJSON_LINE_TOO_LONG`
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array | string>,
  maxLineBytes: number,
): AsyncGenerator<readonly JsonLine[], void, undefined> {
  let number = 0
  for await (const blocks of wholeLines(chunks, maxLineBytes)) {
    const lines: JsonLine[] = []
    for (const bytes of blocks) {
      let start = number === 0 ? Math.max(0, endOfWord(bytes, 0, BYTE_ORDER_MARK)) : 0
      while (start <= bytes.length) {
        const found = bytes.indexOf(NEWLINE, start)
        const end = found === -1 ? bytes.length : found
        if (end - start > maxLineBytes) throw tooLong()
        number += 1
        lines.push({ bytes, start, end, number })
        start = end + 1
      }
    }
    yield lines
  }
}

/**
 * @internal
 *
 * @returns `undefined` for an empty line.
 * @throws {@link AnonymizeError} `ERR_NDJSON_MALFORMED`, `ERR_NDJSON_NOT_UTF8`
 */
export function parseLine({ bytes, start, end, number }: JsonLine): object | undefined {
  const text = decode(bytes.subarray(start, end))
  return text.trim() === '' ? undefined : parse(text, number)
}

/** Cut at line breaks only, so that no character and no record is ever split. One line at most is held beside the chunk. */
async function* wholeLines(
  chunks: AsyncIterable<Uint8Array | string>,
  maxLineBytes: number,
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  let rest: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? encode(chunk) : chunk
    const end = bytes.lastIndexOf(NEWLINE)
    if (end !== -1) {
      // Only the line that was begun before is put together: copying all of it takes as long as parsing a third.
      const first = length === 0 ? -1 : bytes.indexOf(NEWLINE)
      const begun = first === -1 ? [] : [concat([...rest, bytes.subarray(0, first)])]
      yield first === end ? begun : [...begun, bytes.subarray(first + 1, end)]
      rest = []
      length = 0
    }
    // A copy: whoever gave the chunk may use its memory again.
    rest.push(bytes.slice(end + 1))
    length += bytes.length - end - 1
    if (length > maxLineBytes) throw tooLong()
  }
  if (length > 0) yield [concat(rest)]
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Half a character is no text: it would be replaced, and two people of different names become one. */
function encode(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw notUtf8()
  return new TextEncoder().encode(text)
}

function decode(block: Uint8Array): string {
  try {
    return DECODER.decode(block)
  } catch {
    throw notUtf8()
  }
}

function parse(line: string, number: number): object {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw malformed(number)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(number)
  return value
}

function malformed(number: number): AnonymizeError {
  return new AnonymizeError('ERR_NDJSON_MALFORMED', `line ${number}: not a JSON object`)
}

function tooLong(): AnonymizeError {
  return new AnonymizeError('ERR_NDJSON_LINE_TOO_LONG', 'a line is longer than allowed')
}

function notUtf8(): AnonymizeError {
  return new AnonymizeError('ERR_NDJSON_NOT_UTF8', 'the input is not UTF-8 text: convert it first')
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

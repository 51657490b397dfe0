/**
 * Reading bytes from a file or standard input.
 *
 * @module
 */

import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { CliError } from '../errors.js'
import type { Io } from './io.js'
import { namesMemberTwice } from './json-members.js'
import { printable } from './printable.js'
import { startProgress } from './progress.js'

/** No record, and no document, is longer than this: 1 MiB. */
export const MAX_RECORD_BYTES: number = 1024 * 1024

/**
 * Streams a file, or standard input for `-`: {@link readAnyBytes} that refuses what cannot be text.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNREADABLE`; while iterating also `ERR_CLI_NUL_BYTE`
 */
export async function* readBytes(path: string, io: Io): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of readAnyBytes(path, io)) {
    if (chunk.includes(0)) throw new CliError('ERR_CLI_NUL_BYTE', 'the input holds a NUL byte: it is not UTF-8 text')
    yield chunk
  }
}

/**
 * Streams a file, or standard input for `-`, whatever it holds, with a progress bar on a terminal.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNREADABLE`
 */
export async function* readAnyBytes(path: string, io: Io): AsyncGenerator<Buffer, void, undefined> {
  const { chunks, size } = path === '-' ? { chunks: io.stdin, size: null } : await openFile(path)
  const progress = startProgress(io.stderr, size)
  try {
    for await (const piece of chunks) {
      const chunk: Buffer = typeof piece === 'string' ? Buffer.from(piece) : piece
      progress.advance(chunk.length)
      yield chunk
    }
  } catch (error) {
    throw isSystemError(error) ? unreadable(path) : error
  } finally {
    progress.end()
  }
}

/**
 * Streams text: {@link readBytes} that refuses what is not UTF-8. Replacing it, as decoders do, would make two people of one
 * name in another encoding (`M\xfcller`, `M\xf6ller`) one person.
 *
 * @throws {@link CliError} While iterating also `ERR_CLI_NOT_UTF8`
 */
export async function* readUtf8(path: string, io: Io): AsyncGenerator<Buffer, void, undefined> {
  let cut = Buffer.alloc(0)
  for await (const chunk of readBytes(path, io)) {
    const bytes = cut.length === 0 ? chunk : Buffer.concat([cut, chunk])
    const whole = bytes.length - lengthOfCut(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) throw notUtf8()
    cut = Buffer.from(bytes.subarray(whole))
    yield chunk
  }
  if (cut.length > 0) throw notUtf8()
}

/**
 * Reads a small text whole.
 *
 * @throws {@link CliError} those of {@link readUtf8}, and `ERR_CLI_RECORD_TOO_LONG`
 */
export async function readText(path: string, io: Io): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of readUtf8(path, io)) {
    length += chunk.length
    if (length > MAX_RECORD_BYTES) throw new CliError('ERR_CLI_RECORD_TOO_LONG', 'the document is longer than 1 MiB')
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/**
 * Reads a small JSON document.
 *
 * @throws {@link CliError} those of {@link readText}, and `ERR_CLI_JSON_MALFORMED`
 */
export async function readJson(path: string, io: Io): Promise<unknown> {
  const text = await readText(path, io)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new CliError('ERR_CLI_JSON_MALFORMED', `${JSON.stringify(path)} is not a JSON document`)
  }
  if (!namesMemberTwice(text, value)) return value
  throw new CliError('ERR_CLI_JSON_MALFORMED', `${JSON.stringify(path)} names a member twice`)
}

async function openFile(path: string): Promise<{ chunks: AsyncIterable<Buffer>; size: number }> {
  try {
    const handle = await open(path)
    const { size } = await handle.stat()
    return { chunks: handle.createReadStream({ highWaterMark: 256 * 1024 }), size }
  } catch {
    throw unreadable(path)
  }
}

/** How many bytes at the end begin a character without finishing it: at most 3. */
function lengthOfCut(bytes: Buffer): number {
  for (let length = 1; length <= 3; length++) {
    const byte = bytes.at(-length) ?? 0
    const isContinuation = (byte & 0xc0) === 0x80
    if (!isContinuation) return byte >= 0xc0 && length < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? length : 0
  }
  return 0
}

function notUtf8(): CliError {
  return new CliError('ERR_CLI_NOT_UTF8', 'the input is not UTF-8 text: convert it first')
}

function unreadable(path: string): CliError {
  return new CliError('ERR_CLI_FILE_UNREADABLE', `${printable(JSON.stringify(path))} cannot be read`)
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

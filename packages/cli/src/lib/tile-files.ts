/**
 * An exported log in a directory.
 *
 * @module
 */

import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReadTileFile, TileFile } from '@surveyseal/ledger'
import { CliError } from '../errors.js'
import { printable } from './printable.js'

/** No bundle of 256 entries is longer. */
const MAX_FILE_BYTES = 256 * (2 + 0xffff)

/**
 * Reads the files of a directory.
 *
 * @throws {@link CliError} While reading: `ERR_CLI_FILE_UNREADABLE`, `ERR_CLI_RECORD_TOO_LONG`
 */
export function tileReader(directory: string): ReadTileFile {
  return async (path) => {
    const file = join(directory, path)
    try {
      if ((await stat(file)).size > MAX_FILE_BYTES) throw tooLong()
      return await readFile(file)
    } catch (error) {
      // The checkpoint is the first file asked for: without it, this is no exported log at all.
      if (path !== 'checkpoint' && error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error instanceof CliError ? error : unreadable(file)
    }
  }
}

/**
 * Makes a directory, which must not be there yet, and writes files into it.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNWRITABLE`
 */
export async function makeTileFiles(directory: string, files: AsyncIterable<TileFile>): Promise<number> {
  await written(directory, () => mkdir(directory))
  let count = 0
  for await (const { path, bytes } of files) {
    const file = join(directory, path)
    await written(directory, async () => {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, bytes, { flag: 'wx' })
    })
    count += 1
  }
  await written(directory, () => synced(directory))
  return count
}

/** The checkpoint is written last; once it lasts, so does what it speaks of, as far as the system keeps the order. */
async function synced(directory: string): Promise<void> {
  const handle = await open(join(directory, 'checkpoint'))
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function written<Result>(path: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step()
  } catch {
    throw new CliError('ERR_CLI_FILE_UNWRITABLE', `${JSON.stringify(path)} cannot be written, or is there already`)
  }
}

function tooLong(): CliError {
  return new CliError('ERR_CLI_RECORD_TOO_LONG', 'a file of the log is longer than any can be')
}

function unreadable(path: string): CliError {
  return new CliError('ERR_CLI_FILE_UNREADABLE', `${printable(JSON.stringify(path))} cannot be read`)
}

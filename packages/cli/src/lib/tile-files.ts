/**
 * An exported log in a directory.
 *
 * @module
 */

import { constants, type FileHandle, mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReadTileFile, TileFile } from '@surveyseal/ledger'
import { CliError } from '../errors.js'
import { printable } from './printable.js'

/** No bundle of 256 entries is longer; of what is, one byte more is enough to tell. */
const MAX_FILE_BYTES = 256 * (2 + 0xffff)

/** What a directory that somebody sent may have in the place of a file. */
const ABSENT: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']

/**
 * Reads the files of a directory. Devices, pipes and directories are no files of a log; a link to a file is one.
 *
 * @throws {@link CliError} While reading: `ERR_CLI_FILE_UNREADABLE`
 */
export function tileReader(directory: string): ReadTileFile {
  return async (path) => {
    const file = join(directory, path)
    const bytes = await readRegular(file).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && ABSENT.includes(error.code)) return null
      throw unreadable(file)
    })
    // The checkpoint is the first file asked for: without it, this is no exported log at all.
    if (bytes === null && path === 'checkpoint') throw unreadable(file)
    return bytes
  }
}

async function readRegular(path: string): Promise<Uint8Array | null> {
  // Not waiting for anybody to write to a pipe.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const status = await handle.stat()
    return status.isFile() ? await readUpTo(handle, Math.min(status.size, MAX_FILE_BYTES + 1)) : null
  } finally {
    await handle.close()
  }
}

async function readUpTo(handle: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, at)
    if (bytesRead === 0) return bytes.subarray(0, at)
    at += bytesRead
  }
  return bytes
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

function unreadable(path: string): CliError {
  return new CliError('ERR_CLI_FILE_UNREADABLE', `${printable(JSON.stringify(path))} cannot be read`)
}

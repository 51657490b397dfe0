/**
 * Files a command makes.
 *
 * @module
 */

import { open, unlink } from 'node:fs/promises'
import { CliError } from '../errors.js'

/**
 * Makes a file, which must not be there yet: nothing is overwritten, neither another file nor the input itself.
 *
 * @param path - Where.
 * @param mode - Who may read it, 0o666 less the user's mask for everybody.
 * @param fill - Writes the content. When it fails the file is removed.
 * @throws {@link CliError} `ERR_CLI_FILE_UNWRITABLE`
 */
export async function makeFile<Result>(
  path: string,
  mode: number,
  fill: (write: (text: string | Uint8Array) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const file = await written(path, () => open(path, 'wx', mode))
  try {
    const result = await fill((text) => written(path, () => file.appendFile(text)))
    await written(path, () => file.sync())
    return result
  } catch (error) {
    await unlink(path)
    throw error
  } finally {
    await file.close()
  }
}

async function written<Result>(path: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step()
  } catch {
    throw new CliError('ERR_CLI_FILE_UNWRITABLE', `${JSON.stringify(path)} cannot be written, or is there already`)
  }
}

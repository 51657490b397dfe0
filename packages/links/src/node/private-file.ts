/**
 * Files that hold secrets.
 *
 * @module
 */

import { constants, open } from 'node:fs/promises'

/** Reading, writing or running by the group or by others. */
const OTHERS = 0o077
/** 255 keys have less than a tenth of it. */
const MAX_BYTES = 1 << 20

/** Why a file is not read. */
export type Unfitness = 'irregular' | 'exposed' | 'long'

/**
 * Reads a file that its owner alone may use; throws what `refusal` makes of any other. Permissions are those of the file that
 * is then read, not of a name that could be exchanged in between. Windows has none and is not asked for them.
 */
export async function readPrivateFile(path: string, refusal: (why: Unfitness) => Error): Promise<string> {
  // A pipe that nobody writes to would otherwise wait for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const status = await file.stat()
    if (!status.isFile()) throw refusal('irregular')
    if (process.platform !== 'win32' && (status.mode & OTHERS) !== 0) throw refusal('exposed')
    if (status.size > MAX_BYTES) throw refusal('long')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/**
 * Reading a keyring file.
 *
 * @module
 */

import { constants, open } from 'node:fs/promises'
import { LinkError } from '../errors.js'
import type { Keyring } from '../keyring.js'
import { loadKeyring } from '../load-keyring.js'

/** Reading, writing or running by the group or by others. */
const OTHERS = 0o077
/** 255 keys have less than a tenth of it. */
const MAX_BYTES = 1 << 20

/**
 * Loads the keyring of a file that its owner alone may use.
 *
 * Permissions are those of the file that is then read, not of a name that could be exchanged in between. Windows has no
 * such permissions and is not asked for them.
 *
 * @example
 * Loading the file that `surveyseal keys new` made.
 *
 * ```ts
 * import { loadKeyringFile } from '@surveyseal/links/node'
 *
 * export const keyring = () => loadKeyringFile('/run/secrets/keyring.json')
 * ```
 *
 * @param path - Of the file.
 * @returns The keyring.
 * @throws LinkError `ERR_LINK_KEYRING_FILE_EXPOSED` when others may use the file; `ERR_LINK_KEYRING_INVALID` for
 * its content, and for a folder, pipe or device. Errors of the file system pass through.
 */
export async function loadKeyringFile(path: string): Promise<Keyring> {
  // A pipe that nobody writes to would otherwise wait for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const status = await file.stat()
    const { mode, size } = status
    if (!status.isFile()) {
      throw new LinkError('ERR_LINK_KEYRING_INVALID', 'the keyring is refused: it is not a regular file')
    }
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      throw new LinkError('ERR_LINK_KEYRING_FILE_EXPOSED', 'the keyring file is open to others than its owner')
    }
    if (size > MAX_BYTES)
      throw new LinkError('ERR_LINK_KEYRING_INVALID', 'the keyring is refused: the file is too long')
    return await loadKeyring(await file.readFile('utf8'))
  } finally {
    await file.close()
  }
}

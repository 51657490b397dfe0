/**
 * Reading a keyring file.
 *
 * @module
 */

import { LinkError } from '../errors.js'
import type { Keyring } from '../keyring.js'
import { invalidKeyring } from '../lib/keyring-document.js'
import { loadKeyring } from '../load-keyring.js'
import { readPrivateFile, type Unfitness } from './private-file.js'

const REFUSALS: Readonly<Record<Unfitness, () => LinkError>> = {
  irregular: () => invalidKeyring('it is not a regular file'),
  exposed: () => new LinkError('ERR_LINK_KEYRING_FILE_EXPOSED', 'the keyring file is open to others than its owner'),
  long: () => invalidKeyring('the file is too long'),
}

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
  return loadKeyring(await readPrivateFile(path, (why) => REFUSALS[why]()))
}

/**
 * Reading a keyring.
 *
 * @module
 */

import type { Keyring, KeySource } from './keyring.js'
import { readKeys } from './lib/keyring-document.js'
import { LoadedKeyring } from './lib/loaded-keyring.js'

/**
 * Loads the keys that links are sealed and opened with.
 *
 * Checks the whole document: version 1, one primary key, ids from 1 to 255 that differ, secrets of exactly 32 bytes in
 * canonical base64url, known statuses, instants of creation. Members that the format does not name are ignored; in JSON text no member may
 * be named twice.
 *
 * @example
 * Loading the keyring kept in an environment variable.
 *
 * ```ts
 * import { type Keyring, loadKeyring } from '@surveyseal/links'
 *
 * export function keyringFrom(environment: Record<string, string>): Promise<Keyring> {
 *   return loadKeyring(environment['SURVEYSEAL_KEYRING'] ?? '')
 * }
 * ```
 *
 * @param source - See {@link KeySource}.
 * @returns What {@link sealLink}, {@link openLink} and {@link createLinkService} take.
 * @throws {@link LinkError} `ERR_LINK_KEYRING_INVALID` when the document breaks a rule; the message says which, and
 * never shows a value.
 */
export async function loadKeyring(source: KeySource): Promise<Keyring> {
  const { keys, primary } = readKeys(source)
  return new LoadedKeyring(keys, primary)
}

/**
 * Reading a pepper file.
 *
 * @module
 */

import { LinkError } from '../errors.js'
import { invalidPeppers, readPeppers } from '../lib/pepper-document.js'
import type { PepperRing } from '../link-service/pepper-ring.js'
import { readPrivateFile, type Unfitness } from './private-file.js'

const REFUSALS: Readonly<Record<Unfitness, () => LinkError>> = {
  irregular: () => invalidPeppers('it is not a regular file'),
  exposed: () => new LinkError('ERR_LINK_PEPPER_FILE_EXPOSED', 'the pepper file is open to others than its owner'),
  long: () => invalidPeppers('the file is too long'),
}

/**
 * Loads the peppers of a file that its owner alone may use.
 *
 * Checks the whole document: version 1, a current pepper, ids that differ, secrets of at least 32 bytes in canonical
 * base64url, no member named twice. Permissions are asked for as with {@link loadKeyringFile}.
 *
 * @example
 * A service over the file that `surveyseal keys new --pepper` made.
 *
 * ```ts
 * import { createLinkService } from '@surveyseal/links'
 * import { loadPepperFile } from '@surveyseal/links/node'
 * import { memoryLinkStore } from '@surveyseal/links/testing'
 *
 * export const links = async () =>
 *   createLinkService({
 *     tenant: 'acme',
 *     survey: 'onboarding',
 *     purpose: 'survey',
 *     store: memoryLinkStore(),
 *     peppers: await loadPepperFile('/run/secrets/pepper.json'),
 *     baseUrl: 'https://feedback.example/s',
 *   })
 * ```
 *
 * @param path - Of the file.
 * @returns What `createLinkService` takes as `peppers`.
 * @throws LinkError `ERR_LINK_PEPPER_FILE_EXPOSED` when others may use the file; `ERR_LINK_PEPPER_FILE_INVALID` for
 * its content, and for a folder, pipe or device. Errors of the file system pass through.
 */
export async function loadPepperFile(path: string): Promise<PepperRing> {
  return readPeppers(await readPrivateFile(path, (why) => REFUSALS[why]()))
}

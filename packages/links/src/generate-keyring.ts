/**
 * Making keys.
 *
 * @module
 */

import type { KeyDocument, KeyringDocument } from './keyring.js'
import { integerArgument } from './lib/arguments.js'
import { encodeBase64url } from './lib/base64url.js'

/** What {@link generateKey} and {@link generateKeyring} can be told. */
export interface GenerateKeyOptions {
  /**
   * The instant of creation that is recorded.
   *
   * @defaultValue `new Date()`
   */
  readonly now?: Date
}

/**
 * Makes an active key to add to a keyring document.
 *
 * @param id - 1 to 255, unlike that of any key that ever was in the keyring.
 * @param options - See {@link GenerateKeyOptions}.
 * @returns The key with its secret.
 */
export function generateKey(id: number, options: GenerateKeyOptions = {}): KeyDocument {
  return {
    id: integerArgument(id, 'id', 1, 255),
    secret: encodeBase64url(crypto.getRandomValues(new Uint8Array(32))),
    status: 'active',
    createdAt: (options.now ?? new Date()).toISOString(),
  }
}

/**
 * Makes a keyring document with one primary key.
 *
 * @example
 * A keyring for a test or a first start.
 *
 * ```ts
 * import { generateKeyring, loadKeyring } from '@surveyseal/links'
 *
 * const document = generateKeyring() // holds the secret: store it where secrets are stored
 * const keyring = await loadKeyring(document)
 * ```
 *
 * @param options - See {@link GenerateKeyOptions}.
 * @returns What to store as JSON and hand to {@link loadKeyring}.
 */
export function generateKeyring(options: GenerateKeyOptions = {}): KeyringDocument {
  return { version: 1, keys: [{ ...generateKey(1, options), status: 'primary' }] }
}

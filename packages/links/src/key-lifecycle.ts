/**
 * The life of a key: added, promoted, retired, revoked.
 *
 * Every step takes a keyring document and gives a new one; whoever keeps the document stores it, then loads it again.
 * Links of a promoted key's predecessors keep opening until these are revoked.
 *
 * @module
 */

import { LinkError } from './errors.js'
import type { KeyDocument, KeyringDocument, KeyStatus } from './keyring.js'
import { readKeys } from './lib/keyring-document.js'

/**
 * Adds a key, which opens links from now on and may be promoted once every server has loaded it.
 *
 * @example
 * Sealing under a new key.
 *
 * ```ts
 * import { addKey, generateKey, type KeyringDocument, promoteKey } from '@surveyseal/links'
 *
 * export function withNewKey(document: KeyringDocument, id: number): KeyringDocument {
 *   return addKey(document, generateKey(id)) // deploy this first
 * }
 *
 * export function sealingUnder(document: KeyringDocument, id: number): KeyringDocument {
 *   return promoteKey(document, id) // and this when every server has it
 * }
 * ```
 *
 * @param document - The keyring.
 * @param key - An active key of a new id, from {@link generateKey}.
 * @returns The keyring with the key.
 * @throws {@link LinkError} `ERR_LINK_KEY_STATUS` for a key that is not active; `ERR_LINK_KEYRING_INVALID` when
 * the document or the result breaks a rule, an id that is there already for instance.
 */
export function addKey(document: KeyringDocument, key: KeyDocument): KeyringDocument {
  readKeys(document)
  const added: KeyringDocument = { ...document, keys: [...document.keys, key] }
  readKeys(added)
  if (key.status !== 'active') throw wrongStatus('only an active key can be added')
  return added
}

/**
 * Makes an active key the one that seals; the key that sealed before becomes active.
 *
 * @param document - The keyring.
 * @param id - Of the key; promoting the primary key changes nothing.
 * @returns The keyring after the step.
 * @throws {@link LinkError} `ERR_LINK_KEY_UNKNOWN`, `ERR_LINK_KEY_STATUS` or `ERR_LINK_KEYRING_INVALID`.
 */
export function promoteKey(document: KeyringDocument, id: number): KeyringDocument {
  const status = statusOf(document, id)
  if (status !== 'active' && status !== 'primary') throw wrongStatus('only an active key can be promoted')
  return withStatus(document, (key) => {
    if (key.id === id) return 'primary'
    return key.status === 'primary' ? 'active' : key.status
  })
}

/**
 * Retires an active key for good: links sealed under it open, it is never promoted again.
 *
 * @param document - The keyring.
 * @param id - Of the key; retiring it again changes nothing.
 * @returns The keyring after the step.
 * @throws {@link LinkError} `ERR_LINK_KEY_UNKNOWN`, `ERR_LINK_KEY_STATUS` (the primary key is retired after
 * another one was promoted) or `ERR_LINK_KEYRING_INVALID`.
 */
export function retireKey(document: KeyringDocument, id: number): KeyringDocument {
  const status = statusOf(document, id)
  if (status !== 'active' && status !== 'retired') throw wrongStatus('only an active key can be retired')
  return withStatus(document, (key) => (key.id === id ? 'retired' : key.status))
}

/**
 * Revokes a key for good: every link sealed under it is refused.
 *
 * @param document - The keyring.
 * @param id - Of the key; revoking it again changes nothing.
 * @returns The keyring after the step.
 * @throws {@link LinkError} `ERR_LINK_KEY_UNKNOWN`, `ERR_LINK_KEY_STATUS` (the primary key is revoked after
 * another one was promoted) or `ERR_LINK_KEYRING_INVALID`.
 */
export function revokeKey(document: KeyringDocument, id: number): KeyringDocument {
  if (statusOf(document, id) === 'primary') throw wrongStatus('the primary key cannot be revoked')
  return withStatus(document, (key) => (key.id === id ? 'revoked' : key.status))
}

function statusOf(document: KeyringDocument, id: number): KeyStatus {
  const key = readKeys(document).keys.find((each) => each.id === id)
  if (key === undefined) throw new LinkError('ERR_LINK_KEY_UNKNOWN', 'the keyring has no key of this id')
  return key.status
}

function withStatus(document: KeyringDocument, status: (key: KeyDocument) => KeyStatus): KeyringDocument {
  return { ...document, keys: document.keys.map((key) => ({ ...key, status: status(key) })) }
}

function wrongStatus(rule: string): LinkError {
  return new LinkError('ERR_LINK_KEY_STATUS', rule)
}

/**
 * The rules of a keyring document.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import type { KeySource, KeyStatus } from '../keyring.js'
import { decodeBase64url } from './base64url.js'
import { parseJson, repeatsMember } from './json.js'
import type { LoadedKey } from './loaded-keyring.js'

/** Checks a whole document and gives its keys with their secrets as bytes of their own; the primary key comes apart. */
export function readKeys(source: KeySource): { readonly keys: LoadedKey[]; readonly primary: LoadedKey } {
  const document: unknown = typeof source === 'string' ? parseDocument(source) : source
  if (!isObject(document)) throw invalidArgumentType('source', 'keyring document or its JSON text', source)
  if (document['version'] !== 1) throw invalidKeyring('version is not 1')
  const list = document['keys']
  if (!Array.isArray(list) || list.length === 0) throw invalidKeyring('keys is not a list of at least one key')
  const keys = list.map((key: unknown, index) => loadKey(key, `keys[${index}]`))
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw invalidKeyring('two keys have one id')
  const [primary, ...others] = keys.filter(({ status }) => status === 'primary')
  if (primary === undefined || others.length > 0) throw invalidKeyring('not exactly one key is primary')
  return { keys, primary }
}

/** ISO 8601; `Date.parse` alone takes any text in brackets for a comment, and key lists are printed on terminals. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

const STATUSES: ReadonlySet<unknown> = new Set<KeyStatus>(['primary', 'active', 'retired', 'revoked'])

function loadKey(key: unknown, where: string): LoadedKey {
  if (!isObject(key)) throw invalidKeyring(`${where} is not an object`)
  const { id, secret, status, createdAt } = key
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > 255) {
    throw invalidKeyring(`${where}.id is not an integer from 1 to 255`)
  }
  const bytes = typeof secret === 'string' ? decodeBase64url(secret) : null
  if (bytes?.length !== 32) throw invalidKeyring(`${where}.secret is not 32 bytes of base64url`)
  if (!isKeyStatus(status)) throw invalidKeyring(`${where}.status is not a status`)
  if (typeof createdAt !== 'string' || !INSTANT.test(createdAt) || Number.isNaN(Date.parse(createdAt))) {
    throw invalidKeyring(`${where}.createdAt is not an instant`)
  }
  return { id, secret: bytes, status, createdAt }
}

function parseDocument(text: string): object {
  const value = parseJson(text)
  if (value === undefined) throw invalidKeyring('it is not JSON')
  if (!isObject(value)) throw invalidKeyring('it is not a JSON object')
  if (repeatsMember(text)) throw invalidKeyring('an object names one member twice')
  return value
}

/** Tells objects from everything else. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isKeyStatus(value: unknown): value is KeyStatus {
  return STATUSES.has(value)
}

/** The refusal of a keyring; the rule never quotes a value. */
export function invalidKeyring(rule: string): LinkError {
  return new LinkError('ERR_LINK_KEYRING_INVALID', `the keyring is refused: ${rule}`)
}

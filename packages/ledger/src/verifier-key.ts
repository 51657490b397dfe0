/**
 * Verifier keys: a public key and its name in one line of text (c2sp.org/signed-note, "vkey").
 *
 * @module
 */

import { LedgerError } from './errors.js'
import { concatBytes, decodeBase64Exactly, encodeBase64, utf8 } from './lib/bytes.js'
import { sha256 } from './lib/hashing.js'
import { isKeyName } from './note.js'

/** What the signatures of a key say: `note` the log's own (type 01), `cosignature` a witness's, with the time (type 04). */
export type VerifierKeyKind = 'note' | 'cosignature'

/** A public Ed25519 key, its name, and what its signatures mean. */
export interface VerifierKey {
  /** The log's origin, or the witness's name. */
  readonly name: string
  /** 8 lower-case hexadecimal digits. */
  readonly keyId: string
  readonly kind: VerifierKeyKind
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

const TYPES: Readonly<Record<VerifierKeyKind, number>> = { note: 0x01, cosignature: 0x04 }

/**
 * Reads a verifier key: `name+keyid+base64`.
 *
 * @param text - One line.
 * @returns Its parts.
 * @throws {@link LedgerError} `ERR_LEDGER_KEY_MALFORMED`: misspelled, the id is not that of the key, or the key is of another
 *   type than Ed25519 note signatures (01) and cosignatures (04).
 *
 * @example
 * The example of the specification.
 *
 * ```ts
 * import { parseVerifierKey } from '@surveyseal/ledger/verify'
 *
 * export const { name } = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')
 * ```
 */
export function parseVerifierKey(text: string): VerifierKey {
  const [name, keyId, encoded, ...rest] = typeof text === 'string' && text.length <= 512 ? text.split('+') : []
  // Base64 may hold a plus itself.
  const bytes = decodeBase64Exactly([encoded, ...rest].join('+'), 33)
  if (!isKeyName(name) || bytes === null) throw malformed()
  const kind = kindOf(bytes[0])
  const publicKey = bytes.slice(1)
  if (kind === null || keyIdOf(name, kind, publicKey) !== keyId) throw malformed()
  return { name, keyId, kind, publicKey }
}

/**
 * Writes a verifier key.
 *
 * @internal
 */
export function formatVerifierKey(name: string, kind: VerifierKeyKind, publicKey: Uint8Array): string {
  const encoded = encodeBase64(Uint8Array.of(TYPES[kind], ...publicKey))
  return `${name}+${keyIdOf(name, kind, publicKey)}+${encoded}`
}

/**
 * What a key's id must be.
 *
 * @internal
 */
export function keyIdOf(name: string, kind: VerifierKeyKind, publicKey: Uint8Array): string {
  const digest = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(TYPES[kind]), publicKey))
  return [...digest.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function kindOf(type: number | undefined): VerifierKeyKind | null {
  return type === TYPES.note ? 'note' : type === TYPES.cosignature ? 'cosignature' : null
}

function malformed(): LedgerError {
  return new LedgerError('ERR_LEDGER_KEY_MALFORMED', 'this is no verifier key for Ed25519 notes or cosignatures')
}

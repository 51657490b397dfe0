/**
 * The keys that sign checkpoints: the log's own, and those of witnesses.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { LedgerError } from './errors.js'
import { decodeBase64Exactly, encodeBase64 } from './lib/bytes.js'
import { ed25519PublicKey, importEd25519, verifyEd25519 } from './lib/ed25519.js'
import { isKeyName } from './note.js'
import { formatVerifierKey, keyIdOf, parseVerifierKey, type VerifierKeyKind } from './verifier-key.js'

/** Signs for a log or a witness. The key may live in a key management service. */
export interface LedgerSigner {
  /** The public key, as {@link parseVerifierKey} reads it; it says what the signatures mean. */
  readonly verifierKey: string
  /** Signs bytes with Ed25519 (RFC 8032); returns 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** A fresh pair of keys, as text. */
export interface LedgerKeys {
  /** Secret: `PRIVATE+KEY+name+keyid+base64`, the form the note tools of Go use. */
  readonly signerKey: string
  /** Public: give it to everyone who verifies. */
  readonly verifierKey: string
}

const PREFIX = 'PRIVATE+KEY+'
const SEED = 32

/**
 * Makes a key for a log or a witness.
 *
 * @param name - For a log its origin, for instance `feedback.example/consents`: without white space and plus.
 * @param options - `kind` is `note` for a log, `cosignature` for a witness; `randomBytes` gives the 32 bytes of the key.
 * @returns Both halves as text.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 * @throws {@link LedgerError} `ERR_LEDGER_CRYPTO_UNAVAILABLE`.
 */
export async function generateLedgerKeys(
  name: string,
  options: { readonly kind?: VerifierKeyKind; readonly randomBytes?: (length: number) => Uint8Array } = {},
): Promise<LedgerKeys> {
  const { kind = 'note', randomBytes = fresh } = options
  if (typeof name !== 'string') throw invalidArgumentType('name', 'string', name)
  if (!isKeyName(name)) throw invalidArgumentValue('name', '1 to 255 characters without white space, plus and controls')
  const seed = randomBytes(SEED)
  if (seed.length !== SEED) throw invalidArgumentValue('options.randomBytes', 'a function that gives so many bytes')
  const publicKey = await ed25519PublicKey(seed)
  const type = kind === 'note' ? 1 : 4
  const secret = encodeBase64(Uint8Array.of(type, ...seed))
  return {
    signerKey: `${PREFIX}${name}+${keyIdOf(name, kind, publicKey)}+${secret}`,
    verifierKey: formatVerifierKey(name, kind, publicKey),
  }
}

/**
 * Makes a signer of a key held in memory.
 *
 * @param signerKey - From {@link generateLedgerKeys}, or from Go's note tools.
 * @returns The signer; it does not show the key.
 * @throws {@link LedgerError} `ERR_LEDGER_KEY_MALFORMED`, `ERR_LEDGER_CRYPTO_UNAVAILABLE`.
 *
 * @example
 * A log's signer, and what others verify its checkpoints with.
 *
 * ```ts
 * import { generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
 *
 * const { signerKey, verifierKey } = await generateLedgerKeys('feedback.example/consents')
 * export const signer = await loadSigner(signerKey)
 * export const isSame = signer.verifierKey === verifierKey
 * ```
 */
export async function loadSigner(signerKey: string): Promise<LedgerSigner> {
  const text = typeof signerKey === 'string' && signerKey.startsWith(PREFIX) ? signerKey.slice(PREFIX.length) : ''
  const [name, keyId, ...encoded] = text.split('+')
  const bytes = decodeBase64Exactly(encoded.join('+'), 1 + SEED)
  const kind = bytes?.[0] === 1 ? 'note' : bytes?.[0] === 4 ? 'cosignature' : null
  if (!isKeyName(name) || bytes === null || kind === null) throw malformed()
  const seed = bytes.slice(1)
  const publicKey = await ed25519PublicKey(seed)
  if (keyIdOf(name, kind, publicKey) !== keyId) throw malformed()
  const sign = await importEd25519(seed)
  return Object.freeze({ verifierKey: formatVerifierKey(name, kind, publicKey), sign })
}

/**
 * Signs and verifies what came back: a key management service may answer with something else, or with the signature of the
 * key that was changed yesterday. What is kept with it could never be put right.
 *
 * @internal
 */
export async function signWith(signer: LedgerSigner, bytes: Uint8Array): Promise<Uint8Array> {
  const { publicKey } = parseVerifierKey(signer.verifierKey)
  const signature = await signer.sign(bytes)
  const isOwn = signature instanceof Uint8Array && signature.length === 64
  if (isOwn && (await verifyEd25519(publicKey, signature, bytes))) return signature
  throw invalidArgumentValue(
    'signer.sign',
    'a function that resolves to the 64 bytes of a signature by its verifier key',
  )
}

function fresh(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

function malformed(): LedgerError {
  return new LedgerError('ERR_LEDGER_KEY_MALFORMED', 'this is no signing key for Ed25519 notes or cosignatures')
}

/**
 * The key of a signer, which must be of the kind that is needed.
 *
 * @internal
 */
export function keyOf(signer: LedgerSigner, kind: VerifierKeyKind): ReturnType<typeof parseVerifierKey> {
  const key = parseVerifierKey(signer.verifierKey)
  if (key.kind !== kind) throw new LedgerError('ERR_LEDGER_KEY_MALFORMED', `this key does not make a ${kind}`)
  return key
}

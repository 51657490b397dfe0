/**
 * Who vouches for a checkpoint.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { type Checkpoint, cosignedBytes, parseCheckpoint } from './checkpoint.js'
import { LedgerError } from './errors.js'
import { utf8 } from './lib/bytes.js'
import { verifyEd25519 } from './lib/ed25519.js'
import { type Note, parseNote } from './note.js'
import { parseVerifierKey, type VerifierKey, type VerifierKeyKind } from './verifier-key.js'

/** Whose signatures are demanded. Keys are texts as `parseVerifierKey` reads them. */
export interface LedgerPolicy {
  /** The log's keys, a retired one included where old checkpoints are to hold. One of them must have signed. */
  readonly log: string | readonly string[]
  /**
   * The log's name.
   *
   * @defaultValue the name of the key that signed
   */
  readonly origin?: string
  /** Keys of witnesses, each of another one. */
  readonly witnesses?: readonly string[]
  /**
   * How many of the witnesses must have cosigned.
   *
   * @defaultValue all of them
   */
  readonly quorum?: number
}

/** One witness that cosigned. */
export interface Cosignature {
  /** The witness's name in its key. */
  readonly witness: string
  /** When it saw this as the newest state of the log, by its own clock; seconds. */
  readonly at: Date
}

/** A checkpoint whose signatures meet the policy. */
export interface VerifiedCheckpoint extends Checkpoint {
  /** The known witnesses that cosigned, in the order of the policy. */
  readonly cosignatures: readonly Cosignature[]
}

/**
 * Verifies that a checkpoint was signed by the log and cosigned by enough witnesses.
 *
 * A log's signature alone does not prove that others are shown the same log, nor that this is its newest state: witnesses
 * and a later checkpoint do. Signatures of unknown keys are passed over; one wrong signature of a known key refuses the
 * whole note.
 *
 * @param note - The signed note; may come from anywhere.
 * @param policy - Whose signatures are demanded.
 * @returns What the checkpoint says and who cosigned it.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: a policy that cannot be met.
 * @throws {@link LedgerError} `ERR_LEDGER_KEY_MALFORMED` for the policy; `ERR_LEDGER_NOTE_MALFORMED`,
 *   `ERR_LEDGER_CHECKPOINT_MALFORMED`, `ERR_LEDGER_KEY_UNKNOWN`, `ERR_LEDGER_SIGNATURE_INVALID`,
 *   `ERR_LEDGER_ORIGIN_MISMATCH`, `ERR_LEDGER_WITNESSES_MISSING`, `ERR_LEDGER_CRYPTO_UNAVAILABLE`.
 *
 * @example
 * The log's own word, and that of two of three witnesses.
 *
 * ```ts
 * import { verifyCheckpoint } from '@surveyseal/ledger/verify'
 *
 * export function sizeOf(note: string, log: string, witnesses: readonly [string, string, string]): Promise<number> {
 *   return verifyCheckpoint(note, { log, witnesses, quorum: 2 }).then(({ size }) => size)
 * }
 * ```
 */
export async function verifyCheckpoint(note: string, policy: LedgerPolicy): Promise<VerifiedCheckpoint> {
  const { logKeys, witnessKeys, quorum } = readPolicy(policy)
  const parsed = parseNote(note)
  const checkpoint = parseCheckpoint(note)
  const signedBy = await verifyLogSignatures(parsed, logKeys)
  if (!signedBy.some(({ name }) => (policy.origin ?? name) === checkpoint.origin)) {
    throw new LedgerError('ERR_LEDGER_ORIGIN_MISMATCH', 'the checkpoint is signed by the right key, for another log')
  }
  const cosignatures = await verifyCosignatures(parsed, witnessKeys)
  if (cosignatures.length < quorum) {
    throw new LedgerError('ERR_LEDGER_WITNESSES_MISSING', `${cosignatures.length} of ${quorum} witnesses cosigned`)
  }
  return { ...checkpoint, cosignatures }
}

/**
 * The known log keys that signed a note; at least one, and none of them wrongly.
 *
 * @internal
 */
export async function verifyLogSignatures(note: Note, keys: readonly VerifierKey[]): Promise<readonly VerifierKey[]> {
  const signedBy: VerifierKey[] = []
  for (const { key, signature } of linesOf(note, keys)) {
    if (!(await verifyEd25519(key.publicKey, signature, utf8(note.text)))) throw wrongSignature()
    signedBy.push(key)
  }
  if (signedBy.length === 0) throw new LedgerError('ERR_LEDGER_KEY_UNKNOWN', 'no known key of the log signed this')
  return signedBy
}

/** @internal */
export function readLogKeys(log: LedgerPolicy['log']): readonly VerifierKey[] {
  const texts = typeof log === 'string' ? [log] : log
  if (!Array.isArray(texts)) throw invalidArgumentType('policy.log', 'string or array', log)
  if (texts.length === 0) throw invalidArgumentValue('policy.log', 'at least one key')
  return texts.map((text: string) => readKey(text, 'note'))
}

function readPolicy({ log, witnesses = [], quorum = witnesses.length }: LedgerPolicy) {
  const [logKeys, witnessKeys] = [readLogKeys(log), witnesses.map((text) => readKey(text, 'cosignature'))]
  const distinct = new Set(witnessKeys.map(({ publicKey }) => publicKey.join()))
  // Under another type and name it is the same key, and a log's word for itself is no witness.
  const isOwn = logKeys.some(({ publicKey }) => distinct.has(publicKey.join()))
  if (isOwn || distinct.size < witnessKeys.length) {
    throw invalidArgumentValue('policy.witnesses', 'each key once, and none of the log')
  }
  if (!Number.isSafeInteger(quorum) || quorum < 0 || quorum > witnessKeys.length) {
    throw invalidArgumentValue('policy.quorum', 'as many witnesses as there are, at most')
  }
  return { logKeys, witnessKeys, quorum }
}

function readKey(text: string, kind: VerifierKeyKind): VerifierKey {
  const key = parseVerifierKey(text)
  if (key.kind === kind) return key
  throw new LedgerError('ERR_LEDGER_KEY_MALFORMED', 'a key of a log and a key of a witness are not the same thing')
}

async function verifyCosignatures(note: Note, keys: readonly VerifierKey[]): Promise<Cosignature[]> {
  const found = new Map<VerifierKey, Date>()
  for (const { key, signature } of linesOf(note, keys)) {
    const at = await verifyCosignature(note.text, key, signature)
    // A witness may have cosigned the same state again later.
    if (at > (found.get(key) ?? 0)) found.set(key, at)
  }
  return keys.flatMap((key) => {
    const at = found.get(key)
    return at === undefined ? [] : [{ witness: key.name, at }]
  })
}

async function verifyCosignature(text: string, { publicKey }: VerifierKey, signature: Uint8Array): Promise<Date> {
  if (signature.length !== 72) throw wrongSignature()
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
  const at = new Date(Number(seconds) * 1000)
  const isRight = await verifyEd25519(publicKey, signature.slice(8), cosignedBytes(text, seconds))
  if (!isRight || Number.isNaN(at.getTime())) throw wrongSignature()
  return at
}

/** The lines whose name and id are those of a known key; all others must be passed over. */
function linesOf({ signatures }: Note, keys: readonly VerifierKey[]) {
  return signatures.flatMap(({ name, keyId, signature }) => {
    const key = keys.find((known) => known.name === name && known.keyId === keyId)
    return key === undefined ? [] : [{ key, signature }]
  })
}

function wrongSignature(): LedgerError {
  return new LedgerError('ERR_LEDGER_SIGNATURE_INVALID', 'a signature is not that of the key it names')
}

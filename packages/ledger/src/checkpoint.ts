/**
 * Checkpoints: the size and root of a log at one moment, as the text of a signed note (c2sp.org/tlog-checkpoint).
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import { LedgerError } from './errors.js'
import { decodeBase64Exactly, encodeBase64, utf8 } from './lib/bytes.js'
import { HASH } from './lib/hashing.js'
import { isCount } from './lib/proof-input.js'
import { formatNote, parseNote, SIGNATURES_AT_MOST } from './note.js'
import { keyOf, type LedgerSigner, signWith } from './signer.js'

/** The state of a log. */
export interface Checkpoint {
  /** Names the log. */
  readonly origin: string
  /** How many entries it has. */
  readonly size: number
  /** The root of its tree: 32 bytes. */
  readonly root: Uint8Array
  /** Further lines, which nobody but the log vouches for; none in the checkpoints of this package. */
  readonly extensions: readonly string[]
}

/**
 * Reads what a checkpoint says. Verifies nothing: `verifyCheckpoint` does.
 *
 * @param note - The signed note.
 * @returns Its text, taken apart.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`.
 */
export function parseCheckpoint(note: string): Checkpoint {
  const [origin = '', decimal = '', encoded = '', ...extensions] = parseNote(note).text.slice(0, -1).split('\n')
  const size = parseDecimal(decimal)
  const root = decodeBase64Exactly(encoded, HASH)
  if (origin === '' || size === null || root === null || extensions.includes('')) throw malformed()
  return { origin, size, root, extensions }
}

function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, size, encodeBase64(root), ...extensions].map((line) => `${line}\n`).join('')
}

/**
 * Signs a checkpoint as the log.
 *
 * @internal
 */
export async function signCheckpoint(
  checkpoint: Omit<Checkpoint, 'extensions'>,
  signer: LedgerSigner,
): Promise<string> {
  return signText(checkpointText({ ...checkpoint, extensions: [] }), signer)
}

/**
 * Signs a text as the log.
 *
 * @internal
 */
export async function signText(text: string, signer: LedgerSigner): Promise<string> {
  const { name, keyId } = keyOf(signer, 'note')
  return formatNote({ text, signatures: [{ name, keyId, signature: await signWith(signer, utf8(text)) }] })
}

/**
 * Adds a witness's cosignature to a checkpoint (c2sp.org/tlog-cosignature, Ed25519).
 *
 * It states that this is the largest tree the witness has seen of this log, and that it is consistent with all it saw
 * before. Making sure of that comes first and is the witness's business: verify the log's signature with `verifyCheckpoint` and the growth
 * since the checkpoint cosigned last with `verifyConsistency`.
 *
 * @param note - The checkpoint, with the log's signature and perhaps other cosignatures.
 * @param options - The witness's `signer`, of the kind `cosignature`, and the time `at` which it signs, in whole seconds.
 * @returns The checkpoint with one more line.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`, `ERR_LEDGER_KEY_MALFORMED`.
 */
export async function cosignCheckpoint(
  note: string,
  options: { readonly signer: LedgerSigner; readonly at: Date },
): Promise<string> {
  parseCheckpoint(note)
  const { text, signatures } = parseNote(note)
  if (signatures.length >= SIGNATURES_AT_MOST) {
    throw new LedgerError('ERR_LEDGER_NOTE_MALFORMED', 'a note with one signature more could not be read')
  }
  const { name, keyId } = keyOf(options.signer, 'cosignature')
  const seconds = Math.floor(options.at.getTime() / 1000)
  // A zero says nothing of the time.
  if (!isCount(seconds) || seconds === 0) throw invalidArgumentValue('options.at', 'a valid date since 1970')
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds))
  const signature = await signWith(options.signer, cosignedBytes(text, seconds))
  return formatNote({
    text,
    signatures: [...signatures, { name, keyId, signature: Uint8Array.of(...time, ...signature) }],
  })
}

/**
 * What a witness signs.
 *
 * @internal
 */
export function cosignedBytes(text: string, seconds: number | bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/**
 * Decimal digits without leading zeros, as a number that holds them exactly.
 *
 * @internal
 */
export function parseDecimal(text: string): number | null {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN
  return isCount(value) ? value : null
}

function malformed(): LedgerError {
  return new LedgerError('ERR_LEDGER_CHECKPOINT_MALFORMED', 'the text of this note is no checkpoint')
}

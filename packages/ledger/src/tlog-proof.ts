/**
 * Proofs that verify offline: place, path and checkpoint in one text (c2sp.org/tlog-proof).
 *
 * @module
 */

import { parseCheckpoint, parseDecimal } from './checkpoint.js'
import { commitEntry, hashLeaf, type Opening } from './commit-entry.js'
import { decodeBase64, decodeBase64Exactly, encodeBase64 } from './lib/bytes.js'
import { HASH } from './lib/hashing.js'
import { malformedProof } from './lib/proof-input.js'
import { type LedgerPolicy, type VerifiedCheckpoint, verifyCheckpoint } from './verify-checkpoint.js'
import { verifyInclusion } from './verify-inclusion.js'

/** A proof taken apart; nothing in it is verified. */
export interface TlogProof {
  /** The entry's place in the log, counted from 0. */
  readonly index: number
  /** The audit path in the checkpoint's tree: hashes of 32 bytes. */
  readonly path: readonly Uint8Array[]
  /** The checkpoint as the log signed it, with whatever cosignatures it has. */
  readonly checkpoint: string
  /** Bytes that travel along and that nobody vouches for. */
  readonly extra?: Uint8Array
}

/** What a proof proved. */
export interface VerifiedInclusion {
  /** The entry's place in the log. */
  readonly index: number
  /** The checkpoint that covers it, and who cosigned it. */
  readonly checkpoint: VerifiedCheckpoint
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const LENGTH_AT_MOST = 524_288
const PATH_AT_MOST = 64

/**
 * Writes a proof.
 *
 * @param proof - Its parts.
 * @returns The text; such files end in `.tlog-proof`.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`.
 */
export function formatTlogProof(proof: TlogProof): string {
  parseCheckpoint(proof.checkpoint)
  const extra = proof.extra === undefined ? [] : [`extra ${encodeBase64(proof.extra)}`]
  const lines = [HEADER, ...extra, `index ${proof.index}`, ...proof.path.map(encodeBase64), '', proof.checkpoint]
  return lines.join('\n')
}

/**
 * Reads a proof. Verifies nothing: {@link verifyTlogProof} does.
 *
 * @param text - The proof; at most 524,288 characters.
 * @returns Its parts.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`.
 */
export function parseTlogProof(text: string): TlogProof {
  if (typeof text !== 'string' || text.length > LENGTH_AT_MOST) throw malformedProof()
  const end = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  if (header !== HEADER) throw malformedProof()
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64((lines.shift() ?? '').slice('extra '.length)) : undefined
  const [first = '', ...rest] = lines
  const index = first.startsWith('index ') ? parseDecimal(first.slice('index '.length)) : null
  if (extra === null || index === null || rest.length > PATH_AT_MOST) throw malformedProof()
  const checkpoint = text.slice(end + 2)
  parseCheckpoint(checkpoint)
  return { index, path: rest.map(parseHash), checkpoint, ...(extra === undefined ? {} : { extra }) }
}

/**
 * Verifies offline that an entry is in a log whose state was signed by the log and cosigned by enough witnesses.
 *
 * It proves that the log committed to these very bytes before the checkpoint, and no more: not who wrote them, not that
 * no later entry takes them back.
 *
 * @param text - The proof; may come from anywhere.
 * @param options - `entry` is the salt and bytes of the entry, or its commitment of 32 bytes; `policy` says whose signatures count.
 * @returns The entry's place and the checkpoint.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_INDEX_OUT_OF_RANGE`, `ERR_LEDGER_PROOF_INVALID`, and
 *   those of `verifyCheckpoint`.
 *
 * @example
 * What the holder of a receipt does.
 *
 * ```ts
 * import { verifyTlogProof } from '@surveyseal/ledger/verify'
 *
 * export async function isLogged(proof: string, salt: Uint8Array, bytes: Uint8Array, log: string): Promise<number> {
 *   const { index } = await verifyTlogProof(proof, { entry: { salt, bytes }, policy: { log } })
 *   return index
 * }
 * ```
 */
export async function verifyTlogProof(
  text: string,
  options: { readonly entry: Opening | Uint8Array; readonly policy: LedgerPolicy },
): Promise<VerifiedInclusion> {
  const { entry, policy } = options
  const { index, path, checkpoint: note } = parseTlogProof(text)
  const checkpoint = await verifyCheckpoint(note, policy)
  const commitment = entry instanceof Uint8Array ? entry : commitEntry(entry)
  const { size, root } = checkpoint
  verifyInclusion({ index, size, path }, { leafHash: hashLeaf(commitment), root })
  return { index, checkpoint }
}

function parseHash(line: string): Uint8Array {
  const hash = decodeBase64Exactly(line, HASH)
  if (hash === null) throw malformedProof()
  return hash
}

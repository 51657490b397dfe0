/**
 * Proofs that a checkpoint grew out of an older state of its log, in one text: what a witness is sent (c2sp.org/tlog-witness,
 * "add-checkpoint"), and what whoever kept an older checkpoint verifies offline.
 *
 * @module
 */

import { type Checkpoint, parseCheckpoint, parseDecimal } from './checkpoint.js'
import { LedgerError } from './errors.js'
import { decodeBase64Exactly, encodeBase64, equalBytes } from './lib/bytes.js'
import { emptyRoot, HASH } from './lib/hashing.js'
import { malformedProof } from './lib/proof-input.js'
import { type LedgerPolicy, type VerifiedCheckpoint, verifyCheckpoint } from './verify-checkpoint.js'
import { verifyConsistency } from './verify-consistency.js'

/** A proof taken apart; nothing in it is verified. */
export interface GrowthProof {
  /** Entries of the older state. 0 needs no path, and proves nothing. */
  readonly from: number
  /** Hashes of 32 bytes, none when nothing was added. */
  readonly path: readonly Uint8Array[]
  /** The newer checkpoint as the log signed it, with whatever cosignatures it has. */
  readonly checkpoint: string
}

const LENGTH_AT_MOST = 524_288
const PATH_AT_MOST = 63

/**
 * Writes a proof.
 *
 * @internal
 */
export function formatGrowthProof({ from, path, checkpoint }: GrowthProof): string {
  return [`old ${from}`, ...path.map(encodeBase64), '', checkpoint].join('\n')
}

/**
 * Reads a proof. Verifies nothing: {@link verifyGrowthProof} does.
 *
 * @param text - At most 524,288 characters.
 * @returns Its parts.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`.
 */
export function parseGrowthProof(text: string): GrowthProof {
  if (typeof text !== 'string' || text.length > LENGTH_AT_MOST) throw malformedProof()
  const end = text.indexOf('\n\n')
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  const from = first.startsWith('old ') ? parseDecimal(first.slice('old '.length)) : null
  const path = lines.map((line) => decodeBase64Exactly(line, HASH))
  if (from === null || path.length > PATH_AT_MOST || path.includes(null)) throw malformedProof()
  const checkpoint = text.slice(end + 2)
  parseCheckpoint(checkpoint)
  return { from, path: path.filter((hash) => hash !== null), checkpoint }
}

/**
 * Verifies that a checkpoint holds everything an older one holds, in the same places.
 *
 * @param text - The proof; may come from anywhere.
 * @param options - `older` is the state that was kept, which must itself have been verified; `policy` says whose signatures
 *   the newer checkpoint needs.
 * @returns The newer checkpoint.
 * @throws {@link LedgerError} those of `verifyCheckpoint`; `ERR_LEDGER_PROOF_MALFORMED` also when the proof begins at another
 *   size than the older state; `ERR_LEDGER_ORIGIN_MISMATCH` when they are of two logs; `ERR_LEDGER_ROLLBACK`,
 *   `ERR_LEDGER_FORK`, `ERR_LEDGER_PROOF_INVALID` as for `verifyConsistency`.
 *
 * @example
 * What a witness does before it cosigns.
 *
 * ```ts
 * import { parseCheckpoint, verifyGrowthProof } from '@surveyseal/ledger/verify'
 *
 * export async function sizeNow(body: string, cosignedLast: string, log: string): Promise<number> {
 *   const newer = await verifyGrowthProof(body, { older: parseCheckpoint(cosignedLast), policy: { log } })
 *   return newer.size
 * }
 * ```
 */
export async function verifyGrowthProof(
  text: string,
  options: { readonly older: Pick<Checkpoint, 'origin' | 'size' | 'root'>; readonly policy: LedgerPolicy },
): Promise<VerifiedCheckpoint> {
  const { older, policy } = options
  const { from, path, checkpoint } = parseGrowthProof(text)
  const newer = await verifyCheckpoint(checkpoint, policy)
  if (newer.origin !== older.origin) throw new LedgerError('ERR_LEDGER_ORIGIN_MISMATCH', 'two checkpoints of two logs')
  if (from !== older.size) throw malformedProof()
  assertGrowth(path, { older, newer })
  return newer
}

/**
 * Refuses a path that does not lead from the older root to the newer one. Out of the empty tree grew every tree: there is no
 * proof of that, and none is needed (c2sp.org/tlog-witness).
 *
 * @internal
 */
export function assertGrowth(
  path: readonly Uint8Array[],
  { older, newer }: { readonly older: State; readonly newer: State },
): void {
  if (older.size > 0) {
    verifyConsistency({ from: older.size, to: newer.size, path }, { fromRoot: older.root, toRoot: newer.root })
  } else if (path.length > 0 || !equalBytes(older.root, emptyRoot())) throw malformedProof()
}

type State = Pick<Checkpoint, 'size' | 'root'>

/**
 * What a log says about the event of a receipt.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import {
  type Cosignature,
  LedgerError,
  type LedgerPolicy,
  type VerifiedCheckpoint,
  type VerifiedInclusion,
  verifyCheckpoint,
  verifyTlogProof,
} from '@surveyseal/ledger/verify'
import { decodeBase64url } from './bytes.js'

/** Whose signatures count for a log. */
export interface LogPolicy {
  /** Verifier keys of the controller's logs; without any, nothing of a log is verified. */
  readonly logs: readonly string[]
  readonly witnesses: readonly string[]
  readonly quorum: number
}

/** Reads the options of a verifier. */
export function logPolicy(options: {
  readonly keys: { readonly logs?: readonly string[] }
  readonly witnesses?: readonly string[]
  readonly quorum?: number
}): LogPolicy {
  const { keys, witnesses = [], quorum = witnesses.length } = options
  if (!Number.isSafeInteger(quorum) || quorum < 0 || quorum > witnesses.length) {
    throw invalidArgumentValue('options.quorum', 'as many witnesses as there are, at most')
  }
  return { logs: keys.logs ?? [], witnesses, quorum }
}

/** Verifies the proof a receipt carries, if it has one and a key of the log is known. */
export async function verifyProof(
  proof: string | undefined,
  hash: string,
  policy: LogPolicy,
): Promise<VerifiedInclusion | null> {
  const entry = decodeBase64url(hash)
  if (proof === undefined || policy.logs.length === 0 || entry === null) return null
  return verifyTlogProof(proof, { entry, policy: lenient(policy) })
}

/** Verifies checkpoints that were kept elsewhere. */
export async function verifyCheckpoints(
  notes: readonly string[],
  policy: LogPolicy,
): Promise<readonly VerifiedCheckpoint[]> {
  if (notes.length > 0 && policy.logs.length === 0) throw invalidArgumentValue('options.keys.logs', 'a key of the log')
  return Promise.all(notes.map((note) => verifyCheckpoint(note, lenient(policy))))
}

/** A log that signed two trees of one size shows different people different histories. */
export function assertOneHistory(checkpoints: readonly VerifiedCheckpoint[]): void {
  const roots = new Map<string, string>()
  for (const { origin, size, root } of checkpoints) {
    const state = `${size} ${origin}`
    const known = roots.get(state) ?? root.join()
    if (known !== root.join()) throw new LedgerError('ERR_LEDGER_FORK', 'the log signed two trees of one size')
    roots.set(state, known)
  }
}

/** When enough witnesses had seen a state as the newest; null when fewer did. */
export function witnessedAt(cosignatures: readonly Cosignature[], { quorum }: LogPolicy): number | null {
  const times = cosignatures.map(({ at }) => at.getTime()).sort((a, b) => b - a)
  return quorum === 0 ? null : (times[quorum - 1] ?? null)
}

/** Missing witnesses are told as a claim that is not proved, not as a refusal. */
function lenient({ logs, witnesses }: LogPolicy): LedgerPolicy {
  return { log: logs, witnesses, quorum: 0 }
}

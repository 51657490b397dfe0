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
  parseGrowthProof,
  type VerifiedCheckpoint,
  type VerifiedInclusion,
  verifyCheckpoint,
  verifyGrowthProof,
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

/**
 * Verifies proofs that checkpoints grew out of states that are known already. A proof is of use when the state it begins at is
 * one of those, or a checkpoint of another proof.
 *
 * @returns The checkpoints in the proofs, and whether two states were proved to be of one history.
 */
export async function verifyGrowth(
  texts: readonly string[],
  known: readonly VerifiedCheckpoint[],
  policy: LogPolicy,
): Promise<{ readonly checkpoints: readonly VerifiedCheckpoint[]; readonly agree: Agreement }> {
  const proofs = texts.map((text) => ({ text, ...parseGrowthProof(text) }))
  const checkpoints = await verifyCheckpoints(
    proofs.map(({ checkpoint }) => checkpoint),
    policy,
  )
  const states = [...known, ...checkpoints]
  assertOneHistory(states)
  const histories = new Map(states.map((state) => [nameOf(state), new Set([nameOf(state)])]))
  for (const [at, { text, from }] of proofs.entries()) {
    const newer = checkpoints[at]
    const older = states.find(({ origin, size }) => origin === newer?.origin && size === from)
    if (newer === undefined || older === undefined) {
      throw invalidArgumentValue('options.growth', 'proofs that begin at the size of a checkpoint that is given')
    }
    await verifyGrowthProof(text, { older, policy: lenient(policy) })
    join(histories, nameOf(older), nameOf(newer))
  }
  return { checkpoints, agree: (a, b) => histories.get(nameOf(a))?.has(nameOf(b)) === true }
}

/** Whether two states are of one history, as far as was proved. */
export type Agreement = (a: VerifiedCheckpoint, b: VerifiedCheckpoint) => boolean

/** Two states that both lead to a third are beginnings of it, and so of each other. */
function join(histories: Map<string, Set<string>>, one: string, another: string): void {
  const all = new Set([...(histories.get(one) ?? []), ...(histories.get(another) ?? [])])
  for (const name of all) histories.set(name, all)
}

function nameOf({ origin, size }: VerifiedCheckpoint): string {
  return `${size} ${origin}`
}

/** A log that signed two trees of one size shows different people different histories. */
function assertOneHistory(checkpoints: readonly VerifiedCheckpoint[]): void {
  const roots = new Map<string, string>()
  for (const checkpoint of checkpoints) {
    const { root } = checkpoint
    const state = nameOf(checkpoint)
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

/**
 * Proof that a tree grew out of another.
 *
 * @module
 */

import { LedgerError } from './errors.js'
import { equalBytes } from './lib/bytes.js'
import { nodeHash } from './lib/hashing.js'
import { assertHash, assertHashes, invalidProof, isCount, malformedProof } from './lib/proof-input.js'

/** The proof that the first `from` of `to` entries are the older tree, unchanged and in order (RFC 9162 §2.1.4). */
export interface ConsistencyProof {
  /** Entries of the older tree, at least 1: an empty tree needs no proof and gives none. */
  readonly from: number
  /** Entries of the newer tree. */
  readonly to: number
  /** Hashes of 32 bytes, none when both sizes are equal. */
  readonly path: readonly Uint8Array[]
}

/**
 * Verifies that a tree holds all entries of an older one, in the same places.
 *
 * @param proof - Sizes and path; may come from anywhere.
 * @param options - The roots of both trees, 32 bytes each.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_PROOF_INVALID`; `ERR_LEDGER_ROLLBACK` when the newer
 *   tree is the smaller one; `ERR_LEDGER_FORK` when two trees of one size have different roots. An invalid proof is no
 *   evidence of a fork: whoever passed it on may have spoilt it.
 *
 * @example
 * Two trees of one size are the same tree.
 *
 * ```ts
 * import { verifyConsistency } from '@surveyseal/ledger/verify'
 *
 * export function areSame(size: number, fromRoot: Uint8Array, toRoot: Uint8Array): void {
 *   verifyConsistency({ from: size, to: size, path: [] }, { fromRoot, toRoot })
 * }
 * ```
 */
export function verifyConsistency(
  proof: ConsistencyProof,
  options: { readonly fromRoot: Uint8Array; readonly toRoot: Uint8Array },
): void {
  const { from, to, path } = proof
  const { fromRoot, toRoot } = options
  for (const root of [fromRoot, toRoot]) assertHash(root)
  assertHashes(path)
  if (!isCount(from) || !isCount(to) || from === 0) throw malformedProof()
  if (to < from) throw new LedgerError('ERR_LEDGER_ROLLBACK', 'the newer tree is smaller than the older one')
  if ((from === to) !== (path.length === 0)) throw malformedProof()
  if (from === to) {
    if (equalBytes(fromRoot, toRoot)) return
    throw new LedgerError('ERR_LEDGER_FORK', 'two trees of one size have different roots')
  }
  const roots = climb(isPowerOfTwo(from) ? [fromRoot, ...path] : path, from, to)
  if (!equalBytes(roots.older, fromRoot) || !equalBytes(roots.newer, toRoot)) throw invalidProof()
}

/** RFC 9162 §2.1.4.2. */
function climb(
  [start, ...path]: readonly Uint8Array[],
  from: number,
  to: number,
): Record<'older' | 'newer', Uint8Array> {
  if (start === undefined) throw malformedProof()
  let [node, last] = [from - 1, to - 1]
  while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)]
  let [older, newer] = [start, start]
  for (const sibling of path) {
    if (last === 0) throw malformedProof()
    if (node % 2 === 1 || node === last) {
      older = nodeHash(sibling, older)
      newer = nodeHash(sibling, newer)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      newer = nodeHash(newer, sibling)
    }
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  if (last !== 0) throw malformedProof()
  return { older, newer }
}

function isPowerOfTwo(count: number): boolean {
  let rest = count
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}

/**
 * Proof that many entries in a row are in a tree.
 *
 * @module
 */

import { LedgerError } from './errors.js'
import { equalBytes } from './lib/bytes.js'
import { Frontier } from './lib/frontier.js'
import { HASH, nodeHash } from './lib/hashing.js'
import { assertHash, assertHashes, invalidProof, isCount, malformedProof } from './lib/proof-input.js'
import { besideRanges, middleOf } from './lib/ranges.js'

/** What lies beside entries `from` to `to - 1` in a tree. */
export interface RangeProof {
  readonly from: number
  /** One past the last entry; greater than {@link RangeProof.from}. */
  readonly to: number
  /** Entries of the tree. */
  readonly size: number
  /** The roots of the largest subtrees that hold none of the entries, from left to right; 32 bytes each. */
  readonly path: readonly Uint8Array[]
}

/**
 * Verifies that leaves in a row are in the tree with this root, at these places: one proof for all of them, the same tree.
 *
 * @param proof - Places, size and path; may come from anywhere.
 * @param options - `commitments` of the entries in their order, and the `root`; 32 bytes each.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_INDEX_OUT_OF_RANGE`, `ERR_LEDGER_PROOF_INVALID`.
 *
 * @example
 * A whole tree needs no path.
 *
 * ```ts
 * import { verifyRange } from '@surveyseal/ledger/verify'
 *
 * export function isWhole(commitments: readonly Uint8Array[], root: Uint8Array): void {
 *   const size = commitments.length
 *   verifyRange({ from: 0, to: size, size, path: [] }, { commitments, root })
 * }
 * ```
 */
export function verifyRange(
  proof: RangeProof,
  options: { readonly commitments: readonly Uint8Array[]; readonly root: Uint8Array },
): void {
  const { from, to, size, path } = proof
  assertHashes(path)
  assertHashes(options.commitments)
  assertHash(options.root)
  if (!isCount(from) || !isCount(to) || !isCount(size) || from >= to) throw malformedProof()
  if (to > size) throw new LedgerError('ERR_LEDGER_INDEX_OUT_OF_RANGE', 'the tree is too small to hold these entries')
  if (options.commitments.length !== to - from || besideRanges({ from, to }, size).length !== path.length) {
    throw malformedProof()
  }
  if (!equalBytes(rootOver({ ...proof, path }, options.commitments), options.root)) throw invalidProof()
}

function rootOver({ from: first, to: end, size, path }: RangeProof, commitments: readonly Uint8Array[]): Uint8Array {
  let used = 0
  const visit = (from: number, to: number): Uint8Array => {
    if (first <= from && to <= end) return rootOfLeaves(commitments.slice(from - first, to - first))
    if (to <= first || end <= from) return path[used++] ?? new Uint8Array(HASH)
    const middle = middleOf(from, to)
    const left = visit(from, middle)
    return nodeHash(left, visit(middle, to))
  }
  return visit(0, size)
}

function rootOfLeaves(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new Frontier()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

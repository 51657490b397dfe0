/**
 * Proof that an entry is in a tree.
 *
 * @module
 */

import { LedgerError } from './errors.js'
import { equalBytes } from './lib/bytes.js'
import { nodeHash } from './lib/hashing.js'
import { assertHash, assertHashes, invalidProof, isCount, malformedProof } from './lib/proof-input.js'

/** The audit path of one entry in a tree of a certain size (RFC 9162 §2.1.3). */
export interface InclusionProof {
  /** The entry's place in the log, counted from 0. */
  readonly index: number
  /** Entries of the tree. */
  readonly size: number
  /** Hashes of 32 bytes, from the leaf's sibling up to the root's child; at most 53. */
  readonly path: readonly Uint8Array[]
}

/**
 * Verifies that a leaf is in the tree with this root, at this place.
 *
 * It does not say who made the root: `verifyCheckpoint` does; `verifyTlogProof` does both.
 *
 * @param proof - Place, size and path; may come from anywhere.
 * @param options - `leafHash` of the entry, see `hashLeaf`; `root` of the tree; 32 bytes each.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_INDEX_OUT_OF_RANGE`, `ERR_LEDGER_PROOF_INVALID`.
 *
 * @example
 * The proof of the first of two entries is the second one's hash.
 *
 * ```ts
 * import { hashLeaf, verifyInclusion } from '@surveyseal/ledger/verify'
 *
 * export function isFirstOfTwo(entry: Uint8Array, other: Uint8Array, root: Uint8Array): void {
 *   verifyInclusion({ index: 0, size: 2, path: [hashLeaf(other)] }, { leafHash: hashLeaf(entry), root })
 * }
 * ```
 */
export function verifyInclusion(
  proof: InclusionProof,
  options: { readonly leafHash: Uint8Array; readonly root: Uint8Array },
): void {
  const { index, size, path } = proof
  assertHashes(path)
  assertHash(options.leafHash)
  assertHash(options.root)
  if (!isCount(index) || !isCount(size)) throw malformedProof()
  if (index >= size) throw new LedgerError('ERR_LEDGER_INDEX_OUT_OF_RANGE', 'the tree is too small to hold this entry')
  if (!equalBytes(climb(options.leafHash, { index, size, path }), options.root)) throw invalidProof()
}

/** RFC 9162 §2.1.3.2: `node` is the place on the current level, `last` the place of the level's last node. */
function climb(leafHash: Uint8Array, { index, size, path }: InclusionProof): Uint8Array {
  let [node, last] = [index, size - 1]
  let hash = leafHash
  for (const sibling of path) {
    if (last === 0) throw malformedProof()
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      // A last node without a sibling is carried up until it is a right child.
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  if (last !== 0) throw malformedProof()
  return hash
}

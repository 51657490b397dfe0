/**
 * Proof that many entries in a row are in a tree.
 *
 * @module
 */

import type { Opening } from './commit-entry.js'
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

/** An entry, or its commitment. */
type Entry = Opening | Uint8Array

/**
 * Verifies that leaves in a row are in the tree with this root, at these places: one proof for all of them, the same tree.
 *
 * @param proof - Places, size and path; may come from anywhere.
 * @param options - `entries` in their order, each its salt and bytes or its commitment of 32 bytes; the `root`, 32 bytes.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: a salt of another length.
 * @throws {@link LedgerError} `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_INDEX_OUT_OF_RANGE`, `ERR_LEDGER_PROOF_INVALID`.
 *
 * @example
 * A whole tree needs no path.
 *
 * ```ts
 * import { type Opening, verifyRange } from '@surveyseal/ledger/verify'
 *
 * export function isWhole(entries: readonly Opening[], root: Uint8Array): void {
 *   const size = entries.length
 *   verifyRange({ from: 0, to: size, size, path: [] }, { entries, root })
 * }
 * ```
 */
export function verifyRange(
  proof: RangeProof,
  options: { readonly entries: readonly (Opening | Uint8Array)[]; readonly root: Uint8Array },
): void {
  const { from, to, size, path } = proof
  assertHashes(path)
  assertHash(options.root)
  if (!isCount(from) || !isCount(to) || !isCount(size) || from >= to) throw malformedProof()
  if (to > size) throw new LedgerError('ERR_LEDGER_INDEX_OUT_OF_RANGE', 'the tree is too small to hold these entries')
  if (options.entries.length !== to - from || besideRanges({ from, to }, size).length !== path.length) {
    throw malformedProof()
  }
  if (!equalBytes(rootOver({ ...proof, path }, options.entries), options.root)) throw invalidProof()
}

function rootOver({ from: first, to: end, size, path }: RangeProof, entries: readonly Entry[]): Uint8Array {
  let used = 0
  const visit = (from: number, to: number): Uint8Array => {
    if (first <= from && to <= end) return rootOfEntries(entries.slice(from - first, to - first))
    if (to <= first || end <= from) return path[used++] ?? new Uint8Array(HASH)
    const middle = middleOf(from, to)
    const left = visit(from, middle)
    return nodeHash(left, visit(middle, to))
  }
  return visit(0, size)
}

/** Nothing is made for an entry that would have to be collected: there are half a million of them a second. */
function rootOfEntries(entries: readonly Entry[]): Uint8Array {
  const tree = new Frontier()
  for (const entry of entries) {
    if (!(entry instanceof Uint8Array)) {
      tree.addOpening(entry)
      continue
    }
    assertHash(entry)
    tree.add(entry)
  }
  return tree.root()
}

/**
 * Making proofs from stored nodes.
 *
 * @module
 */

import { nodeHash } from './hashing.js'
import { type NodeId, perfectSubtrees, type Range } from './ranges.js'

/** Reads the hashes of perfect subtrees, in the order they are asked for. */
export type ReadNodes = (ids: readonly NodeId[]) => Promise<readonly Uint8Array[]>

/** The roots of subtrees, all of their nodes read at once: at most about twice as many as the tree has levels. */
export async function rootsOf(ranges: readonly Range[], read: ReadNodes): Promise<Uint8Array[]> {
  const parts = ranges.map(perfectSubtrees)
  const ids = parts.flat()
  const hashes = ids.length === 0 ? [] : await read(ids)
  let at = 0
  return parts.map(({ length }) => {
    at += length
    return hashes.slice(at - length, at).reduceRight((right, left) => nodeHash(left, right))
  })
}

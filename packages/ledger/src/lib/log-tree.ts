/**
 * The tree of a log that lies in a store.
 *
 * @module
 */

import { LedgerError } from '../errors.js'
import type { LedgerGrowth, LedgerHead, LedgerReader, NewEntry } from '../ledger-store.js'
import { Frontier } from './frontier.js'
import { emptyRoot, HASH, leafHash } from './hashing.js'
import { rootsOf } from './prove.js'
import type { NodeId, Range } from './ranges.js'

/** What a store's `append` is given to make the log grow. */
export function growLog(head: LedgerHead, fresh: readonly NewEntry[]): LedgerGrowth {
  return new Frontier(head.size, head.frontier).grow(fresh.map(({ commitment }) => commitment))
}

/** The root of the first `size` entries. */
export async function rootAt(reader: LedgerReader, log: string, size: number): Promise<Uint8Array> {
  const [root] = size === 0 ? [] : await subtreeRoots(reader, log, [{ from: 0, to: size }])
  return root ?? emptyRoot()
}

/** The roots of subtrees, in two reads: one for leaves and one for nodes. */
export function subtreeRoots(reader: LedgerReader, log: string, ranges: readonly Range[]): Promise<Uint8Array[]> {
  return rootsOf(ranges, async (ids) => {
    const places = ids.filter(({ level }) => level === 0).map(({ index }) => index)
    const inner = ids.filter(({ level }) => level > 0)
    const commitments = places.length === 0 ? [] : await reader.commitments(log, places)
    const hashes = inner.length === 0 ? [] : await reader.nodes(log, inner)
    return inOrder(ids, commitments.map(present).map(leafHash), hashes.map(present))
  })
}

function inOrder(ids: readonly NodeId[], leaves: Uint8Array[], inner: Uint8Array[]): Uint8Array[] {
  let [leaf, node] = [0, 0]
  return ids.map(({ level }) => present((level === 0 ? leaves[leaf++] : inner[node++]) ?? null))
}

function present(hash: Uint8Array | null): Uint8Array {
  if (hash?.length === HASH) return hash
  throw new LedgerError('ERR_LEDGER_NODE_MISMATCH', 'a hash of the tree is missing')
}

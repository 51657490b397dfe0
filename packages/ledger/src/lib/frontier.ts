/**
 * The right edge of a growing tree: all that must be known of it to add an entry.
 *
 * @module
 */

import { sha256Into } from '#crypto'
import type { Opening } from '../commit-entry.js'
import { LedgerError } from '../errors.js'
import { Committer } from './committer.js'
import { emptyRoot, HASH, nodeHash } from './hashing.js'
import { type NodeId, perfectSubtrees } from './ranges.js'

// A slot is the input of a node's hash: 01, the left child, the right child.
const LEFT = 1
const RIGHT = 1 + HASH
const SLOT = 1 + 2 * HASH

/** An inner node and its hash. */
export interface TreeNode extends NodeId {
  readonly hash: Uint8Array
}

/** What a tree gained. */
export interface Growth {
  readonly size: number
  /** The roots of its perfect subtrees, largest first, 32 bytes each. */
  readonly frontier: Uint8Array
  /** The inner nodes that were completed, in the order in which they were. */
  readonly nodes: readonly TreeNode[]
}

/** Adds entries one after the other; the hashes of a tree are made here and nowhere else on the way of an entry into a log. */
export class Frontier {
  readonly #leaf = new Uint8Array(1 + HASH)
  readonly #committer = new Committer()
  readonly #slots: Uint8Array[] = []
  #size = 0

  /** Goes on from a tree of `size` entries; `frontier` as in {@link Growth}. */
  constructor(size: number = 0, frontier: Uint8Array = new Uint8Array()) {
    this.#size = size
    const subtrees = perfectSubtrees({ from: 0, to: size })
    if (frontier.length !== subtrees.length * HASH) {
      throw new LedgerError('ERR_LEDGER_NODE_MISMATCH', 'the edge of the tree is not that of a log of this size')
    }
    for (const [at, { level }] of subtrees.entries()) {
      this.#slot(level).set(frontier.subarray(at * HASH, (at + 1) * HASH), LEFT)
    }
  }

  get size(): number {
    return this.#size
  }

  /** Adds leaves of 32 bytes. */
  grow(leaves: readonly Uint8Array[]): Growth {
    const nodes: TreeNode[] = []
    for (const leaf of leaves) {
      this.#leaf.set(leaf, 1)
      this.#add(nodes)
    }
    return { size: this.#size, frontier: this.frontier(), nodes }
  }

  /** Adds one leaf whose nodes are nobody's concern. */
  add(leaf: Uint8Array): void {
    this.#leaf.set(leaf, 1)
    this.#add(null)
  }

  /** The same of a leaf that is the commitment to an entry. */
  addOpening(opening: Opening): void {
    this.#committer.commitInto(opening, this.#leaf, 1)
    this.#add(null)
  }

  /** The roots of the perfect subtrees, as in {@link Growth}. */
  frontier(): Uint8Array {
    const subtrees = perfectSubtrees({ from: 0, to: this.#size })
    const hashes = new Uint8Array(subtrees.length * HASH)
    for (const [at, { level }] of subtrees.entries()) hashes.set(this.#slot(level).subarray(LEFT, RIGHT), at * HASH)
    return hashes
  }

  /** The root of the tree as it is. */
  root(): Uint8Array {
    return rootOf(this.frontier())
  }

  #add(nodes: TreeNode[] | null): void {
    let target = this.#slot(0)
    let index = this.#size
    sha256Into(this.#leaf, target, index % 2 === 0 ? LEFT : RIGHT)
    for (let level = 1; index % 2 === 1; level++) {
      const full = target
      index = (index - 1) / 2
      target = this.#slot(level)
      const side = index % 2 === 0 ? LEFT : RIGHT
      sha256Into(full, target, side)
      nodes?.push({ level, index, hash: target.slice(side, side + HASH) })
    }
    this.#size += 1
  }

  #slot(level: number): Uint8Array {
    const known = this.#slots[level]
    if (known !== undefined) return known
    for (let missing = this.#slots.length; missing <= level; missing++) {
      const slot = new Uint8Array(SLOT)
      slot[0] = 1
      this.#slots.push(slot)
    }
    return this.#slot(level)
  }
}

/** The root over perfect subtrees, largest first. */
function rootOf(frontier: Uint8Array): Uint8Array {
  let root: Uint8Array | null = null
  for (let end = frontier.length; end > 0; end -= HASH) {
    const left = frontier.slice(end - HASH, end)
    root = root === null ? left : nodeHash(left, root)
  }
  return root ?? emptyRoot()
}

/**
 * Numbering sequences of any length.
 *
 * @module
 */

import { TupleTable } from './tuple-table.js'

/** Gives every distinct sequence of small integers a number of its own; a sequence is a path in a trie of pairs. */
export class SequenceTable {
  readonly #steps = new TupleTable(2)
  readonly #step = new Uint32Array(2)

  /** Node 0 is the empty sequence; the pair (node, next) leads to the node numbered one more than the pair. */
  intern(sequence: Uint32Array): number {
    let node = 0
    for (const next of sequence) {
      this.#step[0] = node
      this.#step[1] = next
      node = this.#steps.intern(this.#step) + 1
    }
    return node
  }
}

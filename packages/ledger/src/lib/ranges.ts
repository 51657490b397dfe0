/**
 * Which subtrees a proof consists of (RFC 9162 §2.1.3.1, §2.1.4.1), as arithmetic without hashes.
 *
 * Sizes go up to 2^53 - 1, so nothing here may use bitwise operators, which cut numbers to 32 bits.
 *
 * @module
 */

/** The subtree over entries `from` to `to - 1`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A perfect subtree over entries `index · 2^level` to `(index + 1) · 2^level - 1`. */
export interface NodeId {
  /** Its height; 0 is a leaf. */
  readonly level: number
  /** Its place among the nodes of its level, counted from 0. */
  readonly index: number
}

/** The audit path of an entry, from the leaf's sibling up. */
export function inclusionRanges(index: number, size: number): Range[] {
  const path: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = middleOf(from, to)
    if (index < middle) {
      path.push({ from: middle, to })
      to = middle
    } else {
      path.push({ from, to: middle })
      from = middle
    }
  }
  return path.reverse()
}

/** The proof that the first `older` of `newer` entries are the older tree; `0 < older <= newer`. */
export function consistencyRanges(older: number, newer: number): Range[] {
  const path: Range[] = []
  let [from, to, isOldRoot] = [0, newer, true]
  while (older !== to) {
    const middle = middleOf(from, to)
    if (older <= middle) {
      path.push({ from: middle, to })
      to = middle
    } else {
      path.push({ from, to: middle })
      from = middle
      isOldRoot = false
    }
  }
  // The verifier knows the old root, so it is left out when it is a subtree of the new tree as it stands.
  if (!isOldRoot) path.push({ from, to })
  return path.reverse()
}

/** What lies beside entries `first` to `end - 1` in a tree: the largest subtrees without any of them, from left to right. */
export function besideRanges({ from: first, to: end }: Range, size: number): Range[] {
  const beside: Range[] = []
  const visit = (from: number, to: number): void => {
    if (first <= from && to <= end) return
    if (to <= first || end <= from) {
      beside.push({ from, to })
      return
    }
    const middle = middleOf(from, to)
    visit(from, middle)
    visit(middle, to)
  }
  visit(0, size)
  return beside
}

/** Where RFC 9162 §2.1.1 cuts a tree of at least two entries in two. */
export function middleOf(from: number, to: number): number {
  return from + largestPowerBelow(to - from)
}

/** The perfect subtrees that make up a subtree, largest first. */
export function perfectSubtrees({ from, to }: Range): NodeId[] {
  const nodes: NodeId[] = []
  for (let at = from; at < to; ) {
    const width = to - at === 1 ? 1 : largestPowerBelow(to - at + 1)
    nodes.push({ level: Math.log2(width), index: at / width })
    at += width
  }
  return nodes
}

function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

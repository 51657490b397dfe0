/**
 * Pairing two lists off, item by item.
 *
 * @module
 */

/** No partner yet. */
const FREE = -1

/**
 * Tells whether every item of one list can be paired with an item of the other, none used twice.
 *
 * Augmenting paths (Kuhn's algorithm), breadth first: at most n^3 questions for lists of n items.
 *
 * @param left - As long as `right`.
 * @param right - As long as `left`.
 * @param compatible - Whether an item of the left may be paired with one of the right.
 */
export function canPair(
  left: Uint32Array,
  right: Uint32Array,
  compatible: (left: number, right: number) => boolean,
): boolean {
  if (!left.every((one) => right.some((another) => compatible(one, another)))) return false
  const partnerOfLeft = new Int32Array(left.length).fill(FREE)
  const partnerOfRight = new Int32Array(right.length).fill(FREE)
  for (let start = 0; start < left.length; start++) {
    const reachedFrom = new Int32Array(right.length).fill(FREE)
    let end = search(start, reachedFrom)
    if (end === FREE) return false
    while (end !== FREE) {
      const from = reachedFrom[end] as number
      const next = partnerOfLeft[from] as number
      partnerOfLeft[from] = end
      partnerOfRight[end] = from
      end = next
    }
  }
  return true

  /** Walks alternating paths from `start` to the first free item on the right, noting where each was reached from. */
  function search(start: number, reachedFrom: Int32Array): number {
    const queue = [start]
    for (const from of queue) {
      for (let to = 0; to < right.length; to++) {
        if (reachedFrom[to] !== FREE || !compatible(left[from] as number, right[to] as number)) continue
        reachedFrom[to] = from
        const partner = partnerOfRight[to] as number
        if (partner === FREE) return to
        queue.push(partner)
      }
    }
    return FREE
  }
}

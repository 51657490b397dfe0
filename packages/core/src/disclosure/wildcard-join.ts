/**
 * Joining tuples in which a suppressed value may stand for any value.
 *
 * @module
 */

import { SUPPRESSED } from './row.js'
import type { TupleTable } from './tuple-table.js'

/** Tuples next to each other in sorted order, `to` excluded: all that start with the same codes. */
interface Range {
  readonly from: number
  readonly to: number
}

/** Ranges with no more pairs between them than this are compared tuple by tuple. */
const FEW = 16

/**
 * Counts, for each tuple, the persons whose tuple is compatible with it: equal or suppressed in either, column by column.
 *
 * The tuples are sorted, columns that are seldom suppressed first, and joined with themselves range by range, so that
 * tuples that differ early are never compared. The cost is that of the compatible pairs of ranges: close to linear while
 * few values are suppressed, and quadratic when most are and in different columns.
 *
 * @param table - Where the tuples are.
 * @param tuples - Their numbers, each once.
 * @param persons - How many persons have each of them.
 */
export function countCompatible(table: TupleTable, tuples: Uint32Array, persons: Uint32Array): Uint32Array {
  return countAllCompatible(table, tuples, [persons])[0] as Uint32Array
}

/** The same of several groups of persons, joined once. */
export function countAllCompatible(
  table: TupleTable,
  tuples: Uint32Array,
  groups: readonly Uint32Array[],
): Uint32Array[] {
  const { order, codes } = sorted(table, tuples)
  const counts = groups.map((persons) => new RangeCounts(order, persons))
  joinCompatible(codes, table.width, (one, another) => {
    for (const count of counts) count.add(one, another)
  })
  return counts.map((count) => count.result())
}

/** How many persons of a group are compatible with each tuple. */
class RangeCounts {
  readonly #order: Uint32Array
  /** How many persons are before each position. */
  readonly #before: Float64Array
  /** What the count of a position has more than that of the position before it: a whole range gains in two steps. */
  readonly #gains: Float64Array

  constructor(order: Uint32Array, persons: Uint32Array) {
    this.#order = order
    this.#before = new Float64Array(order.length + 1)
    this.#gains = new Float64Array(order.length + 1)
    order.forEach((item, position) => {
      this.#before[position + 1] = (this.#before[position] as number) + (persons[item] as number)
    })
  }

  add(one: Range, another: Range): void {
    const gained = (this.#before[another.to] as number) - (this.#before[another.from] as number)
    if (gained === 0) return
    this.#gains[one.from] = (this.#gains[one.from] as number) + gained
    this.#gains[one.to] = (this.#gains[one.to] as number) - gained
  }

  result(): Uint32Array {
    const compatible = new Uint32Array(this.#order.length)
    let count = 0
    this.#order.forEach((item, position) => {
      count += this.#gains[position] as number
      compatible[item] = count
    })
    return compatible
  }
}

/** Calls back, for some tuples, with the others compatible with one, by their place in `tuples`; see {@link countCompatible}. */
export function compatibleWith(
  table: TupleTable,
  tuples: Uint32Array,
  isWanted: (item: number) => boolean,
): (item: number, use: (other: number) => void) => void {
  const { order, codes } = sorted(table, tuples)
  const ranges = new Map<number, Range[]>()
  joinCompatible(codes, table.width, (one, another) => {
    for (const item of order.subarray(one.from, one.to)) {
      if (!isWanted(item)) continue
      const own = ranges.get(item)
      if (own === undefined) ranges.set(item, [another])
      else own.push(another)
    }
  })
  return (item, use) => {
    for (const { from, to } of ranges.get(item) ?? []) {
      for (let at = from; at < to; at++) use(order[at] as number)
    }
  }
}

/** Places in `tuples` in the order of their codes, and these codes end to end, columns that are seldom suppressed first. */
function sorted(table: TupleTable, tuples: Uint32Array): { order: Uint32Array; codes: Uint32Array } {
  const columns = leastSuppressedFirst(table, tuples)
  const { codes, width } = table
  const order = Uint32Array.from(tuples.keys()).sort((one, another) => {
    const [left, right] = [(tuples[one] as number) * width, (tuples[another] as number) * width]
    for (const column of columns) {
      const difference = (codes[left + column] as number) - (codes[right + column] as number)
      if (difference !== 0) return difference
    }
    return 0
  })
  const own = new Uint32Array(order.length * width)
  order.forEach((item, position) => {
    const start = (tuples[item] as number) * width
    columns.forEach((column, at) => {
      own[position * width + at] = codes[start + column] as number
    })
  })
  return { order, codes: own }
}

function leastSuppressedFirst({ codes, width }: TupleTable, tuples: Uint32Array): number[] {
  const suppressed = new Uint32Array(width)
  for (const tuple of tuples) {
    for (let column = 0; column < width; column++) {
      if (codes[tuple * width + column] === SUPPRESSED) suppressed[column] = (suppressed[column] as number) + 1
    }
  }
  return Array.from(suppressed.keys()).sort((one, another) => (suppressed[one] ?? 0) - (suppressed[another] ?? 0))
}

/** Calls `pair` with ranges that together cover every compatible pair once in each direction, a tuple with itself too. */
function joinCompatible(codes: Uint32Array, width: number, pair: (one: Range, another: Range) => void): void {
  new Join(codes, width, pair).run()
}

/** One join of sorted tuples with themselves. */
class Join {
  readonly #codes: Uint32Array
  readonly #width: number
  readonly #pair: (one: Range, another: Range) => void

  constructor(codes: Uint32Array, width: number, pair: (one: Range, another: Range) => void) {
    this.#codes = codes
    this.#width = width
    this.#pair = pair
  }

  run(): void {
    const all = { from: 0, to: this.#codes.length / this.#width }
    this.#join(all, all, 0)
  }

  /** Pairs the tuples of one range with the compatible ones of another; they are so before `depth`. */
  #join(one: Range, another: Range, depth: number): void {
    if (size(one) * size(another) <= FEW) this.#compare(one, another, depth)
    else if (this.#isSuppressedFrom(one, depth) || this.#isSuppressedFrom(another, depth)) this.#pair(one, another)
    else {
      const [suppressed, visible] = this.#split(one, depth)
      const [otherSuppressed, otherVisible] = this.#split(another, depth)
      this.#join(suppressed, otherSuppressed, depth + 1)
      if (size(suppressed) > 0) {
        for (const child of this.#children(otherVisible, depth)) this.#join(suppressed, child, depth + 1)
      }
      if (size(otherSuppressed) > 0) {
        for (const child of this.#children(visible, depth)) this.#join(child, otherSuppressed, depth + 1)
      }
      this.#joinEqual(visible, otherVisible, depth)
    }
  }

  #joinEqual(one: Range, another: Range, depth: number): void {
    if (size(one) <= size(another)) {
      for (const child of this.#children(one, depth)) this.#join(child, this.#like(child, another, depth), depth + 1)
    } else {
      for (const child of this.#children(another, depth)) this.#join(this.#like(child, one, depth), child, depth + 1)
    }
  }

  #compare(one: Range, another: Range, depth: number): void {
    for (let left = one.from; left < one.to; left++) {
      for (let right = another.from; right < another.to; right++) {
        if (this.#areCompatible(left, right, depth))
          this.#pair({ from: left, to: left + 1 }, { from: right, to: right + 1 })
      }
    }
  }

  #areCompatible(one: number, another: number, depth: number): boolean {
    for (let at = depth; at < this.#width; at++) {
      const left = this.#codes[one * this.#width + at]
      const right = this.#codes[another * this.#width + at]
      if (left !== right && left !== SUPPRESSED && right !== SUPPRESSED) return false
    }
    return true
  }

  /** Whether a range is one tuple, from here on compatible with everything. */
  #isSuppressedFrom({ from, to }: Range, depth: number): boolean {
    if (to - from !== 1) return false
    for (let at = depth; at < this.#width; at++) if (this.#codes[from * this.#width + at] !== SUPPRESSED) return false
    return true
  }

  /** The tuples that suppress the column, which are sorted first, and the others. */
  #split({ from, to }: Range, depth: number): [Range, Range] {
    const border = this.#firstAtLeast({ from, to }, depth, SUPPRESSED + 1)
    return [
      { from, to: border },
      { from: border, to },
    ]
  }

  *#children(range: Range, depth: number): Generator<Range> {
    for (let { from } = range; from < range.to; ) {
      const child = this.#like({ from, to: range.to }, { from, to: range.to }, depth)
      yield child
      from = child.to
    }
  }

  /** The part of `range` that is equal to the first tuple of `child` in the column. */
  #like(child: Range, range: Range, depth: number): Range {
    const code = this.#codes[child.from * this.#width + depth] as number
    const from = this.#firstAtLeast(range, depth, code)
    return { from, to: this.#firstAtLeast({ from, to: range.to }, depth, code + 1) }
  }

  /** Galloping, because what is looked for is often near the start. */
  #firstAtLeast({ from, to }: Range, depth: number, code: number): number {
    const below = (position: number) => (this.#codes[position * this.#width + depth] as number) < code
    let [low, high, step] = [from, from, 1]
    while (high < to && below(high)) {
      low = high + 1
      high += step
      step *= 2
    }
    high = Math.min(high, to)
    while (low < high) {
      const middle = (low + high) >>> 1
      if (below(middle)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function size({ from, to }: Range): number {
  return to - from
}

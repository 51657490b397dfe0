/**
 * The smallest combinations that give something away.
 *
 * @module
 */

/** What to look for, and how long. */
export interface CombinationSearch<Item> {
  /** Up to this size every combination is tried. */
  readonly most: number
  /** Must be monotone: what gives away still does with one item more. */
  readonly givesAway: (combination: readonly Item[]) => boolean
  /** How many sets are asked about beyond that; what is left of it is for the next search. */
  readonly budget: { tries: number }
}

/** The combinations found, and whether these are all. */
export interface FoundCombinations<Item> {
  readonly found: Item[][]
  readonly complete: boolean
}

/**
 * Finds the combinations that give away, and of which no part does.
 *
 * Small ones are tried one by one. A larger one must do without some item of each that is found already: sets of items that do are
 * asked about until none is left or the tries are used up.
 */
export function minimalCombinations<Item>(
  items: readonly Item[],
  { most, givesAway, budget }: CombinationSearch<Item>,
): FoundCombinations<Item> {
  if (!givesAway(items)) return { found: [], complete: true }
  const found: Item[][] = []
  for (let size = 0; size <= Math.min(most, items.length); size++) {
    for (const combination of combinations(items, size)) {
      const isMinimal = !found.some((smaller) => smaller.every((item) => combination.includes(item)))
      if (isMinimal && givesAway(combination)) found.push(combination)
    }
  }
  const complete = items.length <= most || addLarger(items, found, { givesAway, budget })
  return { found, complete }
}

/** A tree of hitting sets: from a set that holds something found, one item of it is left out after the other. */
function addLarger<Item>(
  items: readonly Item[],
  found: Item[][],
  { givesAway, budget }: Omit<CombinationSearch<Item>, 'most'>,
): boolean {
  const seen = new Set<string>()
  const left: (readonly Item[])[] = [items]
  for (let rest = left.pop(); rest !== undefined; rest = left.pop()) {
    const set = new Set(rest)
    const key = items.map((item) => (set.has(item) ? '1' : '0')).join('')
    if (seen.has(key)) continue
    seen.add(key)
    if (budget.tries-- <= 0) return false
    if (!givesAway(rest)) continue
    let inside = found.find((combination) => combination.every((item) => set.has(item)))
    if (inside === undefined) {
      inside = withoutTheNeedless(rest, givesAway)
      found.push(inside)
    }
    for (const item of inside) left.push(rest.filter((other) => other !== item))
  }
  return true
}

/** Leaves out one item after the other as long as the rest satisfies. */
export function withoutTheNeedless<Item>(
  items: readonly Item[],
  satisfies: (combination: readonly Item[]) => boolean,
): Item[] {
  let kept = [...items]
  for (const item of items) {
    const rest = kept.filter((other) => other !== item)
    if (satisfies(rest)) kept = rest
  }
  return kept
}

/** Every combination of one size, in the order of the items. */
export function* combinations<Item>(items: readonly Item[], size: number, from = 0): Generator<Item[]> {
  if (size === 0) yield []
  else {
    for (let at = from; at <= items.length - size; at++) {
      for (const rest of combinations(items, size - 1, at + 1)) yield [items[at] as Item, ...rest]
    }
  }
}

/**
 * The smallest combinations that give something away.
 *
 * @module
 */

/**
 * Finds the combinations of at most `most` items that give away, and of which no part does.
 *
 * When none is so small, one larger is found by leaving out what is not needed, if all items together give away.
 *
 * @param items - What combinations are made of.
 * @param options - `givesAway` must be monotone: what gives away still does with one item more.
 */
export function minimalCombinations<Item>(
  items: readonly Item[],
  { most, givesAway }: { readonly most: number; readonly givesAway: (combination: readonly Item[]) => boolean },
): Item[][] {
  if (!givesAway(items)) return []
  const found: Item[][] = []
  for (let size = 0; size <= Math.min(most, items.length); size++) {
    for (const combination of combinations(items, size)) {
      const isMinimal = !found.some((smaller) => smaller.every((item) => combination.includes(item)))
      if (isMinimal && givesAway(combination)) found.push(combination)
    }
  }
  return found.length > 0 ? found : [withoutTheNeedless(items, givesAway)]
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

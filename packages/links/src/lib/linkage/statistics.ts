/**
 * How probable it is that chance alone joins as many.
 *
 * Chance is a permutation drawn evenly within each batch. Every figure is an upper bound that holds for any number of pairs
 * and batches, not an approximation, so that a sound dump is accused as rarely as promised.
 *
 * @module
 */

/**
 * Bounds the probability of `observed` or more where `expected` are right on average.
 *
 * It holds for counts whose k-th factorial moment is at most `expected` to the power of k: right guesses of a random
 * permutation, one per person and n to choose from; places where it goes up by one; members of two groups that meet.
 * Sums of independent such counts are such counts. The bound is the one for the Poisson distribution, by Chernoff.
 */
export function countTail(observed: number, expected: number): number {
  if (observed <= expected) return 1
  if (expected === 0) return 0
  return Math.exp(observed - expected - observed * Math.log(observed / expected))
}

/**
 * Bounds the probability that random permutations of these sizes have in total `inversions` or fewer.
 *
 * The inversions of a random permutation of n are a sum of independent even draws from 0 to i - 1, i from 1 to n (Lehmer's
 * code); the bound is Chernoff's for that sum.
 */
export function inversionTail(inversions: number, sizes: readonly number[]): number {
  const mean = sizes.reduce((sum, n) => sum + (n * (n - 1)) / 4, 0)
  const variance = sizes.reduce((sum, n) => sum + (n * (n - 1) * (2 * n + 5)) / 72, 0)
  // Nearer to the mean the bound is too weak to matter, and 1 is a bound too.
  if (inversions >= mean - 4 * Math.sqrt(variance)) return 1
  let [low, high] = [-25, 5]
  for (let step = 0; step < 60; step++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3]
    if (exponent(Math.exp(left), inversions, sizes) < exponent(Math.exp(right), inversions, sizes)) high = right
    else low = left
  }
  return Math.min(1, Math.exp(exponent(Math.exp(low), inversions, sizes)))
}

/** Of the bound at `s`: s x + log E exp(-s I), convex in s. */
function exponent(s: number, inversions: number, sizes: readonly number[]): number {
  const one = Math.log(-Math.expm1(-s))
  const sums = new Map<number, number>()
  let total = s * inversions
  for (const size of sizes) {
    const sum = sums.get(size) ?? logTransform(s, size, one)
    sums.set(size, sum)
    total += sum
  }
  return total
}

function logTransform(s: number, size: number, one: number): number {
  let sum = 0
  for (let i = 2; i <= size; i++) sum += Math.log(-Math.expm1(-s * i)) - Math.log(i) - one
  return sum
}

/** Counts the pairs of a permutation of 0 to n - 1 that stand in the wrong order. */
export function countInversions(permutation: Int32Array): number {
  const size = permutation.length
  const tree = new Int32Array(size + 1)
  let inversions = 0
  for (let seen = 0; seen < size; seen++) {
    const value = permutation[seen] ?? 0
    let notAbove = 0
    for (let at = value + 1; at > 0; at -= at & -at) notAbove += tree[at] ?? 0
    inversions += seen - notAbove
    for (let at = value + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) + 1
  }
  return inversions
}

/** A source of numbers from 0 to just below 1 that repeats with its seed; for ties, where unpredictability is no matter. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  // Mulberry32, public domain.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

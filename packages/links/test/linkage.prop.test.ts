import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countInversions, countTail, inversionTail, seededRandom } from '../src/lib/linkage/statistics.js'
import { type DumpValue, testLinkage } from '../src/testing.js'
import { cases, dumpOf, shuffled } from './linkage-support.js'

const seed = fc.integer({ min: 0, max: 2 ** 31 })

test('a dump in which answers are in random order is never accused', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 20, max: 120 }), (start, count) => {
      const report = testLinkage(dumpOf(cases(count, start), start, { seed: start }))
      expect(report.findings).toEqual([])
      expect(report.verdict).toBe('chance')
    }),
  )
})

test('no column of any values that knows nothing of the pairs is accused, in any batches', () => {
  const value: fc.Arbitrary<DumpValue> = fc.oneof(
    fc.constantFrom('fr', 'de', 1, 2, 3, true, null),
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    fc.uint8Array({ maxLength: 4 }),
    fc.date({ noInvalidDate: false }),
    fc.constantFrom('constructor', '{"a":', '[1,[2,[3]]]', '%', '%ff%41', '(1,2)', '2026-01-01', '1760000000'),
  )
  fc.assert(
    fc.property(
      seed,
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (start, values, size) => {
        const random = seededRandom(start)
        const any = () => values[Math.floor(random() * values.length)] ?? null
        const all = cases(120, start).map((one) => ({
          ...one,
          link: { ...one.link, any: any() },
          spend: { ...one.spend, any: any() },
          reply: { ...one.reply, any: any(), more: any() },
        }))
        const batches = shuffled(
          all.map((_, at) => `${Math.floor(at / size)}`),
          start,
        )
        const pairs = all.map(({ person, answer }, at) => ({ person: [person], answer, batch: batches[at] ?? '' }))
        expect(testLinkage(dumpOf(all, start, { pairs, seed: start })).findings).toEqual([])
      },
    ),
  )
})

test('one identifier stored beside each answer is always found, whatever it is called and wherever it stands', () => {
  const wrap = fc.constantFrom(
    (text: string) => text,
    (text: string) => `https://s.example/a/${text}?x=1`,
    (text: string) => JSON.stringify({ a: [{ b: { c: text } }] }),
    (text: string) => `u=${encodeURIComponent(`/?r=${text}`)}`,
    (text: string) => `x=${btoa(`{"r":"${text}"}`)}`,
    (text: string) => text.toUpperCase(),
  )
  fc.assert(
    fc.property(seed, wrap, fc.stringMatching(/^[a-z_]{1,12}$/), (start, wrapped, column) => {
      const all = cases(40, start).map((one) => ({ ...one, reply: { ...one.reply, [column]: wrapped(one.person) } }))
      expect(testLinkage({ ...dumpOf(all, start), answers: { table: 'answers', key: 'body.id' } }).verdict).toBe(
        'joined',
      )
    }),
  )
})

test('inversions are counted as by looking at every pair', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 60 }), (start, size) => {
      const permutation = Int32Array.from(
        shuffled(
          Array.from({ length: size }, (_, at) => at),
          start,
        ),
      )
      let inversions = 0
      for (const [at, value] of permutation.entries()) {
        for (const later of permutation.subarray(at + 1)) if (later < value) inversions++
      }
      expect(countInversions(permutation)).toBe(inversions)
    }),
  )
})

/** The exact distribution of the inversions of a random permutation. */
function inversionProbabilities(size: number): number[] {
  let probabilities = [1]
  for (let i = 2; i <= size; i++) {
    const next = new Array<number>(probabilities.length + i - 1).fill(0)
    for (const [at, probability] of probabilities.entries()) {
      for (let draw = 0; draw < i; draw++) next[at + draw] = (next[at + draw] ?? 0) + probability / i
    }
    probabilities = next
  }
  return probabilities
}

test('the bound on inversions is never below their exact probability, and close to it far out', () => {
  const exact = inversionProbabilities(40)
  let below = 0
  for (const [inversions, probability] of exact.entries()) {
    below += probability
    const bound = inversionTail(inversions, [40])
    expect(bound).toBeGreaterThanOrEqual(below * (1 - 1e-9))
    if (below < 1e-6 && below > 1e-40) expect(bound).toBeLessThan(below * 100)
  }
})

test('the bound on counts is never below the exact probability of as many fixed points', () => {
  // Of a permutation of n, k points are fixed with probability D(n - k) / (k! (n - k)!), D the derangements.
  const factorial = [1]
  const derangements = [1, 0]
  for (let n = 1; n <= 18; n++) factorial[n] = (factorial[n - 1] ?? 1) * n
  for (let n = 2; n <= 18; n++) derangements[n] = (n - 1) * ((derangements[n - 1] ?? 0) + (derangements[n - 2] ?? 0))
  const at = (list: number[], index: number) => list[index] ?? 0
  for (let n = 2; n <= 18; n++) {
    for (let observed = 0; observed <= n; observed++) {
      let exact = 0
      for (let k = observed; k <= n; k++) exact += at(derangements, n - k) / at(factorial, k) / at(factorial, n - k)
      expect(countTail(observed, 1)).toBeGreaterThanOrEqual(exact * (1 - 1e-9))
    }
  }
})

test('the bound on counts is never below the exact probability that two groups meet as often', () => {
  const choose = (n: number, k: number): number =>
    k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(40), fc.nat(40), (n, one, other) => {
      const [people, answers] = [Math.min(n, one), Math.min(n, other)]
      let exact = 0
      for (let met = Math.min(people, answers); met >= 0; met--) {
        exact += (choose(people, met) * choose(n - people, answers - met)) / choose(n, answers)
        expect(countTail(met, (people * answers) / n)).toBeGreaterThanOrEqual(exact * (1 - 1e-9))
      }
    }),
  )
})

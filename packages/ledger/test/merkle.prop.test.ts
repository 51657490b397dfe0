import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Frontier } from '../src/lib/frontier.js'
import { besideRanges, consistencyRanges, inclusionRanges, perfectSubtrees } from '../src/lib/ranges.js'
import { hashLeaf, LedgerError, verifyConsistency, verifyInclusion, verifyRange } from '../src/verify.js'
import { leafOf, leavesOf } from './support/matchers.js'
import { memoryTree } from './support/memory-tree.js'
import { naiveRoot } from './support/naive-tree.js'

const MOST = 300
const tree = memoryTree(leavesOf(MOST))
const size = fc.integer({ min: 1, max: MOST })
const placed = size.chain((count) => fc.record({ count: fc.constant(count), index: fc.nat({ max: count - 1 }) }))
const huge = fc.maxSafeNat().map((count) => count + 1)

/** One bit of one hash turned over. */
function flipped(path: readonly Uint8Array[], bit: number): Uint8Array[] {
  const [hash, at] = [Math.floor(bit / 256) % path.length, Math.floor((bit % 256) / 8)]
  return path.map((each, position) =>
    position === hash ? each.map((byte, place) => (place === at ? byte ^ (1 << (bit % 8)) : byte)) : each,
  )
}

describe('the tree', () => {
  test('grown in any steps has one root and one set of nodes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (steps) => {
        const leaves = leavesOf(steps.reduce((sum, step) => sum + step, 0))
        let growing = new Frontier()
        const nodes: unknown[] = []
        let from = 0
        for (const step of steps) {
          const growth = growing.grow(leaves.slice(from, from + step))
          nodes.push(...growth.nodes)
          from += step
          growing = new Frontier(growth.size, growth.frontier)
        }
        expect(nodes).toEqual(new Frontier().grow(leaves).nodes)
        expect(growing.root()).toEqual(naiveRoot(leaves))
      }),
    )
  })

  test('of any size up to 2^53 - 1 needs at most 64 reads for an inclusion proof below 2^32 entries, and 107 at most', () => {
    fc.assert(
      fc.property(huge, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (count, place) => {
        const index = Math.floor(place * count)
        const reads = inclusionRanges(index, count).flatMap(perfectSubtrees).length
        expect(reads).toBeLessThanOrEqual(count <= 2 ** 32 ? 64 : 107)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.nat(), (count, place) => {
        expect(inclusionRanges(place % count, count).flatMap(perfectSubtrees).length).toBeLessThanOrEqual(64)
      }),
    )
  })

  test('subtrees of a proof of any size cover the tree without overlap', () => {
    fc.assert(
      fc.property(huge, fc.maxSafeNat(), (count, place) => {
        const index = place % count
        const leaf = { from: index, to: index + 1 }
        for (const ranges of [inclusionRanges(index, count), besideRanges(leaf, count)]) {
          const sorted = [...ranges, leaf].sort((a, b) => a.from - b.from)
          expect(sorted[0]?.from).toBe(0)
          expect(sorted.at(-1)?.to).toBe(count)
          for (const [at, { to }] of sorted.slice(0, -1).entries()) expect(sorted[at + 1]?.from).toBe(to)
        }
      }),
    )
  })
})

describe('a proof', () => {
  test('of any entry holds, and of no other entry, in no other tree', async () => {
    await fc.assert(
      fc.asyncProperty(placed, fc.nat(), fc.nat(), async ({ count, index }, other, bit) => {
        const root = await tree.root(count)
        const proof = await tree.inclusion(index, count)
        const leafHash = hashLeaf(leafOf(index))
        verifyInclusion(proof, { leafHash, root })
        const wrong = other % MOST
        if (wrong !== index) {
          expect(() => verifyInclusion({ ...proof, index: wrong }, { leafHash, root })).toThrow(LedgerError)
          expect(() => verifyInclusion(proof, { leafHash: hashLeaf(leafOf(wrong)), root })).toThrow(LedgerError)
        }
        if (proof.path.length === 0) return
        const path = flipped(proof.path, bit)
        expect(() => verifyInclusion({ ...proof, path }, { leafHash, root })).toThrow(LedgerError)
      }),
    )
  })

  test('of consistency holds for any two sizes, and with no bit changed', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (a, b, bit) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const roots = { fromRoot: await tree.root(from), toRoot: await tree.root(to) }
        const proof = await tree.consistency(from, to)
        verifyConsistency(proof, roots)
        if (from === to) return
        const swapped = { fromRoot: roots.toRoot, toRoot: roots.fromRoot }
        expect(() => verifyConsistency(proof, swapped)).toThrow(LedgerError)
        expect(() => verifyConsistency({ ...proof, path: flipped(proof.path, bit) }, roots)).toThrow(LedgerError)
      }),
    )
  })

  test('of consistency has at most two hashes per level of the tree', () => {
    fc.assert(
      fc.property(huge, fc.maxSafeNat(), (to, place) => {
        expect(consistencyRanges(1 + (place % to), to).length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(to + 1)) + 1)
      }),
    )
  })

  test('of many entries in a row holds, and with no entry changed, left out or moved', async () => {
    await fc.assert(
      fc.asyncProperty(
        placed,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        async ({ count, index: from }, more, which) => {
          const to = Math.min(count, from + more)
          const root = await tree.root(count)
          const proof = await tree.range(from, to, count)
          const entries = leavesOf(to).slice(from)
          verifyRange(proof, { entries, root })
          const changed = entries.map((leaf, at) => (at === which % entries.length ? leafOf(-1) : leaf))
          for (const wrong of [changed, entries.slice(1), [...entries, leafOf(0)]]) {
            expect(() => verifyRange(proof, { entries: wrong, root })).toThrow(LedgerError)
          }
          if (to >= count) return
          const moved = { ...proof, from: from + 1, to: to + 1 }
          expect(() => verifyRange(moved, { entries, root })).toThrow(LedgerError)
        },
      ),
    )
  })
})

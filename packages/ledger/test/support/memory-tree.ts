import { Frontier } from '../../src/lib/frontier.js'
import { leafHash } from '../../src/lib/hashing.js'
import { rootsOf } from '../../src/lib/prove.js'
import { besideRanges, consistencyRanges, inclusionRanges, type Range } from '../../src/lib/ranges.js'

/** A tree built by the package's own means, with its nodes in a map, and how often they were read. */
export function memoryTree(leaves: readonly Uint8Array[]) {
  const { nodes } = new Frontier().grow(leaves)
  const stored = new Map<string, Uint8Array>()
  for (const [index, leaf] of leaves.entries()) stored.set(`0/${index}`, leafHash(leaf))
  for (const { level, index, hash } of nodes) stored.set(`${level}/${index}`, hash)
  let reads = 0
  const roots = (ranges: readonly Range[]) =>
    rootsOf(ranges, async (ids) => {
      reads += ids.length
      return ids.map(({ level, index }) => stored.get(`${level}/${index}`) ?? new Uint8Array())
    })
  return {
    reads: () => reads,
    root: async (size: number) => (await roots([{ from: 0, to: size }]))[0] ?? new Uint8Array(),
    inclusion: async (index: number, size: number) => ({
      index,
      size,
      path: await roots(inclusionRanges(index, size)),
    }),
    consistency: async (from: number, to: number) => ({ from, to, path: await roots(consistencyRanges(from, to)) }),
    range: async (from: number, to: number, size: number) => {
      return { from, to, size, path: await roots(besideRanges({ from, to }, size)) }
    },
  }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canPair } from '../../src/disclosure/pairing.js'
import { TupleLists } from '../../src/disclosure/tuple-lists.js'
import { TupleTable } from '../../src/disclosure/tuple-table.js'

const SUPPRESSED = 0

/** Code 0 is a suppressed value; large ones make columns that no longer share a word. */
const code = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, fc.constantFrom(2 ** 20, 2 ** 24 - 1))
const shape = fc.record({ width: fc.integer({ min: 1, max: 6 }), length: fc.constantFrom(1, 2, 3, 5, 31, 32, 40) })
const lists = shape.chain(({ width, length }) => {
  const tuple = fc.array(code, { minLength: width, maxLength: width })
  const list = fc.array(tuple, { minLength: length, maxLength: length })
  return fc.tuple(fc.constant(width), list, list)
})

function tableOf(width: number, all: readonly (readonly number[])[]): { table: TupleTable; numbers: Uint32Array } {
  const table = new TupleTable(width)
  return { table, numbers: Uint32Array.from(all, (codes) => table.intern(Uint32Array.from(codes))) }
}

test('packed lists pair off exactly when the lists do whose tuples are compared code by code', () => {
  fc.assert(
    fc.property(lists, fc.boolean(), ([width, one, other], blur) => {
      const another = blur ? [...one].reverse().map((codes, at) => codes.with(at % width, SUPPRESSED)) : other
      const { table, numbers } = tableOf(width, [...one, ...another])
      const [left, right] = [numbers.subarray(0, one.length), numbers.subarray(one.length)]
      const compatible = (a: number, b: number) =>
        Array.from({ length: width }, (_, at) => [table.codes[a * width + at], table.codes[b * width + at]]).every(
          ([x, y]) => x === y || x === SUPPRESSED || y === SUPPRESSED,
        )
      const packed = new TupleLists(table, [left, right])
      const expected = canPair(left, right, compatible)
      expect(packed.canPair(0, 1)).toBe(expected)
      expect(packed.canPair(1, 0)).toBe(expected)
      expect(packed.canPair(0, 0)).toBe(true)
      if (blur) expect(expected).toBe(true)
    }),
    { numRuns: 500 },
  )
})

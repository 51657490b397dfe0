import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Outcomes } from '../../src/disclosure/suggest/outcomes.js'
import { RawColumn } from '../../src/disclosure/suggest/recoding.js'
import { Search } from '../../src/disclosure/suggest/search.js'
import { TupleTable } from '../../src/disclosure/tuple-table.js'

const row = fc.record({
  age: fc.oneof(fc.integer({ min: 18, max: 90 }), fc.constant(null)),
  town: fc.constantFrom('Lyon', 'Lille', 'Nantes', 'Nancy', 'Brest', '***'),
  since: fc.constantFrom('2024-01-05', '2024-01-06', '2024-02-01', '2025-02-01'),
  who: fc.nat(9),
})
const rows = fc.array(row, { minLength: 2, maxLength: 40 })
const columns = ['age', 'town', 'since'] as const

/** Every outcome of generalising these rows. */
function outcomesOf(
  rows: readonly (typeof row extends fc.Arbitrary<infer Row> ? Row : never)[],
  k: number,
  persons: boolean,
): Outcomes {
  const raw = columns.map(() => new RawColumn((text) => text === '***'))
  const table = new TupleTable(columns.length)
  const tupleOfRow = Uint32Array.from(rows, (row) =>
    table.intern(Uint32Array.from(columns, (name, at) => raw[at]?.encode(row[name]) ?? 0)),
  )
  const numbers = new Map([...new Set(rows.map(({ who }) => who))].map((who, at) => [who, at]))
  const personOfRow = persons ? Uint32Array.from(rows, ({ who }) => numbers.get(who) ?? 0) : null
  return new Outcomes(
    { columns: raw, table, tupleOfRow, personOfRow },
    raw.map((column) => column.rungs(undefined)),
    k,
  )
}

test('of what is suggested no column can be left more precise without more persons below k', () => {
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 2, max: 4 }),
      fc.boolean(),
      fc.constantFrom(0.3, 0.6, 1),
      (rows, k, persons, maxLoss) => {
        const outcomes = outcomesOf(rows, k, persons)
        const state = new Search(outcomes, maxLoss).best()
        const { below } = outcomes.of(state)
        expect(outcomes.loss(state)).toBeLessThanOrEqual(maxLoss + 1e-9)
        outcomes.ladders.forEach((ladder, column) => {
          for (const rung of ladder.keys()) {
            const other = state.with(column, rung)
            if (outcomes.loss(other) < outcomes.loss(state) - 1e-9)
              expect(outcomes.of(other).below).toBeGreaterThan(below)
          }
        })
      },
    ),
    { numRuns: 150 },
  )
})

test('whoever is reached by masking everything is reached, and at no more than that costs', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 2, max: 4 }), fc.boolean(), (rows, k, persons) => {
      const outcomes = outcomesOf(rows, k, persons)
      const masked = outcomes.ladders.map(({ length }) => length - 1)
      const state = new Search(outcomes, 1).best()
      expect(outcomes.of(state).below).toBeLessThanOrEqual(outcomes.of(masked).below)
      if (outcomes.of(masked).below === 0) expect(outcomes.loss(state)).toBeLessThanOrEqual(outcomes.loss(masked))
    }),
    { numRuns: 100 },
  )
})

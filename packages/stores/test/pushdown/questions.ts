import type { DisclosureOptions } from '@surveyseal/core/disclosure'
import type { ColumnType, PushdownDialect } from '@surveyseal/stores/pushdown'
import fc from 'fast-check'
import type { GeneratedTable } from './arbitraries.js'

/** Few values of each type, so that rows are alike, some suppressed. */
const values: Partial<Record<ColumnType, readonly unknown[]>> = {
  text: [null, '', '***', 'a', 'b', 'é', '1', '1.0', '"'],
  integer: [null, 0, 1, 2, -1],
  double: [null, 0, 1, 0.5, 1e21, -0.1],
  boolean: [null, true, false],
  date: [null, '2026-01-01', '2026-01-02'],
}

const others = ['rowid', 'a"b', 'person', '"; DROP TABLE answers; -- $1', '__proto__'] as const

export interface Question extends Pick<GeneratedTable, 'columns' | 'rows'> {
  readonly options: Omit<DisclosureOptions, 'reference'>
  /** The population, of the same columns; `null` for none. */
  readonly population: Pick<GeneratedTable, 'columns' | 'rows'> | null
}

export function question(dialect: PushdownDialect): fc.Arbitrary<Question> {
  const types: readonly ColumnType[] =
    dialect === 'sqlite' ? ['text', 'integer', 'double', 'other'] : ['text', 'integer', 'double', 'boolean', 'date']
  const typed = fc.array(fc.constantFrom(...types), { minLength: others.length, maxLength: others.length })
  return typed
    .chain((chosen) => {
      const columns = others.map((name, at) => ({ name, type: chosen[at] as ColumnType }))
      const cells = columns.map(({ type }) =>
        fc
          .constantFrom(...(values[type] ?? Object.values(values).flat()))
          .map((value) =>
            value === null || (dialect === 'sqlite' && typeof value === 'boolean')
              ? null
              : { value, written: String(value) },
          ),
      )
      return fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.tuple(...cells), { minLength: 1, maxLength: 14 }),
        others: fc.option(fc.array(fc.tuple(...cells), { maxLength: 14 })),
        order: fc.shuffledSubarray([...others], { minLength: 2, maxLength: 5 }),
        quasi: fc.integer({ min: 1, max: 4 }),
        hasPerson: fc.boolean(),
        areNamed: fc.boolean(),
        suppressed: fc.constantFrom('class' as const, 'wildcard' as const),
        suppressedValues: fc.option(fc.constantFrom<readonly string[]>([], ['1', 'true', 'a'], ['0.5', '1e+21']), {
          nil: undefined,
        }),
      })
    })
    .map(({ columns, rows: drawn, others, order, quasi, hasPerson, areNamed, suppressed, suppressedValues }) => {
      const person = hasPerson ? order[0] : undefined
      // A row without a person refuses the whole question, and most tables would have one.
      const named = drawn.filter((row) => row[columns.findIndex(({ name }) => name === person)] !== null)
      const rows = areNamed && named.length > 0 ? named : drawn
      const rest = hasPerson ? order.slice(1) : order
      const quasiIdentifiers = rest.slice(0, Math.min(quasi, rest.length))
      const sensitive = rest.slice(quasiIdentifiers.length)
      const population = others === null ? null : { columns, rows: others }
      return {
        columns,
        rows,
        population,
        options: { quasiIdentifiers, sensitive, person, suppressed, suppressedValues },
      }
    })
    .filter(({ options }) => options.quasiIdentifiers.length > 0)
}

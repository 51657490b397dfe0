import { defaultPolicy, parsePolicy, type Rule } from '@surveyseal/core/anonymize'
import type { ColumnType, PolicySqlOptions, PushdownDialect } from '@surveyseal/stores/pushdown'
import { compilePolicySql } from '@surveyseal/stores/pushdown'
import { describe, expect, test } from 'vitest'

const dialects: readonly PushdownDialect[] = ['postgres', 'sqlite', 'duckdb']

/** The code of what compiling one rule for one column is refused with. */
function refusal(rule: Rule, type: ColumnType, options: Partial<PolicySqlOptions> = {}): unknown {
  const policy = parsePolicy({ version: 1, fields: { '*': rule } })
  return thrown(() =>
    compilePolicySql(policy, { dialect: 'postgres', table: 't', columns: [{ name: 'a', type }], ...options }),
  )
}

function thrown(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
  return undefined
}

const mask: Rule = { technique: 'mask' }

describe.each(dialects)('on %s', (dialect) => {
  test.each(['', 'a\0b', 'half \ud83d'])('ERR_PUSHDOWN_NAME_INVALID: the name %j', (name) => {
    const columns = [{ name, type: 'text' }] as const
    const code = 'ERR_PUSHDOWN_NAME_INVALID'
    expect(refusal(mask, 'text', { dialect, columns })).toBe(code)
    expect(refusal(mask, 'text', { dialect, table: name })).toBe(code)
    expect(refusal(mask, 'text', { dialect, into: name })).toBe(code)
    expect(refusal(mask, 'text', { dialect, table: { schema: name, name: 't' } })).toBe(code)
  })

  test('ERR_PUSHDOWN_NAME_INVALID: one name twice', () => {
    const columns = [1, 2].map(() => ({ name: 'a', type: 'text' as const }))
    expect(refusal(mask, 'text', { dialect, columns })).toBe('ERR_PUSHDOWN_NAME_INVALID')
  })

  test('ERR_PUSHDOWN_TABLE_MISSING: no column', () => {
    expect(refusal(mask, 'text', { dialect, columns: [] })).toBe('ERR_PUSHDOWN_TABLE_MISSING')
  })

  test('ERR_PUSHDOWN_RULE_UNSUPPORTED: what SQL would only come near to', () => {
    const code = 'ERR_PUSHDOWN_RULE_UNSUPPORTED'
    expect(refusal({ technique: 'round', to: 0.123456789 }, 'double', { dialect })).toBe(code)
    expect(refusal({ technique: 'band', edges: [2 ** 60] }, 'double', { dialect })).toBe(code)
    expect(refusal({ technique: 'mask', with: 'a\0' }, 'text', { dialect })).toBe(code)
    expect(refusal({ technique: 'region', groups: { '\ud83d': 'x' } }, 'text', { dialect })).toBe(code)
  })

  test('ERR_PUSHDOWN_NOTHING_KEPT: every column is removed', () => {
    expect(refusal({ technique: 'remove' }, 'text', { dialect })).toBe('ERR_PUSHDOWN_NOTHING_KEPT')
  })

  test('ERR_PUSHDOWN_NESTED: rules lead into JSON, which in SQLite is text and removed', () => {
    const columns = [{ name: 'customFields', type: 'other' }] as const
    const run = () => compilePolicySql(defaultPolicy('en'), { dialect, table: 't', columns })
    expect(thrown(run)).toBe(dialect === 'sqlite' ? 'ERR_PUSHDOWN_NOTHING_KEPT' : 'ERR_PUSHDOWN_NESTED')
  })

  test('ERR_PUSHDOWN_TOO_LARGE: more values than a statement takes', () => {
    const groups = (many: number) => Object.fromEntries(Array.from({ length: 9000 }, (_, at) => [`${many} ${at}`, 'x']))
    const columns = Array.from({ length: 8 }, (_, at) => ({ name: `c${at}`, type: 'text' as const }))
    const fields = Object.fromEntries(
      columns.map(({ name }, at) => [name, { technique: 'region', groups: groups(at) }]),
    )
    const policy = parsePolicy({ version: 1, fields })
    expect(thrown(() => compilePolicySql(policy, { dialect, table: 't', columns }))).toBe('ERR_PUSHDOWN_TOO_LARGE')
  })
})

test('ERR_PUSHDOWN_NAME_INVALID: PostgreSQL would cut a name of more than 63 bytes off', () => {
  expect(refusal(mask, 'text', { into: 'é'.repeat(32) })).toBe('ERR_PUSHDOWN_NAME_INVALID')
  expect(refusal(mask, 'text', { into: 'é'.repeat(31) })).toBe(undefined)
})

describe('ERR_PUSHDOWN_COLUMN_TYPE', () => {
  test('rules of one column that leave text in one row and a number in another', () => {
    const [text, number] = [{ technique: 'band', edges: [18] }, { technique: 'retain' }] as const
    const fields = { age: [{ ...text, when: { language: 'fr' } }, number] }
    const policy = parsePolicy({ version: 2, fields })
    const columns = [
      { name: 'age', type: 'integer' },
      { name: 'language', type: 'text' },
    ] as const
    const run = (dialect: PushdownDialect) => thrown(() => compilePolicySql(policy, { dialect, table: 't', columns }))
    expect(dialects.map(run)).toEqual(['ERR_PUSHDOWN_COLUMN_TYPE', undefined, 'ERR_PUSHDOWN_COLUMN_TYPE'])
  })

  test.each<[Rule, ColumnType]>([
    [{ technique: 'truncate', keep: 2 }, 'other'],
    [{ technique: 'truncate', keep: 2 }, 'date'],
    [{ technique: 'region', groups: { a: 'b' } }, 'timestamptz'],
    [{ technique: 'round', to: 1 }, 'other'],
  ])('%j of a column of the type %s', (rule, type) => {
    expect(refusal(rule, type)).toBe('ERR_PUSHDOWN_COLUMN_TYPE')
  })

  test.each<[Rule, ColumnType]>([
    [mask, 'integer'],
    [{ technique: 'random-email' }, 'other'],
    [{ technique: 'round', to: 0.5 }, 'integer'],
    [{ technique: 'band', edges: [1] }, 'double'],
    [{ technique: 'coarsen-date', to: 'year' }, 'date'],
  ])('%j in place, in a column of the type %s', (rule, type) => {
    expect(refusal(rule, type, { inPlace: true })).toBe('ERR_PUSHDOWN_COLUMN_TYPE')
    expect(refusal(rule, type)).toBe(undefined)
  })
})

test('ERR_INVALID_ARG_VALUE: no such engine, or a new table in place', () => {
  expect(refusal(mask, 'text', { dialect: 'toString' as PushdownDialect })).toBe('ERR_INVALID_ARG_VALUE')
  expect(refusal(mask, 'text', { into: 'u', inPlace: true })).toBe('ERR_INVALID_ARG_VALUE')
})

test('no value of a policy and no secret is in the text of a statement', () => {
  const { text, params } = compilePolicySql(
    parsePolicy({ version: 1, fields: { a: { technique: 'mask', with: 'Ada' }, b: { technique: 'random-email' } } }),
    {
      dialect: 'duckdb',
      table: 't',
      columns: [
        { name: 'a', type: 'text' },
        { name: 'b', type: 'text' },
      ],
    },
  )
  expect(text).not.toContain('Ada')
  expect(params).toContain('Ada')
  expect(params.filter((value) => /^[0-9a-f]{64}$/.test(String(value)))).toHaveLength(1)
})

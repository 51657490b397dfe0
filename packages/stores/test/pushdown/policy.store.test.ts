import type { Change, Policy } from '@surveyseal/core/anonymize'
import { compilePolicy, escapeFieldName, parsePolicy } from '@surveyseal/core/anonymize'
import type { ColumnType, PolicySql, PolicySqlOptions, PushdownDatabase } from '@surveyseal/stores/pushdown'
import { compilePolicySql, PushdownError, tableColumns } from '@surveyseal/stores/pushdown'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pushdownEngines } from '../support/pushdown-engines.js'
import type { GeneratedTable } from './arbitraries.js'
import { hostileNames, tableOf } from './arbitraries.js'
import { makeTable, quote, readTable, recordsOf } from './tables.js'

const numRuns = Number(process.env['FC_RUNS'] ?? 150)

const EMAIL = /^[a-z2-7]{26}@anonymized\.invalid$/

/** What is compared: -0 is 0, and what SQL reads as text of a boolean or date is compared as text. */
function comparable(value: unknown): unknown {
  if (typeof value === 'string' && EMAIL.test(value)) return 'a random e-mail address'
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return value || (Number.isNaN(value) ? 'NaN' : 0)
  return value ?? null
}

function comparableAs(type: ColumnType, value: unknown): unknown {
  if (type === 'timestamptz' && typeof value === 'string' && /^\d{4}-\d\d-\d\d \d/.test(value)) {
    return Date.parse(`${value.replace(' ', 'T')}Z`)
  }
  return comparable(value)
}

const refusals = ['ERR_PUSHDOWN_COLUMN_TYPE', 'ERR_PUSHDOWN_NOTHING_KEPT', 'ERR_PUSHDOWN_NESTED']

/** The statement, or `null` where it is refused for a reason that a generated policy may have. */
function compiledOrRefused(policy: Policy, options: PolicySqlOptions): PolicySql | null {
  try {
    return compilePolicySql(policy, options)
  } catch (error) {
    if (error instanceof PushdownError && refusals.includes(error.code)) return null
    throw error
  }
}

/** How often each change was made. */
function countsOf(changes: readonly Change[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { field, technique, because, warning, count } of changes) {
    const key = JSON.stringify([field, technique, because, warning])
    if (count > 0) counts[key] = (counts[key] ?? 0) + count
  }
  return counts
}

describe.each(pushdownEngines())('a policy on $name', (engine) => {
  let database: PushdownDatabase
  beforeAll(async () => {
    database = await engine.start()
  })
  afterAll(() => engine.stop())

  /** Whether what a statement left of a table is what JavaScript leaves; `false` where the statement is refused. */
  async function agrees(generated: GeneratedTable, form: Pick<PolicySqlOptions, 'into' | 'inPlace'>): Promise<boolean> {
    await makeTable(database, generated)
    const { dialect } = database
    const columns = await tableColumns(database, 'answers')
    const compiled = compiledOrRefused(generated.policy, { dialect, table: 'answers', columns, ...form })
    if (compiled === null) return false
    const given = await recordsOf(database, generated)
    const { apply } = compilePolicy(generated.policy, { columns: columns.map(({ name }) => name) })
    const treated = given.map((record) => apply(record))
    const expected = treated.flatMap(({ record }) => (record === null ? [] : [record]))
    const [counted] = await database.query(compiled.counting.text, compiled.counting.params)
    expect(countsOf(compiled.changes.map((change, at) => ({ ...change, count: Number(counted?.[`c${at}`]) })))).toEqual(
      countsOf(treated.flatMap(({ changes }) => changes)),
    )
    expect(counted?.['records']).toBe(given.length)
    if (compiled.deletion !== null) await database.query(compiled.deletion.text, compiled.deletion.params)
    await database.query(compiled.text, compiled.params)
    const actual = await readTable(database, form.inPlace === true ? 'answers' : 'anonymized')
    expect(actual.length).toBe(expected.length)
    for (const [at, row] of actual.entries()) {
      for (const { name, type } of generated.columns) {
        const left = compiled.columns.includes(name) ? row.get(name) : null
        const own = Object.hasOwn(expected[at] ?? {}, name) ? expected[at]?.[name] : null
        expect([name, comparableAs(type, left)]).toEqual([name, comparableAs(type, own)])
      }
    }
    const addresses = actual.flatMap((row) => [...row.values()]).filter((value) => EMAIL.test(String(value)))
    expect(new Set(addresses).size).toBe(addresses.length)
    return true
  }

  test.each([
    ['a new table', { into: 'anonymized' }, 6],
    ['the table itself', { inPlace: true }, 30],
  ] as const)(
    'JavaScript and SQL give equal records and fresh random e-mails of one form, in %s',
    async (_, form, share) => {
      let compared = 0
      await fc.assert(
        fc.asyncProperty(tableOf(database.dialect), async (generated) => {
          if (await agrees(generated, form)) compared += 1
        }),
        { numRuns },
      )
      expect(compared).toBeGreaterThan(numRuns / share)
    },
  )

  test('a hostile name is a name: every column is kept under it, and no other table is touched', async () => {
    const names = hostileNames.filter((name) => name !== 'segments')
    await database.query('DROP TABLE IF EXISTS bystander')
    await database.query('CREATE TABLE bystander (a integer)')
    for (const name of names) {
      const [table, into] = [`t ${name}`.slice(0, 63), `u ${name}`.slice(0, 63)]
      for (const each of [table, into]) await database.query(`DROP TABLE IF EXISTS ${quote(each)}`)
      await database.query(`CREATE TABLE ${quote(table)} (${quote(name)} text)`)
      await database.query(`INSERT INTO ${quote(table)} VALUES ($1)`, ['Ada'])
      const policy = parsePolicy({ version: 1, fields: { [escapeFieldName(name)]: { technique: 'mask' } } })
      const { dialect } = database
      const columns = await tableColumns(database, table)
      expect(columns.map((column) => column.name)).toEqual([name])
      const { text, params } = compilePolicySql(policy, { dialect, table, columns, into })
      await database.query(text, params)
      expect(await database.query(`SELECT ${quote(name)} AS left_of_it FROM ${quote(into)}`)).toEqual([
        { left_of_it: '***' },
      ])
    }
    expect(await database.query('SELECT a FROM bystander')).toEqual([])
  })

  test('a column that is not there is refused by the engine, never taken for a text', async () => {
    await database.query('DROP TABLE IF EXISTS answers')
    await database.query('CREATE TABLE answers (a text)')
    const policy = parsePolicy({ version: 1, fields: { '*': { technique: 'retain' } } })
    const columns = [{ name: 'nobody', type: 'text' }] as const
    const { text, params } = compilePolicySql(policy, { dialect: database.dialect, table: 'answers', columns })
    await expect(database.query(text, params)).rejects.toMatchObject({ code: 'ERR_STORE_QUERY_REFUSED' })
  })

  test('ERR_PUSHDOWN_TABLE_MISSING: the table is not there', async () => {
    if (database.dialect === 'duckdb') {
      await expect(tableColumns(database, 'nowhere')).rejects.toMatchObject({ code: 'ERR_STORE_QUERY_REFUSED' })
    } else await expect(tableColumns(database, 'nowhere')).rejects.toMatchObject({ code: 'ERR_PUSHDOWN_TABLE_MISSING' })
  })
})

test('of DuckDB, a seed that is set again makes no address again', async () => {
  const [engine] = pushdownEngines().filter(({ name }) => name === 'DuckDB')
  const database = await engine?.start()
  const policy = parsePolicy({ version: 1, fields: { email: { technique: 'random-email' } } })
  const addresses = new Set<unknown>()
  await database?.query('CREATE TABLE answers AS SELECT 1 AS email FROM range(10)')
  for (const _ of [1, 2]) {
    await database?.query('SELECT CAST(setseed(0.5) AS VARCHAR) AS nothing')
    const columns = [{ name: 'email', type: 'integer' }] as const
    const { text, params } = compilePolicySql(policy, { dialect: 'duckdb', table: 'answers', columns })
    for (const { email } of (await database?.query(text, params)) ?? []) addresses.add(email)
  }
  expect(addresses.size).toBe(20)
  await engine?.stop()
})

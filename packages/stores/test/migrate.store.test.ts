import { expect, test } from 'vitest'
import { StoreError } from '../src/errors.js'
import { linkStore } from '../src/link-store.js'
import { migrate } from '../src/migrate.js'
import type { Sql } from '../src/sql.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

const key = { survey: 's', purpose: 'p', digest: 'd' }

async function names(sql: Sql): Promise<string[]> {
  const text =
    sql.dialect === 'sqlite'
      ? `SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'`
      : `SELECT relname::text AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname NOT LIKE '%_pkey'`
  return (await sql.query(text)).map(({ name }) => String(name)).sort()
}

onEngines('migrate', (engine) => {
  const database = databasePerTest(engine, { bare: true })
  const children = childrenPerSuite()

  test('a dry run tells every statement and changes nothing', async () => {
    const planned = await migrate(database.sql, { dryRun: true })
    expect(planned.map(({ id }) => id)).toEqual(planned.map((_, index) => index + 1))
    for (const { statement } of planned)
      expect(statement).toMatch(/^CREATE (TABLE|(UNIQUE )?INDEX) IF NOT EXISTS surveyseal_/)
    expect(await names(database.sql)).toEqual([])
    expect(await migrate(database.sql)).toEqual(planned)
  })

  test('running it again does nothing', async () => {
    await migrate(database.sql)
    const before = await names(database.sql)
    expect(await migrate(database.sql, { dryRun: true })).toEqual([])
    expect(await migrate(database.sql)).toEqual([])
    expect(await names(database.sql)).toEqual(before)
  })

  test('every table and index begins with the prefix, and two prefixes live side by side', async () => {
    await migrate(database.sql, { tablePrefix: 'one_' })
    const one = await names(database.sql)
    expect(one.every((name) => name.startsWith('one_'))).toBe(true)
    await migrate(database.sql, { tablePrefix: 'two_' })
    expect(await names(database.sql)).toEqual([...one, ...one.map((name) => name.replace('one_', 'two_'))].sort())
    const stores = ['one_', 'two_'].map((tablePrefix) => linkStore(database.sql, { tenant: 'acme', tablePrefix }))
    expect(await Promise.all(stores.map((store) => store.find(key)))).toEqual([null, null])
  })

  test('what was interrupted is taken up where it stopped', async () => {
    const plan = await migrate(database.sql, { dryRun: true })
    // Made but not noted, as if the process had died in between.
    for (const { statement } of plan.slice(0, 4)) await database.sql.query(statement)
    expect(await migrate(database.sql)).toEqual(plan)
    await database.sql.query('DELETE FROM surveyseal_migrations WHERE id > 3')
    expect(await migrate(database.sql)).toEqual(plan.slice(3))
  })

  test('several processes may migrate at once', async () => {
    for (const tablePrefix of ['a_', 'b_', 'c_']) {
      const running = Array.from({ length: 4 }, () =>
        children.spawn('migrate', { args: [database.target, tablePrefix] }),
      )
      for (const child of running) expect(await child.exit, child.errors()).toBe(0)
      expect(await migrate(database.sql, { tablePrefix, dryRun: true })).toEqual([])
    }
  })

  test.each(['ERR_STORE_CONSTRAINT', 'ERR_STORE_QUERY_REFUSED'] as const)(
    'a statement refused with %s because another process came first is run again, once',
    async (code) => {
      const { sql } = database
      const attempts = new Map<string, number>()
      const refusing = (times: number): Sql => ({
        ...sql,
        dialect: sql.dialect,
        transaction: (run) => sql.transaction(run),
        query: async (text, params) => {
          const before = attempts.get(text) ?? 0
          attempts.set(text, before + 1)
          if (text.startsWith('CREATE') && before < times) throw new StoreError(code, 'lost a race')
          return sql.query(text, params)
        },
      })
      await expect(migrate(refusing(2))).rejects.toMatchObject({ code })
      attempts.clear()
      await migrate(refusing(1))
      expect(await migrate(sql)).toEqual([])
    },
  )

  test('before it, a store says what is missing', async () => {
    await expect(linkStore(database.sql, { tenant: 'acme' }).find(key)).rejects.toMatchObject({
      code: 'ERR_STORE_SCHEMA_MISSING',
    })
  })

  test.each(['', '1a', 'A', 'a-b', 'a"', 'a;', 'ä', 'a'.repeat(32), 'a\n'])(
    'the prefix %j is refused',
    async (tablePrefix) => {
      await expect(migrate(database.sql, { tablePrefix })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
      expect(() => linkStore(database.sql, { tenant: 'acme', tablePrefix })).toThrow(RangeError)
    },
  )

  test('the longest prefix keeps all names apart', async () => {
    await migrate(database.sql, { tablePrefix: 'a'.repeat(31) })
    expect(await names(database.sql)).toHaveLength((await migrate(database.sql, { dryRun: true })).length)
  })

  test('a tenant must be a name', () => {
    expect(() => linkStore(database.sql, { tenant: '' })).toThrow(RangeError)
    expect(() => linkStore(database.sql, { tenant: undefined as never })).toThrow(TypeError)
  })
})

import { beforeEach, expect, test } from 'vitest'
import type { SqlValue } from '../src/sql.js'
import { databasePerTest, onEngines } from './support/suites.js'

onEngines('Sql', (engine) => {
  const database = databasePerTest(engine, { bare: true })

  beforeEach(async () => {
    const { integer, bytes } =
      database.sql.dialect === 'sqlite' ? { integer: 'INTEGER', bytes: 'BLOB' } : { integer: 'bigint', bytes: 'bytea' }
    await database.sql.query(`CREATE TABLE items (name TEXT PRIMARY KEY, size ${integer}, data ${bytes})`)
  })

  const names = async (): Promise<SqlValue[]> =>
    (await database.sql.query('SELECT name FROM items ORDER BY name')).map(({ name }) => name as SqlValue)
  const add = 'INSERT INTO items (name, size, data) VALUES ($1, $2, $3)'

  test('values come back as they went in', async () => {
    const rows: SqlValue[][] = [
      ['plain', 1, Uint8Array.of(0, 1, 255)],
      ['é 漢字 🎈 \u202e', -5, new Uint8Array(0)],
      ["';--", Number.MAX_SAFE_INTEGER, null],
      ['', Number.MIN_SAFE_INTEGER, new Uint8Array(100_000).fill(7)],
      ['__proto__', null, null],
    ]
    for (const row of rows) await database.sql.query(add, row)
    for (const [name, size, data] of rows) {
      const found = await database.sql.query('SELECT size, data FROM items WHERE name = $1', [name as SqlValue])
      expect(found).toHaveLength(1)
      expect(found[0]?.['size']).toBe(size)
      expect(found[0]?.['data']).toEqual(data)
      if (data !== null) expect(Object.getPrototypeOf(found[0]?.['data'])).toBe(Uint8Array.prototype)
    }
  })

  test('a window on a larger buffer is stored as that window', async () => {
    await database.sql.query(add, ['window', 1, new Uint8Array([1, 2, 3, 4]).subarray(1, 3)])
    const [row] = await database.sql.query('SELECT data FROM items')
    expect(row?.['data']).toEqual(Uint8Array.of(2, 3))
  })

  test('parameters may be repeated and used in any order, and look-alikes in quotes and comments are left alone', async () => {
    await database.sql.query(add, ['b', 2, null])
    const text = `SELECT name, '$1' AS quoted, 'it''s $2' AS doubled -- $3
      FROM items /* $4 */ WHERE size = $2 AND name = $1 AND name < $3 AND $1 <> $3`
    const rows = await database.sql.query(text, ['b', 2, 'c'])
    expect(rows.map((row) => ({ ...row }))).toEqual([{ name: 'b', quoted: '$1', doubled: "it's $2" }])
  })

  test.each([
    ['a lone surrogate', '\ud800'],
    ['U+0000', 'a\0b'],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer no number holds exactly', 2 ** 53],
    ['undefined', undefined],
    ['a boolean', true],
    ['a bigint', 1n],
    ['an object', { toString: () => 'x' }],
  ])('%s is refused before the engine sees it', async (_what, value) => {
    await expect(database.sql.query(add, [value as SqlValue, 1, null])).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_INVALID_ARG_/),
    })
    expect(await names()).toEqual([])
  })

  test('too few or too many parameters are refused', async () => {
    await expect(database.sql.query(add, ['a', 1])).rejects.toThrow()
    await expect(database.sql.query(add, ['a', 1, null, 2])).rejects.toThrow()
    expect(await names()).toEqual([])
  })

  test('more than one statement is refused, and a transaction that tries keeps none', async () => {
    const two = `INSERT INTO items (name) VALUES ('a;'); INSERT INTO items (name) VALUES ('b')`
    await expect(database.sql.transaction((tx) => tx.query(two))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    })
    expect(await names()).toEqual([])
    await database.sql.query(`INSERT INTO items (name) VALUES ('c;d'); `)
    expect(await names()).toEqual(['c;d'])
  })

  test('executing a statement tells how many rows it changed, and does it', async () => {
    expect(await database.sql.execute(add, ['a', 1, null])).toBe(1)
    await database.sql.transaction(async (tx) => {
      expect(await tx.execute('INSERT INTO items (name, size) VALUES ($1, $2), ($3, $2)', ['b', 1, 'c'])).toBe(2)
      expect(await tx.execute(`${add} ON CONFLICT DO NOTHING`, ['a', 2, null])).toBe(0)
      expect(await tx.execute('UPDATE items SET size = $1 WHERE size = $1', [1])).toBe(3)
    })
    expect(await database.sql.execute('DELETE FROM items WHERE name <> $1', ['a'])).toBe(2)
    expect(await names()).toEqual(['a'])
  })

  test('an executed statement that fails makes its transaction fail, and too few parameters are refused', async () => {
    const failing = database.sql.transaction(async (tx) => {
      await tx.execute(add, ['a', 1, null])
      await tx.execute(add, ['a', 1, null]).catch(() => undefined)
    })
    await expect(failing).rejects.toMatchObject({ code: 'ERR_STORE_CONSTRAINT' })
    await expect(database.sql.execute(add, ['a'])).rejects.toThrow()
    expect(await names()).toEqual([])
  })

  test('a transaction keeps all or nothing', async () => {
    const failure = new Error('the host changed its mind')
    await expect(
      database.sql.transaction(async (tx) => {
        await tx.query(add, ['lost', 1, null])
        throw failure
      }),
    ).rejects.toBe(failure)
    const kept = await database.sql.transaction(async (tx) => {
      await tx.query(add, ['kept', 1, null])
      return 'result'
    })
    expect(kept).toBe('result')
    expect(await names()).toEqual(['kept'])
  })

  test('a transaction sees its own writes, nobody else does until it commits', async () => {
    const other = await database.another()
    await database.sql.transaction(async (tx) => {
      await tx.query(add, ['new', 1, null])
      expect(await tx.query('SELECT name FROM items')).toHaveLength(1)
      expect(await names()).toEqual([])
      expect(await other.query('SELECT name FROM items')).toEqual([])
    })
    expect(await names()).toEqual(['new'])
    expect(await other.query('SELECT name FROM items')).toHaveLength(1)
  })

  test('a transaction within a transaction joins it', async () => {
    await expect(
      database.sql.transaction(async (tx) => {
        await tx.transaction((inner) => inner.query(add, ['inner', 1, null]))
        throw new Error('outer')
      }),
    ).rejects.toThrow('outer')
    expect(await names()).toEqual([])
  })

  test('a transaction fails when one of its statements failed, even if the error was caught', async () => {
    await database.sql.query(add, ['taken', 1, null])
    await expect(
      database.sql.transaction(async (tx) => {
        await tx.query(add, ['before', 1, null])
        await tx.query(add, ['taken', 1, null]).catch(() => undefined)
      }),
    ).rejects.toMatchObject({ code: 'ERR_STORE_CONSTRAINT' })
    expect(await names()).toEqual(['taken'])
  })

  test('a transaction fails when a statement nobody waited for fails', async () => {
    await database.sql.query(add, ['taken', 1, null])
    await expect(
      database.sql.transaction(async (tx) => {
        await tx.query(add, ['before', 1, null])
        tx.query(add, ['taken', 1, null]).catch(() => undefined)
      }),
    ).rejects.toMatchObject({ code: 'ERR_STORE_CONSTRAINT' })
    expect(await names()).toEqual(['taken'])
  })

  test('ERR_STORE_TRANSACTION_ENDED: a handle is of no use after its transaction', async () => {
    const late = await database.sql.transaction(async (tx) => ({ tx }))
    await expect(late.tx.query(add, ['late', 1, null])).rejects.toMatchObject({ code: 'ERR_STORE_TRANSACTION_ENDED' })
    await expect(late.tx.transaction(async () => 1)).rejects.toMatchObject({ code: 'ERR_STORE_TRANSACTION_ENDED' })
    expect(await names()).toEqual([])
  })

  test('transactions that run at once do not mix', async () => {
    await database.sql.query(add, ['counter', 0, null])
    const increment = async () =>
      database.sql.transaction(async (tx) => {
        await tx.query('UPDATE items SET size = size + 1 WHERE name = $1', ['counter'])
        await new Promise((resolve) => setImmediate(resolve))
        const [row] = await tx.query('SELECT size FROM items WHERE name = $1', ['counter'])
        if (Number(row?.['size']) % 3 === 0) throw new Error('every third is undone')
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, increment))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const [row] = await database.sql.query('SELECT size FROM items')
    expect(row?.['size']).toBe(2)
  })

  test('ERR_STORE_CONSTRAINT: the message holds no value of the statement', async () => {
    await database.sql.query(add, ['ada@example.org', 1, null])
    const refused = await database.sql.query(add, ['ada@example.org', 1, null]).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'ERR_STORE_CONSTRAINT' })
    expect(JSON.stringify(refused) + String((refused as Error).stack)).not.toContain('ada')
  })

  test('ERR_STORE_SCHEMA_MISSING: a table that is not there', async () => {
    await expect(database.sql.query('SELECT 1 FROM nowhere')).rejects.toMatchObject({
      code: 'ERR_STORE_SCHEMA_MISSING',
    })
  })

  test('ERR_STORE_QUERY_REFUSED: a statement that is none; the message does not repeat it', async () => {
    const refused = await database.sql.query("SELEC 'ada@example.org'").catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'ERR_STORE_QUERY_REFUSED' })
    expect(String(refused)).not.toContain('ada')
  })

  test('ERR_STORE_VALUE_OUT_OF_RANGE: a stored integer no number holds exactly', async () => {
    await database.sql.query(`INSERT INTO items (name, size) VALUES ('big', 9007199254740993)`)
    await expect(database.sql.query('SELECT size FROM items')).rejects.toMatchObject({
      code: 'ERR_STORE_VALUE_OUT_OF_RANGE',
    })
  })
})

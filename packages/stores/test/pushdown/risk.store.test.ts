import { readFileSync } from 'node:fs'
import type { DisclosureOptions } from '@surveyseal/core/disclosure'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import type { DisclosureSqlOptions, PushdownDatabase } from '@surveyseal/stores/pushdown'
import { measureDisclosureRiskSql } from '@surveyseal/stores/pushdown'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pushdownEngines } from '../support/pushdown-engines.js'
import { question } from './questions.js'
import { makeTable, quote, recordsOf } from './tables.js'

const numRuns = Number(process.env['FC_RUNS'] ?? 60)
const data = process.env['SURVEYSEAL_DATA'] ?? new URL('../../../../../shared/data', import.meta.url).pathname

/** What was thrown, by its code. */
async function outcome<T>(run: () => T | Promise<T>): Promise<T | { readonly code: unknown }> {
  try {
    return await run()
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (!String(code).startsWith('ERR_DISCLOSURE')) throw error
    return { code }
  }
}

describe.each(pushdownEngines())('disclosure risk on $name', (engine) => {
  let database: PushdownDatabase
  beforeAll(async () => {
    database = await engine.start()
  })
  afterAll(() => engine.stop())

  test('JavaScript and SQL give equal figures, by both readings of suppressed values, of persons and of rows', async () => {
    const seen = { measured: 0, sensitive: 0, persons: 0, placed: 0 }
    await fc.assert(
      fc.asyncProperty(question(database.dialect), async (generated) => {
        await makeTable(database, generated)
        const { options, population } = generated
        if (population !== null) await makeTable(database, population, 'everybody')
        const rows = await recordsOf(database, generated)
        const reference = population === null ? undefined : await recordsOf(database, population, 'everybody')
        const js = await outcome(() => measureDisclosureRisk(rows, { ...options, reference }))
        const names = { table: 'answers', reference: population === null ? undefined : 'everybody' }
        const sql = await outcome(() => measureDisclosureRiskSql(database, { ...options, ...names }))
        expect(sql).toEqual(js)
        if ('code' in js) return
        if (js.kMap !== null && js.kMap.unmatched < js.persons) seen.placed += 1
        seen.measured += 1
        if (options.sensitive?.length) seen.sensitive += 1
        if (js.persons < js.rows) seen.persons += 1
      }),
      { numRuns },
    )
    expect(Math.min(seen.measured / 2, seen.sensitive, seen.persons * 10, seen.placed * 10)).toBeGreaterThan(
      numRuns / 10,
    )
  })

  test('decimals, short floats and UUIDs are compared as drivers hand them over', async () => {
    const types = {
      postgres: ['numeric', 'real', 'uuid', 'numeric(9,3)'],
      duckdb: ['DECIMAL(15, 3)', 'FLOAT', 'UUID', "ENUM('0.5', '1.10', '-7', '0', '1234.5')"],
      sqlite: ['DECIMAL(6, 3)', 'FLOAT', 'TEXT', 'NUMERIC'],
    }[database.dialect]
    const number = fc.constantFrom('0.5', '1.10', '-7', '0', '1234.5', null)
    const uuid = fc.constantFrom('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b', null)
    const cells = fc.tuple(number, number, uuid, number)
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 12 }), fc.boolean(), async (rows, isSensitive) => {
        await database.query('DROP TABLE IF EXISTS answers')
        await database.query(`CREATE TABLE answers (${types.map((type, at) => `c${at} ${type}`).join(', ')})`)
        for (const row of rows) {
          const values = row.map((_, at) => `CAST($${at + 1} AS ${types[at]})`)
          await database.query(`INSERT INTO answers VALUES (${values.join(', ')})`, row)
        }
        const options = isSensitive
          ? { quasiIdentifiers: ['c2', 'c3'], sensitive: ['c0', 'c1'] }
          : { quasiIdentifiers: ['c0', 'c1', 'c2'], suppressedValues: ['0.5', '-7'] }
        const read = await database.query('SELECT * FROM answers')
        const sql = await measureDisclosureRiskSql(database, { ...options, table: 'answers', reference: 'answers' })
        expect(sql).toEqual(measureDisclosureRisk(read, { ...options, reference: read }))
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    )
  })

  test('the figures of others: ARX on adult.csv, pyCANON on StudentsMath', async () => {
    const adult = readCsv('arx/adult.csv', ';')
    await load(database, adult)
    const risk = await measureDisclosureRiskSql(database, { table: 'answers', quasiIdentifiers: adult.header })
    expect(risk).toMatchObject({ rows: 30_162, averageRisk: 0.6465751607983555, highestRisk: 1 })
    expect(risk.uniques / risk.rows).toBe(0.5142895033485844)
    await load(database, readCsv('pycanon/StudentsMath_Score.csv', ','))
    const quasiIdentifiers = ['Teacher', 'Gender', 'Ethnic', 'Freeredu', 'wesson']
    const students = await measureDisclosureRiskSql(database, {
      table: 'answers',
      quasiIdentifiers,
      sensitive: ['Score'],
    })
    expect(students).toMatchObject({ k: 1, l: { distinct: 1, entropy: 1 } })
    expect(students.t).toBeCloseTo(0.4165919952210274, 15)
  })

  test('ERR_DISCLOSURE_EMPTY, ERR_DISCLOSURE_COLUMN_MISSING, ERR_DISCLOSURE_PERSON_MISSING, as in JavaScript', async () => {
    await load(database, { header: ['a', 'b'], rows: [] })
    const ask = (options: Omit<DisclosureOptions, 'reference'>) =>
      outcome(() => measureDisclosureRiskSql(database, { ...options, table: 'answers' }))
    expect(await ask({ quasiIdentifiers: ['a'] })).toEqual({ code: 'ERR_DISCLOSURE_EMPTY' })
    expect(await ask({ quasiIdentifiers: ['c'] })).toEqual({ code: 'ERR_DISCLOSURE_COLUMN_MISSING' })
    await load(database, { header: ['a', 'b'], rows: [['1', '']] })
    expect(await ask({ quasiIdentifiers: ['a'], person: 'b' })).toEqual({ code: 'ERR_DISCLOSURE_PERSON_MISSING' })
  })

  test('a table or population may have any name, those of the relations that statements make included', async () => {
    const rows = [
      ['x', '1', 'r'],
      ['x', '2', 'r'],
      ['y', '2', 's'],
      ['', '3', 'r'],
    ]
    const named = ['keyed', 'units', 'tuples', 'classes', 'valued', 'referred', 'population', 'sought', 'placed']
    const names = [
      ...named,
      ...named.flatMap((name) => [`_${name}`, name.toUpperCase()]),
      '__units',
      'source',
      'p',
      'a"; --',
    ]
    await load(database, { header: ['a', 'who', 's'], rows })
    const ask = (table: string, person?: string) =>
      measureDisclosureRiskSql(database, {
        ...{ table, reference: table, quasiIdentifiers: ['a'], sensitive: ['s'] },
        ...(person !== undefined && { person }),
      })
    const expected = [await ask('answers'), await ask('answers', 'who')]
    for (const name of names) {
      await database.query(`ALTER TABLE answers RENAME TO ${quote(name)}`)
      expect([name, await ask(name), await ask(name, 'who')]).toEqual([name, ...expected])
      await database.query(`ALTER TABLE ${quote(name)} RENAME TO answers`)
    }
  })

  test('of a population: ERR_DISCLOSURE_EMPTY, ERR_DISCLOSURE_COLUMN_MISSING, ERR_PUSHDOWN_COLUMN_TYPE, ERR_PUSHDOWN_TABLE_MISSING', async () => {
    await load(database, { header: ['a', 'b'], rows: [['1', 'x']] })
    const integer = [{ name: 'a', type: 'integer' }] as const
    await makeTable(database, { columns: integer, rows: [] }, 'everybody')
    const ask = (options: Partial<DisclosureSqlOptions>) =>
      measureDisclosureRiskSql(database, {
        quasiIdentifiers: ['a'],
        table: 'answers',
        reference: 'everybody',
        ...options,
      })
    await expect(ask({ quasiIdentifiers: ['b'] })).rejects.toMatchObject({ code: 'ERR_DISCLOSURE_COLUMN_MISSING' })
    await expect(ask({})).rejects.toMatchObject({
      code: database.dialect === 'sqlite' ? 'ERR_DISCLOSURE_EMPTY' : 'ERR_PUSHDOWN_COLUMN_TYPE',
    })
    const missing = database.dialect === 'duckdb' ? 'ERR_STORE_QUERY_REFUSED' : 'ERR_PUSHDOWN_TABLE_MISSING'
    await expect(ask({ reference: 'nowhere' })).rejects.toMatchObject({ code: missing })
    await makeTable(database, { columns: [{ name: 'a', type: 'text' }], rows: [] }, 'everybody')
    await expect(ask({})).rejects.toMatchObject({ code: 'ERR_DISCLOSURE_EMPTY' })
  })

  test('ERR_PUSHDOWN_TOO_LARGE: more sets of suppressed columns than one statement compares', async () => {
    const header = Array.from({ length: 20 }, (_, at) => `c${at}`)
    await load(database, { header, rows: header.map((_, row) => header.map((_, at) => (at === row ? '' : 'x'))) })
    const run = measureDisclosureRiskSql(database, { table: 'answers', quasiIdentifiers: header })
    await expect(run).rejects.toMatchObject({ code: 'ERR_PUSHDOWN_TOO_LARGE' })
  })

  test('what cannot be asked is refused as in JavaScript', async () => {
    const ask = (options: object) => measureDisclosureRiskSql(database, { table: 'answers', ...options } as never)
    await expect(ask({ quasiIdentifiers: [] })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
    await expect(ask({ quasiIdentifiers: 'a' })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
  })
})

interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function readCsv(name: string, delimiter: string): Table {
  const lines = readFileSync(`${data}/${name}`, 'utf8').trim().split(/\r?\n/)
  const [header = [], ...rows] = lines.map((line) => line.split(delimiter))
  return { header, rows }
}

/** A table of texts. */
async function load(database: PushdownDatabase, { header, rows }: Table): Promise<void> {
  await database.query('DROP TABLE IF EXISTS answers')
  await database.query(
    `CREATE TABLE answers (${header.map((name) => `"${name}" ${database.dialect === 'duckdb' ? 'VARCHAR' : 'text'}`).join(', ')})`,
  )
  for (let from = 0; from < rows.length; from += 500) {
    const some = rows.slice(from, from + 500)
    const places = some.map((row, at) => `(${row.map((_, column) => `$${at * row.length + column + 1}`).join(', ')})`)
    await database.query(`INSERT INTO answers VALUES ${places.join(', ')}`, some.flat())
  }
}

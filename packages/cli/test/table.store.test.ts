import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '../../stores/test/support/engines.js'
import { type PostgresServer, startPostgres } from '../../stores/test/support/postgres-server.js'
import { surveyseal, temporaryFile, temporaryFolder } from './support.js'

const policy = {
  version: 2,
  records: [{ technique: 'suppress-record', when: { fields: { country: ['XX'] } } }],
  fields: {
    email: { technique: 'random-email' },
    age: { technique: 'round', to: 10 },
    country: { technique: 'retain' },
    comment: { technique: 'comment', warning: 'Reports change.' },
  },
}

const header = ['email', 'age', 'country', 'comment', 'shoe']
const rows = [
  ['ann@example.com', 34, 'FR', 'Ask for Ann', 38],
  ['bob@example.com', 37, 'FR', 'Fine', 41],
  ['eve@example.com', 51, 'XX', 'Fine', 40],
  ['joe@example.com', 51, 'DE', '', 40],
]

const CREATE = 'CREATE TABLE answers (email text, age integer, country text, comment text, shoe integer)'
const INSERT = `INSERT INTO answers VALUES ${rows.map((row) => `(${row.map((cell) => (typeof cell === 'string' ? `'${cell}'` : cell)).join(', ')})`).join(', ')}`

/** A database that a command opens by itself, and what asks it afterwards. */
interface Place {
  readonly url: string
  ask(text: string): Promise<readonly Record<string, unknown>[]>
}

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.remove())

const places: Readonly<Record<string, () => Promise<Place>>> = {
  PostgreSQL: async () => {
    const { host, port, user, database } = server.connection
    const pool = openPool(server.connection)
    const ask = async (text: string) => (await pool.query(text)).rows
    for (const text of ['DROP TABLE IF EXISTS answers, answers_anonymized, elsewhere', CREATE, INSERT]) await ask(text)
    return { url: `postgres://${user}@${host}:${port}/${database}`, ask }
  },
  SQLite: async () => {
    const url = join(await temporaryFolder(), 'answers.db')
    const ask = async (text: string) => {
      const database = await openSqlite(url)
      const found = await database.query(text)
      await database.close()
      return found
    }
    for (const text of [CREATE, INSERT]) await ask(text)
    return { url, ask }
  },
  DuckDB: async () => {
    const file = join(await temporaryFolder(), 'answers.duckdb')
    const ask = async (text: string) => {
      const instance = await DuckDBInstance.create(file)
      const connection = await instance.connect()
      const found = (await connection.runAndReadAll(text)).getRowObjectsJS() as Record<string, unknown>[]
      connection.closeSync()
      instance.closeSync()
      return found
    }
    for (const text of [CREATE, INSERT]) await ask(text)
    return { url: `duckdb:${file}`, ask }
  },
}

/** The same records as a file. */
const csv = [header, ...rows].map((row) => row.join(',')).join('\n')

describe.each(Object.keys(places))('a table on %s', (name) => {
  const open = () => (places[name] as () => Promise<Place>)()

  test('anonymize writes a new table and the certificate it writes of a file; the old table stays', async () => {
    const { url, ask } = await open()
    const file = await temporaryFile('policy.json', JSON.stringify(policy))
    const { code, stdout, stderr } = await surveyseal([
      'anonymize',
      '--database',
      url,
      '--table',
      'answers',
      '--policy',
      file,
      '--json',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const input = await temporaryFile('answers.csv', csv)
    const out = join(await temporaryFolder(), 'out.csv')
    const ofFile = await surveyseal(['anonymize', input, '--policy', file, '--out', out, '--json'])
    const { fields, ...rest } = JSON.parse(stdout) as { fields: object[] }
    const { fields: expected, ...others } = JSON.parse(ofFile.stdout) as { fields: object[] }
    expect(rest).toEqual(others)
    expect(new Set(fields.map((each) => JSON.stringify(each)))).toEqual(
      new Set(expected.map((each) => JSON.stringify(each))),
    )
    const left = await ask('SELECT * FROM answers_anonymized ORDER BY age, email')
    expect(left.map(({ email, ...others }) => others)).toEqual(
      [
        [30, 'FR'],
        [40, 'FR'],
        [50, 'DE'],
      ].map(([age, country]) => ({
        age: expect.toSatisfy((value) => Number(value) === age),
        country,
        comment: SENTENCE,
      })),
    )
    for (const { email } of left) expect(email).toMatch(/^[a-z2-7]{26}@anonymized\.invalid$/)
    expect((await ask('SELECT email FROM answers')).length).toBe(4)
    const again = await surveyseal(['anonymize', '--database', url, '--table', 'answers', '--policy', file])
    expect(again.code).toBe(1)
    expect(again.stderr).toMatch(/ERR_STORE_QUERY_REFUSED/)
  })

  test('anonymize --in-place overwrites, and deletes what the policy suppresses', async () => {
    const { url, ask } = await open()
    const file = await temporaryFile('policy.json', JSON.stringify(policy))
    const { code, stdout } = await anonymizeInPlace(url, file)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^4 records, policy /)
    const left = await ask('SELECT email, shoe FROM answers')
    expect(left.length).toBe(3)
    for (const { email, shoe } of left) {
      expect(String(email)).toMatch(/@anonymized\.invalid$/)
      expect(shoe).toBe(null)
    }
  })

  test('risk gives the figures it gives of a file', async () => {
    const { url } = await open()
    const input = await temporaryFile('answers.csv', csv)
    const options = ['--quasi', 'country,age', '--sensitive', 'shoe', '--json']
    const ofTable = await surveyseal(['risk', '--database', url, '--table', 'answers', ...options])
    const ofFile = await surveyseal(['risk', input, ...options])
    expect(ofTable.stderr).toBe('')
    expect(JSON.parse(ofTable.stdout)).toEqual(JSON.parse(ofFile.stdout))
    const text = await surveyseal(['risk', '--database', url, '--table', 'answers', '--quasi', 'country'])
    expect(text.stdout).toMatch(/4 rows, each taken for one person, known by 1 columns/)
    const missing = await surveyseal(['risk', '--database', url, '--table', 'answers', '--quasi', 'nobody'])
    expect(missing.stderr).toMatch(/ERR_CLI_COLUMN_MISSING/)
  })

  test('a table that is not there, or a policy that SQL cannot follow, is refused and nothing is changed', async () => {
    const { url, ask } = await open()
    const rounding = { version: 1, fields: { shoe: { technique: 'round', to: 0.123456789 } } }
    const file = await temporaryFile('policy.json', JSON.stringify(rounding))
    const refused = await anonymizeInPlace(url, file)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/ERR_PUSHDOWN_RULE_UNSUPPORTED/) })
    expect((await ask('SELECT email FROM answers')).map(({ email }) => email)).toContain('ann@example.com')
    const nowhere = await surveyseal(['risk', '--database', url, '--table', 'nowhere', '--quasi', 'a'])
    expect(nowhere.code).toBe(1)
  })
})

const anonymizeInPlace = (url: string, policy: string) =>
  surveyseal(['anonymize', '--database', url, '--table', 'answers', '--policy', policy, '--in-place'])

const SENTENCE = 'This comment has been anonymised based on customer request'

test('risk of a CSV file of any size by DuckDB is that of the file', async () => {
  const input = await temporaryFile('answers.csv', csv)
  const ofTable = await surveyseal([
    'risk',
    '--database',
    'duckdb:',
    '--table',
    input,
    '--quasi',
    'country,age',
    '--json',
  ])
  const ofFile = await surveyseal(['risk', input, '--quasi', 'country,age', '--json'])
  expect(JSON.parse(ofTable.stdout)).toEqual(JSON.parse(ofFile.stdout))
  expect(await readFile(input, 'utf8')).toBe(csv)
})

test('risk of a Parquet file compared with a population in another one is that of the same rows as files', async () => {
  const folder = await temporaryFolder()
  const people = ['country,age', ...rows.map(([, age, country]) => `${country},${age}`), 'FR,34', 'TD,99'].join('\n')
  const [input, everybody] = [join(folder, 'answers.csv'), join(folder, 'everybody.csv')]
  await writeFile(input, csv)
  await writeFile(everybody, people)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const file of [input, everybody]) {
    await connection.run(`COPY (FROM '${file}') TO '${file.replace('.csv', '.parquet')}' (FORMAT parquet)`)
  }
  connection.closeSync()
  instance.closeSync()
  const asked = (file: string) => ['--quasi', 'country,age', '--json', '--reference', file]
  const ofParquet = await surveyseal([
    ...['risk', '--database', 'duckdb:', '--table', join(folder, 'answers.parquet')],
    ...asked(join(folder, 'everybody.parquet')),
  ])
  const ofFiles = await surveyseal(['risk', input, ...asked(everybody)])
  expect(JSON.parse(ofParquet.stdout)).toEqual(JSON.parse(ofFiles.stdout))
  expect(JSON.parse(ofFiles.stdout).kMap).not.toBeNull()
})

test.each([
  [['risk', '--quasi', 'a']],
  [['risk', 'file.csv', '--database', 'x.db', '--table', 't']],
  [['risk', '--database', 'x.db', '--quasi', 'a']],
  [['risk', '--database', 'x.db', '--table', 't', '--html', 'page.html']],
  [['anonymize', '--database', 'x.db', '--table', 't', '--policy', 'default', '--email', 'ann@example.com']],
  [['anonymize', '--database', 'x.db', '--table', 't', '--policy', 'default', '--in-place', '--into', 'u']],
])('ERR_CLI_USAGE: %j', async (args) => {
  expect(await surveyseal(args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/ERR_CLI_USAGE/) })
})

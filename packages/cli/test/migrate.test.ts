import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { migrate } from '@surveyseal/stores'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { expect, test } from 'vitest'
import { surveyseal, temporaryFile, temporaryFolder } from './support.js'

async function tablesOf(file: string): Promise<string[]> {
  const database = await openSqlite(file)
  const rows = await database.query(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
  await database.close()
  return rows.map(({ name }) => String(name))
}

test('migrate makes the tables of an SQLite file, and finds nothing to do afterwards', async () => {
  const file = join(await temporaryFolder(), 'store.db')
  const first = await surveyseal(['migrate', '--database', file])
  expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+ statements run\.\n$/) })
  expect(await tablesOf(file)).toContain('surveyseal_links')
  expect(await surveyseal(['migrate', '--database', file])).toEqual({
    code: 0,
    stderr: '',
    stdout: 'Nothing was missing.\n',
  })
})

test('a dry run prints what the stores would run, and makes neither file nor table', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'store.db')
  const memory = await openSqlite(':memory:')
  const planned = await migrate(memory, { dryRun: true })
  await memory.close()

  const text = await surveyseal(['migrate', '--database', file, '--dry-run'])
  expect(text).toEqual({
    code: 0,
    stderr: '',
    stdout: planned.map(({ id, statement }) => `-- ${id}\n${statement};\n`).join(''),
  })
  const { stdout } = await surveyseal(['migrate', '--database', file, '--dry-run', '--json'])
  expect(JSON.parse(stdout)).toEqual({ dryRun: true, migrations: planned })
  expect(await readdir(folder)).toEqual([])

  await (await openSqlite(file)).close()
  await surveyseal(['migrate', '--database', file, '--dry-run'])
  expect(await tablesOf(file)).toEqual([])
  await surveyseal(['migrate', '--database', file])
  expect((await surveyseal(['migrate', '--database', file, '--dry-run'])).stdout).toBe('')
})

test('--table-prefix names the tables', async () => {
  const file = join(await temporaryFolder(), 'store.db')
  const { stdout } = await surveyseal(['migrate', '--database', file, '--table-prefix', 'acme_', '--json'])
  expect(JSON.parse(stdout).dryRun).toBe(false)
  expect((await tablesOf(file)).every((name) => name.startsWith('acme_'))).toBe(true)
})

test('the database comes from standard input or DATABASE_URL, so that no list of processes shows it', async () => {
  const folder = await temporaryFolder()
  await surveyseal(['migrate', '--database', '-'], `${join(folder, 'input.db')}\n`)
  await surveyseal(['migrate'], '', { DATABASE_URL: join(folder, 'environment.db') })
  expect(['input.db', 'environment.db'].every((name) => existsSync(join(folder, name)))).toBe(true)
})

test.each([
  ['no database', ['migrate'], ''],
  ['an empty one', ['migrate', '--database', ''], ''],
  ['nothing on standard input', ['migrate', '--database', '-'], '\n'],
  ['an engine there is no store for', ['migrate', '--database', 'mysql://user:secret@host/db'], ''],
])('ERR_CLI_USAGE: %s', async (_what, args, input) => {
  const { code, stdout, stderr } = await surveyseal(args, input)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^surveyseal: ERR_CLI_USAGE: --database /)
  expect(stderr).not.toContain('secret')
})

test('ERR_INVALID_ARG_VALUE: a prefix that could be more than a prefix', async () => {
  const file = join(await temporaryFolder(), 'store.db')
  const { code, stderr } = await surveyseal(['migrate', '--database', file, '--table-prefix', 'x; DROP TABLE y'])
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_INVALID_ARG_VALUE') })
  expect(stderr).not.toContain('DROP')
})

test('ERR_STORE_NOT_A_DATABASE: a file that is none stays as it is', async () => {
  const file = await temporaryFile('store.db', 'x'.repeat(4096))
  for (const dryRun of [[], ['--dry-run']]) {
    const { code, stdout, stderr } = await surveyseal(['migrate', '--database', file, ...dryRun])
    expect({ code, stdout, stderr }).toMatchObject({ code: 1, stdout: '' })
    expect(stderr).toContain('ERR_STORE_NOT_A_DATABASE')
  }
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../stores/test/support/postgres-server.js'
import { surveyseal } from './support.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.remove())

/** A database of its own, with a password that the server does not ask for and nobody must see. */
async function emptyDatabase(): Promise<string> {
  const { host, port, user, database, options } = await server.createSchema()
  return `postgres://${user}:secret@${host}:${port}/${database}?options=${encodeURIComponent(options)}`
}

test('PostgreSQL: a dry run changes nothing, a run makes every table, another finds nothing to do', async () => {
  const DATABASE_URL = await emptyDatabase()
  const planned = await surveyseal(['migrate', '--dry-run', '--table-prefix', 'acme_', '--json'], '', { DATABASE_URL })
  expect(planned).toMatchObject({ code: 0, stderr: '' })
  const { migrations } = JSON.parse(planned.stdout)
  expect(migrations.length).toBeGreaterThan(1)
  expect(migrations[0].statement).toMatch(/acme_migrations \(\s+id bigint/)

  const made = await surveyseal(['migrate', '--table-prefix', 'acme_', '--json'], '', { DATABASE_URL })
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(made.stdout)).toEqual({ dryRun: false, migrations })
  const again = await surveyseal(['migrate', '--database', DATABASE_URL, '--table-prefix', 'acme_'])
  expect(again).toEqual({ code: 0, stderr: '', stdout: 'Nothing was missing.\n' })
  const other = await surveyseal(['migrate', '--database', '-', '--dry-run', '--json'], DATABASE_URL)
  expect(JSON.parse(other.stdout).migrations).toHaveLength(migrations.length)
})

test.each([
  ['nobody listens', 'postgres://ada:secret@127.0.0.1:1/db'],
  ['the URL cannot be taken apart', 'postgres://ada:secret%@127.0.0.1:port/db'],
  ['the password is no UTF-8', 'postgres://ada:secret%FF@127.0.0.1:1/db'],
])('ERR_STORE_UNAVAILABLE: %s, and nothing of the URL is shown', async (_why, url) => {
  const { code, stdout, stderr } = await surveyseal(['migrate', '--database', url])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('surveyseal: ERR_STORE_UNAVAILABLE: ')
  expect(stderr).not.toMatch(/secret|ada|127/)
})

test('ERR_STORE_UNAVAILABLE: a database that the server does not have', async () => {
  const url = (await emptyDatabase()).replace('/postgres?', '/payroll?')
  const { code, stderr } = await surveyseal(['migrate', '--database', url])
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_STORE_UNAVAILABLE') })
  expect(stderr).not.toMatch(/secret|payroll/)
})

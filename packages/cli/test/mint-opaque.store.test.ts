import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../stores/test/support/postgres-server.js'
import { surveyseal, temporaryFile, temporaryFolder } from './support.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.remove())

const lines = (text: string) => text.trimEnd().split('\n')

test('PostgreSQL: links are minted, resumed from half an output, and open; the URL comes from the environment', async () => {
  const { host, port, user, database, options } = await server.createSchema()
  const env = {
    DATABASE_URL: `postgres://${user}@${host}:${port}/${database}?options=${encodeURIComponent(options)}`,
  }
  const pepper = join(await temporaryFolder(), 'pepper.json')
  await surveyseal(['keys', 'new', '--pepper', '--out', pepper])
  await surveyseal(['migrate', '--table-prefix', 'acme_'], '', env)
  const scope = ['--tenant', 't', '--survey', 's', '--purpose', 'p', '--pepper', pepper, '--table-prefix', 'acme_']
  const where = ['--base-url', 'https://s.example', '--expires', '2100-01-01']
  const mint = ['mint', '-', '--mode', 'opaque', ...scope, ...where]
  const people = Array.from({ length: 1200 }, (_, at) => `p${at}`)
  const input = `respondent\n${people.join('\n')}\n`

  const first = await surveyseal(mint, input, env)
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(await surveyseal(mint, input, env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ERR_LINK_BATCH_EXISTS'),
  })
  const half = first.stdout.slice(0, first.stdout.length / 2)
  const resumed = await surveyseal([...mint, '--resume', await temporaryFile('half.csv', half)], input, env)
  expect(resumed).toMatchObject({ code: 0, stderr: '' })
  expect(resumed.stdout.startsWith(half.slice(0, half.lastIndexOf('\n') + 1))).toBe(true)
  const opened = await surveyseal(['open', '-', ...scope, '--json'], resumed.stdout, env)
  expect(opened.code).toBe(0)
  expect(lines(opened.stdout).map((line) => JSON.parse(line).respondent)).toEqual(people)
})

import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLinkService } from '@surveyseal/links'
import { loadPepperFile } from '@surveyseal/links/node'
import { linkStore } from '@surveyseal/stores'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { NOW, surveyseal, temporaryFile, temporaryFolder } from './support.js'

let folder: string
let scope: string[]
let stored: string[]
let mint: string[]

beforeEach(async () => {
  folder = await temporaryFolder()
  const [pepper, database] = [join(folder, 'pepper.json'), join(folder, 'links.db')]
  await surveyseal(['keys', 'new', '--pepper', '--out', pepper])
  await surveyseal(['migrate', '--database', database])
  scope = ['--tenant', 'demo', '--survey', 'air', '--purpose', 'survey']
  stored = [...scope, '--database', database, '--pepper', pepper]
  const where = ['--base-url', 'https://feedback.example/s', '--expires', '2027-01-31']
  mint = ['mint', '-', '--mode', 'opaque', ...stored, ...where]
})

const lines = (text: string) => text.trimEnd().split('\n')
const people = (count: number) => `respondent\n${Array.from({ length: count }, (_, at) => `p${at}\n`).join('')}`

/** Works on the links as the host's server would. */
async function withService<T>(use: (links: ReturnType<typeof createLinkService>) => Promise<T>): Promise<T> {
  const database = await openSqlite(join(folder, 'links.db'))
  try {
    const store = linkStore(database, { tenant: 'demo' })
    const peppers = await loadPepperFile(join(folder, 'pepper.json'))
    const baseUrl = 'https://feedback.example/s'
    const options = { tenant: 'demo', survey: 'air', purpose: 'survey', peppers, baseUrl, clock: () => NOW }
    return await use(createLinkService({ ...options, store }) as ReturnType<typeof createLinkService>)
  } finally {
    await database.close()
  }
}

async function liveLinks(): Promise<number> {
  const database = await openSqlite(join(folder, 'links.db'))
  const [row] = await database.query('SELECT count(*) AS n FROM surveyseal_links WHERE revoked_at IS NULL')
  await database.close()
  return Number(row?.['n'])
}

test('keys new --pepper makes a file for its owner only, and shows no secret', async () => {
  const file = join(folder, 'another.json')
  const { code, stdout } = await surveyseal(['keys', 'new', '--pepper', '--out', file, '--json'])
  expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, file, peppers: [{ id: '2026-11-22' }] })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const { current } = JSON.parse(await readFile(file, 'utf8'))
  expect(stdout).not.toContain(current.secret)
  expect((await loadPepperFile(file)).current.secret).toHaveLength(32)
})

describe('mint --mode opaque', () => {
  test('adds a column to CSV; the links open and hold what was asked for', async () => {
    const options = ['--cohort-column', 'wave', '--uses', '2', '--ids', 'crockford']
    const { code, stdout, stderr } = await surveyseal([...mint, ...options], 'respondent;wave\n007;"a;b"\n8;\n')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const link = 'https://feedback\\.example/s/[0-9A-Z]{27}'
    expect(stdout).toMatch(new RegExp(`^respondent;wave;link\\n007;"a;b";${link}\\n8;;${link}\\n$`))
    const opened = await surveyseal(['open', '-', ...stored, '--json'], stdout)
    expect(opened.code).toBe(0)
    const common = { ok: true, survey: 'air', serial: 0, expiresAt: '2027-01-31T00:00:00.000Z' }
    expect(lines(opened.stdout).map((line) => JSON.parse(line))).toEqual([
      { ...common, respondent: '007', cohort: 'a;b' },
      { ...common, respondent: '8', cohort: null },
    ])
  })

  test('reads and writes NDJSON', async () => {
    const { code, stdout } = await surveyseal(
      [...mint, '--format', 'ndjson'],
      '{"respondent":"007"}\n{"respondent":7}\n',
    )
    expect(code).toBe(0)
    expect(lines(stdout).map((line) => JSON.parse(line))).toEqual([
      { respondent: '007', link: expect.stringMatching(/\/[\w-]{22}$/) },
      { respondent: '7', link: expect.stringMatching(/\/[\w-]{22}$/) },
    ])
    const json = await surveyseal([...mint, '--batch', 'two', '--json'], 'respondent,name\n1,Ada\n')
    expect(Object.keys(JSON.parse(json.stdout))).toEqual(['respondent', 'link'])
  })

  test('a respondent who stands in the input more than once has one link', async () => {
    const { stdout } = await surveyseal(mint, `respondent\n0\n0\n${people(600).slice(11)}0\np1\n`)
    const rows = lines(stdout).slice(1)
    expect(rows).toHaveLength(604)
    expect(new Set(rows).size).toBe(601)
    expect(await liveLinks()).toBe(601)
    expect((await surveyseal(['open', '-', ...stored], stdout)).code).toBe(0)
  })

  test('ERR_LINK_BATCH_EXISTS: a second run of a batch revokes nothing without --resume', async () => {
    const first = await surveyseal(mint, people(3))
    const second = await surveyseal(mint, people(3))
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_LINK_BATCH_EXISTS') })
    expect((await surveyseal(['open', '-', ...stored], first.stdout)).code).toBe(0)
  })

  test.each([
    ['CSV', [], 'respondent,note\n', (at: number) => `p${at},"a\n""b"", ${at}"\n`],
    ['NDJSON', ['--format', 'ndjson'], '', (at: number) => `{"respondent":"p${at}"}\n`],
  ])(
    '%s cut anywhere resumes: held links stay, the others are replaced, all of them open',
    async (_, extra, head, row) => {
      const input = head + Array.from({ length: 4 }, (_, at) => row(at)).join('')
      const { stdout: whole } = await surveyseal([...mint, ...extra], input)
      for (let length = 0; length <= whole.length; length += 7) {
        const earlier = await temporaryFile('earlier', whole.slice(0, length))
        const args = [...mint, ...extra, '--resume', earlier]
        const { code, stdout, stderr } = await surveyseal(args, input)
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        const opened = await surveyseal(['open', '-', ...stored, ...extra, '--json'], stdout)
        expect({ code: opened.code, rows: lines(opened.stdout).length, live: await liveLinks() }).toEqual({
          code: 0,
          rows: 4,
          live: 4,
        })
      }
    },
  )

  test('a link in the resumed file that is dead by now, or another person’s, is not given out again', async () => {
    const { stdout: first } = await surveyseal(mint, people(2))
    const nothing = await temporaryFile('nothing.csv', '')
    const { stdout: second } = await surveyseal([...mint, '--resume', nothing], people(2))
    const [header, one = '', two = ''] = lines(second)
    const swapped = `${header}\n${one.replace('p0', 'p1')}\n${two.replace('p1', 'p0')}\n`
    for (const earlier of [first, swapped, 'respondent,link\np0,https://elsewhere.example/x\n']) {
      const { stdout } = await surveyseal([...mint, '--resume', await temporaryFile('old.csv', earlier)], people(2))
      const opened = await surveyseal(['open', '-', ...stored, '--json'], stdout)
      expect(lines(opened.stdout).map((line) => JSON.parse(line).respondent)).toEqual(['p0', 'p1'])
    }
  })

  test('resuming keeps held links as they are, whatever else the input has by now', async () => {
    const { stdout: first } = await surveyseal(mint, people(2))
    const earlier = await temporaryFile('earlier.csv', first)
    const { stdout } = await surveyseal([...mint, '--resume', earlier], people(3))
    expect(stdout.startsWith(first)).toBe(true)
    expect(lines(stdout)).toHaveLength(4)
  })

  test('who is suppressed gets no link and no row, and is counted', async () => {
    await withService((links) => links.revoke({ respondent: 'p1' }))
    const { code, stdout, stderr } = await surveyseal(mint, people(3))
    expect(code).toBe(0)
    expect(lines(stdout).map((row) => row.split(',')[0])).toEqual(['respondent', 'p0', 'p2'])
    expect(stderr).toBe(
      'surveyseal: 1 record was left out: the invitee is suppressed, or the link of this batch was revoked\n',
    )
  })

  test('--keyring is allowed and not read', async () => {
    expect((await surveyseal([...mint, '--keyring', '/nowhere'], people(1))).code).toBe(0)
  })

  test('ERR_CLI_RESPONDENT_INVALID, ERR_LINK_RESPONDENT_PERSONAL_DATA, ERR_CLI_COHORT_INVALID: with the record', async () => {
    const cases: [string, string][] = [
      ['{"respondent":""}', 'ERR_CLI_RESPONDENT_INVALID'],
      ['{"respondent":1.5}', 'ERR_CLI_RESPONDENT_INVALID'],
      [`{"respondent":"${'x'.repeat(65)}"}`, 'ERR_CLI_RESPONDENT_INVALID'],
      ['{"respondent":"ada@example.com"}', 'ERR_LINK_RESPONDENT_PERSONAL_DATA'],
      ['{"respondent":"2","wave":{}}', 'ERR_CLI_COHORT_INVALID'],
      [`{"respondent":"2","wave":"${'é'.repeat(65)}"}`, 'ERR_CLI_COHORT_INVALID'],
    ]
    for (const [record, code] of cases) {
      const args = [...mint, '--format', 'ndjson', '--cohort-column', 'wave']
      const ran = await surveyseal(args, `{"respondent":"1"}\n${record}\n{"respondent":"3"}\n`)
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`${code}: record 2: `) })
      expect(ran.stderr).not.toContain('ada')
      expect(await liveLinks()).toBe(0)
    }
  })

  test('ERR_LINK_PEPPER_FILE_EXPOSED, ERR_LINK_PEPPER_FILE_INVALID, ERR_CLI_FILE_UNREADABLE: the pepper', async () => {
    const pepper = join(folder, 'pepper.json')
    await chmod(pepper, 0o640)
    const code = async () => (await surveyseal(mint, people(1))).stderr.split(':')[1]?.trim()
    expect(await code()).toBe('ERR_LINK_PEPPER_FILE_EXPOSED')
    await chmod(pepper, 0o600)
    await writeFile(pepper, '{"version":1,"current":{"id":"x","secret":"hunter2"}}')
    expect(await code()).toBe('ERR_LINK_PEPPER_FILE_INVALID')
    mint[mint.indexOf('--pepper') + 1] = join(folder, 'none.json')
    expect(await code()).toBe('ERR_CLI_FILE_UNREADABLE')
  })

  test('ERR_STORE_SCHEMA_MISSING: a database without tables, and an SQLite file that is not there is not made', async () => {
    const none = join(folder, 'none.db')
    mint[mint.indexOf('--database') + 1] = none
    const { code, stdout, stderr } = await surveyseal(mint, people(1))
    expect({ code, stdout, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_STORE_SCHEMA_MISSING'),
    })
    await expect(stat(none)).rejects.toThrow('ENOENT')
  })

  test('ERR_CLI_USAGE: options that are missing, unusable or of the other mode', async () => {
    const without = (name: string) => mint.toSpliced(mint.indexOf(name), 2)
    const wrong: string[][] = [
      without('--pepper'),
      without('--database'),
      [...mint, '--uses', '0'],
      [...mint, '--ids', 'hex'],
      [...mint, '--resume', '-'],
      [...mint, '--mode', 'toString'],
      [...mint, '--mode', 'sealed', '--keyring', 'x'],
      ['mint', '-', ...scope, '--base-url', 'https://s.example', '--expires', '2027-01-31'],
      ['open', 'x', ...scope],
    ]
    for (const args of wrong) {
      const ran = await surveyseal(args, people(1))
      expect({ args, ran }).toMatchObject({
        ran: { code: 2, stdout: '', stderr: expect.stringContaining('ERR_CLI_USAGE') },
      })
    }
  })
})

describe('open --pepper', () => {
  const refusalOf = async (link: string, ...more: string[]) =>
    JSON.parse((await surveyseal(['open', link, ...stored, ...more, '--json'])).stdout).code

  test('ERR_CLI_LINK_UNKNOWN, ERR_CLI_LINK_USED, ERR_CLI_LINK_REVOKED', async () => {
    const { stdout } = await surveyseal([...mint, '--json'], people(2))
    const [used = '', revoked = ''] = lines(stdout).map((line) => String(JSON.parse(line).link))
    expect(await surveyseal(['open', used, ...stored])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'respondent p0, survey air, serial 0, expires 2027-01-31T00:00:00.000Z\n',
    })
    await withService(async (links) => {
      const claim = await links.claim(used)
      if (claim.state !== 'usable') throw new Error(claim.state)
      await links.submit(used, { idempotencyKey: claim.idempotencyKey, accept: async () => {} })
      await links.revoke({ link: revoked })
    })
    expect(await refusalOf(used)).toBe('ERR_CLI_LINK_USED')
    expect(await refusalOf(revoked)).toBe('ERR_CLI_LINK_REVOKED')
    for (const link of ['', 'nonsense', `https://feedback.example/s/${'A'.repeat(22)}`]) {
      expect(await refusalOf(link)).toBe('ERR_CLI_LINK_UNKNOWN')
    }
  })

  test('ERR_LINK_EXPIRED', async () => {
    const { stdout } = await surveyseal(
      [...mint.with(mint.indexOf('--expires') + 1, '2026-11-22'), '--json'],
      people(1),
    )
    expect(await refusalOf(JSON.parse(stdout).link)).toBe('ERR_LINK_EXPIRED')
  })

  test('with --keyring sealed links open too, and are refused once they are revoked', async () => {
    const keyring = join(folder, 'keyring.json')
    await surveyseal(['keys', 'new', '--out', keyring])
    const sealing = [
      'mint',
      '-',
      ...scope,
      '--keyring',
      keyring,
      '--base-url',
      'https://s.example',
      '--expires',
      '2027-01-31',
    ]
    const { link } = JSON.parse((await surveyseal([...sealing, '--json'], people(1))).stdout)
    const opened = await surveyseal(['open', link, ...stored, '--keyring', keyring, '--json'])
    expect(JSON.parse(opened.stdout)).toMatchObject({ ok: true, respondent: 'p0', keyId: 1 })
    await withService((links) => links.revoke({ respondent: 'p0' }))
    expect(await refusalOf(link, '--keyring', keyring)).toBe('ERR_CLI_LINK_REVOKED')
    expect(await refusalOf(`${link.slice(0, -2)}AA`, '--keyring', keyring)).toBe('ERR_LINK_AUTHENTICATION_FAILED')
  })
})

import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKeyring } from '@surveyseal/links'
import { beforeEach, describe, expect, test } from 'vitest'
import { realData, surveyseal, temporaryFile, temporaryFolder } from './support.js'

let scope: string[]
let mint: string[]

beforeEach(async () => {
  const keyring = join(await temporaryFolder(), 'keyring.json')
  await surveyseal(['keys', 'new', '--out', keyring])
  scope = ['--tenant', 'demo', '--survey', 'air', '--purpose', 'survey', '--keyring', keyring]
  mint = ['mint', '-', ...scope, '--base-url', 'https://feedback.example/s', '--expires', '2027-01-31']
})

const lines = (text: string) => text.trimEnd().split('\n')

/** The links of a CSV file whose last column they are. */
const linksIn = (csv: string) =>
  lines(csv)
    .slice(1)
    .map((line) => line.slice(line.lastIndexOf(',') + 1))

describe.each(realData)('on real data', ({ airline }) => {
  test('25,976 passengers get 25,976 links, the same ones the second time, and each opens', {
    timeout: 120_000,
  }, async () => {
    const args = [...mint, '--respondent-column', 'id'].with(1, airline)
    const first = await surveyseal(args)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const rows = lines(first.stdout)
    expect(rows[0]?.endsWith(',satisfaction,link')).toBe(true)
    expect(rows).toHaveLength(25_977)
    const input = lines((await readFile(airline, 'utf8')).replaceAll('\r', ''))
    expect(rows.map((row) => row.slice(0, row.lastIndexOf(',')))).toEqual(input)

    const second = await surveyseal(args)
    expect(second.stdout === first.stdout).toBe(true)

    const minted = await temporaryFile('minted.csv', first.stdout)
    const opened = await surveyseal(['open', minted, '--column', 'link', ...scope, '--json'])
    expect(opened).toMatchObject({ code: 0, stderr: '' })
    const ids = input.slice(1).map((row) => row.split(',')[1])
    expect(lines(opened.stdout).map((line) => JSON.parse(line).respondent)).toEqual(ids)
    expect(JSON.parse(lines(opened.stdout)[0] ?? '')).toEqual({
      ok: true,
      respondent: ids[0],
      survey: 'air',
      keyId: 1,
      expiresAt: '2027-01-31T00:00:00.000Z',
    })
    expect(new Set(linksIn(first.stdout)).size).toBe(new Set(ids).size)
  })
})

describe('mint', () => {
  test('keeps delimiter and quoting, and adds a column', async () => {
    const { code, stdout } = await surveyseal(mint, '\uFEFFrespondent;"a ""name"";"\r\n007;"x\ny"\r\n')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^respondent;"a ""name"";";link\n007;"x\ny";https:\/\/feedback\.example\/s\/[\w-]+\n$/)
  })

  test('prints respondent and link as NDJSON for NDJSON, and for --json', async () => {
    const { stdout } = await surveyseal([...mint, '--json'], 'respondent,name\n007,Ada\n')
    expect(Object.keys(JSON.parse(stdout))).toEqual(['respondent', 'link'])
    const ndjson = await surveyseal(
      [...mint, '--format', 'ndjson'],
      '{"respondent":"007","link":"x"}\n{"respondent":7}\n',
    )
    expect(ndjson.code).toBe(0)
    expect(`${lines(ndjson.stdout)[0]}\n`).toBe(stdout)
    expect(JSON.parse(lines(ndjson.stdout)[1] ?? '').respondent).toBe('7')
  })

  test('an invitation without people is still a file', async () => {
    expect((await surveyseal(mint, 'respondent\n')).stdout).toBe('respondent,link\n')
  })

  test('ERR_CLI_COLUMN_MISSING, ERR_CLI_COLUMN_EXISTS: nothing is minted', async () => {
    expect(await surveyseal(mint, 'id\n1\n')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('ERR_CLI_COLUMN_MISSING'),
    })
    expect(await surveyseal(mint, 'respondent,link\n1,x\n')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('ERR_CLI_COLUMN_EXISTS'),
    })
  })

  test('ERR_CLI_RESPONDENT_INVALID: an empty, long or nested reference, with the number of the record', async () => {
    for (const value of ['""', `"${'x'.repeat(65)}"`, 'null', '{}', '1.5', '1e300']) {
      const input = `{"respondent":"1"}\n{"respondent":${value}}\n`
      expect(await surveyseal([...mint, '--format', 'ndjson'], input)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('ERR_CLI_RESPONDENT_INVALID: record 2: '),
      })
    }
  })

  test('ERR_LINK_RESPONDENT_PERSONAL_DATA: an address is no reference, and is not repeated', async () => {
    const { code, stderr } = await surveyseal(mint, 'respondent\n1\nada@example.com\n')
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_LINK_RESPONDENT_PERSONAL_DATA: record 2: '),
    })
    expect(stderr).not.toContain('ada')
  })

  test.each([
    ['http://feedback.example/s', 'ERR_LINK_BASE_URL_INSECURE', 1],
    ['https://feedback.example/s?email=ada@example.com', 'ERR_LINK_BASE_URL_PERSONAL_DATA', 1],
    ['feedback', 'ERR_INVALID_ARG_VALUE', 2],
  ])('a base URL %s is refused before anything is read: %s', async (baseUrl, refusal, code) => {
    const args = mint.with(mint.indexOf('--base-url') + 1, baseUrl)
    const ran = await surveyseal(args, 'respondent\n1\n')
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(refusal) })
    expect(ran.stderr).not.toContain('ada')
  })

  test('ERR_CLI_USAGE: an expiry that is no instant', async () => {
    for (const expires of ['soon', '2027-02-30', '2027-01-31T00:00', '1e3', '2027', '+275760-09-14']) {
      const args = mint.with(mint.indexOf('--expires') + 1, expires)
      expect(await surveyseal(args, 'respondent\n1\n')).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('ERR_CLI_USAGE: --expires'),
      })
    }
    const offset = mint.with(mint.indexOf('--expires') + 1, '2027-01-31T01:00+01:00')
    expect((await surveyseal(offset, 'respondent\n1\n')).stdout).toBe(
      (await surveyseal(mint, 'respondent\n1\n')).stdout,
    )
  })
})

describe('open', () => {
  const mintOne = async () => linksIn((await surveyseal(mint, 'respondent\n007\n')).stdout)[0] ?? ''

  test('shows what one link holds', async () => {
    const link = await mintOne()
    expect(await surveyseal(['open', link, ...scope])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'respondent 007, survey air, key 1, expires 2027-01-31T00:00:00.000Z\n',
    })
  })

  test('reads links from standard input', async () => {
    const minted = (await surveyseal(mint, 'respondent\n007\n8\n')).stdout
    const { code, stdout } = await surveyseal(['open', '-', ...scope, '--json'], minted)
    expect({ code, respondents: lines(stdout).map((line) => JSON.parse(line).respondent) }).toEqual({
      code: 0,
      respondents: ['007', '8'],
    })
  })

  test('one refused link of many makes the exit code 1, and the others are still opened', async () => {
    const link = await mintOne()
    const input = `link\n${link}\n${link}x\n${link}\n`
    const { code, stdout } = await surveyseal(['open', '-', ...scope, '--json'], input)
    expect({ code, ok: lines(stdout).map((line) => JSON.parse(line).ok) }).toEqual({ code: 1, ok: [true, false, true] })
  })

  test.each<[string, string, (link: string) => string]>([
    ['no URL', 'ERR_LINK_MALFORMED', () => 'nonsense'],
    ['no token', 'ERR_LINK_MALFORMED', () => 'https://feedback.example/s'],
    ['a shorter token', 'ERR_LINK_MALFORMED', (link) => link.slice(0, -30)],
    ['another token', 'ERR_LINK_AUTHENTICATION_FAILED', (link) => `${link.slice(0, -2)}AA`],
  ])('%s is refused: %s', async (_, code, change) => {
    const link = change(await mintOne())
    const json = await surveyseal(['open', link, ...scope, '--json'])
    expect(json).toEqual({ code: 1, stderr: '', stdout: `{"ok":false,"code":"${code}"}\n` })
    expect((await surveyseal(['open', link, ...scope])).stdout).toBe(`refused: ${code}\n`)
  })

  test('another survey is refused: ERR_LINK_AUTHENTICATION_FAILED', async () => {
    const other = scope.with(scope.indexOf('--survey') + 1, 'sea')
    const { code, stdout } = await surveyseal(['open', await mintOne(), ...other, '--json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '{"ok":false,"code":"ERR_LINK_AUTHENTICATION_FAILED"}\n' })
  })

  test('an unknown key id is refused: ERR_LINK_KEY_UNKNOWN', async () => {
    const link = await mintOne()
    const keyring = generateKeyring()
    const file = await temporaryFile('other.json', '')
    await writeFile(file, JSON.stringify({ ...keyring, keys: keyring.keys.map((key) => ({ ...key, id: 2 })) }))
    await chmod(file, 0o600)
    const { stdout } = await surveyseal(['open', link, ...scope.with(-1, file), '--json'])
    expect(JSON.parse(stdout)).toEqual({ ok: false, code: 'ERR_LINK_KEY_UNKNOWN' })
  })

  test('an expired link is refused: ERR_LINK_EXPIRED', async () => {
    const expired = mint.with(mint.indexOf('--expires') + 1, '2026-11-22T11:59:59Z')
    const [link = ''] = linksIn((await surveyseal(expired, 'respondent\n007\n')).stdout)
    const { code, stdout } = await surveyseal(['open', link, ...scope, '--json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '{"ok":false,"code":"ERR_LINK_EXPIRED"}\n' })
  })

  test('a cell that holds no link is refused, not fatal: ERR_LINK_MALFORMED', async () => {
    const args = ['open', '-', '--format', 'ndjson', ...scope, '--json']
    const { code, stdout } = await surveyseal(args, '{"link":null}\n{"link":{}}\n{}\n')
    expect({ code, codes: lines(stdout).map((line) => JSON.parse(line).code) }).toEqual({
      code: 1,
      codes: Array(3).fill('ERR_LINK_MALFORMED'),
    })
  })
})

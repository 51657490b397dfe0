import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { surveyseal, temporaryFile } from './support.js'

const log = [
  '203.0.113.9 - - [22/Nov/2026:10:00:00 +0000] "GET /s/AbCdEfGhIjKlMnOpQrStUv HTTP/1.1" 200 1 "-" "x"',
  '203.0.113.9 - - [22/Nov/2026:10:00:01 +0000] "GET /s?email=jo%40example.org HTTP/1.1" 200 1 "-" "x"',
  '',
].join('\n')

describe('surveyseal audit', () => {
  test('prints one finding per line and ends with 1', async () => {
    const file = await temporaryFile('access.log', log)
    expect(await surveyseal(['audit', file])).toEqual({
      code: 1,
      stdout: `${file}:2: E-mail address in query.email through percent\n2 URLs read, 1 finding\n`,
      stderr: '',
    })
  })

  test('ends with 0 when there is nothing to find', async () => {
    expect(await surveyseal(['audit', '-'], 'https://survey.example/s/AbCdEfGhIjKlMnOpQrStUv\n')).toMatchObject({
      code: 0,
    })
  })

  test('--format json gives the shape that others script against, standard input without a file', async () => {
    const { code, stdout } = await surveyseal(['audit', '-', '--format', 'json'], log)
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      scanned: 2,
      findings: [{ line: 2, kind: 'email', location: 'query.email', decoded: ['percent'] }],
    })
    expect((await surveyseal(['audit', '-', '--json'], log)).stdout).toBe(stdout)
  })

  test('--format sarif names the rule, the file and the line', async () => {
    const { stdout } = await surveyseal(['audit', '-', '--format', 'sarif'], log)
    expect(JSON.parse(stdout).runs[0].results).toMatchObject([
      {
        ruleId: 'email',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'stdin' }, region: { startLine: 2 } } }],
      },
    ])
  })

  test('several files are one report', async () => {
    const files = [await temporaryFile('a.log', log), await temporaryFile('b.log', log)]
    const { stdout } = await surveyseal(['audit', ...files, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ scanned: 4, findings: files.map((file) => ({ file, line: 2 })) })
  })

  test('--known finds people by value and by hash and gives their row', async () => {
    const known = await temporaryFile('subjects.csv', 'name,email\nAl Jones,al@example.org\nJo Smith,Jo@example.org\n')
    const digest = createHash('md5').update('jo@example.org').digest('hex')
    const { stdout } = await surveyseal(
      ['audit', '-', '--known', known, '--json'],
      `https://s.example/${digest}\nhttps://s.example/al_jones\n`,
    )
    expect(JSON.parse(stdout).findings).toEqual([
      { line: 1, kind: 'known-subject', location: 'path[1]', decoded: ['md5'], row: 2 },
      { line: 2, kind: 'known-subject', location: 'path[1]', decoded: [], row: 1 },
    ])
  })

  test('NUL bytes and bytes that are no UTF-8 do not hide what stands beside them', async () => {
    const binary = Buffer.concat([
      Buffer.from('https://s.example/\0?a=1&email=jo@example.org\n'),
      Buffer.from([0xff, 0xfe, 0, 0xc3, 10]),
      Buffer.from('https://s.example/s\u00e9?email=m\u00fcller@example.org\n', 'latin1'),
      Buffer.from('GET \x1b[2J\n'),
    ])
    const { code, stdout } = await surveyseal(['audit', await temporaryFile('access.log', binary), '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout).findings.map(({ line }: { line: number }) => line)).toEqual([1, 3])
  })

  test('a file name is printed without its control and direction characters', async () => {
    const name = 'a\u001b]0;x\u0007\u009b2J\u202e.log'
    const { stdout } = await surveyseal(['audit', await temporaryFile(name, log)])
    const { stderr } = await surveyseal(['audit', `/nowhere/${name}`])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(stderr).toContain('cannot be read')
  })

  test('no output repeats what was found', async () => {
    for (const format of ['text', 'json', 'sarif']) {
      const { stdout, stderr } = await surveyseal(
        ['audit', '-', '--format', format],
        'https://s.example/?jo.smith=jo.smith@example.org\n',
      )
      expect(stdout + stderr).not.toContain('jo.smith')
    }
  })

  test.each([[['audit']], [['audit', '-', '--format', 'xml']], [['audit', '-', '--format', 'toString']]])(
    'ERR_CLI_USAGE for %j',
    async (args) => {
      expect(await surveyseal(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_USAGE') })
    },
  )

  test('ERR_CLI_FILE_UNREADABLE when one of the files is not there', async () => {
    expect(await surveyseal(['audit', '-', '/nowhere/at.all'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ERR_CLI_FILE_UNREADABLE'),
    })
  })
})

describe('surveyseal audit --live', () => {
  const loopback = async (): Promise<string> => {
    const server = createServer((_request, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    onTestFinished(async () => {
      await new Promise((resolve) => server.close(resolve))
    })
    return `http://localhost:${(server.address() as AddressInfo).port}`
  }

  test('reports origins as text, JSON and SARIF and ends with 1', async () => {
    const origin = await loopback()
    const text = await surveyseal(['audit', '--live', origin])
    expect(text).toMatchObject({ code: 1, stderr: '' })
    expect(text.stdout).toBe(
      [
        `${origin}: no TLS, no certificate, no HSTS, plain HTTP answered`,
        `${origin}: Link over http instead of https`,
        `${origin}: Plain HTTP is answered without a redirect to https`,
        '1 origin asked, 2 findings',
        '',
      ].join('\n'),
    )
    const { origins } = JSON.parse((await surveyseal(['audit', '--live', origin, '--json'])).stdout)
    expect(origins).toMatchObject([
      { origin, findings: [{ kind: 'insecure-transport' }, { kind: 'no-https-redirect' }] },
    ])
    const { runs } = JSON.parse((await surveyseal(['audit', '--live', origin, '--format', 'sarif'])).stdout)
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'insecure-transport',
        locations: [{ physicalLocation: { artifactLocation: { uri: `${origin}/` } } }],
      },
      { ruleId: 'no-https-redirect' },
    ])
  })

  test.each([[['--live']], [['-', '--ca', 'x.pem']], [['--live', 'https://s.example', '--http-port', '0']]])(
    'ERR_CLI_USAGE for %j',
    async (args) => {
      expect(await surveyseal(['audit', ...args])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('ERR_CLI_USAGE'),
      })
    },
  )

  test('a survey link instead of an origin is refused before anything is sent, and not repeated', async () => {
    const { code, stderr } = await surveyseal(['audit', '--live', 'https://localhost/s/SECRET'])
    expect(code).toBe(2)
    expect(stderr).toContain('ERR_INVALID_ARG_VALUE')
    expect(stderr).not.toContain('SECRET')
  })
})

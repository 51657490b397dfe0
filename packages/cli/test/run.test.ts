import { PassThrough, Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { commands } from '../src/commands.js'
import { run } from '../src/run.js'
import { Collected, NOW, surveyseal, temporaryFile } from './support.js'

test('every command of DESIGN that exists is listed', async () => {
  const { code, stdout, stderr } = await surveyseal(['--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(
    stdout
      .match(/^ {2}\S+( new| list| rotate| retire| revoke| verify| checkpoint| export| prove| validate| lint)?(?= )/gm)
      ?.map((name) => name.trim()),
  ).toEqual([
    'assess',
    'notice lint',
    'keys new',
    'keys list',
    'keys rotate',
    'keys retire',
    'keys revoke',
    'mint',
    'open',
    'anonymize',
    'risk',
    'audit',
    'redact',
    'consent verify',
    'consent export',
    'consent validate',
    'ledger verify',
    'ledger checkpoint',
    'ledger export',
    'ledger prove',
    'migrate',
  ])
})

test.each(Object.entries(commands))('%s --help names every option it takes', async (name, source) => {
  const { options } = await source()
  const { code, stdout } = await surveyseal([...name.split(' '), '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain(`surveyseal ${name}`)
  expect(Object.keys(options)).toContain('json')
  for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}`)
})

test('a first word alone lists the commands that begin with it, and no others', async () => {
  const { code, stdout } = await surveyseal(['consent', '--help'])
  expect(code).toBe(0)
  expect(stdout.match(/^ {2}\S+ \S+/gm)).toEqual(['  consent verify', '  consent export', '  consent validate'])
  expect((await surveyseal(['keys', 'burn'])).stderr).not.toContain('consent verify')
  expect((await surveyseal(['constructor', '--help'])).stdout).toContain('consent verify')
})

test('ERR_CLI_USAGE: no command, an unknown one, an unknown option, a missing or extra operand, a missing option', async () => {
  const wrong: string[][] = [
    [],
    ['constructor'],
    ['__proto__'],
    ['keys'],
    ['keys', 'burn'],
    ['risk', '--unknown'],
    ['risk'],
    ['risk', 'a.csv', 'b.csv'],
    ['risk', 'a.csv', '--json=yes'],
    ['risk', 'a.csv', '--quasi'],
    ['keys', 'list'],
    ['keys', 'new', '--out', ''],
  ]
  for (const args of wrong) {
    const { code, stdout, stderr } = await surveyseal(args)
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' })
    expect(stderr).toMatch(/^surveyseal: ERR_CLI_USAGE: /m)
  }
})

test('a refusal never repeats what was typed as a value', async () => {
  for (const args of [
    ['risk', '--quasy=grace@example.com'],
    ['grace@example.com'],
    ['risk', 'a', 'grace@example.com'],
  ]) {
    expect((await surveyseal(args)).stderr).not.toContain('grace')
  }
})

test('ERR_CLI_INTERNAL: a defect of ours shows its kind and nothing else', async () => {
  const stdin = new Readable({ read: () => stdin.destroy(new Error('ada@example.com')) })
  const stderr = new Collected()
  const code = await run(['risk', '-'], { stdin, stdout: new Collected(), stderr, env: {}, now: () => NOW })
  expect({ code, stderr: stderr.text }).toEqual({
    code: 1,
    stderr: 'surveyseal: ERR_CLI_INTERNAL: unexpected Error\n',
  })
})

test('a reader that has gone away ends the command quietly', async () => {
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  })
  stdout.on('error', () => {})
  const stderr = new Collected()
  const code = await run(['risk', '-'], { stdin: Readable.from(['a\n1\n']), stdout, stderr, env: {}, now: () => NOW })
  expect({ code, stderr: stderr.text }).toEqual({ code: 0, stderr: '' })
})

test('a terminal sees a progress bar, and a clean line afterwards', async () => {
  const file = await temporaryFile('rows.csv', `a\n${'1\n'.repeat(100_000)}`)
  const stderr = new Collected()
  stderr.isTTY = true
  const stdout = new Collected()
  const code = await run(['risk', file, '--json'], {
    stdin: Readable.from([]),
    stdout,
    stderr,
    env: {},
    now: () => NOW,
  })
  expect(code).toBe(0)
  expect(JSON.parse(stdout.text).rows).toBe(100_000)
  expect(stderr.text).toContain('[##')
  expect(stderr.text).toContain(' 100 % 0.2 MiB')
  expect(stderr.text).toMatch(/\r +\r$/)
})

test('output waits for whoever reads it', async () => {
  const row = `${'x'.repeat(1000)}\n`
  let read = 0
  const stdin = Readable.from(
    (function* () {
      yield 'npsScore\n'
      for (; read < 20_000; read++) yield row
    })(),
  )
  const stdout = new PassThrough()
  const args = ['anonymize', '-', '--policy', 'default']
  const running = run(args, { stdin, stdout, stderr: new Collected(), env: {}, now: () => NOW })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(read).toBeLessThan(1000)
  let length = 0
  stdout.on('data', (chunk: Buffer) => {
    length += chunk.length
  })
  expect(await running).toBe(0)
  expect(length).toBe('npsScore\n'.length + 20_000 * row.length)
})

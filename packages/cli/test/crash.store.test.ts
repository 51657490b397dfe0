import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, statSync } from 'node:fs'
import { readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundledCommand } from './bundle.js'
import { surveyseal, temporaryFolder } from './support.js'

let command: Awaited<ReturnType<typeof bundledCommand>>

beforeAll(async () => {
  command = await bundledCommand()
}, 60_000)
afterAll(() => command.remove())

/** Starts the command as a process of its own, whose output is a file. */
function start(args: readonly string[], out: string): ChildProcess {
  const file = openSync(out, 'w')
  const child = spawn(process.execPath, [command.bin, ...args], { stdio: ['ignore', file, 'pipe'] })
  closeSync(file)
  return child
}

const lines = (text: string) => text.trimEnd().split('\n')

test('kill -9 in the middle of a mint, again and again: resumed, every link opens and each invitee has one', async () => {
  const folder = await temporaryFolder()
  const path = (name: string) => join(folder, name)
  const count = 6000
  await writeFile(path('in.csv'), `respondent\n${Array.from({ length: count }, (_, at) => `p${at}\n`).join('')}`)
  await surveyseal(['keys', 'new', '--pepper', '--out', path('pepper')])
  await surveyseal(['migrate', '--database', path('db')])
  const stored = '--tenant t --survey s --purpose p'
    .split(' ')
    .concat('--database', path('db'), '--pepper', path('pepper'))
  const where = ['--base-url', 'https://s.example', '--expires', '2100-01-01']
  const mint = ['mint', path('in.csv'), '--mode', 'opaque', ...stored, ...where]

  let resume: string[] = []
  let killed = 0
  for (const rows of [0, 500, 1500, 3000]) {
    const out = path(`out-${rows}.csv`)
    const child = start([...mint, ...resume], out)
    while (child.exitCode === null && statSync(out).size < rows * 30 + 1)
      await new Promise((done) => setTimeout(done, 1))
    child.kill('SIGKILL')
    const [code] = await once(child, 'exit')
    if (code === null) killed++
    resume = ['--resume', out]
  }
  expect(killed).toBeGreaterThan(1)
  const [, last = ''] = resume
  const before = lines(await readFile(last, 'utf8'))
  expect(before.length).toBeGreaterThan(1000)

  const child = start([...mint, ...resume], path('whole.csv'))
  expect(await once(child, 'exit')).toEqual([0, null])
  const whole = lines(await readFile(path('whole.csv'), 'utf8'))
  expect(whole).toHaveLength(1 + count)
  // Lines that were whole when the process was killed were held, and are kept as they were.
  expect(whole.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
  const opened = await surveyseal(['open', path('whole.csv'), '--column', 'link', ...stored, '--json'])
  expect(opened.code).toBe(0)
  expect(lines(opened.stdout).map((line) => JSON.parse(line).respondent)).toEqual(
    Array.from({ length: count }, (_, at) => `p${at}`),
  )
  const database = await openSqlite(path('db'))
  const live = await database.query('SELECT respondent FROM surveyseal_links WHERE revoked_at IS NULL')
  await database.close()
  expect(new Set(live.map(({ respondent }) => respondent)).size).toBe(count)
  expect(live).toHaveLength(count)
})

test('of processes that change a keyring at once each one adds its key or is refused with a code; none is lost', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'keyring.json')
  await surveyseal(['keys', 'new', '--out', file])
  const racers = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => {
      const child = start(['keys', 'rotate', '--keyring', file, '--json'], join(folder, `out-${at}`))
      let errors = ''
      child.stderr?.on('data', (data) => {
        errors += String(data)
      })
      const [code] = await once(child, 'close')
      return { code, errors }
    }),
  )
  const { keys } = JSON.parse(await readFile(file, 'utf8'))
  expect(keys).toHaveLength(1 + racers.filter(({ code }) => code === 0).length)
  expect(new Set(keys.map(({ id }: { id: number }) => id)).size).toBe(keys.length)
  for (const { code, errors } of racers) if (code !== 0) expect(errors).toContain('ERR_CLI_FILE_UNWRITABLE')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).not.toContain('keyring.json.new')
})

test('kill -9 at any moment of a rotation leaves a whole keyring, the old one or the new', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'keyring.json')
  await surveyseal(['keys', 'new', '--out', file])
  let before = 1
  for (let round = 0; round < 12; round++) {
    const child = start(['keys', 'rotate', '--keyring', file], join(folder, 'out'))
    const exit = once(child, 'exit')
    // The draft is there for as long as the change takes: the kill falls before, into or after it.
    const end = Date.now() + 5000
    while (child.exitCode === null && Date.now() < end && !(await readdir(folder)).includes('keyring.json.new')) {}
    child.kill('SIGKILL')
    await exit
    const { code, stdout } = await surveyseal(['keys', 'list', '--keyring', file, '--json'])
    const { length } = JSON.parse(stdout).keys
    expect({ code, grown: length - before }).toEqual({ code: 0, grown: expect.toBeOneOf([0, 1]) })
    before = length
    await unlink(`${file}.new`).catch(() => {})
  }
})

import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NOW, surveyseal, temporaryFile, temporaryFolder } from './support.js'

test('keys new makes a file for its owner only, and shows no secret', async () => {
  const file = join(await temporaryFolder(), 'keyring.json')
  const { code, stdout, stderr } = await surveyseal(['keys', 'new', '--out', file, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({ file, keys: [{ id: 1, status: 'primary', createdAt: NOW.toISOString() }] })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const { version, keys } = JSON.parse(await readFile(file, 'utf8'))
  expect({ version, keys }).toMatchObject({ version: 1, keys: [{ id: 1, status: 'primary' }] })
  expect(stdout).not.toContain(keys[0].secret)
})

test('keys list shows id, status and age, never a secret', async () => {
  const file = join(await temporaryFolder(), 'keyring.json')
  await surveyseal(['keys', 'new', '--out', file])
  const [{ secret }] = JSON.parse(await readFile(file, 'utf8')).keys
  const human = await surveyseal(['keys', 'list', '--keyring', file])
  expect(human).toEqual({ code: 0, stderr: '', stdout: `  1  primary   ${NOW.toISOString()}\n` })
  const { code, stdout } = await surveyseal(['keys', 'list', '--keyring', file, '--json'])
  expect({ code, ...JSON.parse(stdout) }).toEqual({
    code: 0,
    keys: [{ id: 1, status: 'primary', createdAt: NOW.toISOString() }],
  })
  expect(stdout + human.stdout).not.toContain(secret)
})

test('ERR_CLI_FILE_UNWRITABLE: a keyring that is there already stays as it is', async () => {
  const file = await temporaryFile('keyring.json', 'precious')
  expect(await surveyseal(['keys', 'new', '--out', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `surveyseal: ERR_CLI_FILE_UNWRITABLE: ${JSON.stringify(file)} cannot be written, or is there already\n`,
  })
  expect(await readFile(file, 'utf8')).toBe('precious')
})

test('ERR_LINK_KEYRING_FILE_EXPOSED: a keyring that others may read or write', async () => {
  const file = join(await temporaryFolder(), 'keyring.json')
  await surveyseal(['keys', 'new', '--out', file])
  for (const mode of [0o640, 0o604, 0o620, 0o601]) {
    await chmod(file, mode)
    const { code, stderr } = await surveyseal(['keys', 'list', '--keyring', file])
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_LINK_KEYRING_FILE_EXPOSED'),
    })
  }
})

test('ERR_CLI_FILE_UNREADABLE: no keyring', async () => {
  const folder = await temporaryFolder()
  const { code, stderr } = await surveyseal(['keys', 'list', '--keyring', join(folder, 'none.json')])
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_FILE_UNREADABLE') })
})

test('ERR_LINK_KEYRING_INVALID: a folder, and a pipe that nobody writes to, without waiting for it', async () => {
  const folder = await temporaryFolder()
  const [keys, pipe] = [join(folder, 'keys'), join(folder, 'pipe')]
  await mkdir(keys, { mode: 0o700 })
  const { status } = spawnSync('mkfifo', ['-m', '600', pipe])
  for (const path of status === 0 ? [keys, pipe] : [keys]) {
    const { code, stderr } = await surveyseal(['keys', 'list', '--keyring', path])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('not a regular file') })
  }
})

test('ERR_LINK_KEYRING_INVALID: a keyring that breaks a rule, never shown', async () => {
  for (const content of ['', 'secret', '{"version":1,"keys":[]}', '{"version":2,"keys":["secret"]}']) {
    const file = await temporaryFile('keyring.json', content)
    await chmod(file, 0o600)
    const { code, stderr } = await surveyseal(['keys', 'list', '--keyring', file])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_LINK_KEYRING_INVALID') })
    expect(stderr).not.toContain('"secret"')
  }
})

const statuses = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(file, 'utf8')).keys.map(({ id, status }: { id: number; status: string }) => [id, status])

test("a key is added, promoted, retired and revoked; the file stays its owner's and no secret is shown", async () => {
  const file = join(await temporaryFolder(), 'keyring.json')
  await surveyseal(['keys', 'new', '--out', file])
  const steps: [string[], unknown][] = [
    [
      ['rotate'],
      [
        [1, 'primary'],
        [2, 'active'],
      ],
    ],
    [
      ['rotate', '--promote', '2'],
      [
        [1, 'active'],
        [2, 'primary'],
      ],
    ],
    [
      ['retire', '--id', '1'],
      [
        [1, 'retired'],
        [2, 'primary'],
      ],
    ],
    [
      ['revoke', '--id', '1'],
      [
        [1, 'revoked'],
        [2, 'primary'],
      ],
    ],
  ]
  for (const [step, expected] of steps) {
    const { code, stdout, stderr } = await surveyseal(['keys', ...step, '--keyring', file, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await statuses(file)).toEqual(expected)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    for (const { secret } of JSON.parse(await readFile(file, 'utf8')).keys) expect(stdout).not.toContain(secret)
  }
  const refused = await surveyseal(['keys', 'revoke', '--id', '2', '--keyring', file])
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_LINK_KEY_STATUS') })
  expect(await readdir(join(file, '..'))).toEqual(['keyring.json'])
})

test('of runs at once every one adds its key or is refused, and nothing is lost', async () => {
  const file = join(await temporaryFolder(), 'keyring.json')
  await surveyseal(['keys', 'new', '--out', file])
  const runs = await Promise.all(Array.from({ length: 8 }, () => surveyseal(['keys', 'rotate', '--keyring', file])))
  const added = runs.filter(({ code }) => code === 0).length
  expect(added).toBeGreaterThan(0)
  expect(await statuses(file)).toHaveLength(1 + added)
  for (const { code, stderr } of runs) if (code !== 0) expect(stderr).toContain('ERR_CLI_FILE_UNWRITABLE')
})

test('ERR_CLI_FILE_UNWRITABLE: a symbolic link, and a keyring that another run is changing', async () => {
  const folder = await temporaryFolder()
  const [file, link] = [join(folder, 'keyring.json'), join(folder, 'link.json')]
  await surveyseal(['keys', 'new', '--out', file])
  await symlink(file, link)
  const before = await readFile(file, 'utf8')
  const code = async (path: string) => (await surveyseal(['keys', 'rotate', '--keyring', path])).code
  expect(await code(link)).toBe(2)
  await writeFile(`${file}.new`, '')
  expect(await code(file)).toBe(2)
  expect(await readFile(file, 'utf8')).toBe(before)
  expect(await readdir(folder)).toContain('keyring.json.new')
})

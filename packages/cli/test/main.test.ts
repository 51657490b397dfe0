import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleCommand } from './bundle.js'

let folder: string
let bin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surveyseal-'))
  bin = join(folder, 'surveyseal.mjs')
  await bundleCommand(bin)
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

async function surveyseal(command: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const shell = spawn('sh', ['-c', command], { env: { ...process.env, NODE: execPath, BIN: bin, DIR: folder } })
  let [stdout, stderr] = ['', '']
  shell.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  shell.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const code = await new Promise<number | null>((resolve) => shell.on('close', resolve))
  return { code, stdout, stderr }
}

test('exit code 0 and JSON alone on standard output', { timeout: 30_000 }, async () => {
  const { code, stdout, stderr } = await surveyseal(`printf 'a\\n1\\n1\\n' | "$NODE" "$BIN" risk - --json`)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ rows: 2, k: 2 })
})

test('exit code 1 for a refused input, 2 for a wrong command line', { timeout: 30_000 }, async () => {
  expect((await surveyseal(`printf 'a,b\\n1\\n' | "$NODE" "$BIN" risk -`)).code).toBe(1)
  expect((await surveyseal(`"$NODE" "$BIN" risk`)).code).toBe(2)
})

test('ERR_CLI_DRIVER_MISSING: PostgreSQL without the package pg', { timeout: 30_000 }, async () => {
  const { code, stdout, stderr } = await surveyseal(
    `echo postgres://user:secret@127.0.0.1/test | "$NODE" "$BIN" migrate --database -`,
  )
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^surveyseal: ERR_CLI_DRIVER_MISSING: .*\bpg@/)
  expect(stderr).not.toContain('secret')
})

test('a closed pipe ends the command without a word', { timeout: 30_000 }, async () => {
  await writeFile(join(folder, 'many.csv'), `npsScore\n${'9\n'.repeat(200_000)}`)
  const command = `"$NODE" "$BIN" anonymize "$DIR/many.csv" --policy default | head -n 1`
  expect(await surveyseal(command)).toEqual({ code: 0, stdout: 'npsScore\n', stderr: '' })
})

test('a keyring survives a pipe: keys new, mint, open', { timeout: 30_000 }, async () => {
  const scope = '--tenant t --survey s --purpose p --keyring "$DIR/keyring.json"'
  const { code, stdout, stderr } = await surveyseal(`
    "$NODE" "$BIN" keys new --out "$DIR/keyring.json" --json > /dev/null &&
    printf 'respondent\\n007\\n' |
    "$NODE" "$BIN" mint - ${scope} --base-url https://feedback.example --expires 2100-01-01 |
    "$NODE" "$BIN" open - ${scope}`)
  expect({ code, stderr, stdout }).toEqual({
    code: 0,
    stderr: '',
    stdout: 'respondent 007, survey s, key 1, expires 2100-01-01T00:00:00.000Z\n',
  })
})

test('a keyring may come from a pipe that the command was handed', { timeout: 30_000 }, async () => {
  const scope = '--tenant t --survey s --purpose p --keyring /dev/stdin'
  const { code, stdout, stderr } = await surveyseal(`
    "$NODE" "$BIN" keys new --out "$DIR/piped.json" --json > /dev/null &&
    printf 'respondent\\n007\\n' > "$DIR/invitees.csv" &&
    cat "$DIR/piped.json" |
    "$NODE" "$BIN" mint "$DIR/invitees.csv" ${scope} --base-url https://feedback.example --expires 2100-01-01 --json &&
    cat "$DIR/piped.json" | "$NODE" "$BIN" keys rotate --keyring /dev/stdin`)
  expect({ code, stdout: JSON.parse(stdout).respondent, stderr }).toEqual({
    code: 1,
    stdout: '007',
    stderr: expect.stringContaining('ERR_LINK_KEYRING_INVALID: the keyring is refused: it is not a regular file'),
  })
})

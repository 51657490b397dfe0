import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLedger, generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
import { ledgerStore, migrate } from '@surveyseal/stores'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { expect, test } from 'vitest'
import { surveyseal, temporaryFolder } from './support.js'

const LOG = 'feedback.example/consents'
const keys = await generateLedgerKeys(LOG)

/** A log of nine entries, one of them erased, in a file of its own, and the options that name it. */
async function logInFile() {
  const folder = await temporaryFolder()
  const file = join(folder, 'log.db')
  const [signer, known] = [join(folder, 'signer.key'), join(folder, 'known.txt')]
  await writeFile(signer, `${keys.signerKey}\n`, { mode: 0o600 })
  const database = await openSqlite(file)
  await migrate(database)
  const ledger = createLedger({
    store: ledgerStore(database, { tenant: 'acme' }),
    signer: await loadSigner(keys.signerKey),
  })
  await ledger.appendAll(Array.from({ length: 9 }, (_, at) => ({ bytes: new TextEncoder().encode(`entry ${at}`) })))
  await ledger.erase(2, { status: 'withdrawn' })
  await database.close()
  const options = [LOG, '--database', file, '--tenant', 'acme']
  return {
    file,
    known,
    folder: join(folder, 'exported'),
    exported: ['ledger', 'export', ...options, '--out', join(folder, 'exported')],
    sign: ['ledger', 'checkpoint', ...options, '--signer', signer],
    verify: ['ledger', 'verify', ...options, '--key', keys.verifierKey],
  }
}

async function change(file: string, statement: string): Promise<void> {
  const database = await openSqlite(file)
  await database.query(statement)
  await database.close()
}

test('a log is signed, walked through, and what was proved and what was not is said', async () => {
  const { sign, verify } = await logInFile()
  const signed = await surveyseal(sign)
  expect(signed).toMatchObject({ code: 0, stderr: '' })
  expect(signed.stdout).toMatch(/^feedback\.example\/consents\n9\n/)
  expect(JSON.parse((await surveyseal([...sign, '--json'])).stdout)).toEqual({ checkpoint: signed.stdout })

  const verified = await surveyseal(verify)
  expect(verified).toMatchObject({ code: 0, stderr: '' })
  expect(verified.stdout).toContain('feedback.example/consents: 9 entries, 1 erased, newest checkpoint over 9\n')
  expect(verified.stdout).toContain('not proved: no-newer-entries-dropped\n')
  const json = JSON.parse((await surveyseal([...verify, '--json'])).stdout)
  expect(json).toMatchObject({ ok: true, size: 9, erased: 1, checkpoint: { size: 9, cosignatures: [] } })
  expect(json.proved).toContain('log-signed-checkpoint')
})

test('the first bad entry is named, and ends the command with 1', async () => {
  const { file, verify } = await logInFile()
  await change(file, "UPDATE surveyseal_ledger_entries SET bytes = x'00' WHERE place >= 6")
  const text = await surveyseal(verify)
  expect(text).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^refused: ERR_LEDGER_ENTRY_MISMATCH: entry 6: /),
  })
  const json = JSON.parse((await surveyseal([...verify, '--json'])).stdout)
  expect(json).toMatchObject({ ok: false, code: 'ERR_LEDGER_ENTRY_MISMATCH', first: 6, last: 6 })
})

test('a log that was set back is found out by a checkpoint kept elsewhere, and signs nothing more', async () => {
  const { file, known, sign, verify } = await logInFile()
  await writeFile(known, (await surveyseal(sign)).stdout)
  await change(file, 'UPDATE surveyseal_ledger_heads SET size = 8, frontier = substr(frontier, 1, 32)')
  await change(file, 'DELETE FROM surveyseal_ledger_entries WHERE place = 8')
  expect(await surveyseal(sign)).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_LEDGER_ROLLBACK') })
  await change(file, 'DELETE FROM surveyseal_ledger_checkpoints')
  expect(await surveyseal(verify)).toMatchObject({ code: 0 })
  const found = await surveyseal([...verify, '--known', known])
  expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('ERR_LEDGER_ROLLBACK: entry 8') })
})

test('a log is exported to a directory and walked through there, where the first bad entry is named', async () => {
  const { folder, exported, sign, known } = await logInFile()
  expect(await surveyseal(exported)).toMatchObject({ code: 2, stderr: expect.stringContaining('has no checkpoint') })
  const { stdout: note } = await surveyseal(sign)
  expect(await surveyseal(exported)).toEqual({ code: 0, stderr: '', stdout: '9 entries in 3 files\n' })
  expect(await surveyseal(exported)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ERR_CLI_FILE_UNWRITABLE'),
  })
  expect((await readdir(folder)).sort()).toEqual(['checkpoint', 'tile'])
  expect(await readFile(join(folder, 'checkpoint'), 'utf8')).toBe(note)

  const verify = ['ledger', 'verify', folder, '--key', keys.verifierKey]
  const verified = await surveyseal(verify)
  expect(verified).toMatchObject({ code: 0, stderr: '' })
  expect(verified.stdout).toContain('feedback.example/consents: 9 entries, newest checkpoint over 9\n')
  expect(verified.stdout).toContain('not proved: content-of-entries\n')
  expect(JSON.parse((await surveyseal([...verify, '--json'])).stdout)).toMatchObject({ ok: true, size: 9 })
  await writeFile(known, note)
  expect(await surveyseal([...verify, '--known', known])).toMatchObject({ code: 0 })

  await truncate(join(folder, 'tile/entries/000.p/9'), 34 * 4 + 1)
  const found = JSON.parse((await surveyseal([...verify, '--json'])).stdout)
  expect(found).toMatchObject({ ok: false, code: 'ERR_LEDGER_ENTRY_MISSING', first: 4, last: 4 })
})

test('of a database that is damaged somewhere the first entry that this hides is named, whichever page it is', async () => {
  const { file, sign, verify } = await logInFile()
  const database = await openSqlite(file)
  const ledger = createLedger({
    store: ledgerStore(database, { tenant: 'acme' }),
    signer: await loadSigner(keys.signerKey),
  })
  await ledger.appendAll(Array.from({ length: 300 }, (_, at) => ({ bytes: new Uint8Array(60).fill(at) })))
  await database.close()
  await surveyseal(sign)
  const whole = await readFile(file)
  const size = 4096
  const pageOf = async (table: string) => {
    const database = await openSqlite(file)
    const [row] = await database.query('SELECT rootpage FROM sqlite_schema WHERE name = $1', [table])
    await database.close()
    return Number(row?.['rootpage'])
  }
  const told = new Set<string>()
  for (let page = 1; page * size < whole.length; page++) {
    const damaged = Uint8Array.from(whole)
    damaged.fill(0xff, page * size, (page + 1) * size)
    await writeFile(file, damaged)
    const { code, stdout, stderr } = await surveyseal([...verify, '--json'])
    if (code === 0) continue
    const { code: what, first } = JSON.parse(stdout || '{}')
    told.add(what === undefined ? 'file' : what)
    if (what === undefined) expect(stderr).toContain('ERR_STORE_NOT_A_DATABASE')
    else expect(first, `page ${page + 1}`).toEqual(expect.any(Number))
  }
  await writeFile(file, whole)
  expect(told).toContain('ERR_LEDGER_ENTRY_MISSING')
  expect(told).toContain('ERR_LEDGER_NODE_MISMATCH')
  // Where the whole table, or its head, cannot be found, no entry is more to blame than another.
  const root = await pageOf('surveyseal_ledger_heads')
  const damaged = Uint8Array.from(whole)
  damaged.fill(0xff, (root - 1) * size, root * size)
  await writeFile(file, damaged)
  expect((await surveyseal(verify)).stderr).toContain('ERR_STORE_NOT_A_DATABASE')
})

test('a directory in which somebody put something else in the place of a file has a first bad entry, and is not waited for', async () => {
  const { folder, exported, sign } = await logInFile()
  await surveyseal(sign)
  await surveyseal(exported)
  const verify = ['ledger', 'verify', folder, '--key', keys.verifierKey, '--json']
  const [bundle, tile] = [join(folder, 'tile/entries/000.p/9'), join(folder, 'tile/0/000.p/9')]
  const put: Record<string, (path: string) => unknown> = {
    nothing: () => undefined,
    'a pipe': (path) => execFileSync('mkfifo', [path]),
    'an endless device': (path) => symlink('/dev/zero', path),
    'a link to itself': (path) => symlink(path, path),
    'a link out of the directory': (path) => symlink('/etc/passwd', path),
    'a directory': (path) => mkdir(path),
    'a file without end': (path) => writeFile(path, '').then(() => truncate(path, 2 ** 40)),
  }
  for (const path of [bundle, tile]) {
    const honest = await readFile(path)
    for (const [what, make] of Object.entries(put)) {
      await rm(path, { recursive: true })
      await make(path)
      const { code, stdout } = await surveyseal(verify)
      expect(code, what).toBe(1)
      expect(JSON.parse(stdout), what).toMatchObject({
        code: expect.stringMatching(/^ERR_LEDGER_/),
        first: expect.any(Number),
      })
      if (what === 'nothing') await writeFile(path, '')
    }
    await rm(path, { recursive: true })
    await writeFile(path, honest)
  }
  await rm(join(folder, 'tile/0'), { recursive: true })
  await writeFile(join(folder, 'tile/0'), '')
  expect(JSON.parse((await surveyseal(verify)).stdout)).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISMATCH', first: 0 })
  await rm(join(folder, 'checkpoint'))
  execFileSync('mkfifo', [join(folder, 'checkpoint')])
  expect(await surveyseal(verify)).toMatchObject({ stderr: expect.stringContaining('ERR_CLI_FILE_UNREADABLE') })
})

test('a directory that is no exported log, or a database without its tenant, is wrong usage', async () => {
  const { folder, verify, file } = await logInFile()
  const key = ['--key', keys.verifierKey]
  expect(await surveyseal(['ledger', 'verify', folder, ...key])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ERR_CLI_FILE_UNREADABLE'),
  })
  expect(await surveyseal(['ledger', 'verify', LOG, '--database', file, ...key])).toMatchObject({ code: 2 })
  expect(await surveyseal(verify)).toMatchObject({ code: 0 })
})

test('ERR_CLI_USAGE: the key of another log, a quorum that is no number, and no secret is shown', async () => {
  const { sign, verify } = await logInFile()
  const other = await surveyseal(sign.with(2, 'other.example'))
  expect(other).toMatchObject({ code: 2, stdout: '' })
  expect(other.stderr).not.toContain(keys.signerKey.slice(-20))
  expect(await surveyseal([...verify, '--quorum', 'two'])).toMatchObject({ code: 2 })
  expect(await surveyseal(verify.slice(0, -2))).toMatchObject({ code: 2 })
})

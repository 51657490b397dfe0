import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createLedger, generateLedgerKeys, type Ledger, loadSigner, verifyLedger } from '@surveyseal/ledger'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerStore } from '../src/ledger-store.js'
import { schema } from '../src/lib/schema.js'
import { loadSqliteDriver } from '../src/lib/sqlite-driver.js'
import { namesOfTables } from '../src/lib/tables.js'
import { migrate } from '../src/migrate.js'
import type { Sql } from '../src/sql.js'
import { openSqlite } from '../src/sqlite.js'

const ORIGIN = 'feedback.example/consents'
const keys = await generateLedgerKeys(ORIGIN)
const signer = await loadSigner(keys.signerKey)
const policy = { log: keys.verifierKey }

/** `SURVEYSEAL_CUTS=all` cuts the file of a whole database at every byte too, which takes minutes. */
const STEP = process.env['SURVEYSEAL_CUTS'] === 'all' ? 1 : 1021

let directory = ''
beforeAll(() => {
  // In memory where there is such a place: most of the time would go to waiting for a disk, ten thousands of times.
  directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'surveyseal-cut-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const storeOf = (sql: Sql) => ledgerStore(sql, { tenant: 'acme' })

/** A file of the tables of a ledger and no others, in the smallest pages there are, so that every byte of it can be tried. */
async function smallFile(name: string): Promise<string> {
  const path = join(directory, name)
  const { DatabaseSync } = await loadSqliteDriver()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA page_size = 512')
  const tables = namesOfTables()
  for (const statement of schema('sqlite', tables)) if (/ledger/.test(statement)) database.exec(statement)
  database.close()
  return path
}

async function fill(sql: Sql, { count, length }: { count: number; length: number }): Promise<Ledger<Sql>> {
  const ledger = createLedger({ store: storeOf(sql), signer })
  for (let number = 0; number < count; number++) {
    await ledger.append({ bytes: new TextEncoder().encode(`entry ${number} `.padEnd(length, '.')) })
  }
  return ledger
}

/** Everything a log is, as text: two logs are one when it is the same. */
async function contentOf(sql: Sql, size = Number.MAX_SAFE_INTEGER): Promise<string> {
  const store = storeOf(sql)
  const entries = await store.entries(ORIGIN, { from: 0, to: size })
  return JSON.stringify(entries, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  )
}

let verdicts = 0

interface Verdict {
  /** `whole`, or the code of the refusal. */
  readonly verdict: string
  readonly first: number | null
  /** Of a log that passed. */
  readonly content: string | null
  readonly size: number | null
}

/** What comes of opening the files and walking through the log in them. */
async function verdictOn(files: Readonly<Record<string, Uint8Array>>, known: readonly string[]): Promise<Verdict> {
  const path = join(directory, 'cut.db')
  // The driver for Node.js 20 closes a file when its statements are collected, and a process may have 20,000 files open.
  verdicts += 1
  if (verdicts % 1000 === 0) collectGarbage()
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  for (const [suffix, bytes] of Object.entries(files)) writeFileSync(path + suffix, bytes)
  try {
    const sql = await openSqlite(path)
    try {
      const { size } = await verifyLedger(storeOf(sql), { policy, known })
      return { verdict: 'whole', first: null, content: await contentOf(sql), size }
    } finally {
      await sql.close()
    }
  } catch (error) {
    const { code, first = null } = error as { code?: unknown; first?: number }
    return { verdict: String(code ?? error), first, content: null, size: null }
  }
}

describe('a file that was cut off', () => {
  test('of a small ledger is refused with a code, at whatever byte, with nothing kept elsewhere to compare it with', async () => {
    const path = await smallFile('small.db')
    const sql = await openSqlite(path)
    const ledger = await fill(sql, { count: 7, length: 20 })
    const known = [await ledger.checkpoint()]
    await sql.close()
    const whole = readFileSync(path)
    expect(await verdictOn({ '': whole }, known)).toMatchObject({ verdict: 'whole', size: 7 })
    const seen = new Set<string>()
    for (let length = 0; length < whole.length; length++) {
      const { verdict } = await verdictOn({ '': whole.subarray(0, length) }, [])
      expect(verdict, `cut at ${length} of ${whole.length}`).toMatch(/^ERR_(STORE|LEDGER)_/)
      seen.add(verdict.split('_')[1] ?? '')
    }
    // SQLite misses pages; what is missing of its last page only the walk tells.
    expect([...seen].sort()).toEqual(['LEDGER', 'STORE'])
  }, 120_000)

  test('of a whole database never passes for the whole log', async () => {
    const path = join(directory, 'large.db')
    const sql = await openSqlite(path)
    await migrate(sql)
    const ledger = await fill(sql, { count: 30, length: 180 })
    const known = [await ledger.checkpoint()]
    await sql.close()
    const whole = readFileSync(path)
    for (let length = 0; length < whole.length; length += STEP) {
      const { verdict } = await verdictOn({ '': whole.subarray(0, length) }, known)
      expect(verdict, `cut at ${length} of ${whole.length}`).toMatch(/^ERR_(STORE|LEDGER)_/)
    }
  }, 7_200_000)
})

describe('a write-ahead log that was cut off, at whatever byte,', () => {
  test('leaves the log as it was after some entry, and whoever kept a checkpoint is told the first that is missing', async () => {
    const path = await smallFile('wal.db')
    const sql = await openSqlite(path)
    const ledger = await fill(sql, { count: 1, length: 20 })
    await ledger.scrub()
    await fill(sql, { count: 2, length: 30 })
    const known = [await ledger.checkpoint()]
    const whole = await contentOf(sql)
    const file = readFileSync(path)
    const wal = readFileSync(`${path}-wal`)
    await sql.close()
    const sizes = new Set<number>()
    for (let length = 0; length <= wal.length; length++) {
      const files = { '': file, '-wal': wal.subarray(0, length) }
      const cut = await verdictOn(files, [])
      expect(cut.verdict, `cut at ${length} of ${wal.length}`).toBe('whole')
      const size = cut.size ?? -1
      expect(JSON.parse(cut.content ?? '')).toEqual(JSON.parse(whole).slice(0, size))
      // Only where more or less is kept can a checkpoint tell anything new.
      if (sizes.has(size)) continue
      sizes.add(size)
      const told = await verdictOn(files, known)
      expect(told).toMatchObject(size < 3 ? { verdict: 'ERR_LEDGER_ROLLBACK', first: size } : { verdict: 'whole' })
    }
    expect([...sizes]).toEqual([1, 2, 3])
  }, 120_000)
})

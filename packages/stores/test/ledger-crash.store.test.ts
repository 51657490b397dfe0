import { readFileSync, statSync } from 'node:fs'
import { createLedger, generateLedgerKeys, type Ledger, loadSigner, verifyLedger } from '@surveyseal/ledger'
import { verifyTlogProof } from '@surveyseal/ledger/verify'
import { beforeEach, expect, test } from 'vitest'
import { ledgerStore } from '../src/ledger-store.js'
import type { Sql } from '../src/sql.js'
import { type Child, letGo } from './support/children.js'
import { childrenPerSuite, databasePerTest, onEngines, onSqlite } from './support/suites.js'

const keys = await generateLedgerKeys('feedback.example/consents')
const signer = await loadSigner(keys.signerKey)
const policy = { log: keys.verifierKey }
const ORIGIN = 'feedback.example/consents'
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array())

onEngines('a log', (engine) => {
  const database = databasePerTest(engine)
  const children = childrenPerSuite()
  let ledger: Ledger<Sql>

  beforeEach(async () => {
    ledger = createLedger({ store: ledgerStore(database.sql, { tenant: 'acme' }), signer })
  })

  async function race(names: readonly string[], count: number): Promise<readonly Child[]> {
    const racers = names.map((who) => children.spawn('log', { args: [database.target, who, count, keys.signerKey] }))
    await letGo(racers)
    return racers
  }

  /** What every acknowledgement said, by place, is what the log holds there. */
  async function expectKept(acknowledged: readonly string[]): Promise<void> {
    const size = await ledger.size()
    const entries = await ledgerStore(database.sql, { tenant: 'acme' }).entries(ORIGIN, { from: 0, to: size })
    const kept = entries.map(({ index, bytes }) => `${index} ${decode(bytes)}`)
    expect(kept).toHaveLength(size)
    expect(kept).toEqual(expect.arrayContaining([...acknowledged]))
    expect(new Set(acknowledged.map((line) => line.split(' ')[0])).size).toBe(acknowledged.length)
  }

  test('four processes append at once: every acknowledged entry is in its place, without a gap, and the log verifies', async () => {
    const racers = await race(['ada', 'bob', 'cyd', 'dan'], 50)
    for (const racer of racers) expect(await racer.exit, racer.errors()).toBe(0)
    const acknowledged = racers.flatMap(({ lines }) => lines.slice(1))
    expect(acknowledged).toHaveLength(200)
    await expectKept(acknowledged)
    expect(await ledger.size()).toBe(200)
    await ledger.checkpoint()
    expect(await verifyLedger(ledgerStore(database.sql, { tenant: 'acme' }), { policy })).toMatchObject({ size: 200 })
  })

  test('after kill -9 no acknowledged entry is lost, there is no gap, and the log goes on', async () => {
    const acknowledged: string[] = []
    for (const after of [1, 20, 40]) {
      const racers = await race([`ada${after}`, `bob${after}`], 500)
      const [killed] = racers as [Child]
      await killed.printed(1 + after)
      for (const { process } of racers) process.kill('SIGKILL')
      for (const racer of racers) {
        await racer.exit
        acknowledged.push(...racer.lines.slice(1))
      }
      await expectKept(acknowledged)
      // Of each process at most one entry was kept and not yet acknowledged.
      expect((await ledger.size()) - acknowledged.length).toBeLessThanOrEqual(2 + 2 * [1, 20, 40].indexOf(after))
    }
    await ledger.append({ bytes: encode('after the crash') })
    await ledger.checkpoint()
    const store = ledgerStore(database.sql, { tenant: 'acme' })
    expect(await verifyLedger(store, { policy })).toMatchObject({ size: await ledger.size() })
  })

  test('a log that was set back or changed behind its back signs no further checkpoint, and the walk names where', async () => {
    for (let number = 0; number < 9; number++) await ledger.append({ bytes: encode(`entry ${number}`) })
    const known = await ledger.checkpoint()
    const { sql } = database
    const store = ledgerStore(sql, { tenant: 'acme' })
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => null,
        (error: unknown) => error,
      )

    await sql.query('UPDATE surveyseal_ledger_entries SET bytes = $1 WHERE place = 6', [encode('entry six')])
    expect(await code(verifyLedger(store, { policy }))).toMatchObject({
      code: 'ERR_LEDGER_ENTRY_MISMATCH',
      first: 6,
      last: 6,
    })
    await sql.query('UPDATE surveyseal_ledger_entries SET bytes = $1 WHERE place = 6', [encode('entry 6')])
    expect(await verifyLedger(store, { policy, known: [known] })).toMatchObject({ size: 9 })

    const other = await openLogOf(sql, 'rollback')
    await sql.query("UPDATE surveyseal_ledger_checkpoints SET tenant = 'rollback' WHERE tenant = 'acme'")
    await other.append({ bytes: encode('a fork of one entry') })
    expect(await code(other.checkpoint())).toMatchObject({ code: 'ERR_LEDGER_ROLLBACK' })
    for (let number = 0; number < 9; number++) await other.append({ bytes: encode(`other ${number}`) })
    expect(await code(other.checkpoint())).toMatchObject({ code: 'ERR_LEDGER_FORK' })
    const forked = ledgerStore(sql, { tenant: 'rollback' })
    expect(await code(verifyLedger(forked, { policy }))).toMatchObject({ code: 'ERR_LEDGER_FORK', first: 0, last: 8 })
  })

  test('an entry is logged in the transaction of the host, or not at all', async () => {
    await database.sql.query('CREATE TABLE answers (text TEXT NOT NULL)')
    const attempt = (fails: boolean) =>
      ledger.transaction(async (inner, tx) => {
        await tx.query('INSERT INTO answers (text) VALUES ($1)', ['an answer'])
        const { index } = await inner.append({ bytes: encode('an event') })
        if (fails) throw new Error('the host changed its mind')
        return index
      })
    await expect(attempt(true)).rejects.toThrow('the host')
    expect(await attempt(false)).toBe(0)
    expect(await database.sql.query('SELECT text FROM answers')).toHaveLength(1)
    expect(await ledger.size()).toBe(1)
  })
})

async function openLogOf(sql: Sql, tenant: string): Promise<Ledger<Sql>> {
  return createLedger({ store: ledgerStore(sql, { tenant }), signer })
}

onSqlite('erasing', (engine) => {
  const database = databasePerTest(engine)
  let file = ''

  beforeEach(() => {
    file = 'file' in database.target ? database.target.file : ''
  })

  /** How often a text lies in the files of the database. */
  function occurrences(canary: string): number {
    return [file, `${file}-wal`].reduce((sum, path) => {
      const content = statSync(path, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(path, 'latin1')
      return sum + content.split(canary).length - 1
    }, 0)
  }

  test('a canary search finds the erased bytes and salt neither in the file nor in its log, whatever their length and neighbours', async () => {
    const ledger = await openLogOf(database.sql, 'acme')
    const canaries: { index: number; canary: string; salt: string }[] = []
    const proofs: string[] = []
    for (let number = 0; number < 240; number++) {
      const canary = `canary-${number}-${Math.random().toString(36).slice(2)}`
      const length = [1, 40, 900, 5000, 70_000][number % 5] ?? 1
      const bytes = encode(canary.repeat(Math.ceil(length / canary.length)))
      const salt = `salt-${number}-`.padEnd(32, canary.split('-')[2])
      const { index } = await ledger.append({ bytes, salt: encode(salt) })
      canaries.push({ index, canary, salt })
      proofs.push(await ledger.attest(index))
    }
    for (const { canary, salt } of canaries) expect(occurrences(canary) + occurrences(salt)).toBeGreaterThan(1)
    const erased = canaries.filter(({ index }) => index % 3 !== 0)
    for (const { index } of erased) {
      expect(await ledger.erase(index, { status: 'withdrawn' })).toMatchObject({ scrubbed: true })
    }
    for (const { canary, salt } of erased) expect(occurrences(canary) + occurrences(salt), canary).toBe(0)
    for (const { index, canary } of canaries) if (index % 3 === 0) expect(occurrences(canary)).toBeGreaterThan(0)
    const store = ledgerStore(database.sql, { tenant: 'acme' })
    expect(await verifyLedger(store, { policy })).toMatchObject({ size: 240, erased: erased.length })
    for (const { index } of erased) {
      const { commitment } = await ledger.read(index)
      expect(await verifyTlogProof(proofs[index] ?? '', { entry: commitment, policy })).toMatchObject({ index })
    }
  })

  test('inside a transaction the log is not emptied, and scrub does so afterwards', async () => {
    const ledger = await openLogOf(database.sql, 'acme')
    await ledger.append({ bytes: encode('canary-in-a-transaction') })
    const { scrubbed } = await ledger.transaction((inner) => inner.erase(0, {}))
    expect(scrubbed).toBe(false)
    expect(occurrences('canary-in-a-transaction')).toBeGreaterThan(0)
    expect(await ledger.scrub()).toBe(true)
    expect(occurrences('canary-in-a-transaction')).toBe(0)
  })
})

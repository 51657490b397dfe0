import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkStatements } from '../src/lib/link-statements.js'
import { namesOfTables } from '../src/lib/tables.js'
import { linkStore } from '../src/link-store.js'
import { migrate } from '../src/migrate.js'
import type { SqlValue } from '../src/sql.js'
import { openSqlite } from '../src/sqlite.js'
import { watch } from './support/children.js'
import { linkRecord } from './support/links.js'
import { childrenPerSuite } from './support/suites.js'

// Root may write anywhere, so what must not be allowed to write runs as everyone's least user.
const uid = process.getuid?.() === 0 ? 65534 : undefined

describe('SQLite', () => {
  let directory: string
  const children = childrenPerSuite()
  let files = 0

  const file = (): string => {
    files += 1
    return join(directory, `${files}.db`)
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'surveyseal-sqlite-'))
    chmodSync(directory, 0o755)
  })
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true })
  })

  test('every commit reaches the disk, deleted bytes are overwritten', async () => {
    const database = await openSqlite(file())
    const settings = await Promise.all(
      ['journal_mode', 'synchronous', 'secure_delete'].map((name) => database.query(`PRAGMA ${name}`)),
    )
    expect(settings.map(([row]) => Object.values(row ?? {})[0])).toEqual(['wal', 2, 1])
    await database.close()
  })

  test('what was erased is in neither the file nor its log once the log was taken in', async () => {
    const path = file()
    const database = await openSqlite(path)
    await migrate(database)
    await linkStore(database, { tenant: 'acme' }).issue([linkRecord('d', { respondent: 'canary-7f3a' })], 0)
    await database.query('DELETE FROM surveyseal_links')
    await database.query('PRAGMA wal_checkpoint(TRUNCATE)')
    for (const suffix of ['', '-wal']) expect(readFileSync(path + suffix, 'latin1')).not.toContain('canary-7f3a')
    await database.close()
  })

  test('a database in memory works the same way', async () => {
    const database = await openSqlite(':memory:')
    await migrate(database)
    const links = linkStore(database, { tenant: 'acme' })
    await links.issue([linkRecord('d')], 0)
    const during = links.transaction(async (inner) => {
      await inner.spend(linkRecord('d'), { idempotencyKey: 'k', at: 1 })
      throw new Error('undone')
    })
    // Asked for while the transaction is open: it has to wait, or it would see what is undone.
    expect((await links.find(linkRecord('d')))?.usesLeft).toBe(1)
    await expect(during).rejects.toThrow('undone')
    await database.close()
  })

  test('a database that was closed is unavailable, closing it again does nothing', async () => {
    const database = await openSqlite(file())
    const last = database.query('CREATE TABLE t (id INTEGER)')
    await Promise.all([database.close(), last, database.close()])
    await database.close()
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })
    await expect(database.transaction(async () => 1)).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })
  })

  test.each([
    ['text', Buffer.from('To be, or not to be. '.repeat(500))],
    ['a header of another format', Buffer.concat([Buffer.from('SQLite format 2\0'), Buffer.alloc(4096)])],
    [
      'a header with nothing sound behind it',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080, 0xa5)]),
    ],
  ])('ERR_STORE_NOT_A_DATABASE: a file of %s, which stays as it is', async (_what, content) => {
    const path = file()
    writeFileSync(path, content)
    await expect(openSqlite(path)).rejects.toMatchObject({ code: 'ERR_STORE_NOT_A_DATABASE' })
    expect(readFileSync(path).equals(content)).toBe(true)
  })

  test('ERR_STORE_NOT_A_DATABASE: a file that lost its pages', async () => {
    const path = file()
    const database = await openSqlite(path)
    await migrate(database)
    await linkStore(database, { tenant: 'acme' }).issue(
      Array.from({ length: 500 }, (_, link) => linkRecord(`digest-${link}`)),
      0,
    )
    await database.close()
    const content = readFileSync(path)
    writeFileSync(path, content.fill(0xa5, 4096))
    // Found out when the file is opened if the schema itself went beyond its first page, else by whoever reads.
    const read = async () => {
      const damaged = await openSqlite(path)
      const links = linkStore(damaged, { tenant: 'acme' })
      await links.find(linkRecord('digest-1')).finally(() => damaged.close())
    }
    await expect(read()).rejects.toMatchObject({ code: 'ERR_STORE_NOT_A_DATABASE' })
  })

  test('ERR_STORE_UNAVAILABLE: a folder that is not there, a path that is a folder', async () => {
    await expect(openSqlite(join(directory, 'nowhere', 'a.db'))).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
    })
    await expect(openSqlite(directory)).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })
  })

  test('ERR_STORE_READ_ONLY: a folder in which nothing may be written, with and without a database', async () => {
    const locked = join(directory, 'locked')
    mkdirSync(locked)
    const path = file()
    const database = await openSqlite(path)
    await database.close()
    copyFileSync(path, join(locked, 'present.db'))
    chmodSync(join(locked, 'present.db'), 0o444)
    chmodSync(locked, 0o555)
    for (const name of ['present.db', 'absent.db']) {
      const child = children.spawn('open', { args: [join(locked, name), true], ...(uid === undefined ? {} : { uid }) })
      expect(await child.exit, child.errors()).toBe(0)
      expect(child.lines).toEqual(['ERR_STORE_READ_ONLY'])
    }
    chmodSync(locked, 0o755)
  })

  test('ERR_STORE_READ_ONLY: a database that stops taking writes keeps what it acknowledged', async () => {
    const database = await openSqlite(file())
    await migrate(database)
    const links = linkStore(database, { tenant: 'acme' })
    await links.issue([linkRecord('d')], 0)
    await database.query('PRAGMA query_only = ON')
    await expect(links.spend(linkRecord('d'), { idempotencyKey: 'k', at: 1 })).rejects.toMatchObject({
      code: 'ERR_STORE_READ_ONLY',
    })
    await database.query('PRAGMA query_only = OFF')
    expect(await links.spend(linkRecord('d'), { idempotencyKey: 'k', at: 1 })).toBe('spent')
    await database.close()
  })

  test('ERR_STORE_FULL: a batch that does not fit leaves nothing, and the next that fits is kept', async () => {
    const database = await openSqlite(file())
    await migrate(database)
    const links = linkStore(database, { tenant: 'acme' })
    const batch = Array.from({ length: 5000 }, (_, link) => linkRecord(`digest-${link}`))
    await database.query('PRAGMA max_page_count = 100')
    await expect(links.issue(batch, 0)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    expect(await links.find(linkRecord('digest-0'))).toBeNull()
    await links.issue(batch.slice(0, 10), 0)
    expect(await links.find(linkRecord('digest-0'))).toEqual(linkRecord('digest-0'))
    await database.close()
  })

  test('ERR_STORE_BUSY: a lock that another process does not let go, without stopping this one', async () => {
    const path = file()
    const database = await openSqlite(path, { busyTimeout: 300 })
    await database.query('CREATE TABLE t (id INTEGER)')
    const holder = await openSqlite(path)
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 10)
    await holder.transaction(async (tx) => {
      await tx.query('INSERT INTO t (id) VALUES (1)')
      await expect(database.query('INSERT INTO t (id) VALUES (2)')).rejects.toMatchObject({ code: 'ERR_STORE_BUSY' })
      expect(await database.query('SELECT id FROM t')).toEqual([])
    })
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(3)
    await database.query('INSERT INTO t (id) VALUES (3)')
    expect(await holder.query('SELECT id FROM t')).toHaveLength(2)
    await Promise.all([database.close(), holder.close()])
  })

  test('ERR_STORE_BUSY: a transaction that waits for itself', async () => {
    const database = await openSqlite(file(), { busyTimeout: 100 })
    await expect(database.transaction(async () => database.query('CREATE TABLE t (id INTEGER)'))).rejects.toMatchObject(
      { code: 'ERR_STORE_BUSY' },
    )
    await database.query('CREATE TABLE t (id INTEGER)')
    await database.close()
  })

  test('a long queue of short transactions is no reason to give up', async () => {
    const database = await openSqlite(file(), { busyTimeout: 300 })
    await database.query('CREATE TABLE t (id INTEGER)')
    const pause = (tx: unknown) => new Promise((resolve) => setTimeout(resolve, 10, tx))
    await Promise.all(Array.from({ length: 60 }, () => database.transaction(pause)))
    await database.close()
  })

  test('every statement on links finds its rows through the index made for it, without statistics and with many rows', async () => {
    const database = await openSqlite(':memory:')
    await migrate(database)
    const links = linkStore(database, { tenant: 'acme' })
    await links.issue(
      Array.from({ length: 3000 }, (_, link) => linkRecord(`digest-${link}`)),
      0,
    )
    const { find, note, use, isNoted, forget, revoke, existing, revokePredecessors } = linkStatements(namesOfTables())
    const key = ['acme', 'nps', 'survey', 'digest-1']
    const many = (name: string) => Array.from({ length: 256 }, (_, index) => `${name}-${index}`)
    const plans: [text: string, params: SqlValue[], path: string][] = [
      [find, key, 'survey=? AND purpose=? AND digest=?'],
      [note, [...key, 'k', 1], 'survey=? AND purpose=? AND digest=?'],
      [use, [...key, 1], 'survey=? AND purpose=? AND digest=?'],
      [isNoted, [...key, 'k'], 'survey=? AND purpose=? AND digest=? AND idempotency_key=?'],
      [forget, [...key, 'k'], 'survey=? AND purpose=? AND digest=? AND idempotency_key=?'],
      [
        revoke(['survey', 'purpose', 'digest']),
        ['acme', 1, 'nps', 'survey', 'd'],
        'survey=? AND purpose=? AND digest=?',
      ],
      [revoke(['survey', 'cohort']), ['acme', 1, 'nps', 'c'], 'survey=? AND cohort=?'],
      [revoke(['survey']), ['acme', 1, 'nps'], 'survey=?'],
      [revoke(['respondent']), ['acme', 1, 'r'], 'respondent=?'],
      [
        revoke(['survey', 'purpose', 'respondent']),
        ['acme', 1, 'nps', 'survey', 'r'],
        'respondent=? AND survey=? AND purpose=?',
      ],
      [existing(256), ['acme', 'nps', 'survey', ...many('d')], 'survey=? AND purpose=? AND digest=?'],
      [
        revokePredecessors(256),
        ['acme', 1, 'nps', 'survey', 0, ...many('r')],
        'respondent=? AND survey=? AND purpose=? AND serial=?',
      ],
    ]
    for (const [text, params, path] of plans) {
      const steps = await database.query(`EXPLAIN QUERY PLAN ${text}`, params)
      const searches = steps.map(({ detail }) => String(detail)).filter((detail) => detail.includes('surveyseal_link'))
      expect(searches, text).toEqual([expect.stringMatching(/^SEARCH /)])
      expect(searches[0], text).toContain(`(tenant=? AND ${path})`)
    }
    await database.close()
  })

  test('more different statements than are kept prepared all give the right answer', async () => {
    const database = await openSqlite(file())
    for (let round = 0; round < 2; round++) {
      for (let number = 0; number < 300; number++) {
        const [row] = await database.query(`SELECT ${number} AS number, $1 AS text`, [`${round}`])
        expect({ ...row }).toEqual({ number, text: `${round}` })
      }
    }
    await database.close()
  })

  test('ERR_STORE_DRIVER_MISSING: a runtime without SQLite, where the package is not installed either', async () => {
    const elsewhere = join(directory, 'open.mjs')
    copyFileSync(join(children.directory, 'open.mjs'), elsewhere)
    // pg is imported by the same program and not needed here.
    mkdirSync(join(directory, 'node_modules', 'pg'), { recursive: true })
    writeFileSync(join(directory, 'node_modules', 'pg', 'package.json'), '{"type":"module","exports":"./index.js"}')
    writeFileSync(join(directory, 'node_modules', 'pg', 'index.js'), 'export default {}')
    const child = watch(spawn(process.execPath, [elsewhere, JSON.stringify(file()), 'false']))
    expect(await child.exit, child.errors()).toBe(0)
    expect(child.lines).toEqual(['ERR_STORE_DRIVER_MISSING'])
  })

  test.each([[''], ['a\0b']])('the path %j is refused', async (path) => {
    await expect(openSqlite(path)).rejects.toThrow(RangeError)
  })

  test('a path that is no text and a time to wait that is none are refused', async () => {
    await expect(openSqlite(1 as never)).rejects.toThrow(TypeError)
    for (const busyTimeout of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(openSqlite(':memory:', { busyTimeout })).rejects.toThrow(RangeError)
    }
  })
})

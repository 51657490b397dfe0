import { readFileSync } from 'node:fs'
import { answerBufferContract } from '@surveyseal/links/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { answerBuffer } from '../src/answer-buffer.js'
import { loadSqliteDriver } from '../src/lib/sqlite-driver.js'
import { migrate } from '../src/migrate.js'
import type { Sql } from '../src/sql.js'
import type { TestDatabase } from './support/engines.js'
import { childrenPerSuite, databasePerTest, onEngines, onSqlite } from './support/suites.js'

const acme = { tenant: 'acme' }

onEngines('answerBuffer', (engine) => {
  const children = childrenPerSuite()

  describe('passes the contract of answer buffers', () => {
    const contract = answerBufferContract(async () => {
      const { sql, close } = await engine.database()
      await migrate(sql)
      await sql.query('CREATE TABLE host (text TEXT NOT NULL)')
      return {
        buffer: (tenant) => answerBuffer(sql, { tenant }),
        transaction: (run) => sql.transaction(run),
        write: async (tx, row) => {
          await tx.query('INSERT INTO host (text) VALUES ($1)', [row])
        },
        rows: async () => (await sql.query('SELECT text FROM host')).map(({ text }) => String(text)),
        close,
      }
    })
    for (const { name, run } of contract) test(name, run)
  })

  describe('besides', () => {
    const database = databasePerTest(engine)
    let sql: Sql

    beforeEach(async () => {
      sql = database.sql
      await sql.query('CREATE TABLE answers (body TEXT NOT NULL)')
    })

    async function addAll(answers: readonly string[], pool = 'nps'): Promise<void> {
      const buffer = answerBuffer(sql, acme)
      for (const answer of answers) await sql.transaction((tx) => buffer.add(tx, { pool, answer }))
    }

    async function accept(tx: Sql, answers: readonly string[]): Promise<void> {
      for (const answer of answers) await tx.query('INSERT INTO answers (body) VALUES ($1)', [answer])
    }

    async function texts(text: string): Promise<string[]> {
      return (await sql.query(text)).map((row) => String(Object.values(row)[0])).sort()
    }

    const released = () => texts('SELECT body FROM answers')
    const waiting = () => texts('SELECT answer FROM surveyseal_answer_buffer')

    test('after kill -9 every acknowledged answer waits or is out, once, and the next release goes on', async () => {
      await sql.query('CREATE TABLE batches (size INTEGER NOT NULL)')
      for (const [round, lines] of [3, 11, 2, 2, 11, 22, 2].entries()) {
        const child = children.spawn('release', { args: [database.target, `round${round}`] })
        await child.printed(lines)
        child.process.kill('SIGKILL')
        await child.exit
        const acknowledged = child.lines.filter((line) => line.startsWith('add ')).map((line) => line.slice(4))
        expect(acknowledged.length, child.errors()).toBeGreaterThan(0)
        const kept = [...(await released()), ...(await waiting())]
        expect(new Set(kept).size).toBe(kept.length)
        expect(kept).toEqual(expect.arrayContaining(acknowledged))
        const sizes = (await sql.query('SELECT size FROM batches')).map(({ size }) => Number(size))
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe((await released()).length)
        expect(Math.min(10, ...sizes)).toBe(10)
      }
      await addAll(Array.from({ length: 10 }, (_, at) => `last-${at}`))
      const last = await answerBuffer(sql, acme).release({ pool: 'nps', atLeast: 10, accept })
      expect(last).toMatchObject({ waiting: 0, rewritten: true })
      expect(await waiting()).toEqual([])
      expect(await texts('SELECT id FROM surveyseal_answer_rewrites')).toEqual([])
    })

    test('answers of other pools and tenants wait on, and keep nothing of the order they came in', async () => {
      const others = Array.from({ length: 30 }, (_, at) => `other ${String(at).padStart(2, '0')}`)
      await addAll(others, 'other')
      await addAll(['a', 'b', 'c'])
      await answerBuffer(sql, acme).release({ pool: 'nps', atLeast: 2, accept })
      expect(await waiting()).toEqual(others)
      if (engine.name === 'PostgreSQL') {
        const rows = await sql.query(
          'SELECT DISTINCT xmin::text AS xmin FROM surveyseal_answer_buffer UNION SELECT xmin::text FROM answers',
        )
        expect(rows).toHaveLength(1)
      }
    })

    test('discarded answers leave the disk too', async () => {
      await addAll(['canary-9c41', 'canary-1b07'])
      expect(await answerBuffer(sql, acme).discard('nps')).toBe(2)
      expect(await waiting()).toEqual([])
      if (!('file' in database.target)) return
      for (const suffix of ['', '-wal']) {
        expect(readFileSync(database.target.file + suffix, 'latin1')).not.toContain('canary-')
      }
    })

    test('submissions and releases at the same time lose nothing and give nothing twice', async () => {
      const other = await database.another()
      const all = Array.from({ length: 60 }, (_, at) => `answer ${at}`)
      const buffers = [answerBuffer(sql, acme), answerBuffer(other, acme)]
      await Promise.all([
        ...all.map((answer, at) => {
          const [database, buffer] = at % 2 === 0 ? [sql, buffers[0]] : [other, buffers[1]]
          return database.transaction(async (tx) => buffer?.add(tx, { pool: 'nps', answer }))
        }),
        ...[0, 1, 0, 1].map((at) => buffers[at]?.release({ pool: 'nps', atLeast: 5, accept })),
      ])
      expect([...(await released()), ...(await waiting())].sort()).toEqual([...all].sort())
    })

    test('a source of randomness that gives too little is refused', async () => {
      const buffer = answerBuffer(sql, { ...acme, randomBytes: () => new Uint8Array(3) })
      await expect(sql.transaction((tx) => buffer.add(tx, { pool: 'nps', answer: 'a' }))).rejects.toThrow(TypeError)
      expect(await waiting()).toEqual([])
    })

    test('a pool, an answer or a tenant that is no text is refused', async () => {
      const buffer = answerBuffer(sql, acme)
      expect(() => answerBuffer(sql, { tenant: '' })).toThrow(RangeError)
      await expect(sql.transaction((tx) => buffer.add(tx, { pool: 1 as never, answer: 'a' }))).rejects.toThrow(
        TypeError,
      )
      await expect(sql.transaction((tx) => buffer.add(tx, { pool: 'p', answer: {} as never }))).rejects.toThrow(
        TypeError,
      )
      await expect(buffer.release({ pool: null as never, atLeast: 2, accept })).rejects.toThrow(TypeError)
      await expect(buffer.discard(undefined as never)).rejects.toThrow(TypeError)
    })
  })
})

onSqlite('an answer buffer whose file cannot be rewritten at once', (engine) => {
  const database = databasePerTest(engine)

  beforeEach(async () => {
    await database.sql.query('CREATE TABLE answers (body TEXT NOT NULL)')
    const buffer = answerBuffer(database.sql, acme)
    for (const answer of ['canary-one', 'canary-two']) {
      await database.sql.transaction((tx) => buffer.add(tx, { pool: 'nps', answer }))
    }
  })

  const options = {
    pool: 'nps',
    atLeast: 2,
    accept: async (tx: Sql, answers: readonly string[]) => {
      for (const answer of answers) await tx.query('INSERT INTO answers (body) VALUES ($1)', [answer])
    },
  }

  /** How often both stand in the file and its log. */
  function copies(): number {
    if (!('file' in database.target)) throw new Error('no file')
    const { file } = database.target
    return ['', '-wal'].reduce((sum, end) => sum + readFileSync(file + end, 'latin1').split('canary-').length - 1, 0)
  }

  test('a process that died between the release and the rewriting leaves that to the next call', async () => {
    const dying: Sql = {
      ...{ dialect: 'sqlite', transaction: (run) => database.sql.transaction(run) },
      execute: (text, params) => database.sql.execute(text, params),
      query: async (text, params) => {
        if (text === 'VACUUM') throw new Error('killed')
        return database.sql.query(text, params)
      },
    }
    await expect(answerBuffer(dying, acme).release(options)).rejects.toThrow('killed')
    expect(copies()).toBeGreaterThan(2)
    const next = await answerBuffer(database.sql, acme).release(options)
    expect(next).toEqual({ released: 0, waiting: 0, rewritten: true })
    expect(copies()).toBe(2)
  })

  test('a reader that holds the log is told, and the next call cuts it', async () => {
    const reader = await database.another()
    let letGo = (): void => undefined
    let reads = (): void => undefined
    const reading = new Promise<void>((resolve) => {
      reads = resolve
    })
    // A transaction of another connection would exclude the writer; a snapshot that only reads is held by hand.
    const held = holdSnapshot(database, { reads: () => reads(), until: new Promise((resolve) => (letGo = resolve)) })
    await reading
    const first = await answerBuffer(database.sql, acme).release(options)
    expect(first).toEqual({ released: 2, waiting: 0, rewritten: false })
    letGo()
    await held
    expect(await answerBuffer(reader, acme).release(options)).toEqual({ released: 0, waiting: 0, rewritten: true })
    expect(copies()).toBe(2)
  })
})

/** Reads from the file in a transaction that stays open. */
async function holdSnapshot(
  { target }: TestDatabase,
  { reads, until }: { readonly reads: () => void; readonly until: Promise<void> },
): Promise<void> {
  if (!('file' in target)) throw new Error('no file')
  const { DatabaseSync } = await loadSqliteDriver()
  const connection = new DatabaseSync(target.file, { readOnly: true })
  connection.exec('BEGIN')
  connection.prepare('SELECT count(*) FROM surveyseal_links').all()
  reads()
  await until
  connection.exec('COMMIT')
  connection.close()
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DumpFile, type LinkagePair, type LinkageReport, testLinkage } from '@surveyseal/links/testing'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { answerBuffer } from '../src/answer-buffer.js'
import { dumpForLinkage } from '../src/dump-for-linkage.js'
import type { Sql } from '../src/sql.js'
import { type Invitee, pairOf, survey } from './support/invitees.js'
import { databasePerTest, onEngines } from './support/suites.js'
import { watchedWave } from './support/watched-wave.js'

const pairsAtLeast = 1000

// A thousand submissions and a thousand pairs take seconds on a machine that does nothing else.
vi.setConfig({ testTimeout: 240_000 })

onEngines('stored data', (engine) => {
  const database = databasePerTest(engine)
  let sql: Sql

  beforeEach(async () => {
    sql = database.sql
    await sql.query('CREATE TABLE answers (body TEXT NOT NULL)')
  })

  const add = (body: string) => (tx: Sql) =>
    answerBuffer(sql, { tenant: 'acme' }).add(tx, { pool: 'nps', answer: body })

  async function keep(tx: Sql, bodies: readonly string[]): Promise<void> {
    for (const body of bodies) await tx.query('INSERT INTO answers (body) VALUES ($1)', [body])
  }

  async function release(): Promise<void> {
    const { rewritten } = await answerBuffer(sql, { tenant: 'acme' }).release({
      pool: 'nps',
      atLeast: 20,
      accept: keep,
    })
    expect(rewritten).toBe(true)
  }

  /** What lies on the disk, after the server wrote all it has. */
  async function files(): Promise<readonly DumpFile[]> {
    if (engine.name === 'SQLite') return (await dumpForLinkage(sql)).files
    await sql.query('CHECKPOINT')
    const [row] = await sql.query(
      `SELECT current_setting('data_directory') || '/base/' || oid::text AS path FROM pg_database
WHERE datname = current_database()`,
    )
    const directory = String(row?.['path'])
    return readdirSync(directory).map((file) => ({ name: file, content: readFileSync(join(directory, file)) }))
  }

  /** Every relation of the schema; the others hold nothing of this test. */
  async function relations(): Promise<readonly DumpFile[]> {
    if (engine.name === 'SQLite') return files()
    const rows = await sql.query(
      `SELECT relname::text AS relation, relfilenode::text AS file FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i')`,
    )
    const names = new Map(rows.map(({ relation, file }) => [String(file), String(relation)]))
    return (await files()).flatMap(({ name: file, content }) => {
      const relation = names.get(file)
      return relation === undefined ? [] : [{ name: relation, content }]
    })
  }

  async function report(
    pairs: readonly LinkagePair[],
    answers = { table: 'answers', key: 'body.id' },
  ): Promise<LinkageReport> {
    const { tables } = await dumpForLinkage(sql)
    return testLinkage({ tables, files: await relations(), answers, pairs })
  }

  function expectChance({ findings, verdict, attacks }: LinkageReport): void {
    expect(findings).toEqual([])
    expect(verdict).toBe('chance')
    expect(attacks.filter(({ figures }) => figures > 0).map(({ attack }) => attack)).toEqual(
      expect.arrayContaining(['order', 'value', 'file-order']),
    )
  }

  async function answerAll(invitees: readonly Invitee[], answer: (invitee: Invitee) => Promise<void>): Promise<void> {
    for (const invitee of invitees) await answer(invitee)
  }

  test.each(['opaque', 'sealed'] as const)('after one release of answers by %s links nothing joins', async (kind) => {
    const { invitees, answer } = await survey(sql, kind, pairsAtLeast)
    await answerAll(invitees, (invitee) => answer(invitee, add(invitee.body)))
    const waiting = await report(
      invitees.map((invitee) => pairOf(invitee)),
      {
        table: 'surveyseal_answer_buffer',
        key: 'answer.id',
      },
    )
    // Until then it does: what the documentation says of the time before a release is true.
    expect(waiting.verdict).toBe('joined')
    await release()
    expectChance(await report(invitees.map((invitee) => pairOf(invitee))))
  })

  test('within the batches of several releases nothing joins', async () => {
    const { invitees, answer } = await survey(sql, 'sealed', pairsAtLeast)
    const batches = Array.from({ length: 8 }, (_, batch) => invitees.slice(batch * 125, batch * 125 + 125))
    for (const batch of batches) {
      await answerAll(batch, (invitee) => answer(invitee, add(invitee.body)))
      await release()
    }
    const pairs = batches.flatMap((batch, at) => batch.map((invitee) => pairOf(invitee, `${at}`)))
    expectChance(await report(pairs))
  })

  test('after a release of answers by unlinkable tokens nothing joins, though the operator has both endpoints', async () => {
    const { invitees, answer } = await watchedWave(sql, pairsAtLeast)
    const pairs: LinkagePair[] = []
    for (const invitee of invitees) {
      const { person, ...pair } = pairOf(invitee)
      pairs.push({ ...pair, person: [...person, ...(await answer(invitee, add(invitee.body)))] })
    }
    await release()
    const result = await report(pairs)
    expectChance(result)
    expect(result.attacks.find(({ attack }) => attack === 'order')?.figures).toBeGreaterThan(0)
  })

  test('an answer that was released stands on the disk once, and nowhere in a log', async () => {
    const { invitees, answer } = await survey(sql, 'opaque', 100)
    await answerAll(invitees, (invitee) => answer(invitee, add(invitee.body)))
    await release()
    const contents = (await files()).map(({ content }) => Buffer.from(content).toString('latin1'))
    for (const { canary } of invitees) {
      expect(contents.reduce((sum, content) => sum + content.split(canary).length - 1, 0)).toBe(1)
    }
    // One page of it: the note that the file had to be rewritten, taken back.
    if (engine.name === 'SQLite') expect(contents[1]?.length).toBeLessThan(2 * 4096)
  })

  test('answers that are kept as they come are joined', async () => {
    const { invitees, answer } = await survey(sql, 'sealed', 300)
    await answerAll(invitees, (invitee) => answer(invitee, (tx) => keep(tx, [invitee.body])))
    const { verdict, attacks } = await report(invitees.map((invitee) => pairOf(invitee)))
    expect(verdict).toBe('joined')
    expect(Math.max(...attacks.map(({ joined }) => joined))).toBe(300)
  })

  test('answers that are shuffled without rewriting what was there are joined', async () => {
    const { invitees, answer } = await survey(sql, 'opaque', 300)
    await answerAll(invitees, (invitee) => answer(invitee, add(invitee.body)))
    const waiting = await sql.query('SELECT answer FROM surveyseal_answer_buffer ORDER BY id')
    await sql.transaction((tx) =>
      keep(
        tx,
        waiting.map(({ answer }) => String(answer)),
      ),
    )
    // On SQLite the log, on PostgreSQL the pages of the buffer still tell, even after the rows are deleted.
    await sql.query('DELETE FROM surveyseal_answer_buffer')
    const { verdict, findings } = await report(invitees.map((invitee) => pairOf(invitee)))
    expect(verdict).toBe('joined')
    expect(findings.every(({ attack }) => attack === 'file-order')).toBe(true)
  })

  describe('is joined again by', () => {
    const leaks: Record<string, { attack: string; plant: (invitee: Invitee, at: number) => object; column: RegExp }> = {
      'a stored meta.url': {
        attack: 'identifier',
        plant: ({ respondent }) => ({ meta: { url: `https://survey.example/f?next=%2Fs%3Fr%3D${respondent}` } }),
        column: /^answers\.body\.meta\.url$/,
      },
      'an unsalted MD5': {
        attack: 'hash',
        plant: ({ email }) => ({ responder: createHash('md5').update(email).digest('hex') }),
        column: /^answers\.body\.responder$/,
      },
      'a consent event beside the answer': {
        attack: 'identifier',
        plant: (_, at) => ({ consent: `event-${at}-digest` }),
        column: /^answers\.body\.consent$/,
      },
      'the second of the submission': {
        attack: 'time',
        plant: (_, at) => ({ submitted: Math.floor((start + at * 1700) / 1000) }),
        column: /^answers\.body\.submitted$/,
      },
    }
    const start = Date.UTC(2026, 10, 24, 8)

    test.each(Object.keys(leaks))('%s', async (leak) => {
      const { attack, plant, column } = leaks[leak] as (typeof leaks)[string]
      const { invitees, answer } = await survey(sql, 'opaque', 200)
      for (const [at, invitee] of invitees.entries()) {
        const body = JSON.stringify({ ...(JSON.parse(invitee.body) as object), ...plant(invitee, at) })
        await answer(invitee, async (tx) => {
          await add(body)(tx)
          // The consent event of the same person, as the consent store keeps it.
          await tx.query(
            `INSERT INTO surveyseal_consent_events
(tenant, survey, subject, seq, hash, salt, digest, jws, received_at, receipt)
VALUES ('acme', 'nps', $1, 0, 'hash', 'salt', $2, 'jws', $3, 'receipt')`,
            [`subject of ${invitee.respondent}`, `event-${at}-digest`, start + at * 1700 + 400],
          )
        })
      }
      await release()
      const { verdict, findings } = await report(invitees.map((invitee) => pairOf(invitee)))
      expect(verdict).toBe('joined')
      expect(findings).toContainEqual(
        expect.objectContaining({ attack, columns: [expect.anything(), expect.stringMatching(column)] }),
      )
    })
  })
})

import { readFileSync } from 'node:fs'
import { parsePolicy } from '@surveyseal/core/anonymize'
import {
  type ErasureCertificate,
  ErasureError,
  type ErasureOutbox,
  type ErasurePlan,
  executeErasure,
  planErasure,
  recordTarget,
  resumeErasure,
} from '@surveyseal/core/erase'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { dumpForLinkage } from '../src/dump-for-linkage.js'
import { erasureJournal } from '../src/erasure-journal.js'
import { erasureOutbox } from '../src/erasure-outbox.js'
import { recordTable } from '../src/record-table.js'
import { type Answer, answers, createAnswers, insertAnswer, subject } from './support/answers.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

/** Any spelling of the person that a full-text search would find, in bytes read as Latin-1. */
const trace = /ada\.lovelace(@|%40)example\.org|6.?12.?34.?56.?78/i
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const everyKey = ({ records }: ErasurePlan): string[] => records.map(({ key }) => key)

const planted: readonly Answer[] = [
  {
    id: 1,
    email: 'Ada.Lovelace@Example.org',
    respondent: 'r-ada',
    comment: 'Canary song one',
    custom: { badge: 'B17' },
  },
  { id: 2, email: 'a@elsewhere.example', respondent: 'r-ada', comment: 'Canary song two' },
  { id: 3, comment: 'Please call 06 12 34 56 78' },
  { id: 4, email: 'bob@example.org', comment: 'ADA.LOVELACE@EXAMPLE.ORG was rude', respondent: 'r-bob' },
  { id: 5, email: 'carol@example.org', custom: { 'ada.lovelace@example.org': { deep: ['+33612345678'] } } },
  { id: 6, email: 'dan@example.org', upload: bytes('scan of ada.lovelace@example.org') },
  { id: 7, email: 'eve@example.org', evil: 'to=ada.lovelace%40example.org' },
  { id: 8, email: 'fay@example.org', phone: '+33 6 12 34 56 79', comment: 'lovelace@example.org', upload: bytes('x') },
  { id: 9, tenant: 'globex', email: 'ada.lovelace@example.org' },
]

onEngines('erasing', (engine) => {
  const database = databasePerTest(engine)
  const children = childrenPerSuite()

  beforeEach(async () => {
    await createAnswers(database.sql)
  })

  const plant = async (rows: readonly Answer[]): Promise<void> => {
    for (const row of rows) await insertAnswer(database.sql, row)
  }
  const plan = (): Promise<ErasurePlan> => planErasure({ subject, targets: [answers(database.sql)] })
  const journal = () => erasureJournal(database.sql, { tenant: 'acme' })
  const execute = (plan: ErasurePlan): Promise<ErasureCertificate> =>
    executeErasure(plan, { subject, targets: [answers(database.sql)], journal: journal(), confirmed: everyKey(plan) })

  /** All rows of all tables as text, and on SQLite the bytes of the file and its log. */
  async function everything(): Promise<string> {
    const { tables } = await dumpForLinkage(database.sql)
    const rows = tables.flatMap((table) => table.rows.flatMap((row) => Object.values(row).map(String)))
    const decoded = rows.map((value) =>
      /^(?:\\x)?(?:[0-9a-f]{2}){4,}$/.test(value)
        ? Buffer.from(value.replace('\\x', ''), 'hex').toString('latin1')
        : value,
    )
    const target = database.target
    const files = 'file' in target ? ['', '-wal'].map((end) => readFileSync(target.file + end, 'latin1')) : []
    return [...decoded, ...files].join('\n')
  }

  test('every planted value is found, and afterwards none is: not in the tables, nor in the bytes of the file and its log', async () => {
    await plant(planted.filter(({ tenant }) => tenant === undefined))
    expect(await everything()).toMatch(trace)
    const first = await plan()
    expect(first.records.map(({ id, relation }) => `${id} ${relation}`)).toEqual([
      '1 subject',
      '3 subject',
      '4 mention',
      '5 mention',
      '6 mention',
      '7 mention',
      '2 subject',
    ])
    const certificate = await execute(first)
    expect(certificate).toMatchObject({ records: 3, mentions: 4, kept: 0 })
    expect(certificate.limits.map(({ en }) => en.slice(0, 7))).toEqual(
      engine.name === 'SQLite' ? ['Backups'] : ['Backups', 'Dead ro'],
    )
    const left = await everything()
    expect(left).not.toMatch(trace)
    for (const gone of ['Canary song', 'B17', 'r-ada', 'elsewhere', first.id, first.salt])
      expect(left).not.toContain(gone)
    for (const stays of ['was rude', 'bob@example.org', 'r-bob', 'lovelace@example.org', '+33 6 12 34 56 79']) {
      expect(left).toContain(stays)
    }
    expect(await plan()).toMatchObject({ records: [] })
  })

  test('another tenant is neither read nor changed', async () => {
    await plant(planted)
    await execute(await plan())
    const rows = await database.sql.query(`SELECT email FROM "host ""answers""" WHERE tenant = 'globex'`)
    expect(rows).toEqual([{ email: 'ada.lovelace@example.org' }])
  })

  test('columns that refuse NULL, numbers, booleans, bytes and JSON each take what they can', async () => {
    await plant([
      { id: 1, email: 'ada.lovelace@example.org', custom: { a: 'b' }, upload: bytes('scan'), score: 7, evil: 'x' },
    ])
    const policy = parsePolicy({
      version: 1,
      fields: { nps_score: { technique: 'mask' }, upload: { technique: 'mask' } },
    })
    const store = recordTable(database.sql, { table: 'host "answers"', id: 'id', json: ['custom_fields'] })
    const targets = [recordTarget({ name: 'a', store, policy })]
    const plan = await planErasure({ subject, targets })
    await executeErasure(plan, { subject, targets, journal: journal(), confirmed: everyKey(plan) })
    const [row] = await database.sql.query(
      `SELECT tenant, email, nps_score, CAST(custom_fields AS TEXT) AS custom, upload, "evil""; --" AS evil FROM "host ""answers"""`,
    )
    expect(row).toEqual({ tenant: '', email: '', nps_score: null, custom: '{}', upload: null, evil: null })
  })

  test('more rows than one page, with ids of any size, are all looked through once', async () => {
    await database.sql.transaction(async (tx) => {
      for (let id = 0; id < 2003; id++)
        await insertAnswer(tx, { id: id * 1000 - 500_000, comment: id % 500 === 2 ? 'ada.lovelace@example.org' : 'x' })
    })
    expect((await plan()).records.map(({ id }) => id).sort()).toEqual(
      ['-498000', '2000', '502000', '1002000', '1502000'].sort(),
    )
  })

  test('ERR_ERASURE_DATA_CHANGED: a row changed between preview and execution, and nothing is touched', async () => {
    await plant(planted)
    const first = await plan()
    await database.sql.query(`UPDATE "host ""answers""" SET nps_score = 1 WHERE id = 3`)
    const before = (await everything()).length
    await expect(execute(first)).rejects.toMatchObject({ code: 'ERR_ERASURE_DATA_CHANGED' })
    expect((await everything()).length).toBe(before)
  })

  test('ERR_ERASURE_ID_DUPLICATE: rows that one id does not tell apart, or that have none', async () => {
    await database.sql.query('CREATE TABLE loose (id TEXT, email TEXT)')
    const store = recordTable(database.sql, { table: 'loose', id: 'id' })
    const targets = [recordTarget({ name: 'a', store, policy: parsePolicy({ version: 1, fields: {} }) })]
    await database.sql.query(`INSERT INTO loose VALUES ('1', 'x'), ('1', 'ada.lovelace@example.org')`)
    await expect(planErasure({ subject, targets })).rejects.toBeInstanceOf(ErasureError)
    await expect(store.replace('1', async () => null)).rejects.toMatchObject({ code: 'ERR_ERASURE_ID_DUPLICATE' })
    await database.sql.query(`UPDATE loose SET id = NULL`)
    await expect(planErasure({ subject, targets })).rejects.toMatchObject({ code: 'ERR_ERASURE_ID_DUPLICATE' })
  })

  test('ERR_INVALID_ARG_VALUE: a table that is not there', async () => {
    const store = recordTable(database.sql, { table: 'nowhere', id: 'id' })
    await expect(store.replace('1', async () => null)).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
  })

  test('widgets and replies are told in the transaction that changes the record, each message once', async () => {
    await database.sql.query('ALTER TABLE "host ""answers""" ADD COLUMN "reviewComment" TEXT')
    await plant(planted.filter(({ tenant }) => tenant === undefined))
    await database.sql.query(`UPDATE "host ""answers""" SET "reviewComment" = 'lovely' WHERE id IN (1, 5)`)
    const outbox = erasureOutbox(database.sql, { tenant: 'acme' })
    const waiting = async () =>
      (await database.sql.query('SELECT id, type, body FROM surveyseal_outbox ORDER BY type')).map(
        ({ id, type, body }) => [String(id).length, type, JSON.parse(String(body))],
      )
    const first = await plan()
    const dying: ErasureOutbox = {
      ...outbox,
      putWithin: async (tx, messages) => {
        await outbox.putWithin?.(tx, messages)
        throw new Error('power')
      },
    }
    const tools = { subject, targets: [answers(database.sql)], journal: journal(), outbox }
    await expect(executeErasure(first, { ...tools, outbox: dying, confirmed: everyKey(first) })).rejects.toThrow(
      'power',
    )
    // Neither told nor done.
    expect(await waiting()).toEqual([])
    const [row] = await database.sql.query(`SELECT email FROM "host ""answers""" WHERE id = 1`)
    expect(row).toEqual({ email: 'Ada.Lovelace@Example.org' })
    const certificate = await resumeErasure(first.id, tools)
    expect(await waiting()).toEqual([
      [64, 'erasure.completed', { erasure: first.id, certificate }],
      [64, 'erasure.review', { target: 'answers', record: '1' }],
    ])
    await outbox.put([{ key: 'a'.repeat(64), type: 'erasure.reply', target: 'answers', id: '1' }])
    await outbox.put([{ key: 'a'.repeat(64), type: 'erasure.reply', target: 'answers', id: '1' }])
    expect(await waiting()).toHaveLength(3)
    const elsewhere = await database.another()
    expect(await elsewhere.transaction(async (tx) => outbox.putWithin?.(tx, []))).toBe(false)
  })

  test('killed with -9 anywhere and resumed by another process, it ends as if nothing had happened', async () => {
    await plant(planted.filter(({ tenant }) => tenant === undefined))
    const first = await plan()
    for (const after of [1, 2, 3, 1]) {
      const child = children.spawn('erase', { args: [database.target, first] })
      await child.printed(after)
      child.process.kill('SIGKILL')
      await child.exit
      // What was said to be done is done, and nothing is half done.
      const pending = await journal().pending()
      expect(pending.length <= 1).toBe(true)
    }
    const last = children.spawn('erase', { args: [database.target, first] })
    expect(await last.exit, last.errors()).toBe(0)
    expect(JSON.parse(last.lines.at(-1) ?? '')).toMatchObject({ records: 3, mentions: 4, kept: 0 })
    expect(await journal().pending()).toEqual([])
    expect(await everything()).not.toMatch(trace)
    expect(await plan()).toMatchObject({ records: [] })
  })

  test('whatever rows there are, a second run finds nothing and every other row is as it was', async () => {
    const text = fc.constantFrom(
      'fine',
      'ada.lovelace@example.org',
      'see ADA.lovelace@example.org!',
      '06.12.34.56.78',
      'é\u200d',
    )
    const row = fc.record({
      email: fc.constantFrom('', 'bob@example.org', 'ada.lovelace@example.org'),
      comment: fc.option(text),
      respondent: fc.option(fc.constantFrom('r1', 'r2')),
      custom: fc.dictionary(
        fc.constantFrom('a', 'ada.lovelace@example.org', '__proto__'),
        fc.oneof(text, fc.array(text)),
        { noNullPrototype: true },
      ),
      upload: fc.option(text.map(bytes)),
    })
    const rowsNow = () =>
      database.sql.query(
        `SELECT id, email, nps_comment, respondent, CAST(custom_fields AS TEXT) AS custom, upload FROM "host ""answers""" ORDER BY id`,
      )
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
        await database.sql.query('DELETE FROM "host ""answers"""')
        await plant(rows.map((one, id) => ({ ...one, id })))
        const before = await rowsNow()
        const first = await plan()
        await execute(first)
        const found = new Set(first.records.map(({ id }) => Number(id)))
        const after = await rowsNow()
        expect(after.filter(({ id }) => !found.has(Number(id)))).toEqual(
          before.filter(({ id }) => !found.has(Number(id))),
        )
        expect(await everything()).not.toMatch(trace)
        expect((await plan()).records).toEqual([])
      }),
      { numRuns: 12 },
    )
  })
})

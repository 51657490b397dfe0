import { answerBufferContract } from '@surveyseal/links/testing'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { answerBuffer } from '../src/answer-buffer.js'
import { migrate } from '../src/migrate.js'
import { engines } from './support/engines.js'

describe.each(engines().map((engine) => [engine.name, engine] as const))('answerBuffer on %s', (_name, engine) => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())

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
})

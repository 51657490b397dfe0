import { parsePolicy } from '@surveyseal/core/anonymize'
import { executeErasure, planErasure, recordTarget } from '@surveyseal/core/erase'
import { expect, test } from 'vitest'
import { answerBuffer } from '../src/answer-buffer.js'
import { erasureJournal } from '../src/erasure-journal.js'
import { recordTable } from '../src/record-table.js'
import { subject } from './support/answers.js'
import { databasePerTest, onEngines } from './support/suites.js'

onEngines('erasing from answers that wait', (engine) => {
  const database = databasePerTest(engine)

  test('an answer that waits for its release loses the identifier its writer put into it, and is released without', async () => {
    const { sql } = database
    const buffer = answerBuffer(sql, { tenant: 'acme' })
    await sql.transaction((tx) =>
      buffer.add(tx, { pool: 'nps', answer: '{"nps":3,"comment":"Call ada.lovelace@example.org"}' }),
    )
    await sql.transaction((tx) => buffer.add(tx, { pool: 'nps', answer: '{"nps":9,"comment":"Fine"}' }))
    const only = { column: 'tenant', value: 'acme' }
    const store = recordTable(sql, { table: 'surveyseal_answer_buffer', id: 'id', only, json: ['answer'] })
    const policy = parsePolicy({
      version: 1,
      fields: {
        pool: { technique: 'retain' },
        'answer.nps': { technique: 'retain' },
        'answer.comment': { technique: 'comment' },
      },
    })
    const targets = [recordTarget({ name: 'waiting', store, policy })]
    const tools = { subject, targets, journal: erasureJournal(sql, { tenant: 'acme' }) }
    const plan = await planErasure(tools)
    await executeErasure(plan, { ...tools, confirmed: plan.records.map(({ key }) => key) })
    const released: string[] = []
    await buffer.release({ pool: 'nps', atLeast: 2, accept: async (_tx, answers) => void released.push(...answers) })
    expect(released.map((text) => JSON.parse(text).nps).sort()).toEqual([3, 9])
    expect(released.join()).not.toContain('lovelace')
    expect(released.join()).toContain('Fine')
  })
})

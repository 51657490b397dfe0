import { createGate, defineNotice } from '@surveyseal/consent'
import { noticesOverTime } from '@surveyseal/consent/notices'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { later, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { edit } from './support/programme.js'
import { createWorld } from './support/service.js'

const DAY = 86_400
const longer = defineNotice(edit(noticeInput, { version: '2026-02', 'purposes.1.retention': 'P2Y' }))
const typo = defineNotice(edit(noticeInput, { version: '2026-03', 'wording.en.summary': 'We ask five questions.' }))

describe('a gate over everything that was ever published', async () => {
  const world = await createWorld()
  await world.decide({ 'improve-service': 'given', 'call-back': 'given' })
  const notices = noticesOverTime([
    { notice: longer, from: later(30 * DAY) },
    { notice, from: NOW, until: later(90 * DAY) },
    { notice: typo, from: later(60 * DAY), until: later(90 * DAY) },
  ])
  const gate = createGate({ store: world.store, assess: () => assessment(), notices, clock: () => later(60 * DAY) })
  const ask = async (practice: string, days: number) => {
    const permission = await gate.evaluate({ practice, subject: SUBJECT, survey: SURVEY, at: later(days * DAY) })
    return permission.outcome === 'allow' ? 'allow' : permission.reason
  }

  test('a decision counts for what a later version has not changed, from the instant of that version on', async () => {
    expect(await ask('close-the-loop', 29)).toBe('allow')
    expect(await ask('close-the-loop', 31)).toBe('notice-not-in-force')
    expect(await ask('link-answers-to-record', 31)).toBe('allow')
  })

  test('the past keeps its answer, whatever was published since', async () => {
    expect(await ask('link-answers-to-record', 61)).toBe('notice-not-in-force')
    expect(await ask('link-answers-to-record', 59)).toBe('allow')
  })

  test('nothing rests on a notice before it was published, or after it left force', async () => {
    expect(await ask('link-answers-to-record', -1)).toBe('no-purpose-permits')
    expect(await ask('link-answers-to-record', 91)).toBe('no-purpose-permits')
  })

  test('without an instant the gate asks for now', async () => {
    const { outcome } = await gate.evaluate({ practice: 'close-the-loop', subject: SUBJECT, survey: SURVEY })
    expect(outcome).toBe('deny')
  })
})

describe('what the host must mend', () => {
  test('ERR_INVALID_ARG_VALUE: two versions of one notice that begin together, or an end before the beginning', async () => {
    const twice = [notice, longer].map((each) => ({ notice: each, from: NOW }))
    expect(await codeOf(() => noticesOverTime(twice))).toBe('ERR_INVALID_ARG_VALUE')
    const backwards = [{ notice, from: NOW, until: later(-1) }]
    expect(await codeOf(() => noticesOverTime(backwards))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => noticesOverTime([{ notice, from: new Date(Number.NaN) }]))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('ERR_INVALID_ARG_TYPE: what is no list, or no instant', async () => {
    expect(await codeOf(() => noticesOverTime(notice as never))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await codeOf(() => noticesOverTime([{ notice, from: '2026' as never }]))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await codeOf(() => noticesOverTime([])(0 as never))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

import { createGate, defineNotice, type Notice } from '@surveyseal/consent'
import { noticesInForce, noticesOverTime } from '@surveyseal/consent/notices'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { later, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { edit } from './support/programme.js'
import { createWorld } from './support/service.js'

const DAY = 86_400
const longer = defineNotice(edit(noticeInput, { version: '2026-02', 'purposes.1.retention': 'P2Y' }))
const typo = defineNotice(edit(noticeInput, { version: '2026-03', 'wording.en.summary': 'We ask five questions.' }))
const other = defineNotice(edit(noticeInput, { id: 'lounge-feedback' }))

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

test('of each notice, what is in force at an instant is what its versions published by then come to', () => {
  const version = fc.record({ notice: fc.constantFrom(notice, longer, typo, other), day: fc.nat(20) })
  const history = fc.uniqueArray(version, { selector: ({ notice: { id }, day }) => `${id} ${day}`, maxLength: 6 })
  fc.assert(
    fc.property(history, fc.nat(21), (versions, day) => {
      const published = versions.map(({ notice, day }) => ({ notice, from: later(day * DAY) }))
      const known = versions.filter((each) => each.day <= day).sort((a, b) => a.day - b.day)
      const ofNotice = (id: string): readonly Notice[] => known.map(({ notice }) => notice).filter((n) => n.id === id)
      const expected = [notice.id, other.id].flatMap((id) => {
        const own = ofNotice(id)
        return own.length === 0 ? [] : noticesInForce(own)
      })
      const found = noticesOverTime(published)(later(day * DAY))
      expect(new Set(found)).toEqual(new Set(expected))
      expect(found).toHaveLength(expected.length)
    }),
  )
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

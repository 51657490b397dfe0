import { parseProgramme } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const notice = { countermeasure: 'transparency-notice', practice: 'standard-survey', from: '2026-01-01', source: 'v3' }
const valid = { name: 'NPS', practices: ['standard-survey'], evidence: [notice] }

describe('parseProgramme', () => {
  test('reads practices by id or with factors, and dates as days or instants', () => {
    const until = '2026-06-30T12:00:00+02:00'
    expect(
      parseProgramme({
        name: 'NPS',
        practices: ['standard-survey', { id: 'exit-interviews', factors: ['voice-recordings'] }],
        evidence: [{ ...notice, until }],
      }),
    ).toEqual({
      name: 'NPS',
      practices: ['standard-survey', { id: 'exit-interviews', factors: ['voice-recordings'] }],
      evidence: [{ ...notice, from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-06-30T10:00:00Z') }],
    })
  })

  test('evidence may be left out', () => {
    expect(parseProgramme({ name: 'NPS', practices: ['standard-survey'] }).evidence).toEqual([])
  })

  test('ERR_PROGRAMME_INVALID', () => {
    const item = (change: object): object => ({ ...valid, evidence: [{ ...notice, ...change }] })
    const wrong: unknown[] = [
      null,
      'text',
      [],
      {},
      { ...valid, name: '' },
      { ...valid, name: 'x'.repeat(1001) },
      { ...valid, practices: [] },
      { ...valid, practices: 'standard-survey' },
      { ...valid, practices: [7] },
      { ...valid, practices: [{ id: 'standard-survey' }] },
      { ...valid, practices: ['standard-survey', { id: 'standard-survey', factors: [] }] },
      { ...valid, practices: Array.from({ length: 201 }, (_, i) => ({ id: `p${i}`, factors: ['survey-answers'] })) },
      { ...valid, extra: 1 },
      JSON.parse('{"name":"NPS","practices":["standard-survey"],"__proto__":{"a":1}}'),
      item({ from: '01/02/2026' }),
      item({ from: '2026-02-30' }),
      item({ from: '2026-01-01T00:00:00' }),
      item({ from: 0 }),
      item({ until: '2026-01-01' }),
      item({ until: '2025-01-01' }),
      item({ until: null }),
      item({ practice: 'video-feedback' }),
      item({ practice: '__proto__' }),
      item({ extra: 1 }),
    ]
    for (const json of wrong)
      expect(
        codeOf(() => parseProgramme(json)),
        JSON.stringify(json),
      ).toBe('ERR_PROGRAMME_INVALID')
  })

  test('ERR_PRACTICE_UNKNOWN', () => {
    for (const practice of [
      'telepathy',
      'constructor',
      { id: 'own', factors: [] },
      { id: 'own', factors: ['children'] },
    ]) {
      expect(codeOf(() => parseProgramme({ ...valid, practices: [practice] }))).toBe('ERR_PRACTICE_UNKNOWN')
    }
  })

  test('ERR_FACTOR_UNKNOWN', () => {
    const practices = [{ id: 'own', factors: ['survey-answers', '__proto__'] }]
    expect(codeOf(() => parseProgramme({ ...valid, practices }))).toBe('ERR_FACTOR_UNKNOWN')
  })

  test('ERR_COUNTERMEASURE_UNKNOWN', () => {
    for (const countermeasure of ['prayer', 'toString']) {
      const evidence = [{ ...notice, countermeasure }]
      expect(codeOf(() => parseProgramme({ ...valid, evidence }))).toBe('ERR_COUNTERMEASURE_UNKNOWN')
    }
  })

  test('messages name the place and never what was found there', () => {
    const secret = 'alice@example.com'
    const wrong = [
      { ...valid, [secret]: secret },
      { ...valid, practices: [secret] },
      { ...valid, practices: [{ id: secret, factors: [secret] }] },
      { ...valid, evidence: [{ ...notice, [secret]: 1 }] },
      { ...valid, evidence: [{ ...notice, practice: secret }] },
      { ...valid, evidence: [{ ...notice, countermeasure: secret }] },
      { ...valid, evidence: [{ ...notice, from: secret }] },
    ]
    for (const json of wrong) {
      const error = errorOf(() => parseProgramme(json))
      expect(JSON.stringify([error.message, error, Object.values(error), error.cause])).not.toContain('alice')
    }
    expect(errorOf(() => parseProgramme({ ...valid, evidence: [notice, { ...notice, from: 'x' }] })).message).toBe(
      'evidence[1].from is not of the documented form',
    )
  })
})

function errorOf(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

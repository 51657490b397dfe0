import { assessProgramme, type CountermeasureId, type Evidence, type Programme } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const at = new Date('2026-06-01T00:00:00Z')

function evidence(countermeasure: CountermeasureId, from: string, until?: string, source = 'file'): Evidence {
  const practice = 'close-the-loop'
  return { countermeasure, practice, from: new Date(from), source, ...(until && { until: new Date(until) }) }
}

function programme(...items: Evidence[]): Programme {
  return { name: 'Call back', practices: ['close-the-loop'], evidence: items }
}

describe('assessProgramme', () => {
  test('says what is required, met, missing and expired', () => {
    const assessment = assessProgramme(
      programme(
        evidence('transparency-notice', '2026-01-01', '2027-01-01', 'notice v3'),
        evidence('permission', '2025-01-01', '2026-01-01', 'purpose callback'),
      ),
      { at },
    )
    expect(assessment).toMatchObject({ name: 'Call back', at: '2026-06-01T00:00:00.000Z', tier: 'medium' })
    expect(assessment.practices[0]).toMatchObject({
      id: 'close-the-loop',
      tier: 'medium',
      required: [
        { countermeasure: 'transparency-notice', evidence: 'inferred' },
        { countermeasure: 'permission', evidence: 'stated' },
        { countermeasure: 'expectation-communication', evidence: 'stated' },
      ],
      met: [{ countermeasure: 'transparency-notice', source: 'notice v3', until: '2027-01-01T00:00:00.000Z' }],
      missing: ['permission', 'expectation-communication'],
      expired: [{ countermeasure: 'permission', source: 'purpose callback', until: '2026-01-01T00:00:00.000Z' }],
    })
    expect(assessment.missing).toMatchObject([
      { practice: 'close-the-loop', countermeasure: 'permission', scope: 'person' },
      {
        practice: 'close-the-loop',
        countermeasure: 'expectation-communication',
        scope: 'programme',
        actor: { en: 'Customer communications', fr: 'Communication client' },
      },
    ])
  })

  test('evidence counts from its first instant and until just before its last', () => {
    const met = (from: string, until?: string): boolean => {
      const { practices } = assessProgramme(programme(evidence('permission', from, until)), { at })
      return practices[0]?.met.length === 1
    }
    expect(met('2026-06-01T00:00:00Z')).toBe(true)
    expect(met('2026-06-01T00:00:00.001Z')).toBe(false)
    expect(met('2026-01-01', '2026-06-01T00:00:00Z')).toBe(false)
    expect(met('2026-01-01', '2026-06-01T00:00:00.001Z')).toBe(true)
  })

  test('evidence that has not begun is neither met nor expired', () => {
    const { practices } = assessProgramme(programme(evidence('permission', '2026-07-01', '2026-08-01')), { at })
    expect(practices[0]).toMatchObject({ met: [], expired: [] })
  })

  test('of several pieces of evidence the longest counts', () => {
    const { practices } = assessProgramme(
      programme(
        evidence('permission', '2026-01-01', '2026-07-01', 'a'),
        evidence('permission', '2026-01-01', undefined, 'b'),
        evidence('permission', '2026-01-01', '2026-09-01', 'c'),
        evidence('transparency-notice', '2025-01-01', '2025-02-01', 'd'),
        evidence('transparency-notice', '2025-01-01', '2025-03-01', 'e'),
      ),
      { at },
    )
    expect(practices[0]?.met).toEqual([{ countermeasure: 'permission', source: 'b', until: null }])
    expect(practices[0]?.expired).toMatchObject([{ countermeasure: 'transparency-notice', source: 'e' }])
  })

  test('evidence counts for its own practice only, wherever it was handed in', () => {
    const two: Programme = { name: 'Two', practices: ['standard-survey', 'share-aggregates'], evidence: [] }
    const notice: Evidence = {
      countermeasure: 'transparency-notice',
      practice: 'share-aggregates',
      from: new Date(0),
      source: 'v1',
    }
    const { missing } = assessProgramme(two, { at, evidence: [notice, { ...notice, practice: 'elsewhere' }] })
    expect(missing).toMatchObject([{ practice: 'standard-survey', countermeasure: 'transparency-notice' }])
  })

  test('the tier of a programme is that of its riskiest practice', () => {
    const practices = ['standard-survey', 'video-feedback', 'close-the-loop'] as const
    expect(assessProgramme({ name: 'All', practices, evidence: [] }, { at }).tier).toBe('very-high')
  })

  test('is JSON', () => {
    const assessment = assessProgramme(programme(evidence('permission', '2026-01-01')), { at })
    expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment)
  })

  test('ERR_PROGRAMME_INVALID', () => {
    const assess = (practices: Programme['practices']) => () =>
      assessProgramme({ name: 'x', practices, evidence: [] }, { at })
    expect(codeOf(assess([]))).toBe('ERR_PROGRAMME_INVALID')
    expect(codeOf(assess(['standard-survey', { id: 'standard-survey', factors: ['children'] }]))).toBe(
      'ERR_PROGRAMME_INVALID',
    )
  })

  test('the instant must be a date', () => {
    expect(codeOf(() => assessProgramme(programme(), { at: '2026-01-01' as unknown as Date }))).toBe(
      'ERR_INVALID_ARG_TYPE',
    )
    expect(codeOf(() => assessProgramme(programme(), { at: new Date(Number.NaN) }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

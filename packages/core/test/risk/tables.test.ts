import {
  COUNTERMEASURES,
  CRITERIA,
  classifyPractice,
  countermeasuresFor,
  DPIA_LAW,
  FACTORS,
  PRACTICES,
  type PracticeId,
  SOURCES,
} from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'

const practiceIds = Object.keys(PRACTICES) as PracticeId[]

describe('the fourteen practices', () => {
  test('are fourteen, seven stated and seven inferred', () => {
    const evidence = Object.values(PRACTICES).map((practice) => practice.evidence)
    expect(evidence.filter((standing) => standing === 'stated')).toHaveLength(7)
    expect(evidence.filter((standing) => standing === 'inferred')).toHaveLength(7)
  })

  test('have the tiers of the sources', () => {
    expect(
      Object.fromEntries(practiceIds.map((id) => [id, `${PRACTICES[id].tier} ${PRACTICES[id].evidence}`])),
    ).toEqual({
      'standard-survey': 'low stated',
      'share-aggregates': 'low inferred',
      'personalized-survey': 'medium inferred',
      'link-answers-to-record': 'medium inferred',
      'extra-personal-information': 'medium stated',
      'close-the-loop': 'medium stated',
      'share-verbatims': 'medium inferred',
      'social-media-feedback': 'high inferred',
      'mine-call-transcripts': 'high stated',
      'mine-survey-verbatims': 'high inferred',
      'third-party-ai': 'high inferred',
      'behavioral-data': 'very-high stated',
      'speech-recordings': 'very-high stated',
      'video-feedback': 'very-high stated',
    })
  })

  test.each(practiceIds)('%s follows from its own factors', (id) => {
    const { tier, evidence, factors } = PRACTICES[id]
    expect(classifyPractice(id)).toMatchObject({ id, tier, evidence })
    expect(classifyPractice({ id: 'custom', factors })).toMatchObject({ tier, evidence })
  })

  test('never claim to be the list of another', () => {
    expect(JSON.stringify(PRACTICES)).not.toMatch(/forrester's/i)
  })
})

describe('the countermeasures', () => {
  test('are those the sources name for each tier', () => {
    const stated = (tier: string): string[] =>
      Object.entries(COUNTERMEASURES).flatMap(([id, countermeasure]) => (countermeasure.tier === tier ? [id] : []))
    expect(stated('low')).toEqual(['transparency-notice'])
    expect(stated('medium')).toEqual(['permission', 'expectation-communication'])
    expect(stated('high')).toEqual(['consent', 'use-and-insights-explanation'])
    expect(stated('very-high')).toEqual(['risk-assessment', 'encryption-at-rest', 'access-policy'])
  })

  test('cumulate as an inference, and consent takes the place of permission', () => {
    expect(countermeasuresFor('low')).toEqual([{ countermeasure: 'transparency-notice', evidence: 'stated' }])
    expect(countermeasuresFor('medium').map(({ countermeasure }) => countermeasure)).toEqual([
      'transparency-notice',
      'permission',
      'expectation-communication',
    ])
    expect(countermeasuresFor('high')).toEqual([
      { countermeasure: 'transparency-notice', evidence: 'inferred' },
      { countermeasure: 'expectation-communication', evidence: 'inferred' },
      { countermeasure: 'consent', evidence: 'stated' },
      { countermeasure: 'use-and-insights-explanation', evidence: 'stated' },
    ])
    expect(countermeasuresFor('very-high').map(({ countermeasure }) => countermeasure)).toEqual([
      'transparency-notice',
      'expectation-communication',
      'consent',
      'use-and-insights-explanation',
      'risk-assessment',
      'encryption-at-rest',
      'access-policy',
    ])
  })

  test('permission and consent are asked of each person', () => {
    const perPerson = Object.entries(COUNTERMEASURES).flatMap(([id, { scope }]) => (scope === 'person' ? [id] : []))
    expect(perPerson).toEqual(['permission', 'consent'])
  })
})

test('every row cites a source, in two languages', () => {
  for (const row of [...Object.values(PRACTICES), ...Object.values(FACTORS), ...Object.values(COUNTERMEASURES)]) {
    expect(SOURCES[row.source].title).not.toBe('')
    expect(row.name.en).not.toBe('')
    expect(row.name.fr).not.toBe('')
  }
})

test('the criteria are the nine of WP 248, numbered', () => {
  expect(Object.values(CRITERIA).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('the lists have the types their sources number, each in two languages', () => {
  const numbers = Object.fromEntries(DPIA_LAW.lists.map(({ id, types }) => [id, types.map(({ number }) => number)]))
  const upTo = (last: number): string[] => Array.from({ length: last }, (_, at) => String(at + 1))
  expect(numbers).toEqual({ 'gdpr-35-3': ['a', 'b', 'c'], ico: upTo(10), cnil: upTo(14), 'cnil-exempt': upTo(12) })
  for (const { name } of DPIA_LAW.lists.flatMap(({ types }) => types)) expect(name.en && name.fr).toBeTruthy()
})

test('the asterisks of the ICO are on innovative technology, biometric and genetic data, invisible processing, tracking', () => {
  const ico = DPIA_LAW.lists.find(({ id }) => id === 'ico')
  const combined = ico?.types.filter((type) => type.combined !== undefined).map(({ number }) => number)
  expect(combined).toEqual(['1', '4', '5', '7', '8'])
})

test('the eight categories of article 9 are factors, each sensitive and of the very high tier', () => {
  const categories = [
    'racial-or-ethnic-origin',
    'political-opinions',
    'religious-or-philosophical-beliefs',
    'trade-union-membership',
    'genetic-data',
    'biometric-identification',
    'health-data',
    'sex-life-or-orientation',
  ] as const
  for (const id of categories) {
    expect(FACTORS[id]).toMatchObject({ tier: 'very-high', source: 'gdpr' })
    expect(FACTORS[id].criteria).toContain('sensitive-data')
  }
})

test('every source says when it was read, and its date where it bears one', () => {
  for (const { url, read, date } of Object.values(SOURCES)) {
    expect(url).toMatch(/^https:/)
    expect(read).toMatch(/^2026-\d\d-\d\d$/)
    if (date !== undefined) expect(Date.parse(date)).not.toBeNaN()
  }
})

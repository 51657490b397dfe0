import {
  assessProgramme,
  type CriterionId,
  DPIA_LAW,
  type DpiaLaw,
  type FactorId,
  parseDpiaLaw,
  parseProgramme,
  SOURCES,
} from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const at = new Date('2026-06-01T00:00:00Z')

const dpia = (...practices: unknown[]) => assessProgramme(parseProgramme({ name: 'x', practices }), { at }).dpia

/** What lists name of one practice of the host's own, as "ico 4". */
const listed = (...factors: FactorId[]) =>
  dpia({ id: 'own', factors: ['survey-answers', ...factors] }).listed.map(({ list, number }) => `${list} ${number}`)

describe('the need for a DPIA', () => {
  test('none for a standard survey; every list was looked at, and says what nobody could see in it', () => {
    const { lists, ...need } = dpia('standard-survey')
    expect(need).toEqual({
      required: false,
      because: [],
      criteria: [],
      criteriaNeeded: 2,
      listed: [],
      veryHigh: [],
      law: DPIA_LAW.version,
    })
    expect(lists.map(({ id, effect, notExamined }) => [id, effect, notExamined.length])).toEqual([
      ['gdpr-35-3', 'requires', 1],
      ['ico', 'requires', 0],
      ['cnil', 'requires', 5],
      ['cnil-exempt', 'exempts', 12],
    ])
  })

  test('none for one criterion, which is named all the same, with its source', () => {
    expect(dpia('personalized-survey')).toMatchObject({
      required: false,
      because: [],
      listed: [],
      criteria: [
        {
          id: 'matching-datasets',
          number: 6,
          source: { version: 'WP 248 rev.01', date: '2017-10-04' },
          because: [{ practice: 'personalized-survey', factor: 'personalization' }],
        },
      ],
    })
  })

  test('two criteria require it, met by one practice or by two', () => {
    expect(dpia('mine-survey-verbatims')).toMatchObject({
      required: true,
      because: ['criteria', 'listed'],
      criteria: [{ number: 1 }, { number: 8 }],
    })
    expect(
      dpia('personalized-survey', { id: 'standard-survey', factors: ['children'] }, 'link-answers-to-record'),
    ).toMatchObject({
      required: true,
      because: ['criteria'],
      criteria: [
        {
          number: 6,
          because: [
            { practice: 'personalized-survey', factor: 'personalization' },
            { practice: 'link-answers-to-record', factor: 'record-matching' },
          ],
        },
        { number: 7, because: [{ practice: 'standard-survey', factor: 'children' }] },
      ],
    })
  })

  test('the very high tier requires it whatever the criteria, and says by which practice', () => {
    expect(dpia({ id: 'extra-personal-information', factors: ['special-category'] })).toMatchObject({
      required: true,
      because: ['very-high-tier'],
      veryHigh: ['extra-personal-information'],
      criteria: [{ number: 4 }],
    })
  })

  test('a type of a list requires it by itself, and says which, where, and through what', () => {
    const { required, because, criteria, listed } = dpia({ id: 'own', factors: ['survey-answers', 'physical-harm'] })
    expect({ required, because, criteria }).toEqual({ required: true, because: ['listed'], criteria: [] })
    expect(listed).toEqual([
      {
        list: 'ico',
        territory: { en: 'United Kingdom', fr: 'Royaume-Uni' },
        number: '10',
        name: { en: 'Risk of physical harm', fr: 'Risque de dommage corporel' },
        source: SOURCES.ico,
        because: [{ practice: 'own', factor: 'physical-harm' }],
        combinedWith: [],
      },
    ])
  })

  test('what a list exempts takes nothing away', () => {
    const exempting: DpiaLaw = {
      ...DPIA_LAW,
      lists: DPIA_LAW.lists.map((list) => ({
        ...list,
        types: list.types.map((type) =>
          list.effect === 'exempts' ? { ...type, when: [{ factors: ['survey-answers' as const] }] } : type,
        ),
      })),
    }
    const programme = parseProgramme({ name: 'x', practices: [{ id: 'standard-survey', factors: ['physical-harm'] }] })
    const { required, listed } = assessProgramme(programme, { at, law: exempting }).dpia
    expect({ required, lists: listed.map(({ list }) => list) }).toEqual({ required: true, lists: ['ico'] })
  })
})

describe('the types of the lists', () => {
  test('of article 35(3): decisions on evaluation, special categories or offences on a large scale', () => {
    expect(listed('automated-decision')).toEqual([])
    expect(listed('automated-decision', 'profiling')).toContain('gdpr-35-3 a')
    expect(listed('health-data')).toEqual([])
    expect(listed('health-data', 'large-scale')).toEqual(['gdpr-35-3 b'])
    expect(listed('criminal-offence-data', 'large-scale')).toEqual(['gdpr-35-3 b'])
  })

  test('of the ICO without an asterisk count alone: 2, 3, 6, 9, 10', () => {
    expect(listed('service-condition', 'special-category')).toEqual(['ico 2'])
    expect(listed('service-condition')).toEqual([])
    expect(listed('profiling', 'large-scale')).toEqual(['ico 3'])
    expect(listed('external-data')).toEqual(['ico 6'])
    expect(listed('children', 'direct-marketing')).toEqual(['ico 9'])
    expect(listed('children')).toEqual([])
    expect(listed('physical-harm')).toEqual(['ico 10'])
  })

  test.each<[string, FactorId, string]>([
    ['1', 'model-training', 'ico 1'],
    ['5', 'genetic-data', 'ico 5'],
    ['7', 'invisible-collection', 'ico 7'],
    ['8', 'systematic-monitoring', 'ico 8'],
    ['8', 'location-data', 'ico 8'],
  ])('of the ICO with an asterisk count together with any other criterion only: %s by %s', (_, factor, name) => {
    expect(listed(factor)).toEqual([])
    expect(listed(factor, 'employees')).toContain(name)
    const elsewhere = dpia({ id: 'own', factors: ['survey-answers', factor] }, 'personalized-survey').listed
    expect(elsewhere).toMatchObject([{ because: [{ practice: 'own', factor }], combinedWith: expect.any(Array) }])
    expect(elsewhere[0]?.combinedWith).toContain('matching-datasets')
  })

  test('of the ICO, biometric data are innovative too, which is another criterion', () => {
    expect(listed('biometrics')).toEqual(['ico 1', 'ico 4'])
  })

  test('of the CNIL, as far as factors describe them: 2 to 6, 8, 10, 11, 14', () => {
    const cnil = (...factors: FactorId[]) => listed(...factors).filter((name) => name.startsWith('cnil'))
    expect(cnil('genetic-data', 'children')).toEqual(['cnil 2'])
    expect(cnil('profiling', 'employees')).toEqual(['cnil 3'])
    expect(cnil('systematic-monitoring', 'employees')).toEqual(['cnil 4'])
    expect(cnil('alert-reports', 'health-data')).toEqual(['cnil 5'])
    expect(cnil('alert-reports', 'employees')).toEqual(['cnil 6'])
    expect(cnil('profiling', 'service-condition')).toEqual(['cnil 8'])
    expect(cnil('profiling', 'external-data')).toEqual(['cnil 10'])
    expect(cnil('biometric-identification', 'vulnerable-people')).toEqual(['cnil 11'])
    expect(cnil('location-data', 'large-scale')).toEqual(['cnil 14'])
    expect(cnil('alert-reports')).toEqual([])
  })

  test('are met by one practice, not by two halves', () => {
    const halves = dpia(
      { id: 'a', factors: ['survey-answers', 'profiling'] },
      { id: 'b', factors: ['survey-answers', 'external-data'] },
    )
    expect(halves.listed.map(({ list, number }) => `${list} ${number}`)).toEqual(['ico 6'])
  })
})

describe('rules of the host', () => {
  const programme = parseProgramme({ name: 'x', practices: ['personalized-survey'] })
  const need = (law: unknown) => assessProgramme(programme, { at, law: law as DpiaLaw }).dpia

  test('take the place of the dated ones, and say their version', () => {
    const law: DpiaLaw = { ...DPIA_LAW, version: 'ours 3', criteriaNeeded: 1, lists: [] }
    expect(need(law)).toMatchObject({
      required: true,
      because: ['criteria'],
      law: 'ours 3',
      lists: [],
      criteriaNeeded: 1,
    })
    expect(need({ ...law, criteriaNeeded: 2 })).toMatchObject({ required: false })
  })

  test('may come from JSON', () => {
    expect(need(JSON.parse(JSON.stringify(DPIA_LAW)))).toEqual(need(DPIA_LAW))
  })

  test('say what differs: what is left out is as built in, and lists are named or written out', () => {
    expect(parseDpiaLaw({ version: 'ours' })).toEqual({ ...DPIA_LAW, version: 'ours' })
    const whole = JSON.parse(JSON.stringify(DPIA_LAW))
    expect(parseDpiaLaw(whole)).toEqual(DPIA_LAW)
    const [gdpr, ico] = DPIA_LAW.lists
    expect(parseDpiaLaw({ version: 'ours', lists: ['ico', { ...gdpr, id: 'ours' }] }).lists).toEqual([
      ico,
      { ...gdpr, id: 'ours' },
    ])
  })

  test('ERR_DPIA_LAW_INVALID: rules with a member too much, a list unknown or twice, a date that is none', () => {
    const [list] = DPIA_LAW.lists
    const wrong: unknown[] = [
      null,
      [],
      'ours',
      {},
      { version: '' },
      { version: 'ours', criteriaNeded: 1 },
      JSON.parse('{"version":"ours","__proto__":{}}'),
      { version: 'ours', lists: null },
      { version: 'ours', lists: ['dutch'] },
      { version: 'ours', lists: ['ico', 'ico'] },
      { version: 'ours', lists: ['ico', { ...DPIA_LAW.lists[1] }] },
      { version: 'ours', lists: [null] },
      { version: 'ours', lists: [{ ...list, effekt: 'requires' }] },
      { version: 'ours', lists: [{ ...list, types: [{ ...list?.types[0], combine: {} }] }] },
      { version: 'ours', lists: [{ ...list, source: { ...list?.source, read: 'yesterday' } }] },
      { version: 'ours', lists: [{ ...list, source: { ...list?.source, date: '2026-02-30' } }] },
    ]
    for (const law of wrong)
      expect(
        codeOf(() => parseDpiaLaw(law)),
        JSON.stringify(law),
      ).toBe('ERR_DPIA_LAW_INVALID')
  })

  test('ERR_DPIA_LAW_INVALID', () => {
    const [list] = DPIA_LAW.lists
    const type = list?.types[0]
    const withList = (change: object) => ({ ...DPIA_LAW, lists: [{ ...list, ...change }] })
    const withType = (change: object) => withList({ types: [{ ...type, ...change }] })
    const { 'large-scale': _, ...eight } = DPIA_LAW.criteria
    const wrong: unknown[] = [
      {},
      { ...DPIA_LAW, version: '' },
      { ...DPIA_LAW, criteria: eight as Record<CriterionId, unknown> },
      { ...DPIA_LAW, criteria: { ...DPIA_LAW.criteria, 'large-scale': { number: 5, name: 'five' } } },
      { ...DPIA_LAW, criteriaNeeded: 0 },
      { ...DPIA_LAW, criteriaNeeded: '2' },
      { ...DPIA_LAW, lists: {} },
      { ...DPIA_LAW, lists: [null] },
      withList({ id: 7 }),
      withList({ source: { title: 'x' } }),
      withList({ territory: 'France' }),
      withList({ effect: 'forbids' }),
      withList({ types: null }),
      withType({ number: 1 }),
      withType({ name: { en: 'x' } }),
      withType({ when: undefined }),
      withType({ when: [] }),
      withType({ when: [{}] }),
      withType({ when: [{ factors: ['telepathy'] }] }),
      withType({ when: [{ criteria: ['__proto__'] }] }),
      withType({ combined: {} }),
      withType({ combined: null }),
      withType({ combined: { apartFrom: ['children'] } }),
    ]
    for (const law of wrong)
      expect(
        codeOf(() => need(law)),
        JSON.stringify(law),
      ).toBe('ERR_DPIA_LAW_INVALID')
    for (const law of [null, 'ours']) expect(codeOf(() => need(law))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

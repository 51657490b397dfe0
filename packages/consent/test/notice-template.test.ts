import { defineNotice } from '@surveyseal/consent'
import { fillNoticeTemplate, lintNotice, noticeTemplate } from '@surveyseal/consent/notices'
import { classifyPractice, type FactorId, PRACTICES, type PracticeId, RISK_TIERS } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { filled } from './support/fill.js'
import { codeOf } from './support/matchers.js'
import { assessed } from './support/programme.js'

const listed = Object.keys(PRACTICES) as PracticeId[]
const languages = ['en', 'fr'] as const

describe('noticeTemplate', () => {
  test.each(RISK_TIERS)('filled in for the %s tier, lints without a finding', (tier) => {
    const notice = filled(noticeTemplate({ tier, transfers: [] }))
    const practices = listed.filter((id) => PRACTICES[id].tier === tier)
    expect(notice.purposes.map(({ id }) => id)).toEqual(practices)
    expect(lintNotice(notice, assessed(...practices), { languages, linkage: 'identified' })).toEqual([])
    expect(Object.keys(defineNotice(notice).digests)).toEqual(['en', 'fr'])
  })

  const raising: readonly FactorId[] = ['large-scale', 'children', 'special-category']
  const raised = listed.flatMap((id) => raising.map((factor) => [id, factor] as const))
  test.each(raised)('filled in for %s with %s, lints without a finding', (id, factor) => {
    const assessment = assessed({ id, factors: [factor] })
    const notice = filled(noticeTemplate({ practices: assessment.practices, transfers: [] }))
    expect(lintNotice(notice, assessment, { languages, linkage: 'pseudonymous' })).toEqual([])
  })

  test('writes each purpose for its own tier', () => {
    const { practices } = assessed('standard-survey', 'close-the-loop', 'mine-call-transcripts', 'video-feedback')
    const { notice } = noticeTemplate({ practices, transfers: [] })
    expect(notice.purposes.map(({ legalBasis }) => legalBasis)).toEqual([
      'legitimate-interests',
      ...['consent', 'consent', 'consent'],
    ])
    const said = Object.values(notice.wording['fr']?.purposes ?? {})
    expect(said.map(({ contact }) => contact !== undefined)).toEqual([false, true, true, true])
    expect(said.map(({ insights }) => insights !== undefined)).toEqual([false, false, true, true])
    expect(notice.wording['en']?.safeguards).toContain('encrypted')
  })

  test('unfilled, it does not pass: a placeholder is an error wherever it stands', () => {
    const { notice, placeholders } = noticeTemplate({ tier: 'low', transfers: [] })
    expect(placeholders).toContain('linkage.fr')
    const codes = lintNotice(notice, assessed('standard-survey', 'share-aggregates')).map(({ code }) => code)
    expect(codes).toContain('placeholder-unfilled')
  })

  test('names what it promises on behalf of the controller', () => {
    const promises = (id: PracticeId) =>
      noticeTemplate({ practices: [classifyPractice(id)], transfers: [] }).assertions.map(({ en }) => en)
    expect(promises('standard-survey')).toHaveLength(3)
    expect(promises('close-the-loop').join()).toContain('contacted once')
    expect(promises('third-party-ai').join()).toContain('No software learns')
    expect(promises('video-feedback').join()).toContain('encrypted at rest')
  })

  test('writes one language when one is asked for, and a practice outside the list with placeholders', () => {
    const own = classifyPractice({ id: 'own:practice_1', factors: ['survey-answers', 'profiling'] })
    const template = noticeTemplate({ practices: [own], transfers: [], languages: ['fr'] })
    expect(template.placeholders).toContain('own:practice_1.title.fr')
    expect(template.placeholders).toContain('own:practice_1.automated-decisions.fr')
    expect(Object.keys(template.notice.wording)).toEqual(['fr'])
    const assessment = assessed({ id: 'own:practice_1', factors: ['survey-answers', 'profiling'] })
    expect(lintNotice(filled(template), assessment, { languages: ['fr'] })).toEqual([])
  })

  test.each([
    ['a tier that is none', { tier: 'huge', transfers: [] }],
    ['no practice', { practices: [], transfers: [] }],
    [
      'a practice whose id is no identifier',
      { practices: [{ ...classifyPractice('standard-survey'), id: '{{x' }], transfers: [] },
    ],
    ['a language without words', { tier: 'low', transfers: [], languages: ['de'] }],
  ])('refuses %s', async (_, options) => {
    expect(await codeOf(() => noticeTemplate(options as never))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('fillNoticeTemplate', () => {
  const template = noticeTemplate({ tier: 'low', transfers: [] })
  const values = Object.fromEntries(template.placeholders.map((name) => [name, `text ${name}`]))
  const name = template.placeholders[0] ?? ''

  test('fills in names of terms too', () => {
    const { wording } = fillNoticeTemplate(template, values)
    expect(wording['fr']?.terms).toMatchObject({ 'text recipient': 'text recipient.fr' })
    expect(JSON.stringify(fillNoticeTemplate(template, values))).not.toContain('{{')
  })

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a placeholder left out', Object.fromEntries(Object.entries(values).slice(1))],
    ['a placeholder left empty', { ...values, [name]: ' ' }],
    ['a number', { ...values, [name]: 1 }],
    ['a text with a placeholder', { ...values, [name]: 'a {{b}}' }],
    ['a text with half of one', { ...values, [name]: 'a }} b' }],
    ['a name that is no placeholder', { ...values, 'controler.name': 'x' }],
    ['inherited texts', Object.create(values)],
  ])('refuses %s', async (_, given) => {
    expect(await codeOf(() => fillNoticeTemplate(template, given as Record<string, string>))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
  })

  test('refuses what holds no texts', async () => {
    expect(await codeOf(() => fillNoticeTemplate(template, null as never))).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('what a text contains stays text', () => {
    const odd = fillNoticeTemplate(template, { ...values, 'controller.name': '$& __proto__ <b>' })
    expect(odd.controller.name).toBe('$& __proto__ <b>')
    const proto = fillNoticeTemplate(template, { ...values, recipient: '__proto__' })
    expect(() => defineNotice(proto)).toThrow()
  })
})

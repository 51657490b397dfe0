import { renderProgrammeReport } from '@surveyseal/core/report'
import { COUNTERMEASURES, CRITERIA, DPIA_LAW, FACTORS, PRACTICES, SOURCES } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { inspectPage } from '../../../../test/inspect-page.js'
import { completeAssessment, fullAssessment, HOSTILE } from './programme.js'

const languages = ['en', 'fr'] as const
const assessment = fullAssessment()

/** The words of a page, as a reader meets them. */
const wordsOf = (page: string): string =>
  spaced(
    page
      .replace(/<style>[\s\S]*<\/style>/, '')
      .replace(/<\/?(?:a|b|bdi|cite|span)\b[^>]*>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&'),
  )

/** French has spaces that do not break. */
function spaced(text: string): string {
  return text.replace(/\s+/g, ' ')
}

describe('the report on a programme', () => {
  test.each(languages)('in %s names every practice, factor, countermeasure and criterion, and why', (language) => {
    const words = wordsOf(renderProgrammeReport(assessment, { language }))
    const named = [...Object.values(PRACTICES), ...Object.values(FACTORS), ...Object.values(COUNTERMEASURES)]
    for (const { name } of [...named, ...Object.values(CRITERIA)]) expect(words).toContain(spaced(name[language]))
    for (const { why } of Object.values(FACTORS)) expect(words).toContain(spaced(why[language]))
    for (const { actor, evidence } of Object.values(COUNTERMEASURES).filter(({ replaces }) => replaces === undefined)) {
      expect(words).toContain(actor[language])
      expect(words).toContain(spaced(evidence[language]))
    }
  })

  test.each(languages)(
    'in %s names every list and type by which a DPIA is required, and what nobody looked at',
    (language) => {
      const words = wordsOf(renderProgrammeReport(assessment, { language }))
      for (const { name } of assessment.dpia.listed) expect(words).toContain(spaced(name[language]))
      for (const { name, effect, types } of DPIA_LAW.lists) {
        expect(words).toContain(spaced(name[language]))
        if (effect === 'exempts') continue
        for (const type of types.filter(({ when }) => when === null))
          expect(words).toContain(spaced(type.name[language]))
      }
    },
  )

  test('names every source with its version, its date and the day it was read, and links to https only', () => {
    const page = renderProgrammeReport(assessment, { language: 'en' })
    const words = wordsOf(page)
    for (const { title, url, version } of Object.values(SOURCES)) {
      expect(words).toContain(title)
      expect(words).toContain(url)
      expect(words).toContain(version ?? 'not dated')
    }
    expect(words).toContain('of 11 October 2018, read on 30 November 2026')
    expect(page.match(/href="[^"]*"/g)?.every((href) => /^href="(?:https:\/\/|#source-\d+")/.test(href))).toBe(true)
    const [list] = assessment.dpia.lists
    const source = { title: 'ours', url: 'javascript:window.ran=1', read: 'some day' }
    const own = { ...assessment, dpia: { ...assessment.dpia, lists: [{ ...list, source }] } } as typeof assessment
    expect(renderProgrammeReport(own, { language: 'en' })).not.toMatch(/href="javascript/)
  })

  test('counts what is in place, lapsed and missing as the assessment does', () => {
    const words = wordsOf(renderProgrammeReport(assessment, { language: 'en' }))
    const met = assessment.practices.flatMap((practice) => practice.met).length
    const required = assessment.practices.flatMap((practice) => practice.required).length
    expect(words).toContain(`${met} of ${required}`)
    expect(words).toContain(`${assessment.missing.length} countermeasures are missing`)
    expect(words).toContain('1 of them lapsed')
    expect(words).toContain('notice v4, lapsed on 31 March 2026')
    expect(words).toContain('notice v4, until 1 January 2027')
    expect(words).toContain('raised from low')
  })

  test('says that nothing is missing and nothing asked for when it is so, and what that does not mean', () => {
    const words = wordsOf(renderProgrammeReport(completeAssessment(), { language: 'en' }))
    expect(words).toContain('Every countermeasure that these practices demand is in place.')
    expect(words).toContain('No rule that was looked at requires a DPIA. One criterion may suffice in some cases')
    expect(words).toContain('A working aid, not legal advice.')
    expect(words).not.toMatch(/anonym/i)
  })

  test('is the same for an assessment that was kept as JSON, and changes nothing of it', () => {
    const kept = structuredClone(assessment)
    const page = renderProgrammeReport(assessment, { language: 'fr' })
    expect(renderProgrammeReport(JSON.parse(JSON.stringify(assessment)), { language: 'fr' })).toBe(page)
    expect(assessment).toEqual(kept)
  })

  test('shows hostile names as text, and those of built-in properties as names', () => {
    const tags = (page: string): string[] => page.match(/<\/?[a-z][^>]*>/gi) ?? []
    const hostile = renderProgrammeReport(fullAssessment(HOSTILE, HOSTILE), { language: 'en' })
    expect(tags(hostile)).toEqual(tags(renderProgrammeReport(fullAssessment('own', 'v4'), { language: 'en' })))
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(renderProgrammeReport(fullAssessment(id), { language: 'en' })).toContain(`<bdi>${id}</bdi>`)
    }
    expect(hostile).not.toMatch(/undefined|NaN|\[object|=>/)
  })

  test('ERR_INVALID_ARG_VALUE for a language without words', () => {
    for (const language of ['de', '__proto__']) {
      expect(codeOf(() => renderProgrammeReport(assessment, { language: language as 'en' }))).toBe(
        'ERR_INVALID_ARG_VALUE',
      )
    }
  })
})

describe('the report in Chromium', () => {
  test.each(languages)(
    'in %s breaks no rule of axe-core, fetches and runs nothing, and fits a telephone',
    async (language) => {
      for (const shown of [fullAssessment(HOSTILE, HOSTILE), completeAssessment()]) {
        for (const found of (await inspectPage(renderProgrammeReport(shown, { language }))) ?? []) {
          const { printed, way, ...rest } = found
          expect({ way, ...rest }).toEqual({ way, violations: [], requests: [], messages: [], overflow: 0, ran: false })
          expect(printed).toBeGreaterThan(10_000)
        }
      }
    },
  )
})

import { assessSubject } from '@surveyseal/core/disclosure'
import type { ErasurePreview } from '@surveyseal/core/report'
import { renderErasurePreview } from '@surveyseal/core/report'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { inspectPage } from '../../../../test/inspect-page.js'
import { HOSTILE } from './programme.js'

const languages = ['en', 'fr'] as const

const verdict = assessSubject(
  {
    records: [
      { jobLevel: 'C', company: 'Acme', npsScore: 9 },
      { jobLevel: 'C', company: 'Acme', npsScore: 3 },
    ],
    others: [
      { person: 1, record: { jobLevel: 'C', company: 'Globex', npsScore: 9 } },
      { person: 2, record: { jobLevel: 'B', company: 'Acme', npsScore: 3 } },
    ],
  },
  { sensitive: ['npsScore'] },
)

function preview(name = 'notes'): ErasurePreview {
  return {
    records: [
      {
        target: 'answers',
        id: name,
        relation: 'subject',
        changes: [
          {
            field: 'email',
            technique: 'random-email',
            because: 'rule',
            count: 1,
            before: ['A•••@E•••'],
            after: '•••@anonymized.invalid',
          },
          { field: name, technique: 'remove', because: 'default-deny', count: 3, before: [], after: null },
          { field: '', technique: 'suppress-record', because: 'rule', count: 1, before: [], after: null },
        ],
      },
      {
        target: 'answers',
        id: '2',
        relation: 'mention',
        changes: [{ field: name, technique: 'mask', because: 'identifier', count: 1, before: [], after: '***' }],
      },
      { target: 'links', id: '3', relation: 'dependent', changes: [] },
    ],
    warnings: [name, { en: 'Two.', fr: 'Deux.' }],
    residual: verdict,
  }
}

const wordsOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

describe('the preview of an erasure', () => {
  test.each(languages)(
    'in %s says what betrays the person, with the combination, and what was not tested',
    (language) => {
      const words = wordsOf(renderErasurePreview(preview(), { language }))
      for (const { text } of verdict.because) expect(words).toContain(text[language].replace(/\s+/g, ' '))
      for (const text of verdict.notTested) expect(words).toContain(text[language].replace(/\s+/g, ' '))
      expect(words).toContain('jobLevel + company')
      expect(words).toContain(language === 'en' ? 'Still singled out' : 'Toujours isolée')
      expect(words).toContain(language === 'en' ? 'Two.' : 'Deux.')
    },
  )

  test('shows each record field by field, and counts', () => {
    const words = wordsOf(renderErasurePreview(preview(), { language: 'en' }))
    for (const text of [
      '1records of the person',
      '1records of others that name them',
      '1links and consents that go with them',
      '6values that would change',
      'A•••@E•••',
      'no rule names it, 3 values',
      'the record itself',
      'the identifier alone',
      'Nothing of it changes.',
    ]) {
      expect(words).toContain(text)
    }
  })

  test('says that inference was not tested when nobody named a sensitive field, and that nothing was judged when nobody did', () => {
    const one = assessSubject({ records: [{ a: 1 }], others: [{ person: 1, record: { a: 1 } }] })
    const words = (residual: ErasurePreview['residual']) =>
      wordsOf(renderErasurePreview({ ...preview(), residual }, { language: 'en' }))
    expect(words(one)).toContain('Inferencenot tested')
    expect(words(one)).toContain('Not singled out by what was tested')
    expect(words(null)).toContain('Not judged')
    expect(words({ verdict: 'linkable', because: ['x', null, {}] })).toContain('Still linkable')
    expect(words(one)).not.toMatch(/anonymous/i)
  })

  test('says that nobody was found', () => {
    const empty = renderErasurePreview({ records: [], warnings: [], residual: null }, { language: 'fr' })
    expect(wordsOf(empty)).toContain('Personne n’a été trouvé par cet identifiant')
    expect(empty).not.toContain('<section>')
  })

  test('shows hostile names as text', () => {
    const tags = (page: string): string[] => page.match(/<\/?[a-z][^>]*>/gi) ?? []
    expect(tags(renderErasurePreview(preview(HOSTILE), { language: 'en' }))).toEqual(
      tags(renderErasurePreview(preview('x'), { language: 'en' })),
    )
  })

  test('ERR_INVALID_ARG_VALUE for a language without words', () => {
    expect(codeOf(() => renderErasurePreview(preview(), { language: 'de' as 'en' }))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test.each(languages)(
    'in Chromium, in %s, breaks no rule of axe-core, fetches and runs nothing, and fits a telephone',
    async (language) => {
      for (const found of (await inspectPage(renderErasurePreview(preview(HOSTILE), { language }))) ?? []) {
        const { printed, way, ...rest } = found
        expect({ way, ...rest }).toEqual({ way, violations: [], requests: [], messages: [], overflow: 0, ran: false })
        expect(printed).toBeGreaterThan(5000)
      }
    },
  )
})

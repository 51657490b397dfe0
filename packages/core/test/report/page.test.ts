import { createHash } from 'node:crypto'
import { html, keyFigures, REPORT_CONTENT_POLICY, reportPage, shownIn } from '@surveyseal/core/report'
import { describe, expect, test } from 'vitest'

const page = reportPage({
  language: 'fr',
  kind: 'Rapport',
  title: 'Réponses',
  lead: html`<b>12</b> personnes`,
  body: keyFigures([
    { value: '12', label: 'réponses' },
    { value: 3, label: 'manquent', alarming: true },
  ]),
  closing: 'Fin.',
})

describe('the page of a report', () => {
  test('lets in its one style by digest, and nothing else', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
    const digest = createHash('sha256').update(style).digest('base64')
    expect(REPORT_CONTENT_POLICY).toContain(`style-src 'sha256-${digest}'`)
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="${REPORT_CONTENT_POLICY}">`)
    expect(REPORT_CONTENT_POLICY).toMatch(/^default-src 'none'; /)
    expect(REPORT_CONTENT_POLICY).not.toContain('unsafe')
  })

  test('runs and fetches nothing', () => {
    expect(page).not.toMatch(
      /<(?:script|link|img|iframe|object|form|base)|\b(?:src|action)=|@import|url\(|\son\w+=|\sstyle=/i,
    )
  })

  test('is in the language it says', () => {
    expect(page).toContain('<html lang="fr">')
    expect(page).toContain('<title>Réponses</title>')
    expect(page).toContain('<li class="alarm"><b>3</b><span>manquent</span></li>')
  })
})

describe('figures', () => {
  test('are written as the language writes them', () => {
    const [en, fr] = [shownIn('en'), shownIn('fr')]
    const spaced = (text: string): string => text.replace(/\s/g, ' ')
    expect(en.count(1234567)).toBe('1,234,567')
    expect(spaced(fr.count(1234567))).toBe('1 234 567')
    expect([en.percent(0.0123), en.percent(0.5), en.percent(0), en.percent(1)]).toEqual(['1.23%', '50%', '0%', '100%'])
    expect(spaced(fr.percent(0.0123))).toBe('1,23 %')
    expect(en.number(0.6465751607983555)).toBe('0.646575')
    expect([en.day(new Date('2026-11-30T23:59:59Z')), fr.day(new Date('2026-02-01'))]).toEqual([
      '30 November 2026',
      '1er février 2026',
    ])
  })
})

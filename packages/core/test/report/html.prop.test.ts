import { html, Markup, reportPage } from '@surveyseal/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '</title><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    '\u202egnp.exe',
  ),
)

describe('markup', () => {
  test('text put in never makes an element, ends an attribute or turns the direction of what follows', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { text: escaped } = html`${text}`
        expect(escaped).not.toMatch(/[<>"']/)
        expect(escaped.replace(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
        expect(html`${[text]}`.text).toBe(escaped)
        expect(html`${new Markup(escaped)}`.text).toBe(escaped)
      }),
    )
  })

  test('whatever a report is called, its page has the same elements', () => {
    const tags = (page: string): string[] => page.match(/<\/?[a-z][^>]*>/gi) ?? []
    const plain = reportPage({ language: 'en', kind: 'k', title: 't', lead: 'l', body: 'b', closing: 'c' })
    fc.assert(
      fc.property(hostile, hostile, (kind, title) => {
        const page = reportPage({ language: 'en', kind, title, lead: title, body: kind, closing: title })
        expect(tags(page)).toEqual(tags(plain))
      }),
    )
  })
})

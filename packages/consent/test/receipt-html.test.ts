import { defineNotice, type NoticeInput, receiptHtml, type VerifiedReceipt, verifyReceipt } from '@surveyseal/consent'
import { describe, expect, test } from 'vitest'
import { noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { createWorld } from './support/service.js'

const GIVEN = { 'improve-service': 'given', 'call-back': 'refused' } as const

async function receipts(input: NoticeInput = noticeInput) {
  const world = await createWorld({ notices: [defineNotice(input)] })
  const given = await world.decide(GIVEN)
  const withdrawn = await world.service.withdraw({ subject: SUBJECT, survey: SURVEY, via: 'operator' })
  return {
    given: await verifyReceipt(given.receipt, { keys: world.keys, later: [withdrawn.receipt] }),
    withdrawn: await verifyReceipt(withdrawn.receipt, world),
  }
}

const { given, withdrawn } = await receipts()
/** The text of the page, without tags. */
const textOf = (page: string): string => page.replace(/<style>[\s\S]*<\/style>/, '').replace(/<[^>]*>/g, '\n')

describe('a printed receipt', () => {
  test('says in English and in French what was chosen, when, and what is proved and what is not', () => {
    const english = textOf(receiptHtml(given, { language: 'en' }))
    for (const text of ['Receipt of your choices', 'Improve our service', 'Yes', 'No', 'Example Air', 'spring-2026']) {
      expect(english).toContain(text)
    }
    expect(english).toContain('March 1, 2026')
    expect(english).toContain('The organisation signed this receipt.')
    expect(english).toContain('A later receipt says otherwise about at least one use.')
    expect(english).toContain('That this is in a log.')
    const french = receiptHtml(given, { language: 'fr' })
    expect(textOf(french)).toContain('Reçu de vos choix')
    expect(textOf(french)).toContain('1 mars 2026')
    expect(french).toContain('<html lang="fr">')
    expect(french).toContain('<td lang="en"><strong><bdi>Improve our service')
  })

  test('of a withdrawal names what was withdrawn, and has no wording', () => {
    const page = textOf(receiptHtml(withdrawn, { language: 'en' }))
    expect(page).toContain('Receipt of your withdrawal')
    expect(page).toContain('Withdrawn')
    expect(page).not.toContain('Improve our service')
  })

  test('fetches and runs nothing', () => {
    const page = receiptHtml(given, { language: 'en' })
    expect(page).not.toMatch(
      /\b(?:src|href|action|url)\b\s*[=(]|<(?:script|link|img|iframe|form|object)|@import|\son\w+=/i,
    )
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /,
    )
    expect(page).not.toContain('unsafe')
  })

  test('holds neither the pseudonym nor what withdraws', () => {
    const page = receiptHtml(given, { language: 'en' })
    for (const secret of [given.event.subject, given.event.salt, given.event.jws]) expect(page).not.toContain(secret)
  })

  test('escapes whatever the controller wrote', async () => {
    const hostile = '</style></td><script>alert("1")</script>\' onload=x &amp; \u2067right to left'
    const wording = noticeInput.wording['en']
    const { given: bad } = await receipts({
      ...noticeInput,
      controller: { name: hostile, contact: hostile },
      wording: {
        en: {
          title: hostile,
          summary: hostile,
          withdrawal: hostile,
          purposes: Object.fromEntries(
            Object.keys(wording?.purposes ?? {}).map((id) => [id, { title: hostile, description: hostile }]),
          ),
        },
      },
    })
    const page = receiptHtml(bad, { language: 'en' })
    expect(page).not.toContain('<script')
    expect(page.split('</style>')).toHaveLength(2)
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=x &amp;amp;')
  })

  test('looks up no purpose in a prototype', () => {
    const event = { ...given.event, decisions: Object.fromEntries([['constructor', 'given' as const]]) }
    const page = receiptHtml({ ...given, event } as VerifiedReceipt, { language: 'en' })
    expect(page).toContain('<strong><bdi>constructor</bdi></strong>')
  })

  test('ERR_INVALID_ARG_VALUE for a language that it does not speak', async () => {
    for (const language of ['de', '__proto__'] as unknown as 'en'[]) {
      expect(await codeOf(() => receiptHtml(given, { language }))).toBe('ERR_INVALID_ARG_VALUE')
    }
  })
})

import { defineNotice, pseudonymize } from '@surveyseal/consent'
import { type AccessSources, assembleAccess, createRightsService, renderAccessHtml } from '@surveyseal/consent/rights'
import { memoryRightsStore } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { later, NOW, notice, noticeInput, SECRET, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { createWorld } from './support/service.js'

const CUSTOMER = 'customer-4711'
const HOSTILE = '<script>alert(1)</script>"\'&\u202etxt.exe\u0000\ud800'

const sources: AccessSources<string> = {
  records: async () => [
    { id: 'r1', survey: SURVEY, source: null, fields: { score: 9, comment: 'Very good.\nThank you!', tags: ['crew'] } },
    { id: 'r2', survey: null, source: 'booking system', fields: { name: 'Jane Doe', booked: null } },
  ],
  links: async () => [
    { survey: SURVEY, purpose: 'survey', madeAt: NOW.getTime(), expiresAt: later(86_400).getTime(), state: 'used' },
  ],
  chains: async () => [{ subject: SUBJECT, survey: SURVEY }],
}

async function reported(changes: Partial<AccessSources<string>> = {}) {
  const world = await createWorld()
  await world.decide({ 'improve-service': 'given', 'call-back': 'refused' })
  world.advance(60)
  await world.service.withdraw({ subject: SUBJECT, survey: SURVEY, via: 'link' })
  const next = defineNotice({ ...noticeInput, version: '2026-02' })
  const options = { person: CUSTOMER, store: world.store, controller: noticeInput.controller, notices: [next] }
  return assembleAccess({ ...options, sources: { ...sources, ...changes }, language: 'fr', now: NOW })
}

const textOf = (page: string): string => page.replace(/<style>[\s\S]*<\/style>/, '').replace(/<[^>]*>/g, '\n')

describe('an access report', () => {
  test('holds records, events with what they were called, links, and the notices in force and signed', async () => {
    const report = await reported()
    expect(report).toMatchObject({ format: 'surveyseal-access', formatVersion: 1, preparedAt: NOW.toISOString() })
    expect(report.records).toEqual(await sources.records(CUSTOMER))
    expect(report.links).toEqual(await sources.links(CUSTOMER))
    expect(report.events).toMatchObject([
      {
        kind: 'decision',
        survey: SURVEY,
        decisions: [
          { purpose: 'improve-service', title: 'Improve our service', decision: 'given' },
          { purpose: 'call-back', title: 'Call you back', decision: 'refused' },
        ],
        notice: { id: 'flight-feedback', version: '2026-01', language: 'en' },
      },
      {
        kind: 'withdrawal',
        decisions: [{ purpose: 'improve-service', title: 'Improve our service', decision: 'withdrawn' }],
        notice: null,
      },
    ])
    expect(report.notices.map(({ version, language }) => [version, language])).toEqual([
      ['2026-02', 'fr'],
      ['2026-01', 'en'],
    ])
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  test('asks every source about that person, and never names them by the host’s reference', async () => {
    const asked: string[] = []
    const spy = (name: string) => async (person: string) => {
      asked.push(`${name} ${person}`)
      return []
    }
    const report = await reported({
      records: spy('records'),
      links: spy('links'),
      chains: spy('chains'),
      requests: spy('requests'),
    })
    expect(asked.sort()).toEqual(['chains', 'links', 'records', 'requests'].map((name) => `${name} ${CUSTOMER}`))
    expect(JSON.stringify(report)).not.toContain(CUSTOMER)
    expect(report.events).toEqual([])
  })

  test('holds earlier requests, without the pseudonym they are kept under', async () => {
    const store = memoryRightsStore()
    const person = pseudonymize(CUSTOMER, { secret: SECRET, survey: 'rights' })
    const service = createRightsService({ store, timeZone: 'UTC', clock: () => NOW })
    await service.receive({ person, right: 'access' })
    const report = await reported({ requests: () => store.ofPerson(person) })
    expect(report.requests).toEqual([
      { right: 'access', receivedAt: NOW.getTime(), lastDay: '2026-04-01', state: 'received' },
    ])
    expect(textOf(renderAccessHtml(report, { language: 'fr' }))).toContain('reçue')
  })

  test('is not made when a source fails, an event was changed, or a record is not JSON', async () => {
    const failure = Object.assign(new Error('down'), { code: 'DOWN' })
    expect(await codeOf(reported({ links: () => Promise.reject(failure) }))).toBe('DOWN')
    const fields = { big: 10n }
    const records = async () => [{ id: 'r', survey: null, source: null, fields }]
    expect(await codeOf(reported({ records }))).toBe('ERR_INVALID_ARG_TYPE')
    const world = await createWorld()
    await world.decide({ 'improve-service': 'given', 'call-back': 'given' })
    const store = {
      events: async (chain: { subject: string; survey: string }) =>
        (await world.store.events(chain)).map((row) => ({ ...row, salt: row.hash })),
    }
    const options = { person: CUSTOMER, store, sources, controller: noticeInput.controller, notices: [notice] }
    expect(await codeOf(assembleAccess({ ...options, language: 'en' }))).toBe('ERR_CONSENT_RECORD_INVALID')
  })
})

describe('the access page', () => {
  test('says everything, in English and in French', async () => {
    const report = await reported()
    const english = textOf(renderAccessHtml(report, { language: 'en' }))
    for (const text of [
      'The data we hold about you',
      'Example Air',
      'Very good.\nThank you!',
      'booking system',
      'your consent',
      'telephone number',
      'P3M',
      'Withdrawn',
      'used',
      'March 1, 2026',
      'data protection authority',
    ]) {
      expect(english).toContain(text)
    }
    const french = renderAccessHtml(report, { language: 'fr' })
    expect(french).toContain('<html lang="fr">')
    for (const text of ['Vos choix', 'votre consentement', 'Améliorer notre service', '1 mars 2026']) {
      expect(textOf(french)).toContain(text)
    }
  })

  test('escapes whatever a record, a link or a notice holds, and shows what hides or turns text', async () => {
    const fields = { [HOSTILE]: HOSTILE, nested: { [HOSTILE]: [HOSTILE] }, ['__proto__']: HOSTILE }
    const report = await reported({
      records: async () => [{ id: HOSTILE, survey: HOSTILE, source: HOSTILE, fields }],
      links: async () => [{ survey: HOSTILE, purpose: HOSTILE, madeAt: null, expiresAt: null, state: HOSTILE }],
    })
    for (const language of ['en', 'fr'] as const) {
      const page = renderAccessHtml({ ...report, controller: { name: HOSTILE, contact: HOSTILE } }, { language })
      expect(page).not.toContain('<script')
      for (const hidden of ['\u202e', '\u0000', '\ud800']) expect(page).not.toContain(hidden)
      expect(page).toContain('[U+202E]txt.exe[U+0000][U+D800]')
    }
  })

  test('fetches and runs nothing', async () => {
    const page = renderAccessHtml(await reported(), { language: 'en' })
    expect(page).not.toMatch(
      /\b(?:src|href|action|url)\b\s*[=(]|<(?:script|link|img|iframe|form|object)|@import|\son\w+=/i,
    )
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /,
    )
  })

  test('says so where there is nothing', async () => {
    const nothing = async () => []
    const report = await reported({ records: nothing, links: nothing, chains: nothing })
    expect(textOf(renderAccessHtml(report, { language: 'en' })).match(/None\./g)).toHaveLength(4)
  })

  test('is written in no other language', async () => {
    const report = await reported()
    expect(await codeOf(() => renderAccessHtml(report, { language: 'constructor' as never }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
  })
})

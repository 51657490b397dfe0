import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineNotice, type NoticeInput, parseNotice } from '@surveyseal/consent'
import canonicalize from 'canonicalize'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { noticeInput } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'

const text = (value: unknown): string => JSON.stringify(value)
/** As an object of `JSON.parse` may be: with a member of its own, not another prototype. */
const withProto = (value: object | undefined): object => JSON.parse(text(value).replace('{', '{"__proto__":{},'))
const [first, second] = noticeInput.purposes
const { en } = noticeInput.wording

describe('defineNotice', () => {
  test('makes one document and one digest per language', async () => {
    const { documents, digests } = defineNotice(noticeInput)
    expect(Object.keys(documents)).toEqual(['en', 'fr'])
    for (const language of ['en', 'fr']) {
      const bytes = new TextEncoder().encode(documents[language])
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
      expect(digests[language]).toBe(base64url.encode(digest))
    }
    expect(digests['en']).not.toBe(digests['fr'])
  })

  test('a document stands alone: identity, controller, every purpose and the wording of one language', () => {
    const { wording, ...common } = noticeInput
    expect(JSON.parse(defineNotice(noticeInput).documents['fr'] ?? '')).toEqual({
      ...common,
      format: 'surveyseal-notice',
      formatVersion: 1,
      language: 'fr',
      wording: wording['fr'],
    })
  })

  test('does not depend on the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(noticeInput).reverse()) as unknown as NoticeInput
    expect(defineNotice(reversed).digests).toEqual(defineNotice(noticeInput).digests)
  })

  test('adding a language leaves the digests of the others', () => {
    const { digests } = defineNotice(noticeInput)
    const grown = defineNotice({
      ...noticeInput,
      wording: { ...noticeInput.wording, 'fr-CA': noticeInput.wording['fr'] ?? en },
    } as NoticeInput)
    expect(grown.digests).toMatchObject(digests)
    expect(grown.digests['fr-CA']).not.toBe(digests['fr'])
  })

  test('copies and freezes everything', () => {
    const input = structuredClone(noticeInput)
    const notice = defineNotice(input)
    Object.assign(input.controller, { name: 'Somebody else' })
    expect(notice.controller.name).toBe('Example Air')
    for (const value of [notice, notice.purposes, notice.purposes[0], notice.wording['en'], notice.digests]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
  })

  test('keeps right-to-left scripts', () => {
    const title = 'ملاحظاتك \u2067(رحلة AF\u2069)'
    const wording = { ar: { ...en, title } } as unknown as NoticeInput['wording']
    expect(defineNotice({ ...noticeInput, wording }).documents['ar']).toContain(title)
  })
})

describe('ERR_CONSENT_NOTICE_INVALID', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'notice'],
    ['an unknown member', { ...noticeInput, note: '' }],
    ['an unknown member of a purpose', { ...noticeInput, purposes: [{ ...first, note: '' }, second] }],
    ['no controller', { ...noticeInput, controller: undefined }],
    ['an empty name', { ...noticeInput, controller: { name: '', contact: 'x' } }],
    ['no purposes', { ...noticeInput, purposes: [] }],
    ['one purpose twice', { ...noticeInput, purposes: [first, first] }],
    ['33 purposes', { ...noticeInput, purposes: Array.from({ length: 33 }, (_, i) => ({ ...first, id: `p${i}` })) }],
    ['a purpose id of 65 characters', { ...noticeInput, purposes: [{ ...first, id: 'p'.repeat(65) }, second] }],
    ['a purpose id of a megabyte', { ...noticeInput, purposes: [{ ...first, id: 'p'.repeat(1e6) }, second] }],
    ['a purpose id that is an address', { ...noticeInput, purposes: [{ ...first, id: 'a@example.com' }, second] }],
    ['an unknown legal basis', { ...noticeInput, purposes: [{ ...first, legalBasis: 'because' }, second] }],
    ['no wording', { ...noticeInput, wording: {} }],
    ['a language called __proto__', { ...noticeInput, wording: withProto(noticeInput.wording) }],
    ['a purpose called __proto__', { ...noticeInput, wording: { en: { ...en, purposes: withProto(en?.purposes) } } }],
    ['a member called __proto__', { ...noticeInput, controller: withProto(noticeInput.controller) }],
    ['a language that is none', { ...noticeInput, wording: { ENGLISH: en } }],
    ['a purpose without wording', { ...noticeInput, wording: { en: { ...en, purposes: {} } } }],
    ['wording without a purpose', { ...noticeInput, purposes: [first] }],
    ['a date', { ...noticeInput, version: new Date(0) }],
    ['a number', { ...noticeInput, version: 1 }],
    ['undefined', { ...noticeInput, wording: { en: { ...en, withdrawal: undefined } } }],
    ['a lone surrogate', { ...noticeInput, controller: { name: '\ud800', contact: 'x' } }],
    ['a NUL', { ...noticeInput, controller: { name: 'a\0b', contact: 'x' } }],
    ['a right-to-left override in a name', { ...noticeInput, controller: { name: 'Air\u202eelpmaxE', contact: 'x' } }],
    ['a text of 10,001 characters', { ...noticeInput, controller: { name: 'x'.repeat(10_001), contact: 'x' } }],
  ])('%s', async (_, input) => {
    expect(await codeOf(() => defineNotice(input as NoticeInput))).toBe('ERR_CONSENT_NOTICE_INVALID')
  })

  test.each<[string, object]>([
    ['a country that is not two capital letters', { controller: { ...noticeInput.controller, country: 'France' } }],
    ['a right that is none', { rights: ['access', 'silence'] }],
    ['a right twice', { rights: ['access', 'access'] }],
    ['undefined where something may be absent', { dpo: undefined }],
    ['null where something may be absent', { dpo: null }],
    ['65 rights', { rights: Array.from({ length: 65 }, (_, i) => `r${i}`) }],
    [
      'a transfer without a mechanism',
      { purposes: [{ ...first, transfers: [{ recipient: 'x', country: 'US' }] }, second] },
    ],
    [
      'a transfer that says more than is known',
      {
        purposes: [
          { ...first, transfers: [{ recipient: 'x', country: 'US', mechanism: 'adequacy', why: 'x' }] },
          second,
        ],
      },
    ],
    ['a validity in words', { purposes: [{ ...first, validity: 'two years' }, second] }],
    ['a validity of nothing', { purposes: [{ ...first, validity: 'P' }, second] }],
    [
      'a special category that is not among the data',
      { purposes: [{ ...first, specialCategories: ['health'] }, second] },
    ],
    [
      'training that is not yes or no',
      {
        purposes: [{ ...first, ai: [{ system: 'x', operator: 'controller', training: 'no' }] }, second],
      },
    ],
    [
      '513 terms',
      {
        wording: { en: { ...en, terms: Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`t${i}`, 'x'])) } },
      },
    ],
    ['a term of a megabyte', { wording: { en: { ...en, terms: { ['x'.repeat(1e6)]: 'x' } } } }],
    ['a term called __proto__', { wording: { en: { ...en, terms: withProto({ x: 'y' }) } } }],
  ])('of what version 2 adds, %s', async (_, change) => {
    const input = { ...noticeInput, ...change } as unknown as NoticeInput
    expect(await codeOf(() => defineNotice(input))).toBe('ERR_CONSENT_NOTICE_INVALID')
  })

  test('a document of more than 131,072 characters', async () => {
    const purposes = Array.from({ length: 14 }, (_, i) => ({ ...first, id: `p${i}`, retention: 'x'.repeat(10_000) }))
    const worded = Object.fromEntries(purposes.map(({ id }) => [id, { title: 'x', description: 'x' }]))
    const input = { ...noticeInput, purposes, wording: { en: { ...en, purposes: worded } } } as unknown as NoticeInput
    expect(await codeOf(() => defineNotice(input))).toBe('ERR_CONSENT_NOTICE_INVALID')
  })

  test('names the member and never what the author wrote', () => {
    const wording = { en: { ...en, purposes: { 'alice@example.com': { title: 'bob' } } } }
    const purposes = [first, { ...second, recipients: 'carol' }]
    const fail = (input: object) => () => defineNotice({ ...noticeInput, ...input } as unknown as NoticeInput)
    expect(fail({ wording })).toThrow(/^"notice\.wording\.\*\.purposes\.\*" lacks/)
    expect(fail({ purposes })).toThrow(/^"notice\.purposes\.1\.recipients" lacks/)
    expect(fail({ 'dave@example.com': 1 })).toThrow(/^"notice" lacks/)
  })
})

describe('parseNotice', () => {
  test('reads what defineNotice reads', () => {
    expect(parseNotice(text(noticeInput))).toEqual(defineNotice(noticeInput))
  })

  test('ERR_CONSENT_DUPLICATE_KEY: the same member twice, at any depth, escaped or not', async () => {
    const json = text(noticeInput)
    for (const twice of [
      json.replace('{', '{"version":"1",'),
      json.replace('"retention"', '"retention":"P1D","retention"'),
      json.replace('"title"', '"t\\u0069tle":"x","title"'),
    ]) {
      expect(await codeOf(() => parseNotice(twice))).toBe('ERR_CONSENT_DUPLICATE_KEY')
    }
  })

  test('the same member in two objects, or as a value, is no duplicate', () => {
    const controller = { name: '"name":"name"', contact: '{"name":1,"name":2}\\' }
    expect(parseNotice(text({ ...noticeInput, controller })).controller).toEqual(controller)
  })

  test('ERR_CONSENT_NOTICE_INVALID: not JSON, not a notice, a reserved name, or two megabytes', async () => {
    const reserved = text(noticeInput).replace('{', '{"__proto__":{},')
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    for (const json of ['', '{', 'null', '[]', reserved, `${text(noticeInput)} 1`, 'x'.repeat(2e6), deep]) {
      expect(await codeOf(() => parseNotice(json))).toBe('ERR_CONSENT_NOTICE_INVALID')
    }
  })
})

describe('RFC 8785', () => {
  const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
  const names = existsSync(`${data}/jcs`) ? ['arrays', 'french', 'structures', 'unicode', 'values', 'weird'] : []

  test.each(names)('the published vector %s', (name) => {
    const input: unknown = JSON.parse(readFileSync(`${data}/jcs/${name}.input.json`, 'utf8'))
    expect(canonicalize(input)).toBe(readFileSync(`${data}/jcs/${name}.output.json`, 'utf8').trimEnd())
  })

  test('the published vectors are there, or SURVEYSEAL_DATA says where they are not', () => {
    if (names.length === 0) process.stderr.write(`RFC 8785 vectors left out: ${data}/jcs is absent\n`)
    expect([0, 6]).toContain(names.length)
  })
})

import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../test/code-of.js'
import { allowPersonalRespondent, type LinkFields, type SealLinkOptions, sealLink } from '../src/index.js'
import { BASE_URL, expectSilentAbout, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'

const keyring = await newKeyring()

function seal(fields: Partial<LinkFields> = {}, options: Partial<SealLinkOptions> = {}): ReturnType<typeof sealLink> {
  return sealLink(
    { respondent: UUID, expiresAt: LATER, ...fields },
    { ...SCOPE, keyring, baseUrl: BASE_URL, ...options },
  )
}

describe('sealLink', () => {
  test('a UUID with expiry and key id takes 52 characters', () => {
    const { url, token, keyId } = seal()
    expect(token).toMatch(/^[A-Za-z0-9_-]{52}$/)
    expect(url).toBe(`${BASE_URL}/${token}`)
    expect(keyId).toBe(1)
  })

  test('every part of the scope is required, of text, and limited', () => {
    for (const name of ['tenant', 'survey', 'purpose'] as const) {
      expect(codeOf(() => seal({}, { [name]: undefined }))).toBe('ERR_INVALID_ARG_TYPE')
      expect(codeOf(() => seal({}, { [name]: 7 }))).toBe('ERR_INVALID_ARG_TYPE')
      for (const value of ['', 'a\0', '\ud800', 'é'.repeat(65)]) {
        expect(codeOf(() => seal({}, { [name]: value }))).toBe('ERR_INVALID_ARG_VALUE')
      }
      expect(codeOf(() => seal({}, { [name]: 'é'.repeat(64) }))).toBe(null)
    }
  })

  test('refuses respondent references that cannot be carried', () => {
    for (const respondent of ['', 'é'.repeat(33), 'x'.repeat(1e6), 'a\0b', 'a\u0085', '\ud800', 'a\udc00b']) {
      expect(codeOf(() => seal({ respondent }))).toBe('ERR_INVALID_ARG_VALUE')
    }
    for (const length of [0, 65, 1e6]) {
      expect(codeOf(() => seal({ respondent: new Uint8Array(length) }))).toBe('ERR_INVALID_ARG_VALUE')
    }
    for (const respondent of [undefined, null, 7, 7n, [1], {}, new ArrayBuffer(4), Symbol('s')]) {
      expect(codeOf(() => seal({ respondent: respondent as string }))).toBe('ERR_INVALID_ARG_TYPE')
    }
  })

  test('refuses instants, serials and languages that cannot be carried', () => {
    const limit = 2 ** 34 * 1000
    const unusable: Partial<LinkFields>[] = [
      { expiresAt: new Date(Number.NaN) },
      { expiresAt: new Date(-1) },
      { expiresAt: new Date(limit) },
      { notBefore: LATER },
      { notBefore: new Date(LATER.getTime() - 1) },
      { notBefore: new Date(-1001) },
      { notBefore: new Date(Number.NaN) },
      { notBefore: new Date(limit - 1000 - 2 ** 32 * 1000), expiresAt: new Date(limit - 1) },
      { serial: -1 },
      { serial: 0.5 },
      { serial: 2 ** 32 },
      { serial: Number.NaN },
      { language: '' },
      { language: 'f' },
      { language: 'fr_FR' },
      { language: 'fr-' },
      { language: 'é' },
      { language: `en${'-abcdefgh'.repeat(4)}` },
    ]
    for (const fields of unusable)
      expect(
        codeOf(() => seal(fields)),
        JSON.stringify(fields),
      ).toBe('ERR_INVALID_ARG_VALUE')
    for (const fields of [
      { expiresAt: '2026' },
      { expiresAt: 5 },
      { notBefore: '2026' },
      { serial: '1' },
      { language: 1 },
    ]) {
      expect(codeOf(() => seal(fields as unknown as LinkFields))).toBe('ERR_INVALID_ARG_TYPE')
    }
    expect(codeOf(() => seal({ expiresAt: new Date(limit - 1) }))).toBe(null)
  })

  test('reads no clock: an expiry in the past is sealed all the same', () => {
    expect(seal({ expiresAt: new Date(0) })).toEqual(seal({ expiresAt: new Date(0) }))
  })

  test('seals serial 0, minus zero and none alike', () => {
    expect(seal({ serial: 0 })).toEqual(seal())
    expect(seal({ serial: -0 })).toEqual(seal())
  })

  test('does not change what it is given', () => {
    const fields = Object.freeze({ respondent: Uint8Array.of(1, 2), expiresAt: NOW.getTime() < 0 ? NOW : LATER })
    seal(fields)
    expect(fields.respondent).toEqual(Uint8Array.of(1, 2))
  })

  test('ERR_LINK_RESPONDENT_PERSONAL_DATA', () => {
    const personal = [
      'ada@acme.example',
      ' ada@acme.example ',
      'mailto:ada@acme.example',
      'ada%40acme.example',
      'ada%2540acme.example',
      'Jürgen@bücher.example',
      '+4915112345678',
      '+1 (555) 123-4567',
      '%2B4915112345678',
      Buffer.from('ada@acme.example').toString('base64'),
      Buffer.from('ada@acme.example').toString('base64url'),
    ]
    for (const respondent of personal) {
      expect(
        codeOf(() => seal({ respondent })),
        respondent,
      ).toBe('ERR_LINK_RESPONDENT_PERSONAL_DATA')
      expectSilentAbout(respondent.trim(), () => seal({ respondent }))
      expect(codeOf(() => seal({ respondent }, { [allowPersonalRespondent]: true }))).toBe(null)
    }
    expect(codeOf(() => seal({ respondent: Buffer.from('ada@acme.example') }))).toBe(
      'ERR_LINK_RESPONDENT_PERSONAL_DATA',
    )
    for (const respondent of [UUID, '4711', '00491511234567', 'CUST-0001-77', 'ada@acme', 'v1.2@3', '+49', 'a%b']) {
      expect(
        codeOf(() => seal({ respondent })),
        respondent,
      ).toBe(null)
    }
  })
})

describe('the placement of the token', () => {
  test.each([
    ['path', 'https://acme.example', 'https://acme.example/TOKEN'],
    ['path', 'https://acme.example/s/', 'https://acme.example/s/TOKEN'],
    ['path', 'https://acme.example/s?lang=fr', 'https://acme.example/s/TOKEN?lang=fr'],
    ['fragment', 'https://acme.example', 'https://acme.example/#TOKEN'],
    ['fragment', 'https://acme.example/s?lang=fr', 'https://acme.example/s?lang=fr#TOKEN'],
    ['query', 'https://acme.example/s', 'https://acme.example/s?t=TOKEN'],
    ['query', 'https://acme.example/s?lang=fr', 'https://acme.example/s?lang=fr&t=TOKEN'],
  ] as const)('%s of %s', (placement, baseUrl, expected) => {
    const { url, token } = seal({}, { baseUrl, placement })
    expect(url).toBe(expected.replace('TOKEN', token))
  })

  test('an unknown placement is refused', () => {
    for (const placement of ['header', 'toString', '__proto__']) {
      expect(codeOf(() => seal({}, { placement: placement as 'path' }))).toBe('ERR_INVALID_ARG_VALUE')
    }
  })

  test('a base URL that has the parameter already is refused', () => {
    expect(codeOf(() => seal({}, { baseUrl: `${BASE_URL}?t=1`, placement: 'query' }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(codeOf(() => seal({}, { baseUrl: `${BASE_URL}?t=1` }))).toBe(null)
  })
})

describe('the base URL', () => {
  const codeFor = (baseUrl: unknown): unknown => codeOf(() => seal({}, { baseUrl: baseUrl as string }))

  test('is https, or http to a loopback host', () => {
    for (const host of [
      'localhost:3000',
      'survey.localhost',
      '127.0.0.1',
      '127.8.8.8:80',
      '[::1]:8080',
      '2130706433',
    ]) {
      expect(codeFor(`http://${host}/s`), host).toBe(null)
    }
  })

  test('ERR_LINK_BASE_URL_INSECURE', () => {
    const insecure = [
      'http://acme.example/s',
      'http://localhost.acme.example/s',
      'http://127.0.0.1.acme.example/s',
      'http://[::2]/s',
      'http://0.0.0.0/s',
      'ftp://acme.example/s',
      'ws://localhost/s',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///s',
    ]
    for (const baseUrl of insecure) expect(codeFor(baseUrl), baseUrl).toBe('ERR_LINK_BASE_URL_INSECURE')
  })

  test('ERR_LINK_BASE_URL_PERSONAL_DATA', () => {
    const personal = [
      'https://acme.example/ada@acme.example',
      'https://acme.example/s/ada%40acme.example/',
      'https://acme.example/s;u=ada%40acme.example/x',
      'https://acme.example/s?u=ada@acme.example',
      'https://acme.example/s?u=ada%2540acme.example',
      'https://acme.example/s?u=%25zz%20ada%40acme.example',
      `https://acme.example/s?q=${Buffer.from('{"email":"ada@acme.example"}').toString('base64')}`,
      `https://acme.example/s?q=${encodeURIComponent(Buffer.from('ada@acme.example!').toString('base64'))}`,
      `https://acme.example/s/${Buffer.from('ada@acme.example').toString('base64url')}`,
      'https://acme.example/s?u=%2B4915112345678',
      'https://acme.example/s?u=+4915112345678',
      'https://acme.example/s?Email=',
      'https://acme.example/s?first_name=Ada',
      'https://acme.example/s?customer-number=1',
      'https://acme.example/s?n%61me=Ada',
      'https://acme.example/s#ada@acme.example',
      'https://ada@acme.example/s',
      'https://ada:pw@acme.example/s',
    ]
    for (const baseUrl of personal) {
      expect(codeFor(baseUrl), baseUrl).toBe('ERR_LINK_BASE_URL_PERSONAL_DATA')
      expectSilentAbout('ada', () => seal({}, { baseUrl }))
    }
    for (const query of [
      'lang=fr',
      'utm_source=newsletter&utm_campaign=2026-11',
      'ref=4915112345678',
      'wave=Q4@2026',
    ]) {
      expect(codeFor(`${BASE_URL}?${query}`), query).toBe(null)
    }
  })

  test('is an absolute URL without a fragment', () => {
    for (const baseUrl of ['', '/s', 'acme.example', 'https://', `${BASE_URL}#top`, `${BASE_URL}#`]) {
      expect(codeFor(baseUrl), baseUrl).toBe('ERR_INVALID_ARG_VALUE')
    }
    expect(codeFor(`${BASE_URL}/${'x'.repeat(1e6)}`)).toBe('ERR_INVALID_ARG_VALUE')
    for (const baseUrl of [undefined, null, 7, new URL(BASE_URL)]) expect(codeFor(baseUrl)).toBe('ERR_INVALID_ARG_TYPE')
  })
})

import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../test/code-of.js'
import {
  generateKey,
  type KeyDocument,
  type Keyring,
  type KeyStatus,
  loadKeyring,
  type OpenLinkOptions,
  openLink,
  type SealedLink,
  sealLink,
} from '../src/index.js'
import { BASE_URL, expectSilentAbout, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'

const keyring = await newKeyring()
const { url, token } = sealLink({ respondent: UUID, expiresAt: LATER }, { ...SCOPE, keyring, baseUrl: BASE_URL })

function open(link: unknown, options: Partial<OpenLinkOptions> = {}): ReturnType<typeof openLink> {
  return openLink(link as string, { ...SCOPE, keyring, now: NOW, ...options })
}

const codeFor = (link: unknown, options?: Partial<OpenLinkOptions>): unknown => codeOf(() => open(link, options))

describe('openLink', () => {
  test('gives back what was sealed', () => {
    expect(open(url)).toEqual({
      respondent: UUID,
      survey: SCOPE.survey,
      keyId: 1,
      expiresAt: LATER,
      notBefore: null,
      serial: 0,
      language: null,
    })
  })

  test('takes the absolute URL, the relative one and the bare token', () => {
    for (const link of [url, `/s/${token}`, token]) expect(open(link).respondent).toBe(UUID)
  })

  test('ignores what mail systems append to a path', () => {
    for (const tail of ['?', '?utm_source=mail&t=x', '#', '#top', '?a=/b#/c']) {
      expect(open(url + tail).respondent).toBe(UUID)
    }
  })

  test('finds the token in a fragment or query, and only where it was told to look', () => {
    const fragment = `${BASE_URL}?utm_source=mail#${token}`
    const query = `${BASE_URL}?utm_source=mail&t=${token}&gclid=1#top`
    expect(open(fragment, { placement: 'fragment' }).respondent).toBe(UUID)
    expect(open(query, { placement: 'query' }).respondent).toBe(UUID)
    expect(codeFor(fragment)).toBe('ERR_LINK_MALFORMED')
    expect(codeFor(fragment, { placement: 'query' })).toBe('ERR_LINK_MALFORMED')
    expect(codeFor(query, { placement: 'fragment' })).toBe('ERR_LINK_MALFORMED')
    expect(codeFor(`${BASE_URL}?t=${token}&t=${token}`, { placement: 'query' })).toBe('ERR_LINK_MALFORMED')
    expect(codeFor(url, { placement: 'cookie' as 'path' })).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('judges validity to the second: from not-before on, and before the expiry', () => {
    const notBefore = new Date(NOW.getTime() + 1000)
    const options = { ...SCOPE, keyring, baseUrl: BASE_URL }
    const link = sealLink({ respondent: UUID, expiresAt: LATER, notBefore }, options).url
    expect(codeFor(link, { now: NOW })).toBe('ERR_LINK_NOT_YET_VALID')
    expect(open(link, { now: notBefore }).notBefore).toEqual(notBefore)
    expect(open(link, { now: new Date(LATER.getTime() - 1) }).expiresAt).toEqual(LATER)
    expect(codeFor(link, { now: LATER })).toBe('ERR_LINK_EXPIRED')
  })

  test('never holds longer or earlier than asked when fractions of a second are given', () => {
    const options = { ...SCOPE, keyring, baseUrl: BASE_URL }
    const fields = { respondent: UUID, expiresAt: new Date(5999), notBefore: new Date(1001) }
    const link = open(sealLink(fields, options).url, { now: new Date(2500) })
    expect([link.notBefore, link.expiresAt]).toEqual([new Date(2000), new Date(5000)])
  })

  test('without "now" goes by the clock of the machine', () => {
    const options = { ...SCOPE, keyring, baseUrl: BASE_URL }
    const past = sealLink({ respondent: UUID, expiresAt: new Date(Date.now() - 5000) }, options)
    const future = sealLink({ respondent: UUID, expiresAt: new Date(Date.now() + 60_000) }, options)
    expect(codeOf(() => openLink(past.url, { ...SCOPE, keyring }))).toBe('ERR_LINK_EXPIRED')
    expect(codeOf(() => openLink(future.url, { ...SCOPE, keyring }))).toBe(null)
  })

  test('a bound context opens like openLink, and reads expired links too', () => {
    const context = keyring.bind(SCOPE)
    expect(context.open(url, { now: NOW })).toEqual(open(url))
    expect(codeOf(() => context.open(url, { now: LATER }))).toBe('ERR_LINK_EXPIRED')
    expect(context.read(url)).toEqual(open(url))
  })

  test('refuses an unusable "now"', () => {
    expect(codeFor(url, { now: new Date(Number.NaN) })).toBe('ERR_INVALID_ARG_VALUE')
    expect(codeFor(url, { now: 5 as unknown as Date })).toBe('ERR_INVALID_ARG_TYPE')
  })
})

describe('every refusal has its code', () => {
  test('ERR_LINK_MALFORMED: truncated, extended, padded, spaced or spelled otherwise', () => {
    const spellings = [
      token.slice(0, 20),
      token.slice(0, 49),
      `${token}A`,
      `${token}=`,
      `${token}%3D`,
      ` ${token}`,
      `${token} `,
      `${token}\n`,
      `${token}/`,
      `${token}.`,
      `${token},`,
      `%41${token.slice(1)}`,
      `${token.slice(0, 9)}\t${token.slice(9)}`,
      `${token.slice(0, 9)}\u200b${token.slice(9)}`,
      token.replace(/.$/, 'é'),
      token.replace(/.$/, '\u0141'),
    ]
    for (const spelling of spellings) {
      expect(codeFor(`${BASE_URL}/${spelling}`), spelling).toBe('ERR_LINK_MALFORMED')
      expect(codeFor(spelling), spelling).toBe('ERR_LINK_MALFORMED')
      expect(codeFor(`${BASE_URL}?t=${spelling}`, { placement: 'query' }), spelling).toBe('ERR_LINK_MALFORMED')
    }
  })

  test('ERR_LINK_MALFORMED: what is no link at all', () => {
    const { length } = token
    for (const link of [
      '',
      '/',
      'https://',
      BASE_URL,
      'x'.repeat(1e6),
      `${BASE_URL}/${'A'.repeat(1e6)}`,
      'A'.repeat(length),
    ]) {
      expect(codeFor(link), link.slice(0, 40)).toBe('ERR_LINK_MALFORMED')
    }
    for (const link of [undefined, null, 7, {}, [url], new URL(url)]) expect(codeFor(link)).toBe('ERR_LINK_MALFORMED')
  })

  test('ERR_LINK_KEY_UNKNOWN', async () => {
    const other = await loadKeyring({ version: 1, keys: [{ ...generateKey(7), status: 'primary' }] })
    expect(codeFor(url, { keyring: other })).toBe('ERR_LINK_KEY_UNKNOWN')
  })

  test('ERR_LINK_KEY_REVOKED', async () => {
    const { old, reload } = await rotation()
    expect(codeFor(old.url, { keyring: await reload('revoked') })).toBe('ERR_LINK_KEY_REVOKED')
  })

  test('ERR_LINK_AUTHENTICATION_FAILED: another key of the same id', async () => {
    expect(codeFor(url, { keyring: await newKeyring() })).toBe('ERR_LINK_AUTHENTICATION_FAILED')
  })

  test('ERR_LINK_AUTHENTICATION_FAILED: another tenant, survey or purpose', () => {
    for (const name of ['tenant', 'survey', 'purpose'] as const) {
      expect(codeFor(url, { [name]: 'other' })).toBe('ERR_LINK_AUTHENTICATION_FAILED')
      expect(codeFor(url, { [name]: SCOPE[name].toUpperCase() })).toBe('ERR_LINK_AUTHENTICATION_FAILED')
    }
  })

  test('ERR_LINK_EXPIRED', () => {
    expect(codeFor(url, { now: LATER })).toBe('ERR_LINK_EXPIRED')
  })

  test('ERR_LINK_NOT_YET_VALID', () => {
    const fields = { respondent: UUID, expiresAt: LATER, notBefore: new Date(NOW.getTime() + 1) }
    const link = sealLink(fields, { ...SCOPE, keyring, baseUrl: BASE_URL })
    expect(codeFor(link.url)).toBe('ERR_LINK_NOT_YET_VALID')
  })

  test('no refusal shows the link', () => {
    for (const link of [`${url}A`, url.slice(0, -2)]) expectSilentAbout(token.slice(0, 20), () => open(link))
    expectSilentAbout(token, () => open(url, { tenant: 'other' }))
    expectSilentAbout(UUID, () => open(url, { now: LATER }))
  })
})

describe('a keyring over time', () => {
  test('active and retired keys open what they sealed', async () => {
    const { old, reload } = await rotation()
    for (const status of ['active', 'retired'] as const) {
      expect(open(old.url, { keyring: await reload(status) }).keyId).toBe(1)
    }
  })

  test('the primary key seals', async () => {
    const { reload } = await rotation()
    const link = sealLink(
      { respondent: UUID, expiresAt: LATER },
      { ...SCOPE, keyring: await reload('retired'), baseUrl: BASE_URL },
    )
    expect(link.keyId).toBe(2)
  })
})

/** A link sealed under key 1 while it was primary, and keyrings in which key 2 took its place. */
async function rotation(): Promise<{ old: SealedLink; reload: (status: KeyStatus) => Promise<Keyring> }> {
  const [first, second]: KeyDocument[] = [generateKey(1), generateKey(2)]
  const before = await loadKeyring({ version: 1, keys: [{ ...(first as KeyDocument), status: 'primary' }] })
  const old = sealLink({ respondent: UUID, expiresAt: LATER }, { ...SCOPE, keyring: before, baseUrl: BASE_URL })
  const reload = (status: KeyStatus): Promise<Keyring> =>
    loadKeyring({
      version: 1,
      keys: [
        { ...(first as KeyDocument), status },
        { ...(second as KeyDocument), status: 'primary' },
      ],
    })
  return { old, reload }
}

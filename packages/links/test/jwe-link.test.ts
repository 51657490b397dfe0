import { spawnSync } from 'node:child_process'
import { hkdfSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { CompactEncrypt, compactDecrypt, EncryptJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import { auditUrl } from '../src/audit.js'
import {
  generateKey,
  type KeyDocument,
  type Keyring,
  type LinkFields,
  loadKeyring,
  type OpenLinkOptions,
  openLink,
  type Respondent,
  type SealLinkOptions,
  sealLink,
} from '../src/index.js'
import { bindJwe, openJweLink, sealJweLink } from '../src/jwe.js'
import { decodeBase64url, encodeBase64url } from '../src/lib/base64url.js'
import { bindings, deriveKey, lengthPrefixed, scopeArgument } from '../src/lib/derive.js'
import { BASE_URL, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'
import cookbook from './vectors/jwe_rfc7520.json' with { type: 'json' }
import vectors from './vectors/jwe-link_v1_self.json' with { type: 'json' }

const keyring = await newKeyring()
const seal = (fields: Partial<LinkFields> = {}, options: Partial<SealLinkOptions> = {}) =>
  sealJweLink({ respondent: UUID, expiresAt: LATER, ...fields }, { ...SCOPE, keyring, baseUrl: BASE_URL, ...options })
const open = (link: string, options: Partial<OpenLinkOptions> = {}) =>
  openJweLink(link, { ...SCOPE, keyring, now: NOW, ...options })
const codeFor = (link: string, options?: Partial<OpenLinkOptions>) => rejectionCodeOf(open(link, options))

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')

function vectorKeyring(primary = 1): Promise<Keyring> {
  const keys = Object.entries(vectors.secrets).map(([id, secret]) => ({
    id: Number(id),
    secret: encodeBase64url(bytes(secret)),
    status: Number(id) === primary ? ('primary' as const) : ('active' as const),
    createdAt: '2026-01-01T00:00:00Z',
  }))
  return loadKeyring({ version: 1, keys })
}

function respondentOf({ text, hex }: { text?: string; hex?: string }): Respondent {
  return text ?? bytes(hex ?? '')
}

describe('the published vectors of the JWE link', () => {
  test.each(vectors.valid)('$comment', async (vector) => {
    const { keyId, tenant, survey, purpose, serial, language, token } = vector
    const bound = bindings(keyId, scopeArgument({ tenant, survey, purpose }), 'jwe')
    const key = deriveKey(bytes(vectors.secrets[keyId === 1 ? '1' : '255']), bound, 'jwe')
    expect(hex(key)).toBe(vector.key)
    const opened = await bindJwe(await vectorKeyring(), { tenant, survey, purpose }).read(token)
    const notBefore = vector.notBefore === null ? null : new Date(vector.notBefore * 1000)
    const expiresAt = new Date(vector.expiresAt * 1000)
    const respondent = respondentOf(vector.respondent)
    expect(opened).toEqual({ respondent, survey, keyId, expiresAt, notBefore, serial, language })

    const optional = { ...(notBefore && { notBefore }), ...(language !== null && { language }) }
    const options = { tenant, survey, purpose, keyring: await vectorKeyring(keyId), baseUrl: BASE_URL }
    const sealed = await sealJweLink({ respondent, expiresAt, serial, ...optional }, options)
    const { plaintext, protectedHeader } = await compactDecrypt(sealed.token, key)
    expect(new TextDecoder().decode(plaintext)).toBe(vector.claims)
    expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', kid: String(keyId), typ: 'surveyseal-link-v1+jwt' })
  })

  test.each(vectors.invalid)('refuse $comment: $code', async ({ tenant, survey, purpose, token, code }) => {
    const options = { tenant, survey, purpose, keyring: await vectorKeyring(), now: new Date(0) }
    expect(await rejectionCodeOf(openJweLink(token, options))).toBe(code)
  })

  test('are read alike by the independent reader in Python', () => {
    const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
    const args = ['-B', path('read_jwe_link.py'), path('vectors/jwe-link_v1_self.json')]
    const python = spawnSync('python3', args, { encoding: 'utf8' })
    if (python.error !== undefined) {
      process.stderr.write('python3 is absent: the independent reader did not run\n')
      return
    }
    expect(python.stderr).toBe('')
    const all = [...vectors.valid, ...vectors.invalid]
    const results = python.stdout.trim().split('\n')
    expect(results).toHaveLength(all.length)
    for (const [at, line] of results.entries()) expect(all[at]).toMatchObject(JSON.parse(line))
  })
})

describe('JWE of others', () => {
  const { tenant, survey, purpose } = SCOPE
  const document: KeyDocument = { ...generateKey(7), status: 'primary' }
  const parts = ['SurveySeal JWE link', 'A256GCM', '\x01', '\x07', tenant, survey, purpose]
  const info = lengthPrefixed(parts.map((part) => new TextEncoder().encode(part)))
  const secret = decodeBase64url(document.secret) ?? new Uint8Array()
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), info, 32))
  const header = { typ: 'surveyseal-link-v1+jwt', kid: '7', enc: 'A256GCM', alg: 'dir' }

  test('a JWT that jose makes, called directly, opens, whatever the order of its members', async () => {
    const theirs = await loadKeyring({ version: 1, keys: [document] })
    const jwt = new EncryptJWT({ locale: 'fr', exp: LATER.getTime() / 1000, sub: UUID }).setProtectedHeader(header)
    const link = await open(`${BASE_URL}/${await jwt.encrypt(key)}`, { keyring: theirs })
    expect(link).toMatchObject({ respondent: UUID, keyId: 7, expiresAt: LATER, language: 'fr' })
  })

  test('claims with white space and escapes open', async () => {
    const theirs = await loadKeyring({ version: 1, keys: [document] })
    const claims = `{ "exp": ${LATER.getTime() / 1000}, "s\\u0075b": "caf\\u00e9" }`
    const jwe = new CompactEncrypt(new TextEncoder().encode(claims)).setProtectedHeader(header)
    expect((await open(await jwe.encrypt(key), { keyring: theirs })).respondent).toBe('café')
  })

  test('RFC 7520 §5.6 decrypts through the same call of jose, and is no link', async () => {
    const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: [cookbook.enc] }
    const cookbookKey = decodeBase64url(cookbook.k) ?? new Uint8Array()
    const { plaintext } = await compactDecrypt(cookbook.token, cookbookKey, algorithms)
    expect(new TextDecoder().decode(plaintext)).toBe(cookbook.plaintext)
    expect(await codeFor(cookbook.token)).toBe('ERR_LINK_MALFORMED')
  })
})

describe('sealJweLink and openJweLink', () => {
  test('give every respondent back exactly, text and bytes apart', async () => {
    const bytes = Uint8Array.of(0, 1, 255)
    for (const respondent of [
      UUID,
      UUID.toUpperCase(),
      '0',
      '007',
      String(2n ** 64n),
      '-1',
      'é"\\',
      '__proto__',
      bytes,
    ]) {
      expect((await open((await seal({ respondent })).url)).respondent).toEqual(respondent)
    }
    const longest = { respondent: '"'.repeat(64), serial: 2 ** 32 - 1, language: `en${'-abcdefgh'.repeat(3)}-abcde` }
    expect(await open((await seal({ ...longest, notBefore: NOW })).url)).toMatchObject(longest)
  })

  test('find the token where it was placed', async () => {
    for (const placement of ['path', 'fragment', 'query'] as const) {
      const { url, token } = await seal({}, { placement })
      expect((await open(url, { placement })).respondent).toBe(UUID)
      expect((await open(token, { placement })).respondent).toBe(UUID)
    }
  })

  test('refuse what sealLink refuses, with the same codes', async () => {
    const cases: [Partial<LinkFields>, Partial<SealLinkOptions>][] = [
      [{ respondent: 'ada@example.org' }, {}],
      [{ respondent: '' }, {}],
      [{ respondent: 7 as unknown as string }, {}],
      [{ expiresAt: new Date(2 ** 34 * 1000) }, {}],
      [{ notBefore: LATER }, {}],
      [{ serial: -1 }, {}],
      [{ language: '' }, {}],
      [{}, { baseUrl: 'http://feedback.example/s' }],
      [{}, { baseUrl: 'https://feedback.example/s?email=ada' }],
      [{}, { tenant: '' }],
      [{}, { keyId: 9 }],
      [{}, { keyId: 256 }],
    ]
    for (const [fields, options] of cases) {
      const content = { respondent: UUID, expiresAt: LATER, ...fields }
      const code = codeOf(() => sealLink(content, { ...SCOPE, keyring, baseUrl: BASE_URL, ...options }))
      expect(code).not.toBe(null)
      expect(await rejectionCodeOf(seal(fields, options))).toBe(code)
    }
  })

  test('give the auditor no finding', async () => {
    for (const placement of ['path', 'fragment', 'query'] as const) {
      expect(auditUrl((await seal({ language: 'fr-CA', serial: 3 }, { placement })).url)).toEqual([])
    }
  })

  test('judge validity to the second', async () => {
    const notBefore = new Date(NOW.getTime() + 1000)
    const { url } = await seal({ notBefore })
    expect(await codeFor(url)).toBe('ERR_LINK_NOT_YET_VALID')
    expect((await open(url, { now: notBefore })).notBefore).toEqual(notBefore)
    expect(await codeFor(url, { now: LATER })).toBe('ERR_LINK_EXPIRED')
    expect((await bindJwe(keyring, SCOPE).read(url)).expiresAt).toEqual(LATER)
  })

  test('refuse unknown and revoked keys with their codes, and a disposed keyring', async () => {
    const keys: KeyDocument[] = [{ ...generateKey(1), status: 'primary' }, generateKey(2)]
    const both = await loadKeyring({ version: 1, keys })
    const { url } = await seal({}, { keyring: both, keyId: 2 })
    const without = await loadKeyring({ version: 1, keys: keys.slice(0, 1) })
    const revoked = await loadKeyring({
      version: 1,
      keys: keys.map((key, at) => (at === 1 ? { ...key, status: 'revoked' } : key)),
    })
    expect(await codeFor(url, { keyring: both })).toBe(null)
    expect(await codeFor(url, { keyring: without })).toBe('ERR_LINK_KEY_UNKNOWN')
    expect(await codeFor(url, { keyring: revoked })).toBe('ERR_LINK_KEY_REVOKED')
    const context = bindJwe(both, SCOPE)
    await context.read(url)
    both.dispose()
    expect(await rejectionCodeOf(context.read(url))).toBe('ERR_LINK_KEYRING_DISPOSED')
  })

  test('a changed character anywhere is refused, and so is a token of 1 MB', async () => {
    const { token } = await seal()
    for (let at = 0; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
      expect(await codeFor(changed)).toMatch(/^ERR_LINK_(?:MALFORMED|AUTHENTICATION_FAILED|KEY_UNKNOWN)$/)
    }
    expect(await codeFor(token + 'A'.repeat(1e6))).toBe('ERR_LINK_MALFORMED')
    expect(await codeFor(token.replace('..', `..${'A'.repeat(4000)}`))).toBe('ERR_LINK_MALFORMED')
    expect(await codeFor('.'.repeat(8000))).toBe('ERR_LINK_MALFORMED')
  })

  test('neither format opens what the other sealed, and their keys share no byte string', async () => {
    const sealed = sealLink({ respondent: UUID, expiresAt: LATER }, { ...SCOPE, keyring, baseUrl: BASE_URL })
    expect(await codeFor(sealed.url)).toBe('ERR_LINK_MALFORMED')
    const { url } = await seal()
    expect(codeOf(() => openLink(url, { ...SCOPE, keyring }))).toBe('ERR_LINK_MALFORMED')
    const [secret, scope] = [new Uint8Array(32).fill(7), scopeArgument(SCOPE)]
    const siv = hex(deriveKey(secret, bindings(1, scope)))
    expect(siv).not.toContain(hex(deriveKey(secret, bindings(1, scope, 'jwe'), 'jwe')))
  })

  test("a keyring of the host's own making is a mistake of the caller", async () => {
    expect(await rejectionCodeOf(seal({}, { keyring: { ...keyring } as Keyring }))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

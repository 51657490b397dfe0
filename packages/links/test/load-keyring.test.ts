import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { rejectionCodeOf } from '../../../test/code-of.js'
import { generateKey, generateKeyring, type KeyringDocument, loadKeyring } from '../src/index.js'
import { NOW, SCOPE } from './support.js'

const document = generateKeyring({ now: NOW })
const [key] = document.keys as [KeyringDocument['keys'][number]]
const secret = key.secret

/** What loading an altered document says: its code and its message. */
async function refusal(altered: unknown): Promise<unknown> {
  const source = typeof altered === 'string' ? altered : (altered as KeyringDocument)
  return loadKeyring(source).then(
    () => null,
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  )
}

const withKey = (members: object): unknown => ({ version: 1, keys: [{ ...key, ...members }] })

describe('loadKeyring', () => {
  test('takes the document or its JSON text', async () => {
    const expected = [{ id: 1, status: 'primary', createdAt: NOW.toISOString() }]
    expect((await loadKeyring(document)).keys).toEqual(expected)
    expect((await loadKeyring(JSON.stringify(document))).keys).toEqual(expected)
  })

  test('ignores members the format does not name', async () => {
    const text = JSON.stringify(withKey({ note: 'x' })).replace('{', '{"__proto__":{"version":2},"comment":1,')
    expect(await refusal(text)).toBe(null)
    expect(({} as { version?: unknown }).version).toBe(undefined)
  })

  test('ERR_LINK_KEYRING_INVALID: a member named twice, of which readers may keep the first or the last', async () => {
    const text = JSON.stringify(document)
    const twice = [
      text.replace('"status"', '"status":"revoked","status"'),
      text.replace('"status"', '"st\\u0061tus":"revoked","status"'),
      text.replace('"version"', '"keys":[],"version"'),
    ]
    for (const altered of twice) {
      expect(altered).not.toBe(text)
      expect(await refusal(altered)).toBe(
        'ERR_LINK_KEYRING_INVALID the keyring is refused: an object names one member twice',
      )
    }
    const note = '\\"{}[]:'.repeat(60_000)
    expect(await refusal(text.replace('{', `{"note":${JSON.stringify(note)},"other":{"version":2},`))).toBe(null)
  })

  test('keeps a copy of what it was given', async () => {
    const mutable = JSON.parse(JSON.stringify(document)) as { keys: { id: number }[] }
    const keyring = await loadKeyring(mutable as unknown as KeyringDocument)
    Object.assign(mutable.keys[0] ?? {}, { id: 9 })
    expect(keyring.keys[0]?.id).toBe(1)
    expect(() => Object.assign(keyring.keys[0] ?? {}, { id: 9 })).toThrow(TypeError)
  })

  test('ERR_LINK_KEYRING_INVALID', async () => {
    const other = generateKey(2)
    const cases: [unknown, string][] = [
      ['', 'it is not JSON'],
      [`{"version":1,"keys":[{"secret":"${secret}"`, 'it is not JSON'],
      [{ keys: [key] }, 'version is not 1'],
      [{ version: '1', keys: [key] }, 'version is not 1'],
      [{ version: 2, keys: [key] }, 'version is not 1'],
      [{ version: 1 }, 'keys is not a list of at least one key'],
      [{ version: 1, keys: [] }, 'keys is not a list of at least one key'],
      [{ version: 1, keys: { 0: key } }, 'keys is not a list of at least one key'],
      [{ version: 1, keys: [null] }, 'keys[0] is not an object'],
      [{ version: 1, keys: [key, 7] }, 'keys[1] is not an object'],
      [{ version: 1, keys: [key, { ...other, id: 1 }] }, 'two keys have one id'],
      [{ version: 1, keys: [other] }, 'not exactly one key is primary'],
      [{ version: 1, keys: [key, { ...other, status: 'primary' }] }, 'not exactly one key is primary'],
      ...[0, 256, 1.5, '1', null, Number.NaN].map((id): [unknown, string] => [
        withKey({ id }),
        'keys[0].id is not an integer from 1 to 255',
      ]),
      ...[secret.slice(1), `${secret}A`, `${secret}=`, `${secret.slice(0, -1)}_`, '', 7, null].map(
        (value): [unknown, string] => [withKey({ secret: value }), 'keys[0].secret is not 32 bytes of base64url'],
      ),
      ...['', 'Primary', 'constructor', null, 1].map((status): [unknown, string] => [
        withKey({ status }),
        'keys[0].status is not a status',
      ]),
      ...['', 'yesterday', '2026-01-01T00:00:00Z (\u001b[2J)', '2026-13-01T00:00:00Z', 5, null].map(
        (createdAt): [unknown, string] => [withKey({ createdAt }), 'keys[0].createdAt is not an instant'],
      ),
    ]
    for (const [altered, rule] of cases) {
      expect(await refusal(altered), rule).toBe(`ERR_LINK_KEYRING_INVALID the keyring is refused: ${rule}`)
    }
  })

  test('refuses what is no document at all as the mistake it is', async () => {
    for (const source of [undefined, null, 7, true]) {
      expect(await rejectionCodeOf(loadKeyring(source as unknown as string))).toBe('ERR_INVALID_ARG_TYPE')
    }
    expect(await refusal('null')).toBe('ERR_LINK_KEYRING_INVALID the keyring is refused: it is not a JSON object')
  })
})

describe('a keyring never shows its secrets', () => {
  test('through text, JSON, inspection, enumeration, cloning or what is bound to it', async () => {
    const keyring = await loadKeyring(document)
    const context = keyring.bind(SCOPE)
    const { url } = context.seal({ respondent: '1', expiresAt: NOW }, { baseUrl: 'https://acme.example' })
    context.read(url)
    const bytes = Buffer.from(secret, 'base64url')
    const options = { showHidden: true, depth: 20, getters: true, showProxy: true }
    const shown = [keyring, context].flatMap((value) => [
      `${value}`,
      JSON.stringify(value),
      inspect(value, options),
      inspect(
        structuredClone(Object.fromEntries(Object.entries(value).filter(([, v]) => typeof v !== 'function'))),
        options,
      ),
    ])
    for (const text of shown) {
      for (const spelling of [secret, bytes.toString('hex'), bytes.join(','), bytes.join(', ')]) {
        expect(text).not.toContain(spelling.slice(0, 20))
      }
    }
    expect(JSON.stringify(keyring)).toBe(JSON.stringify({ keys: keyring.keys }))
  })
})

describe('generateKey', () => {
  test('makes an active key of 32 random bytes', () => {
    const one = generateKey(9, { now: NOW })
    expect(one).toMatchObject({ id: 9, status: 'active', createdAt: NOW.toISOString() })
    expect(one.secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(generateKey(9).secret).not.toBe(one.secret)
  })

  test('refuses ids that no token can carry', () => {
    for (const id of [0, 256, 1.5, Number.NaN]) expect(() => generateKey(id)).toThrow(RangeError)
    expect(() => generateKey('1' as unknown as number)).toThrow(TypeError)
  })
})

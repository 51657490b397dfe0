import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import { generateKeyring, type JwkSetOptions, keyringFromJwkSet, loadKeyring } from '../src/index.js'
import { loadKeyringFile, loadPepperFile } from '../src/node.js'
import { NOW } from './support.js'

const k = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'

describe('keyringFromJwkSet', () => {
  const set = { keys: ['1', '2', '3', '255'].map((kid) => ({ kty: 'oct', kid, k, alg: 'A256SIV', use: 'enc' })) }

  test('reads symmetric keys, their statuses from the options', async () => {
    const dated = { keys: [...set.keys.slice(0, 3), { ...set.keys[3], iat: NOW.getTime() / 1000 }] }
    const document = keyringFromJwkSet(dated, { primary: 2, retired: [3], revoked: [1] })
    expect((await loadKeyring(document)).keys).toEqual([
      { id: 1, status: 'revoked', createdAt: '1970-01-01T00:00:00.000Z' },
      { id: 2, status: 'primary', createdAt: '1970-01-01T00:00:00.000Z' },
      { id: 3, status: 'retired', createdAt: '1970-01-01T00:00:00.000Z' },
      { id: 255, status: 'active', createdAt: NOW.toISOString() },
    ])
  })

  test('ERR_LINK_KEYRING_INVALID: sets and statuses that make no keyring', () => {
    const [jwk] = set.keys
    const cases: [unknown, JwkSetOptions][] = [
      [null, { primary: 1 }],
      [[jwk], { primary: 1 }],
      [{ keys: [] }, { primary: 1 }],
      [{ keys: [null] }, { primary: 1 }],
      [{ keys: [jwk, jwk] }, { primary: 1 }],
      [set, { primary: 9 }],
      [set, { primary: 1, retired: [9] }],
      [set, { primary: 1, revoked: [1] }],
      [set, { primary: 1, retired: [2], revoked: [2] }],
      ...[{ kty: 'RSA' }, { kid: '01' }, { kid: '256' }, { kid: 1 }, { k: k.slice(1) }, { k: 7 }, { iat: -1 }].map(
        (members): [unknown, JwkSetOptions] => [{ keys: [{ ...jwk, ...members }] }, { primary: 1 }],
      ),
    ]
    for (const [jwkSet, options] of cases) {
      expect(codeOf(() => keyringFromJwkSet(jwkSet, options))).toBe('ERR_LINK_KEYRING_INVALID')
    }
  })
})

describe('loadKeyringFile', () => {
  let folder = ''
  const file = () => join(folder, 'keyring.json')
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'surveyseal-keyring-'))
    await writeFile(file(), JSON.stringify(generateKeyring({ now: NOW })))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('loads a file that its owner alone may use', async () => {
    for (const mode of [0o600, 0o400]) {
      await chmod(file(), mode)
      expect((await loadKeyringFile(file())).keys).toHaveLength(1)
    }
  })

  test('ERR_LINK_KEYRING_FILE_EXPOSED: others may read, write or run it', async () => {
    for (const mode of [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666]) {
      await chmod(file(), mode)
      expect(await rejectionCodeOf(loadKeyringFile(file()))).toBe('ERR_LINK_KEYRING_FILE_EXPOSED')
    }
  })

  test('refuses other content, and passes on what the file system says', async () => {
    const other = join(folder, 'other.json')
    for (const content of ['', '{"version":1', ' '.repeat(2 ** 20 + 1)]) {
      await writeFile(other, content, { mode: 0o600 })
      expect(await rejectionCodeOf(loadKeyringFile(other))).toBe('ERR_LINK_KEYRING_INVALID')
    }
    expect(await rejectionCodeOf(loadKeyringFile(join(folder, 'absent.json')))).toBe('ENOENT')
  })
})

describe('loadPepperFile', () => {
  let folder = ''
  const file = () => join(folder, 'pepper.json')
  const secret = 'A'.repeat(43)
  const older = `${'A'.repeat(42)}E`
  const current = { id: '2026', secret }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'surveyseal-pepper-'))
    await writeFile(file(), JSON.stringify({ version: 1, current, others: [{ id: '2025', secret: older }] }))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('loads the peppers of a file that its owner alone may use', async () => {
    await chmod(file(), 0o600)
    expect(await loadPepperFile(file())).toEqual({
      current: { id: '2026', secret: new Uint8Array(32) },
      others: [{ id: '2025', secret: Uint8Array.from([...new Uint8Array(31), 1]) }],
    })
  })

  test('ERR_LINK_PEPPER_FILE_EXPOSED: others may read, write or run it', async () => {
    for (const mode of [0o640, 0o604, 0o620, 0o602, 0o610, 0o644]) {
      await chmod(file(), mode)
      expect(await rejectionCodeOf(loadPepperFile(file()))).toBe('ERR_LINK_PEPPER_FILE_EXPOSED')
    }
  })

  test('ERR_LINK_PEPPER_FILE_INVALID: what breaks a rule, and a folder', async () => {
    const other = join(folder, 'other.json')
    const documents: unknown[] = [
      null,
      [],
      {},
      { version: 2, current },
      { version: 1 },
      { version: 1, current: { id: '', secret } },
      { version: 1, current: { id: 'a b', secret } },
      { version: 1, current: { id: '2026', secret: secret.slice(4) } },
      { version: 1, current: { id: '2026', secret: `${secret}=` } },
      { version: 1, current, others: {} },
      { version: 1, current, others: [null] },
      { version: 1, current, others: [current] },
    ]
    const twice = `{"version":1,"current":${JSON.stringify(current)},"current":${JSON.stringify(current)}}`
    for (const content of ['', ' '.repeat(2 ** 20 + 1), twice, ...documents.map((each) => JSON.stringify(each))]) {
      await writeFile(other, content, { mode: 0o600 })
      expect(await rejectionCodeOf(loadPepperFile(other)), content.slice(0, 80)).toBe('ERR_LINK_PEPPER_FILE_INVALID')
    }
    expect(await rejectionCodeOf(loadPepperFile(folder))).toBe('ERR_LINK_PEPPER_FILE_INVALID')
    expect(await rejectionCodeOf(loadPepperFile(join(folder, 'absent.json')))).toBe('ENOENT')
  })
})

import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import {
  addKey,
  cacheKeyring,
  generateKey,
  generateKeyring,
  type KeyringDocument,
  type KeySource,
  loadKeyring,
  openLink,
  promoteKey,
  retireKey,
  revokeKey,
  sealLink,
} from '../src/index.js'
import { BASE_URL, LATER, NOW, SCOPE, UUID } from './support.js'

const first = generateKeyring({ now: NOW })
const both = addKey(first, generateKey(2, { now: NOW }))
const statuses = ({ keys }: KeyringDocument) => keys.map(({ id, status }) => `${id} ${status}`)

async function sealed(document: KeyringDocument): Promise<string> {
  const options = { ...SCOPE, keyring: await loadKeyring(document), baseUrl: BASE_URL }
  return sealLink({ respondent: UUID, expiresAt: LATER }, options).url
}

async function opening(url: string, document: KeyringDocument): Promise<unknown> {
  const keyring = await loadKeyring(document)
  return codeOf(() => openLink(url, { ...SCOPE, keyring, now: NOW }))
}

describe('the life of a key', () => {
  test('added, promoted, its predecessor retired and revoked: old links open until the revocation', async () => {
    const old = await sealed(first)
    const promoted = promoteKey(both, 2)
    const retired = retireKey(promoted, 1)
    const revoked = revokeKey(retired, 1)
    expect([both, promoted, retired, revoked].map(statuses)).toEqual([
      ['1 primary', '2 active'],
      ['1 active', '2 primary'],
      ['1 retired', '2 primary'],
      ['1 revoked', '2 primary'],
    ])
    expect(await sealed(both)).toBe(old)
    expect(await sealed(promoted)).not.toBe(old)
    for (const document of [first, both, promoted, retired]) expect(await opening(old, document)).toBe(null)
    expect(await opening(old, revoked)).toBe('ERR_LINK_KEY_REVOKED')
    for (const document of [both, promoted, retired, revoked]) {
      expect(await opening(await sealed(promoted), document)).toBe(null)
    }
  })

  test('changes no document it is given and keeps members it does not know', () => {
    const frozen = JSON.stringify(both)
    const noted = { ...both, note: 'kept', keys: both.keys.map((key) => ({ ...key, owner: 'ops' })) }
    for (const step of [promoteKey(noted, 2), retireKey(noted, 2), revokeKey(noted, 2)]) {
      expect(step).toMatchObject({ note: 'kept', keys: [{ owner: 'ops' }, { owner: 'ops' }] })
    }
    expect(JSON.stringify(both)).toBe(frozen)
  })

  test('a step taken twice changes nothing more', () => {
    for (const step of [promoteKey, retireKey, revokeKey]) {
      const once = step(both, 2)
      expect(step(once, 2)).toEqual(once)
    }
  })

  test('ERR_LINK_KEY_STATUS: no way back, and one key always seals', () => {
    const [retired, revoked] = [retireKey(both, 2), revokeKey(both, 2)]
    const refused = [
      () => promoteKey(retired, 2),
      () => promoteKey(revoked, 2),
      () => retireKey(revoked, 2),
      () => retireKey(both, 1),
      () => revokeKey(both, 1),
      () => addKey(first, { ...generateKey(2), status: 'retired' }),
    ]
    for (const step of refused) expect(codeOf(step)).toBe('ERR_LINK_KEY_STATUS')
  })

  test('ERR_LINK_KEY_UNKNOWN and ERR_LINK_KEYRING_INVALID', () => {
    for (const step of [promoteKey, retireKey, revokeKey]) {
      expect(codeOf(() => step(both, 3))).toBe('ERR_LINK_KEY_UNKNOWN')
      expect(codeOf(() => step({ version: 1, keys: [] }, 1))).toBe('ERR_LINK_KEYRING_INVALID')
    }
    expect(codeOf(() => addKey(both, generateKey(2)))).toBe('ERR_LINK_KEYRING_INVALID')
    expect(codeOf(() => addKey(both, { ...generateKey(3), status: 'primary' }))).toBe('ERR_LINK_KEYRING_INVALID')
  })
})

describe('a disposed keyring', () => {
  test('ERR_LINK_KEYRING_DISPOSED: neither it nor what was bound to it works', async () => {
    const keyring = await loadKeyring(both)
    const contexts = Array.from({ length: 300 }, (_, index) => keyring.bind({ ...SCOPE, survey: `survey ${index}` }))
    const fields = { respondent: UUID, expiresAt: LATER }
    const links = contexts.map((context) => context.seal(fields, { baseUrl: BASE_URL }).url)
    keyring.dispose()
    keyring.dispose()
    expect(codeOf(() => keyring.bind(SCOPE))).toBe('ERR_LINK_KEYRING_DISPOSED')
    for (const [index, context] of contexts.entries()) {
      const uses = [
        () => context.seal(fields, { baseUrl: BASE_URL }),
        () => context.sealAll([fields], { baseUrl: BASE_URL }),
        () => context.open(links[index] ?? '', { now: NOW }),
      ]
      for (const use of uses) expect(codeOf(use)).toBe('ERR_LINK_KEYRING_DISPOSED')
    }
    expect(inspect(keyring, { showHidden: true, depth: 9 })).not.toContain(both.keys[0]?.secret)
  })

  test('takes nothing away from another one of the same document', async () => {
    const [one, other] = [await loadKeyring(both), await loadKeyring(both)]
    one.bind(SCOPE).seal({ respondent: UUID, expiresAt: LATER }, { baseUrl: BASE_URL })
    one.dispose()
    const { url } = other.bind(SCOPE).seal({ respondent: UUID, expiresAt: LATER }, { baseUrl: BASE_URL })
    expect(url).toBe(await sealed(both))
  })
})

describe('cacheKeyring', () => {
  /** A service that counts its calls and answers when told, and a clock. */
  function service() {
    const state = { calls: 0, now: NOW.getTime(), answer: Promise.resolve<KeySource>(both) }
    const fetchKeys = () => {
      state.calls++
      return state.answer
    }
    const cache = cacheKeyring(fetchKeys, { maxAge: 1000, clock: () => new Date(state.now) })
    return { state, cache }
  }

  test('fetches once for all who ask at a time, and again only when the keyring is too old', async () => {
    const { state, cache } = service()
    const rings = await Promise.all([cache.keyring(), cache.keyring(), cache.keyring()])
    expect(new Set(rings).size).toBe(1)
    state.now += 999
    expect(await cache.keyring()).toBe(rings[0])
    expect(state.calls).toBe(1)
    state.now += 1
    expect(await cache.keyring()).not.toBe(rings[0])
    expect(state.calls).toBe(2)
  })

  test('fetches again when the clock has gone back', async () => {
    const { state, cache } = service()
    await cache.keyring()
    state.now -= 1
    await cache.keyring()
    expect(state.calls).toBe(2)
  })

  test('gives no keyring that is too old when the service fails, and recovers', async () => {
    const { state, cache } = service()
    await cache.keyring()
    state.now += 1000
    state.answer = Promise.reject(new Error('down'))
    expect(await Promise.allSettled([cache.keyring(), cache.keyring()])).toMatchObject([
      { reason: { message: 'down' } },
      { reason: { message: 'down' } },
    ])
    expect(state.calls).toBe(2)
    state.answer = Promise.resolve('{}')
    expect(await rejectionCodeOf(cache.keyring())).toBe('ERR_LINK_KEYRING_INVALID')
    state.answer = Promise.resolve(JSON.stringify(both))
    expect((await cache.keyring()).keys).toHaveLength(2)
  })

  test('disposes the keyring at hand and the one on its way', async () => {
    const { state, cache } = service()
    const keyring = await cache.keyring()
    state.now += 1000
    const late = cache.keyring()
    cache.dispose()
    expect(await rejectionCodeOf(late)).toBe('ERR_LINK_KEYRING_DISPOSED')
    expect(await rejectionCodeOf(cache.keyring())).toBe('ERR_LINK_KEYRING_DISPOSED')
    expect(codeOf(() => keyring.bind(SCOPE))).toBe('ERR_LINK_KEYRING_DISPOSED')
    expect(state.calls).toBe(2)
  })

  test('refuses an age that is none', () => {
    for (const maxAge of [-1, Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
      expect(codeOf(() => cacheKeyring(async () => both, { maxAge }))).toBe('ERR_INVALID_ARG_VALUE')
    }
  })
})

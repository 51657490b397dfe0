import { type ConsentRequest, createConsentRequest, type DecisionEvent, verifyConsent } from '@surveyseal/consent'
import { readNotice, signConsent } from '@surveyseal/consent/browser'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AUDIENCE, notice, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'

const DATABASE = 'surveyseal-consent'
const BOTH = { 'improve-service': 'given', 'call-back': 'refused' } as const

const ask = (overrides: object = {}): ConsentRequest =>
  createConsentRequest(notice, {
    subject: SUBJECT,
    survey: SURVEY,
    language: 'fr',
    audience: AUDIENCE,
    head: null,
    ...overrides,
  })

async function sign(options: object = {}, request: ConsentRequest = ask()): Promise<DecisionEvent> {
  return verifyConsent(await signConsent(request, BOTH, options), { request })
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const databases = async (): Promise<unknown[]> => (await indexedDB.databases()).map(({ name }) => name)

async function keptKeys(): Promise<CryptoKeyPair[]> {
  const database = await settled(indexedDB.open(DATABASE))
  const kept = await settled(database.transaction('keys').objectStore('keys').getAll())
  database.close()
  return kept
}

const forget = () => settled(indexedDB.deleteDatabase(DATABASE))

beforeEach(forget)
afterEach(() => vi.unstubAllGlobals())

describe('readNotice', () => {
  test('shows the wording that will be signed, and makes no key', async () => {
    const shown = await readNotice(ask())
    expect(shown.wording.title).toBe('Votre avis')
    expect(await databases()).not.toContain(DATABASE)
  })

  test('ERR_CONSENT_NOTICE_MISMATCH: an edited wording, another language, a purpose the notice does not have', async () => {
    const request = ask()
    for (const changes of [
      { document: request.document.replace('cinq', 'deux') },
      { document: notice.documents['en'] ?? '' },
      { notice: notice.digests['en'] ?? '' },
      { language: 'en' },
      { purposes: ['marketing'] },
    ]) {
      expect(await codeOf(readNotice({ ...request, ...changes }))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
      expect(await codeOf(signConsent({ ...request, ...changes }, BOTH))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
    }
    expect(await databases()).not.toContain(DATABASE)
  })
})

describe('the key', () => {
  test('does not exist before the first signature', async () => {
    ask()
    expect(await databases()).not.toContain(DATABASE)
    await sign()
    expect(await databases()).toContain(DATABASE)
  })

  test('cannot be read by anybody, the page included', async () => {
    await sign()
    const [pair, ...others] = await keptKeys()
    if (pair === undefined) return expect.unreachable()
    expect(others).toEqual([])
    expect(pair.privateKey).toMatchObject({ extractable: false, usages: ['sign'] })
    await expect(crypto.subtle.exportKey('jwk', pair.privateKey)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow()
  })

  test('is stored and used again, also after the module is loaded anew', async () => {
    const first = await sign()
    const second = await sign()
    const again = new URL('../src/sign-consent.ts?again', import.meta.url).href
    const { signConsent: reloaded } = (await import(/* @vite-ignore */ again)) as { signConsent: typeof signConsent }
    expect(reloaded).not.toBe(signConsent)
    const request = ask()
    const third = await verifyConsent(await reloaded(request, BOTH), { request })
    expect([first, second, third].map(({ keyAssurance }) => keyAssurance)).toEqual(['stored', 'stored', 'stored'])
    expect(new Set([first, second, third].map(({ keyThumbprint }) => keyThumbprint)).size).toBe(1)
  })

  test('is another for another survey and for another controller', async () => {
    const events = [
      await sign(),
      await sign({}, ask({ survey: 'autumn-2026' })),
      await sign({}, ask({ audience: 'https://other.example' })),
    ]
    expect(new Set(events.map(({ keyThumbprint }) => keyThumbprint)).size).toBe(3)
  })

  test('is one, when two tabs sign for the first time at once', async () => {
    const events = await Promise.all([sign(), sign(), sign(), sign()])
    expect(new Set(events.map(({ keyThumbprint }) => keyThumbprint)).size).toBe(1)
  })

  test('is replaced when what was kept cannot sign any more', async () => {
    const first = await sign()
    const database = await settled(indexedDB.open(DATABASE))
    const [name] = await settled(database.transaction('keys').objectStore('keys').getAllKeys())
    const store = database.transaction('keys', 'readwrite').objectStore('keys')
    await settled(store.put({ privateKey: null, publicKey: null }, name))
    database.close()
    const second = await sign()
    expect(second.keyAssurance).toBe('stored')
    expect(second.keyThumbprint).not.toBe(first.keyThumbprint)
  })

  test('is replaced when what was kept is extractable', async () => {
    const first = await sign()
    const database = await settled(indexedDB.open(DATABASE))
    const [name] = await settled(database.transaction('keys').objectStore('keys').getAllKeys())
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    await settled(database.transaction('keys', 'readwrite').objectStore('keys').put(pair, name))
    database.close()
    expect((await sign()).keyThumbprint).not.toBe(first.keyThumbprint)
    expect((await keptKeys()).map(({ privateKey }) => privateKey.extractable)).toEqual([false])
  })
})

describe('where the browser cannot keep a key it serves once, and the event says so', () => {
  const refusing = {
    open() {
      throw new DOMException('not here', 'SecurityError')
    },
  }

  /** Says that everything was written, and reads back nothing. */
  const forgetful = {
    open: () =>
      answer({
        transaction: () => ({ objectStore: () => ({ get: () => answer(null), put: () => answer('x') }) }),
        close() {},
      }),
  }

  const silent = { open: () => ({}) }

  function answer(result: unknown): object {
    const request: { result: unknown; onsuccess?: () => void } = { result }
    queueMicrotask(() => request.onsuccess?.())
    return request
  }

  test.each<[string, object | null]>([
    ['IndexedDB throws', refusing],
    ['IndexedDB loses what it says it wrote', forgetful],
    ['IndexedDB never answers', silent],
    ['the host wants nothing kept', null],
  ])('%s', async (_, indexedDB) => {
    const [first, second] = [await sign({ indexedDB }), await sign({ indexedDB })]
    expect([first.keyAssurance, second.keyAssurance]).toEqual(['ephemeral', 'ephemeral'])
    expect(first.keyThumbprint).not.toBe(second.keyThumbprint)
    expect(await databases()).not.toContain(DATABASE)
  })

  test('there is no IndexedDB', async () => {
    vi.stubGlobal('indexedDB', undefined)
    expect((await sign()).keyAssurance).toBe('ephemeral')
  })

  test('even naming IndexedDB throws', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')
    if (own === undefined) return expect.unreachable()
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, get: refusing.open })
    const { keyAssurance } = await sign().finally(() => Object.defineProperty(globalThis, 'indexedDB', own))
    expect(keyAssurance).toBe('ephemeral')
  })

  test('the database belongs to somebody else', async () => {
    const foreign = await settled(indexedDB.open(DATABASE, 7))
    foreign.close()
    expect((await sign()).keyAssurance).toBe('ephemeral')
  })
})

describe('an Ed25519 key', () => {
  const kept = async () => (await keptKeys()).map(({ privateKey }) => privateKey.algorithm.name)

  test('is used where it was asked for and can be written, read back and signed with', async () => {
    const events = [await sign({ algorithm: 'Ed25519' }), await sign()]
    expect(events.map(({ keyAssurance }) => keyAssurance)).toEqual(['stored', 'stored'])
    expect(new Set(events.map(({ keyThumbprint }) => keyThumbprint)).size).toBe(1)
    expect(await kept()).toEqual(['Ed25519'])
    expect((await keptKeys())[0]?.privateKey).toMatchObject({ extractable: false, usages: ['sign'] })
  })

  test('takes no other key’s place', async () => {
    const [first, second] = [await sign(), await sign({ algorithm: 'Ed25519' })]
    expect(second.keyThumbprint).toBe(first.keyThumbprint)
    expect(await kept()).toEqual(['ECDSA'])
  })

  test.each<[string, (name: string) => boolean]>([
    ['cannot be made', (name) => name === 'generateKey'],
    ['cannot sign', (name) => name === 'sign'],
  ])('that %s gives way to ES256, kept as ever', async (_, fails) => {
    const own = crypto.subtle
    const isEd25519 = (parameters: unknown) => (parameters as Algorithm).name === 'Ed25519'
    const subtle = new Proxy(own, {
      get: (target, name: keyof SubtleCrypto) => {
        const method = target[name] as (...parameters: unknown[]) => unknown
        return (...parameters: unknown[]) => {
          const refused = fails(name) && isEd25519(parameters[0])
          return refused
            ? Promise.reject(new DOMException('not here', 'NotSupportedError'))
            : method.apply(own, parameters)
        }
      },
    })
    vi.stubGlobal('crypto', { subtle, getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => own && fill(bytes) })
    const request = ask()
    const jws = await signConsent(request, BOTH, { algorithm: 'Ed25519' })
    vi.unstubAllGlobals()
    expect((await verifyConsent(jws, { request })).keyAssurance).toBe('stored')
    expect(await kept()).toEqual(['ECDSA'])
  })

  test('that IndexedDB loses gives way to a key that serves once', async () => {
    const lossy = { open: refuse }
    expect((await sign({ algorithm: 'Ed25519', indexedDB: lossy })).keyAssurance).toBe('ephemeral')
  })

  function refuse(): never {
    throw new DOMException('no clone', 'DataCloneError')
  }

  function fill(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
    return bytes.fill(7)
  }
})

describe('a request put away', () => {
  const deferred = { 'improve-service': 'deferred', 'call-back': 'deferred' } as const

  test('keeps nothing in the browser, and says deferred', async () => {
    const request = ask()
    const event = await verifyConsent(await signConsent(request, deferred), { request })
    expect(event).toMatchObject({ decisions: deferred, keyAssurance: 'ephemeral' })
    expect(await databases()).not.toContain(DATABASE)
  })
})

describe('what the browser says of its own accord', () => {
  test.each<[unknown, readonly string[]]>([
    [true, ['gpc']],
    [false, []],
    ['1', []],
    [undefined, []],
  ])('navigator.globalPrivacyControl of %j is signed as %j', async (value, signals) => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value })
    const event = await sign().finally(() => Reflect.deleteProperty(navigator, 'globalPrivacyControl'))
    expect(event.signals).toEqual(signals)
    expect(event.decisions).toEqual(BOTH)
  })

  test('who acts and how long a yes lasts is signed as it was asked', async () => {
    const event = await sign({}, ask({ actor: 'proxy', validitySeconds: 86_400 }))
    expect(event.actor).toBe('proxy')
    expect((event.validUntil ?? 0) % 1000).toBe(0)
  })
})

describe('signConsent', () => {
  test('signs with the clock it is given', async () => {
    const now = new Date(Date.now() - 60_000)
    expect((await sign({ now })).issuedAt).toBe(Math.floor(now.getTime() / 1000) * 1000)
  })

  test('ERR_CONSENT_PURPOSES_MISMATCH before any key is made', async () => {
    const refused: object[] = [
      {},
      { 'improve-service': 'given' },
      { ...BOTH, marketing: 'given' },
      { ...BOTH, 'call-back': 'yes' },
      { ...BOTH, 'call-back': true },
      Object.create(BOTH),
    ]
    for (const decisions of refused) {
      expect(await codeOf(signConsent(ask(), decisions as typeof BOTH))).toBe('ERR_CONSENT_PURPOSES_MISMATCH')
    }
    expect(await databases()).not.toContain(DATABASE)
  })

  test('ERR_CONSENT_CRYPTO_UNAVAILABLE where the page is not served over https', async () => {
    const request = ask()
    vi.stubGlobal('crypto', { getRandomValues: () => undefined })
    expect(await codeOf(signConsent(request, BOTH))).toBe('ERR_CONSENT_CRYPTO_UNAVAILABLE')
  })
})

import {
  type ConsentRequest,
  consentStatus,
  createConsentService,
  type Decision,
  readEventRecord,
} from '@surveyseal/consent'
import {
  type ConsentHandlers,
  type ConsentHandlersOptions,
  type ConsentVisitor,
  createConsentHandlers,
} from '@surveyseal/consent/http'
import type { MemoryTransaction } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { AUDIENCE, notice, SUBJECT, SURVEY } from '../support/fixtures.js'
import { codeOf } from '../support/matchers.js'
import { createWorld, type World } from '../support/service.js'

const VISITOR: ConsentVisitor = { subject: SUBJECT, survey: SURVEY }
const BOTH = { 'improve-service': 'given', 'call-back': 'refused' } as const
const ORIGIN = 'https://feedback.example'

interface Place {
  readonly world: World
  readonly handlers: ConsentHandlers
}

async function place(options: Partial<ConsentHandlersOptions<MemoryTransaction>> = {}): Promise<Place> {
  const world = await createWorld()
  const identify = (): ConsentVisitor => VISITOR
  const handlers = createConsentHandlers({ consents: world.service, notice, origin: ORIGIN, identify, ...options })
  return { world, handlers }
}

function post(step: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request(`${ORIGIN}/consent/${step}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function ask({ handlers }: Place, headers = {}): Promise<ConsentRequest> {
  return (await (await handlers.fetch(post('options', {}, headers))).json()).request
}

async function sign(at: Place, decisions: Record<string, Decision> = BOTH): Promise<string> {
  return at.world.sign(await ask(at), decisions)
}

const outcomeOf = async (response: Promise<Response>) => {
  const { status } = await response
  const { outcome, code } = await (await response).json()
  return code === undefined ? [status, outcome] : [status, outcome, code]
}

describe('the ceremony', () => {
  test('asks, records once and withdraws by the receipt, with nothing between but JSON', async () => {
    const at = await place()
    const event = await sign(at)
    const recorded = await (await at.handlers.fetch(post('record', { event }))).json()
    expect(recorded).toMatchObject({ outcome: 'recorded', repeated: false })
    const again = await (await at.handlers.fetch(post('record', { event }))).json()
    expect(again).toEqual({ ...recorded, repeated: true })
    const { receipt } = recorded
    const withdrawn = await (await at.handlers.fetch(post('withdraw', { receipt }))).json()
    expect(withdrawn).toMatchObject({ outcome: 'withdrawn', repeated: false })
    const events = (await at.world.store.events(VISITOR)).map(readEventRecord)
    expect(events.map(({ kind }) => kind)).toEqual(['decision', 'withdrawal'])
  })

  test('withdraws by the session alone, and by a receipt without any session', async () => {
    const bySession = await place()
    await bySession.handlers.record(post('record', { event: await sign(bySession) }))
    expect(await outcomeOf(bySession.handlers.withdraw(post('withdraw', {})))).toEqual([200, 'withdrawn'])
    let visitor: ConsentVisitor | null = VISITOR
    const byReceipt = await place({ identify: () => visitor })
    const { receipt } = await (await byReceipt.handlers.record(post('record', { event: await sign(byReceipt) }))).json()
    visitor = null
    expect(await outcomeOf(byReceipt.handlers.withdraw(post('withdraw', {})))).toEqual([401, 'not-identified'])
    expect(await outcomeOf(byReceipt.handlers.withdraw(post('withdraw', { receipt })))).toEqual([200, 'withdrawn'])
  })

  test('asks in the language wanted, of those of the notice', async () => {
    const at = await place()
    expect((await ask(at)).language).toBe('en')
    expect((await ask(at, { 'Accept-Language': 'pt;q=0.9, fr-CA;q=0.8, en;q=0.5' })).language).toBe('fr')
    const { request } = await (await at.handlers.fetch(post('options', { language: 'fr' }))).json()
    expect(request).toMatchObject({ language: 'fr', notice: notice.digests['fr'] })
  })

  test('tells the host in the transaction of the event, and keeps neither without the other', async () => {
    const heard: string[] = []
    const at = await place({
      accept: async (tx, event) => {
        tx.onCommit(() => heard.push(event.kind))
        if (heard.length > 0) throw new Error('the host’s own write failed')
      },
    })
    expect(await outcomeOf(at.handlers.record(post('record', { event: await sign(at) })))).toEqual([200, 'recorded'])
    expect(await outcomeOf(at.handlers.withdraw(post('withdraw', {})))).toEqual([503, 'unavailable'])
    expect(heard).toEqual(['decision'])
    expect(await at.world.store.events(VISITOR)).toHaveLength(1)
  })

  test('records no answer in another chain than that of the session that sends it', async () => {
    let visitor = VISITOR
    const at = await place({ identify: () => visitor })
    const event = await sign(at)
    visitor = { ...VISITOR, survey: 'autumn-2026' }
    expect(await outcomeOf(at.handlers.record(post('record', { event })))).toEqual([
      422,
      'refused',
      'ERR_CONSENT_REQUEST_MISMATCH',
    ])
  })

  test('passes on who acts, and asks no child alone', async () => {
    const child = { ...VISITOR, age: { years: 12, country: 'FR' } }
    let visitor: ConsentVisitor = child
    const at = await place({ identify: () => visitor })
    const refused = [422, 'refused', 'ERR_CONSENT_GUARDIAN_REQUIRED']
    expect(await outcomeOf(at.handlers.options(post('options', {})))).toEqual(refused)
    visitor = { ...child, actor: 'guardian' }
    expect((await ask(at)).actor).toBe('guardian')
  })
})

describe('Sec-GPC', () => {
  const signalled = { gpc: ['call-back'] }

  test.each([
    ['1', 1],
    ['0, 1', 1],
    ['true', 0],
    ['01', 0],
    ['', 0],
  ])('of %j is recorded as a signal %i times', async (value, count) => {
    const world = await createWorld()
    const { store, signer, keys } = world
    const clock = () => world.advance(0)
    const consents = createConsentService({
      store,
      signer,
      keys,
      audience: AUDIENCE,
      notices: [notice],
      clock,
      signalled,
    })
    const options = { consents, notice, origin: ORIGIN, identify: () => VISITOR }
    await ask({ world, handlers: createConsentHandlers(options) }, { 'Sec-GPC': value })
    const events = (await world.store.events(VISITOR)).map(readEventRecord)
    expect(events.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => 'signal'))
    expect(consentStatus({ purpose: 'call-back', events, at: world.advance(0) }).status).toBe('unknown')
  })
})

describe('what is answered', () => {
  test('is private, on every outcome', async () => {
    const { handlers } = await place()
    const foreign = post('record', {}, { 'Sec-Fetch-Site': 'cross-site' })
    for (const request of [post('options', {}), post('record', '{'), post('nothing', {}), foreign]) {
      const { headers } = await handlers.fetch(request)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('set-cookie')).toBeNull()
    }
  })

  test('tells whether to begin again', async () => {
    const at = await place()
    const [first, second] = [await sign(at), await sign(at)]
    await at.handlers.record(post('record', { event: first }))
    expect(await outcomeOf(at.handlers.record(post('record', { event: second })))).toEqual([
      409,
      'ask-again',
      'ERR_CONSENT_HEAD_MOVED',
    ])
    const late = await sign(at)
    at.world.advance(3601)
    expect(await outcomeOf(at.handlers.record(post('record', { event: late })))).toEqual([
      409,
      'ask-again',
      'ERR_CONSENT_NONCE_UNKNOWN',
    ])
  })

  test('is unavailable when the store fails, and the host hears of it', async () => {
    const heard: unknown[] = []
    const failure = new Error('the disk is full')
    const world = await createWorld()
    const handlers = createConsentHandlers({
      consents: { ...world.service, request: () => Promise.reject(failure) },
      ...{ notice, origin: ORIGIN, identify: () => VISITOR },
      onError: (error, step) => {
        heard.push([error, step])
        throw new Error('so is the log')
      },
    })
    const response = await handlers.options(post('options', {}))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.json()).toEqual({ outcome: 'unavailable' })
    expect(heard).toEqual([[failure, 'options']])
  })
})

describe('what is refused before the service is asked', () => {
  const refused = async (request: Request, options = {}) => {
    const world = await createWorld()
    const untouched = () => Promise.reject(new Error('the service was asked'))
    const consents = { request: untouched, record: untouched, withdraw: untouched }
    const at = { consents, notice, origin: ORIGIN, identify: () => VISITOR, ...options }
    expect(await world.store.events(VISITOR)).toEqual([])
    return outcomeOf(createConsentHandlers(at).fetch(request))
  }

  test.each<[string, Record<string, string>]>([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a site beside', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { 'Sec-Fetch-Site': '', Origin: 'https://attacker.example' }],
    ['an opaque origin', { 'Sec-Fetch-Site': '', Origin: 'null' }],
  ])('a request of %s', async (_, headers) => {
    expect(await refused(post('record', { event: 'x' }, headers))).toEqual([403, 'cross-site'])
  })

  test.each<[string, string]>([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a member __proto__', '{"__proto__":{"receipt":"x"}}'],
    ['a member __proto__ by an escape', '{"\\u005f_proto__":1}'],
    ['a member twice', '{"event":"a","event":"b"}'],
    ['a member nobody knows', '{"event":"a","admin":true}'],
    ['endless nesting', `{"event":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['an event that is no text', '{"event":{}}'],
    ['no event', '{}'],
    ['a byte order mark', '\ufeff{"event":"a"}'],
  ])('a body with %s', async (_, body) => {
    expect(await refused(post('record', body))).toEqual([400, 'malformed'])
  })

  test.each<[string, unknown]>([
    ['that are no list', { purposes: 'call-back' }],
    ['that are no texts', { purposes: [1] }],
    ['that are none', { purposes: [] }],
    ['twice', { purposes: ['call-back', 'call-back'] }],
    ['that the notice does not have', { purposes: ['marketing'] }],
    ['of a megabyte', { purposes: ['x'.repeat(500_000)] }],
    ['with a direction override', { purposes: ['call\u202eback'] }],
  ])('purposes %s', async (_, body) => {
    expect(await refused(post('options', body))).toEqual([400, 'malformed'])
  })

  test('text that is no JSON, in which every mark may begin a string that never ends', async () => {
    for (const piece of ['\\"', '"\\', '"\\n', '[', '{"":', '"a":']) {
      const body = piece.repeat(Math.floor(600_000 / piece.length))
      expect(await refused(post('record', body)), piece).toEqual([400, 'malformed'])
    }
  })

  test('a body that is not UTF-8', async () => {
    const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' }
    const body = Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)
    expect(await refused(new Request(`${ORIGIN}/record`, { method: 'POST', headers, body }))).toEqual([
      400,
      'malformed',
    ])
  })

  test('a body longer than allowed, whatever length it says', async () => {
    expect(await refused(post('record', { event: 'x'.repeat(900_000) }))).toEqual([413, 'too-large'])
    expect(await refused(post('record', {}, { 'Content-Length': '900000' }))).toEqual([413, 'too-large'])
    expect(await refused(post('record', { event: 'xx' }), { maxBodyBytes: 8 })).toEqual([413, 'too-large'])
  })

  test.each<[string, Record<string, string>]>([
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['text', { 'Content-Type': 'text/plain' }],
    ['another character set', { 'Content-Type': 'application/json; charset=utf-16' }],
    ['something compressed', { 'Content-Encoding': 'gzip' }],
  ])('%s', async (_, headers) => {
    expect(await refused(post('record', { event: 'x' }, headers))).toEqual([415, 'unsupported-type'])
  })

  test('another method, and another step', async () => {
    expect(await refused(new Request(`${ORIGIN}/consent/record`))).toEqual([405, 'method-not-allowed'])
    expect(await refused(post('constructor', {}))).toEqual([404, 'unknown'])
    expect(await refused(post('__proto__', {}))).toEqual([404, 'unknown'])
  })

  test('what the host’s limit refuses; a limit that fails refuses nothing', async () => {
    expect(await refused(post('record', { event: 'x' }), { limit: () => 7.5 })).toEqual([429, 'rate-limited'])
    const failing = {
      limit: () => {
        throw new Error('the counter is down')
      },
      identify: () => null,
    }
    expect(await refused(post('record', { event: 'x' }), failing)).toEqual([401, 'not-identified'])
  })
})

describe('browsers of other origins', () => {
  test('may use the handlers where the host says so', async () => {
    const { handlers } = await place({ origins: ['https://app.example'] })
    const from = (Origin: string) =>
      handlers.fetch(new Request(`${ORIGIN}/consent/options`, { method: 'OPTIONS', headers: { Origin } }))
    const known = await from('https://app.example')
    expect([known.status, known.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example'])
    expect((await from('https://attacker.example')).headers.get('access-control-allow-origin')).toBeNull()
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://app.example' }
    expect(await outcomeOf(handlers.fetch(post('options', {}, headers)))).toEqual([200, 'asked'])
  })
})

test('a caller’s mistakes are argument errors', async () => {
  const { service } = await createWorld()
  const good = { consents: service, notice, origin: ORIGIN, identify: () => VISITOR }
  for (const wrong of [{ origin: `${ORIGIN}/` }, { origins: ['*'] }, { maxBodyBytes: 0 }]) {
    expect(await codeOf(() => createConsentHandlers({ ...good, ...wrong }))).toBe('ERR_INVALID_ARG_VALUE')
  }
  for (const wrong of [{ consents: null }, { identify: null }]) {
    expect(await codeOf(() => createConsentHandlers({ ...good, ...wrong } as never))).toBe('ERR_INVALID_ARG_TYPE')
  }
})

import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../../test/code-of.js'
import { createLinkService, type LinkService } from '../../src/index.js'
import {
  type MemoryTransaction,
  memoryIssuanceStore,
  memoryLinkageStore,
  memoryLinkStore,
  memorySpentTokenStore,
} from '../../src/testing.js'
import {
  createAnswerHandler,
  createIssueHandler,
  createTokenRedeemer,
  openWave,
  type TokenIssuer,
  type UnlinkableErrorCode,
  type WaveKey,
} from '../../src/unlinkable.js'
import { indexedDbStorage, obtainToken, submitAnswer, type TokenStorage } from '../../src/unlinkable-browser.js'
import { BASE_URL } from '../support.js'
import { newWaveKey, random } from './support.js'

type Handler = (request: Request) => Promise<Response>

const ISSUE = 'https://invite.example/issue'
const ANSWER = 'https://answers.example/answer'
const ORIGIN = 'https://invite.example'

let key: WaveKey
let issue: Handler
let answer: Handler
let link: string
let issuer: TokenIssuer
let links: LinkService<MemoryTransaction>
let answers: unknown[]
let sent: Request[]

beforeAll(async () => {
  ;({ key } = await newWaveKey())
})

beforeEach(async () => {
  ;[answers, sent] = [[], []]
  links = createLinkService({
    ...{ tenant: 'acme', survey: 'staff', purpose: 'survey', baseUrl: BASE_URL, store: memoryLinkStore() },
    peppers: { current: { id: '1', secret: random(32) } },
  })
  for await (const { url } of links.issue([{ respondent: 'ada' }])) link = url
  const store = memoryIssuanceStore()
  const authorize = async () => true
  const ports = { links, store, linkages: memoryLinkageStore() }
  issuer = await openWave({ ...ports, key, pepper: random(32), invitees: 20, authorize })
  issue = createIssueHandler(issuer)
  answer = createAnswerHandler(createTokenRedeemer({ wave: key.publish(), store: memorySpentTokenStore() }), {
    origins: [ORIGIN],
    accept: async (tx, each) => tx.onCommit(() => answers.push(each)),
  })
})

function memoryStorage(states: Map<string, string> = new Map()): TokenStorage & { states: Map<string, string> } {
  return {
    states,
    begin: async (name, state) => states.get(name) ?? states.set(name, state).get(name) ?? '',
    read: async (name) => states.get(name) ?? null,
    replace: async (name, state) => void states.set(name, state),
  }
}

/** A network that leads to both endpoints, and may lose replies. */
const network =
  (lose: (url: string) => boolean = () => false): typeof fetch =>
  async (url, init) => {
    const request = new Request(String(url), init)
    sent.push(request.clone())
    const response = await (String(url) === ISSUE ? issue : answer)(request)
    if (lose(String(url))) throw new TypeError('network')
    return response
  }

const obtain = (changes: object = {}) =>
  obtainToken({ ...{ link, wave: key.publish(), keyId: key.keyId, issueUrl: ISSUE }, ...changes } as never)

describe('a page and the two endpoints', () => {
  test('lead from an invitation to one answer, and the browser forgets the token', async () => {
    const storage = memoryStorage()
    const obtained = await obtain({ storage, fetch: network() })
    expect(await obtain({ storage, fetch: network() })).toEqual(obtained)
    expect(sent).toHaveLength(1)
    const options = { answerUrl: ANSWER, answer: { score: 9 }, storage, fetch: network() }
    expect(await submitAnswer(obtained, options)).toBe('accepted')
    expect(await submitAnswer(obtained, { ...options, answer: { score: 1 } })).toBe('repeated')
    expect(answers).toEqual([{ score: 9 }])
    const again = await obtain({ storage, fetch: network() })
    expect(again).toMatchObject({ token: '', answered: true })
    const requests = sent.length
    expect(await submitAnswer(again, options)).toBe('repeated')
    expect(sent).toHaveLength(requests)
    expect([...storage.states.values()].join()).not.toContain(obtained.token)
  })

  test('lose any reply without losing the answer', async () => {
    const storage = memoryStorage()
    const lost = () => network(() => true)
    expect(await rejectionCodeOf(obtain({ storage, fetch: lost() }))).toBe('ERR_UNLINKABLE_UNAVAILABLE')
    const obtained = await obtain({ storage, fetch: network() })
    const bodies = await Promise.all(sent.map((request) => request.text()))
    expect(bodies[0]).toBe(bodies[1])
    const options = { answerUrl: ANSWER, answer: 'yes', storage }
    expect(await rejectionCodeOf(submitAnswer(obtained, { ...options, fetch: lost() }))).toBe(
      'ERR_UNLINKABLE_UNAVAILABLE',
    )
    expect(await submitAnswer(obtained, { ...options, fetch: network() })).toBe('repeated')
    expect(answers).toEqual(['yes'])
  })

  test('share nothing: the two requests have no value in common but what everybody sends', async () => {
    const storage = memoryStorage()
    const obtained = await obtain({ storage, fetch: network() })
    await submitAnswer(obtained, { answerUrl: ANSWER, answer: 'yes', storage, fetch: network() })
    for (const request of sent) {
      expect([...request.headers.keys()]).toEqual(['content-type'])
      expect(request).toMatchObject({ credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' })
    }
    const [issued = '', answered = ''] = await Promise.all(sent.map((request) => request.text()))
    const { token, ...rest } = JSON.parse(answered) as { token: string }
    expect(rest).toEqual({ answer: 'yes' })
    for (let at = 0; at + 16 < token.length; at += 16) expect(issued).not.toContain(token.slice(at, at + 16))
  })

  test('ERR_UNLINKABLE_ALREADY_ISSUED: another browser of the same person gets none', async () => {
    await obtain({ storage: memoryStorage(), fetch: network() })
    const again = obtain({ storage: memoryStorage(), fetch: network() })
    expect(await rejectionCodeOf(again)).toBe('ERR_UNLINKABLE_ALREADY_ISSUED')
  })

  test('know an invitation again by its token, whatever a mail system appends to the URL', async () => {
    const storage = memoryStorage()
    const obtained = await obtain({ storage, fetch: network() })
    const token = link.split('/').at(-1)
    for (const suffix of ['?utm_source=mail', '#top', '?utm_source=mail#a', '?t=short']) {
      expect(await obtain({ link: link + suffix, storage, fetch: network() })).toEqual(obtained)
    }
    for (const other of [`https://x.example/s#${token}`, `https://x.example/s?t=${token}&utm=1`, token]) {
      expect(await obtain({ link: other, storage, fetch: network() })).toEqual(obtained)
    }
    expect(sent).toHaveLength(1)
  })

  test('never take the invitations of two people for one, whatever is appended to them', async () => {
    const storage = memoryStorage()
    const anchor = '#an-anchor-as-long-as-a-token'
    const obtained = await obtain({ link: link + anchor, storage, fetch: network() })
    for await (const { url } of links.issue([{ respondent: 'bob' }])) link = url
    const other = await obtain({ link: link + anchor, storage, fetch: network() })
    expect(other.token).not.toBe(obtained.token)
    for (const each of [obtained, other]) {
      const options = { answerUrl: ANSWER, answer: each.name, storage, fetch: network() }
      expect(await submitAnswer(each, options)).toBe('accepted')
    }
  })

  test('go on with a link that was issued again, in the browser that began with the old one', async () => {
    const storage = memoryStorage()
    const invitee = issuer.inviteeOf('ada')
    const lost = obtain({ invitee, storage, fetch: network(() => true) })
    expect(await rejectionCodeOf(lost)).toBe('ERR_UNLINKABLE_UNAVAILABLE')
    for await (const { url } of links.issue([{ respondent: 'ada' }])) link = url
    expect((await obtain({ invitee, storage, fetch: network() })).token).not.toBe('')
    expect([...storage.states.keys()].join()).not.toContain(invitee)
    expect(issuer.inviteeOf('bob')).not.toBe(invitee)
  })

  test('ERR_UNLINKABLE_NOT_PERMITTED: one refusal for every link that gives no token', async () => {
    for (const bad of ['x', `${BASE_URL}/AAAAAAAAAAAAAAAAAAAAAA`, '']) {
      const code = await rejectionCodeOf(obtain({ link: bad, storage: memoryStorage(), fetch: network() }))
      expect(code).toBe('ERR_UNLINKABLE_NOT_PERMITTED')
    }
  })

  test('ERR_UNLINKABLE_KEY_NOT_PINNED: a key of the server’s own choosing, whatever it says its id is', async () => {
    const mine = (await newWaveKey()).key.publish()
    for (const wave of [mine, { ...mine, keyId: key.keyId }, { ...key.publish(), version: 2 }]) {
      expect(await rejectionCodeOf(obtain({ wave, fetch: network() }))).toBe('ERR_UNLINKABLE_KEY_NOT_PINNED')
    }
    expect(sent).toEqual([])
  })

  test('ERR_UNLINKABLE_STORAGE_UNAVAILABLE: a browser that keeps nothing sends nothing', async () => {
    const broken = { open: () => expect.fail('no storage') } as unknown as IDBFactory
    for (const storage of [indexedDbStorage(broken), indexedDbStorage(), undefined]) {
      const code = await rejectionCodeOf(obtain({ storage, fetch: network() }))
      expect([code, sent]).toEqual(['ERR_UNLINKABLE_STORAGE_UNAVAILABLE', []])
    }
  })

  test('ERR_UNLINKABLE_STORAGE_UNAVAILABLE: what the browser kept was damaged; nothing is sent, and no message quotes it', async () => {
    const storage = memoryStorage()
    const { token, name } = await obtain({ storage, fetch: network() })
    sent.length = 0
    for (const damaged of [`${token}{`, '', 'null', '7', '[]', '{}', '{"answered":true}']) {
      storage.states.set(name, damaged)
      const error: unknown = await obtain({ storage, fetch: network() }).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'ERR_UNLINKABLE_STORAGE_UNAVAILABLE' })
      expect(error).not.toHaveProperty('cause')
      expect(String(error)).not.toContain(token.slice(0, 8))
      expect([sent, storage.states.get(name)]).toEqual([[], damaged])
    }
  })

  test('ERR_UNLINKABLE_UNAVAILABLE: an outcome of somebody else does not cost the token', async () => {
    const storage = memoryStorage()
    const obtained = await obtain({ storage, fetch: network() })
    const options = { answerUrl: ANSWER, answer: 'yes', storage }
    for (const outcome of ['unavailable', 'unknown', 'kept', '', 'ACCEPTED']) {
      const submitted = submitAnswer(obtained, { ...options, fetch: async () => Response.json({ outcome }) })
      expect(await rejectionCodeOf(submitted)).toBe('ERR_UNLINKABLE_UNAVAILABLE')
    }
    expect(await obtain({ storage, fetch: network() })).toEqual(obtained)
    expect(await submitAnswer(obtained, { ...options, fetch: network() })).toBe('accepted')
  })

  test('ERR_UNLINKABLE_MALFORMED: an answer that would give the host another prototype, or nests without end', async () => {
    const { token } = await obtain({ storage: memoryStorage(), fetch: network() })
    const deep = '['.repeat(25_000) + ']'.repeat(25_000)
    for (const answer of ['{"__proto__":{"admin":true}}', '[{"a":{"__proto__":1}}]', deep]) {
      const request = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
      const response = await network()(ANSWER, { ...request, body: `{"token":"${token}","answer":${answer}}` })
      expect([response.status, await response.json()]).toEqual([400, { code: 'ERR_UNLINKABLE_MALFORMED' }])
    }
  })

  test('ERR_UNLINKABLE_SIGNATURE_INVALID: a server that signs something else is found out, and may do better', async () => {
    const storage = memoryStorage()
    const lie = async () => Response.json({ signature: Buffer.alloc(256, 1).toString('base64url') })
    for (const fetch of [lie, async () => Response.json({ signature: '!' })]) {
      expect(await rejectionCodeOf(obtain({ storage, fetch }))).toBe('ERR_UNLINKABLE_SIGNATURE_INVALID')
    }
    expect((await obtain({ storage, fetch: network() })).answered).toBe(false)
  })

  test('ERR_UNLINKABLE_UNAVAILABLE: whatever a server answers that is no answer', async () => {
    const storage = memoryStorage()
    const odd = ['<html>', 'null', '{}', '{"code":"ERR_OTHER"}', '{"signature":7}', '[]']
    for (const body of odd) {
      const code = await rejectionCodeOf(obtain({ storage, fetch: async () => new Response(body) }))
      expect(code, body).toBe('ERR_UNLINKABLE_UNAVAILABLE')
    }
  })
})

describe('an endpoint', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    answer(new Request(ANSWER, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }))
  const codeIn = async (response: Response) => ((await response.json()) as { code: UnlinkableErrorCode }).code

  test('changes nothing on GET and HEAD', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      for (const handler of [issue, answer]) {
        const response = await handler(new Request(ANSWER, { method }))
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
      }
    }
  })

  test('ERR_UNLINKABLE_CREDENTIALS: a cookie or an authorization is refused, not ignored', async () => {
    for (const headers of [{ cookie: 'session=1' }, { authorization: 'Bearer x' }]) {
      // Request drops the header that browsers reserve for themselves, as no server does.
      const request = new Request(ANSWER, { method: 'POST', body: '{}' })
      Object.defineProperty(request, 'headers', { value: new Map(Object.entries(headers)) })
      const response = await answer(request)
      expect([response.status, await codeIn(response)]).toEqual([400, 'ERR_UNLINKABLE_CREDENTIALS'])
    }
  })

  test('ERR_UNLINKABLE_MALFORMED: another type, no JSON, no object, too long, not UTF-8, members missing', async () => {
    const long = JSON.stringify({ token: 'x', answer: 'x'.repeat(70_000) })
    const bad = ['', '{', '[]', 'null', '7', '{}', '{"token":7,"answer":1}', '{"token":"x"}', long, Uint8Array.of(255)]
    for (const body of bad) {
      const response = await post(body)
      expect([response.status, await codeIn(response)]).toEqual([400, 'ERR_UNLINKABLE_MALFORMED'])
    }
    const typed = await post('{}', { 'content-type': 'text/plain' })
    expect(await codeIn(typed)).toBe('ERR_UNLINKABLE_MALFORMED')
    for (const body of ['{}', '{"link":"x","keyId":"x","blinded":"!"}', 'x'.repeat(1e6)]) {
      const request = new Request(ISSUE, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      expect(await codeIn(await issue(request))).toBe('ERR_UNLINKABLE_MALFORMED')
    }
  })

  test('sends headers that keep its answers out of caches, referrers and indexes', async () => {
    const { headers } = await post('{}')
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    })
  })

  test('lets pages of the named origins call it, without credentials, and no others', async () => {
    const preflight = (origin: string) => answer(new Request(ANSWER, { method: 'OPTIONS', headers: { origin } }))
    const allowed = await preflight(ORIGIN)
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(allowed.headers.has('access-control-allow-credentials')).toBe(false)
    expect((await preflight('https://evil.example')).headers.has('access-control-allow-origin')).toBe(false)
    for (const origins of [['*'], ['https://a.example/'], ['']]) {
      expect(codeOf(() => createIssueHandler({} as never, { origins }))).toBe('ERR_INVALID_ARG_VALUE')
    }
  })

  test('passes errors of the host on', async () => {
    const redeemer = { redeem: () => Promise.reject(new Error('database')) }
    const failing = createAnswerHandler(redeemer, { accept: async () => null })
    const headers = { 'content-type': 'application/json' }
    const request = new Request(ANSWER, { method: 'POST', body: '{"token":"x","answer":null}', headers })
    await expect(failing(request)).rejects.toThrow('database')
  })
})

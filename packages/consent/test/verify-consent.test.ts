import { ConsentError, type ConsentRequest, createConsentRequest, verifyConsent } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { AUDIENCE, later, NOW, notice, SUBJECT, SURVEY } from './support/fixtures.js'
import { createForger, honestPayload } from './support/forge.js'
import { codeOf } from './support/matchers.js'

const request = (overrides: object = {}): ConsentRequest =>
  createConsentRequest(notice, {
    subject: SUBJECT,
    survey: SURVEY,
    language: 'en',
    audience: AUDIENCE,
    head: null,
    now: NOW,
    ...overrides,
  })

const forger = await createForger()
const asked = request()
const honest = await forger.sign(asked)
const [header = '', payload = '', signature = ''] = honest.split('.')
const verify = (jws: string, options: object = {}) => verifyConsent(jws, { request: asked, now: later(60), ...options })

describe('an honest answer', () => {
  test('signed by signConsent verifies and says what was decided', async () => {
    const jws = await signConsent(asked, { 'improve-service': 'given', 'call-back': 'refused' }, { now: later(30) })
    const event = await verify(jws)
    expect(event).toMatchObject({
      kind: 'decision',
      jws,
      audience: AUDIENCE,
      subject: SUBJECT,
      survey: SURVEY,
      nonce: asked.nonce,
      notice: notice.digests['en'],
      language: 'en',
      decisions: { 'improve-service': 'given', 'call-back': 'refused' },
      issuedAt: Date.parse('2026-03-01T09:00:30Z'),
      keyAssurance: 'ephemeral',
      seq: 1,
      prev: null,
    })
    expect(Object.isFrozen(event)).toBe(true)
    expect(Object.isFrozen(event.decisions)).toBe(true)
  })

  test('names the key by its RFC 7638 thumbprint', async () => {
    expect((await verify(await forger.sign(asked))).keyThumbprint).toBe(forger.thumbprint)
  })

  test('never holds the respondent reference or anything but public key members', async () => {
    const jws = await signConsent(asked, { 'improve-service': 'given', 'call-back': 'given' }, { now: NOW })
    const [header = '', payload = ''] = jws.split('.').map((part) => new TextDecoder().decode(base64url.decode(part)))
    expect(Object.keys(JSON.parse(header).jwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    expect(header + payload + JSON.stringify(asked)).not.toContain('4711')
  })

  test('may withdraw by the person’s own key', async () => {
    const decisions = { 'improve-service': 'withdrawn', 'call-back': 'refused' }
    expect((await verify(await forger.sign(asked, { payload: { decisions } }))).decisions).toEqual(decisions)
  })
})

describe('ERR_CONSENT_MALFORMED', () => {
  const malformed = 'ERR_CONSENT_MALFORMED'

  test.each([
    ['not a string', 7 as unknown as string],
    ['empty', ''],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${honest}.`],
    ['longer than 16,384 characters', `${header}.${'A'.repeat(17_000)}.${signature}`],
    ['a megabyte', 'A'.repeat(1_000_000)],
    ['padding', `${header}.${payload}.${signature}==`],
    ['standard base64', `${header}.${payload}+.${signature}`],
    ['spare bits set', `${header}.${payload}.${signature.slice(0, -1)}${nextCharacter(signature)}`],
    ['white space', ` ${honest}`],
    ['a header that is not JSON', `${base64url.encode('{')}.${payload}.${signature}`],
    ['a header that is an array', `${base64url.encode('[]')}.${payload}.${signature}`],
    ['a header that is null', `${base64url.encode('null')}.${payload}.${signature}`],
    ['a header with a byte order mark', `${base64url.encode('\ufeff{}')}.${payload}.${signature}`],
    ['a header that is not UTF-8', `${base64url.encode(new Uint8Array([0x7b, 0xff, 0x7d]))}.${payload}.${signature}`],
  ])('%s', async (_, jws) => {
    expect(await codeOf(verify(jws))).toBe(malformed)
  })

  test.each<[string, Record<string, unknown>]>([
    ['crit', { crit: ['exp'] }],
    ['kid', { kid: 'a' }],
    ['jku', { jku: 'https://attacker.example' }],
    ['b64', { b64: false }],
    ['no key', { jwk: undefined }],
    ['a key of another curve', { jwk: { ...forger.jwk, crv: 'P-384' } }],
    ['a key with a further member', { jwk: { ...forger.jwk, use: 'sig' } }],
    ['a coordinate of 31 bytes', { jwk: { ...forger.jwk, x: base64url.encode(new Uint8Array(31)) } }],
  ])('a header with %s', async (_, changes) => {
    expect(await codeOf(forger.sign(asked, { header: changes }).then(verify))).toBe(malformed)
  })

  test.each<[string, Record<string, unknown>]>([
    ['an unknown member', { extra: 1 }],
    ['no jti', { jti: undefined }],
    ['a jti of 15 bytes', { jti: base64url.encode(new Uint8Array(15)) }],
    ['a fractional iat', { iat: 1.5 }],
    ['a negative iat', { iat: -1 }],
    ['an iat that is text', { iat: '1772355600' }],
    ['an iat past the year 9999', { iat: 253_402_300_800 }],
    ['position zero', { seq: 0 }],
    ['a position past 2^53', { seq: 2 ** 53 }],
    ['an unknown decision', { decisions: { 'improve-service': 'yes', 'call-back': 'given' } }],
    ['a decision that is a boolean', { decisions: { 'improve-service': true, 'call-back': 'given' } }],
    ['no decision', { decisions: {} }],
    ['decisions in an array', { decisions: ['given', 'given'] }],
    ['33 purposes', { decisions: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`p${i}`, 'given'])) }],
    ['a purpose id of 65 characters', { decisions: { ['p'.repeat(65)]: 'given', 'call-back': 'given' } }],
    ['a purpose id with a direction override', { decisions: { 'a\u202eb': 'given', 'call-back': 'given' } }],
    ['an unknown key assurance', { keyAssurance: 'hardware' }],
    ['a language that is none', { lang: 'english!' }],
  ])('a payload with %s', async (_, changes) => {
    expect(await codeOf(forger.sign(asked, { payload: changes }).then(verify))).toBe(malformed)
  })

  test('a payload whose decisions carry __proto__', async () => {
    const text = JSON.stringify(honestPayload(asked)).replace('"decisions":{', '"decisions":{"__proto__":"given",')
    const jws = await forger.signText(JSON.stringify({ alg: 'ES256', typ: 'consent-event+jwt', jwk: forger.jwk }), text)
    expect(await codeOf(verify(jws))).toBe(malformed)
  })

  test('a megabyte of free text as purpose id', async () => {
    const decisions = { ['x'.repeat(1_000_000)]: 'given' }
    expect(await codeOf(forger.sign(asked, { payload: { decisions } }).then(verify))).toBe(malformed)
  })
})

describe('ERR_CONSENT_DUPLICATE_KEY', () => {
  const code = 'ERR_CONSENT_DUPLICATE_KEY'
  const head = JSON.stringify({ alg: 'ES256', typ: 'consent-event+jwt', jwk: forger.jwk })
  const body = JSON.stringify(honestPayload(asked))

  test.each([
    ['in the header', head.replace('{', '{"alg":"none",'), body],
    ['in the key', head.replace('"kty":"EC"', '"kty":"EC","kty":"RSA"'), body],
    ['in the payload', head, body.replace('{', '{"aud":"https://attacker.example",')],
    ['in the decisions', head, body.replace('"decisions":{', '"decisions":{"call-back":"refused",')],
    ['spelled with an escape', head, body.replace('"decisions":{', '"decisions":{"call\\u002dback":"refused",')],
  ])('%s', async (_, head, body) => {
    expect(await codeOf(forger.signText(head, body).then(verify))).toBe(code)
  })
})

describe('ERR_CONSENT_ALGORITHM_REFUSED', () => {
  test.each(['none', 'None', 'HS256', 'ES384', 'ES256K', 'EdDSA', 'RS256', undefined, ['ES256']])(
    'alg %j',
    async (alg) => {
      const header = base64url.encode(JSON.stringify({ alg, typ: 'consent-event+jwt', jwk: forger.jwk }))
      for (const last of ['', signature]) {
        expect(await codeOf(verify(`${header}.${payload}.${last}`))).toBe('ERR_CONSENT_ALGORITHM_REFUSED')
      }
    },
  )
})

describe('ERR_CONSENT_TYPE_REFUSED', () => {
  test.each(['JWT', 'dpop+jwt', 'consent-receipt+jwt', 'consent-withdrawal+jwt', 'CONSENT-EVENT+JWT', undefined])(
    'typ %j',
    async (typ) => {
      expect(await codeOf(forger.sign(asked, { header: { typ } }).then(verify))).toBe('ERR_CONSENT_TYPE_REFUSED')
    },
  )
})

describe('ERR_CONSENT_PRIVATE_KEY', () => {
  test.each(['d', 'k', 'p', 'oth'])('a key with the member %s', async (member) => {
    const jwk = { ...forger.jwk, [member]: base64url.encode(new Uint8Array(32)) }
    expect(await codeOf(forger.sign(asked, { header: { jwk } }).then(verify))).toBe('ERR_CONSENT_PRIVATE_KEY')
  })
})

describe('ERR_CONSENT_SIGNATURE_INVALID', () => {
  const code = 'ERR_CONSENT_SIGNATURE_INVALID'

  test('the key of another person', async () => {
    const { jwk } = await createForger()
    expect(await codeOf(forger.sign(asked, { header: { jwk } }).then(verify))).toBe(code)
  })

  test('the signature of another event', async () => {
    const [, , other] = (await forger.sign(request())).split('.')
    expect(await codeOf(verify(`${header}.${payload}.${other}`))).toBe(code)
  })

  test('a signature in DER, an empty one, and one of zeros', async () => {
    for (const bytes of [new Uint8Array(70), new Uint8Array(0), new Uint8Array(64)]) {
      expect(await codeOf(verify(`${header}.${payload}.${base64url.encode(bytes)}`))).toBe(code)
    }
  })

  test('a key that is no point of the curve', async () => {
    const jwk = { ...forger.jwk, x: base64url.encode(new Uint8Array(32)), y: base64url.encode(new Uint8Array(32)) }
    expect(await codeOf(forger.sign(asked, { header: { jwk } }).then(verify))).toBe(code)
  })
})

describe('ERR_CONSENT_REQUEST_MISMATCH', () => {
  const other = base64url.encode(new Uint8Array(32).fill(1))

  test.each<[string, Record<string, unknown>]>([
    ['audience', { aud: 'https://attacker.example' }],
    ['subject', { sub: other }],
    ['survey', { survey: 'autumn-2026' }],
    ['nonce', { nonce: other }],
    ['position', { seq: 2 }],
    ['previous event', { prev: other }],
  ])('another %s', async (_, payload) => {
    expect(await codeOf(forger.sign(asked, { payload }).then(verify))).toBe('ERR_CONSENT_REQUEST_MISMATCH')
  })
})

describe('ERR_CONSENT_NOTICE_MISMATCH', () => {
  test('the digest of another notice', async () => {
    const payload = { notice: base64url.encode(new Uint8Array(32)) }
    expect(await codeOf(forger.sign(asked, { payload }).then(verify))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
  })

  test('the digest of the same notice in another language', async () => {
    const payload = { notice: notice.digests['fr'] }
    expect(await codeOf(forger.sign(asked, { payload }).then(verify))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
  })

  test('another language than the digest’s', async () => {
    expect(await codeOf(forger.sign(asked, { payload: { lang: 'fr' } }).then(verify))).toBe(
      'ERR_CONSENT_NOTICE_MISMATCH',
    )
  })
})

describe('ERR_CONSENT_PURPOSES_MISMATCH', () => {
  test.each<[string, Record<string, string>]>([
    ['missing', { 'improve-service': 'given' }],
    ['extra', { 'improve-service': 'given', 'call-back': 'given', marketing: 'given' }],
    ['replaced', { 'improve-service': 'given', constructor: 'given' }],
  ])('a purpose is %s', async (_, decisions) => {
    expect(await codeOf(forger.sign(asked, { payload: { decisions } }).then(verify))).toBe(
      'ERR_CONSENT_PURPOSES_MISMATCH',
    )
  })

  test('only the requested purposes of the notice are decided', async () => {
    const narrow = request({ purposes: ['call-back'] })
    expect((await verify(await forger.sign(narrow), { request: narrow })).decisions).toEqual({ 'call-back': 'given' })
  })
})

describe('the device’s clock', () => {
  const at = (seconds: number) => forger.sign(asked, { payload: { iat: Math.floor(NOW.getTime() / 1000) + seconds } })

  test('ERR_CONSENT_CLOCK_AHEAD: a year in the future, and one second past the tolerance', async () => {
    expect(await codeOf(at(31_536_000).then(verify))).toBe('ERR_CONSENT_CLOCK_AHEAD')
    expect(await codeOf(at(60 + 301).then(verify))).toBe('ERR_CONSENT_CLOCK_AHEAD')
  })

  test('ERR_CONSENT_CLOCK_BEHIND: a year ago, and one second past the tolerance', async () => {
    expect(await codeOf(at(-31_536_000).then(verify))).toBe('ERR_CONSENT_CLOCK_BEHIND')
    expect(await codeOf(at(-301).then(verify))).toBe('ERR_CONSENT_CLOCK_BEHIND')
  })

  test('may be off by the tolerance', async () => {
    await verify(await at(60 + 300))
    await verify(await at(-300))
    await verify(await at(0), { skewSeconds: 0 })
    expect(await codeOf(at(61).then((jws) => verify(jws, { skewSeconds: 0 })))).toBe('ERR_CONSENT_CLOCK_AHEAD')
  })
})

test('a year ahead or behind is no obstacle to what gives nothing: a no, a withdrawal, a question put away', async () => {
  for (const decision of ['refused', 'withdrawn', 'deferred'] as const) {
    for (const years of [-1, 1]) {
      const iat = Math.floor(NOW.getTime() / 1000) + years * 31_536_000
      const decisions = Object.fromEntries(asked.purposes.map((purpose) => [purpose, decision]))
      const event = await verify(await forger.sign(asked, { payload: { iat, decisions } }))
      expect(event.issuedAt).toBe(iat * 1000)
      const [first = ''] = asked.purposes
      const mixed = await forger.sign(asked, { payload: { iat, decisions: { ...decisions, [first]: 'given' } } })
      expect(await codeOf(verify(mixed))).toBe(years > 0 ? 'ERR_CONSENT_CLOCK_AHEAD' : 'ERR_CONSENT_CLOCK_BEHIND')
    }
  }
})

test('ERR_CONSENT_NONCE_UNKNOWN when the request has expired', async () => {
  const jws = await forger.sign(asked)
  await verify(jws, { now: later(3599) })
  expect(await codeOf(verify(jws, { now: later(3600) }))).toBe('ERR_CONSENT_NONCE_UNKNOWN')
})

test('an error shows nothing of what was sent', async () => {
  const decisions = { 'alice@example.com': 'given', secret: 'given' }
  const payload = { ...honestPayload(asked), decisions, 'bob@example.com': 1 }
  const error: unknown = await forger
    .sign(asked, { payload })
    .then(verify)
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ConsentError)
  const { name, message, code, stack, ...rest } = error as ConsentError
  expect(`${name} ${message} ${code}`).not.toMatch(/alice|bob|secret|customer/)
  expect(rest).toEqual({})
  expect((error as ConsentError).cause).toBeUndefined()
})

test('a caller’s mistakes are argument errors', async () => {
  const jws = await forger.sign(asked)
  expect(await codeOf(verify(jws, { now: new Date(Number.NaN) }))).toBe('ERR_INVALID_ARG_VALUE')
  expect(await codeOf(verify(jws, { skewSeconds: -1 }))).toBe('ERR_INVALID_ARG_VALUE')
  expect(await codeOf(verify(jws, { skewSeconds: '5' }))).toBe('ERR_INVALID_ARG_TYPE')
})

/** 64 bytes end in a character that carries two bits; the next one has the same two. */
function nextCharacter(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet.charAt(alphabet.indexOf(signature.slice(-1)) + 1)
}

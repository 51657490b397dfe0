import { createConsentRequest, type DecisionEvent, defineNotice, verifyConsent } from '@surveyseal/consent'
import fc from 'fast-check'
import { base64url, calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { AUDIENCE, later, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { createForger, honestPayload } from './support/forge.js'
import { codeOf } from './support/matchers.js'

const terms = { subject: SUBJECT, survey: SURVEY, language: 'en', audience: AUDIENCE, head: null, now: NOW } as const
const request = createConsentRequest(notice, { ...terms, validitySeconds: 86_400, actor: 'guardian' })
const forger = await createForger()
const until = (request.validUntil ?? 0) / 1000
const payload = { ...honestPayload(request), until, actor: 'guardian', signals: ['gpc'] }
const verify = (jws: string): Promise<DecisionEvent> => verifyConsent(jws, { request, now: later(60) })

/** Ed25519 under a key of its own. */
async function edSigned(body: object, header: object = {}, jwk: object = {}): Promise<string> {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as CryptoKeyPair
  const { kty, crv, x } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const head = { alg: 'Ed25519', typ: 'consent-event+jwt', jwk: { kty, crv, x, ...jwk }, ...header }
  const input = [head, body].map((part) => base64url.encode(JSON.stringify(part))).join('.')
  const signature = await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, new TextEncoder().encode(input))
  return `${input}.${base64url.encode(new Uint8Array(signature))}`
}

describe('an event with every member there is', () => {
  test('says them all', async () => {
    expect(await verify(await forger.sign(request, { payload }))).toMatchObject({
      validUntil: request.validUntil,
      actor: 'guardian',
      signals: ['gpc'],
      keyThumbprint: forger.thumbprint,
    })
  })

  test('is refused with any one of its members altered, whoever signs it', async () => {
    const names = Object.keys(payload).filter((name) => name !== 'signals' && name !== 'jti' && name !== 'keyAssurance')
    const other = base64url.encode(new Uint8Array(32).fill(1))
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(other, 'autumn-2026', 0, 1, null, 'self', 'proxy', until + 1),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), values, async (name, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(Reflect.get(payload, name)))
        // A device's clock may be off by minutes.
        fc.pre(name !== 'iat' || typeof value !== 'number' || value < 1_000_000_000)
        const code = await codeOf(forger.sign(request, { payload: { ...payload, [name]: value } }).then(verify))
        expect(code).toMatch(/^ERR_CONSENT_/)
      }),
    )
  })

  test('is refused with any one of its members left out, but for what the browser may or may not say', async () => {
    for (const name of Object.keys(payload).filter((name) => name !== 'signals')) {
      const code = await codeOf(forger.sign(request, { payload: { ...payload, [name]: undefined } }).then(verify))
      expect(code, name).toMatch(/^ERR_CONSENT_(MALFORMED|REQUEST_MISMATCH)$/)
    }
  })

  test('is refused with an unknown member, signal or actor, or with a member spelled otherwise', async () => {
    for (const change of [
      { exp: 1 },
      { signals: [] },
      { signals: ['gpc', 'gpc'] },
      { signals: ['dnt'] },
      { actor: 'self' },
    ]) {
      expect(await codeOf(forger.sign(request, { payload: { ...payload, ...change } }).then(verify))).toBe(
        'ERR_CONSENT_MALFORMED',
      )
    }
  })
})

describe('signatures and keys', () => {
  test('of two honest events no part fits the other', async () => {
    const [a, b] = [await createForger(), await createForger()]
    const events = [await a.sign(request, { payload }), await b.sign(request, { payload })]
    const [first = [], second = []] = events.map((jws) => jws.split('.'))
    for (let mask = 1; mask < 7; mask++) {
      const mixed = first.map((part, index) => (mask & (1 << index) ? (second[index] ?? '') : part))
      // Payloads are equal, so only header and signature make a difference.
      if (((mask & 1) !== 0) === ((mask & 4) !== 0)) continue
      expect(await codeOf(verify(mixed.join('.')))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
    }
  })

  test('a key put in the place of another is another person’s: the thumbprint is of the key that signed', async () => {
    const thief = await createForger()
    const honest = await verify(await forger.sign(request, { payload }))
    const stolen = await verify(await thief.sign(request, { payload }))
    expect(stolen.keyThumbprint).not.toBe(honest.keyThumbprint)
    expect(await codeOf(forger.sign(request, { payload, header: { jwk: thief.jwk } }).then(verify))).toBe(
      'ERR_CONSENT_SIGNATURE_INVALID',
    )
  })

  test('Ed25519 is accepted with its own kind of key, and names it by its RFC 7638 thumbprint', async () => {
    const jws = await edSigned(payload)
    const { jwk } = JSON.parse(new TextDecoder().decode(base64url.decode(jws.split('.')[0] ?? '')))
    expect((await verify(jws)).keyThumbprint).toBe(await calculateJwkThumbprint(jwk))
  })

  test('no algorithm is accepted with the key of another', async () => {
    const ec = forger.jwk as object
    expect(await codeOf(edSigned(payload, { alg: 'ES256' }).then(verify))).toBe('ERR_CONSENT_MALFORMED')
    expect(await codeOf(edSigned(payload, { jwk: ec }).then(verify))).toBe('ERR_CONSENT_MALFORMED')
    expect(await codeOf(forger.sign(request, { payload, header: { alg: 'Ed25519' } }).then(verify))).toBe(
      'ERR_CONSENT_MALFORMED',
    )
    expect(await codeOf(edSigned(payload, { alg: 'EdDSA' }).then(verify))).toBe('ERR_CONSENT_ALGORITHM_REFUSED')
    expect(await codeOf(edSigned(payload, {}, { crv: 'Ed448' }).then(verify))).toBe('ERR_CONSENT_MALFORMED')
    expect(await codeOf(edSigned(payload, {}, { d: SUBJECT }).then(verify))).toBe('ERR_CONSENT_PRIVATE_KEY')
  })

  test('a key of small order signs nothing', async () => {
    const x = base64url.encode(Uint8Array.of(1, ...new Uint8Array(31)))
    const head = { alg: 'Ed25519', typ: 'consent-event+jwt', jwk: { kty: 'OKP', crv: 'Ed25519', x } }
    const input = [head, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.')
    const forged = base64url.encode(Uint8Array.of(1, ...new Uint8Array(63)))
    expect(await codeOf(verify(`${input}.${forged}`))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
  })
})

test('a notice edited after it was signed has another digest, so that no event of it fits', async () => {
  const { en, ...wording } = noticeInput.wording
  if (en === undefined) return expect.unreachable()
  const edited = defineNotice({ ...noticeInput, wording: { ...wording, en: { ...en, summary: `${en.summary} ` } } })
  const asked = createConsentRequest(edited, terms)
  const jws = await forger.sign(request, { payload: { ...honestPayload(asked), notice: notice.digests['en'] } })
  expect(await codeOf(verifyConsent(jws, { request: asked, now: later(60) }))).toBe('ERR_CONSENT_NOTICE_MISMATCH')
})

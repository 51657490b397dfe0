import { createSigner, type Signer } from '@surveyseal/consent'
import { base64url, compactVerify, exportJWK, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { openJws } from '../src/lib/jws.js'
import { controllerHeader } from '../src/lib/schemas.js'
import { signAsController } from '../src/signer.js'
import { codeOf } from './support/matchers.js'

const EC = { name: 'ECDSA', namedCurve: 'P-256' }
const pair = await crypto.subtle.generateKey(EC, true, ['sign', 'verify'])

describe('createSigner', () => {
  test('signs with a CryptoKey or a private JWK what jose verifies', async () => {
    for (const key of [pair.privateKey, await exportJWK(pair.privateKey)]) {
      const signer = await createSigner(key, { keyId: 'a' })
      const jws = await signAsController('consent-receipt+jwt', { iss: 'x' }, signer)
      const { protectedHeader } = await compactVerify(jws, pair.publicKey, { algorithms: ['ES256'] })
      expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'consent-receipt+jwt', kid: 'a' })
    }
  })

  test('refuses any other key, and shows nothing of it', async () => {
    const p384 = await crypto.subtle.generateKey({ ...EC, namedCurve: 'P-384' }, true, ['sign', 'verify'])
    const jwk = await exportJWK(pair.privateKey)
    const keys = [
      pair.publicKey,
      p384.privateKey,
      await exportJWK(pair.publicKey),
      { ...jwk, d: 'AAAA' },
      { kty: 'oct', k: 'AAAA' },
      {},
    ]
    for (const key of keys) {
      const error: unknown = await createSigner(key, { keyId: 'a' }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE', message: '"key" expected a private P-256 key' })
      expect((error as Error).cause).toBeUndefined()
    }
  })

  test('refuses a key id with spaces', async () => {
    expect(await codeOf(createSigner(pair.privateKey, { keyId: 'a b' }))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('a key service that answers with DER fails when it signs, not when somebody verifies', async () => {
    const signer: Signer = { keyId: 'kms', algorithm: 'ES256', sign: async () => new Uint8Array(71) }
    expect(await codeOf(signAsController('consent-receipt+jwt', {}, signer))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('RFC 7515 appendix A.3', () => {
  // The key, the signing input and the signature as printed there.
  const key = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  const jws = [
    'eyJhbGciOiJFUzI1NiJ9',
    'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
    'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
  ].join('.')

  test('its private key signs what its public key verifies', async () => {
    const d = 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'
    const signature = await (await createSigner({ ...key, d }, { keyId: 'a' })).sign(new Uint8Array([1, 2, 3]))
    const publicKey = await importJWK(key, 'ES256')
    if (publicKey instanceof Uint8Array) return expect.unreachable()
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const verified = await crypto.subtle.verify(algorithm, publicKey, signature.slice(), new Uint8Array([1, 2, 3]))
    expect(verified).toBe(true)
  })

  test('its example is a JWS, and none of ours: it has no type', async () => {
    await compactVerify(jws, key)
    expect(base64url.encode(base64url.decode(jws.split('.')[2] ?? ''))).toBe(jws.split('.')[2])
    const format = { typ: 'consent-receipt+jwt', headers: { ES256: controllerHeader }, maxLength: 1000 }
    expect(await codeOf(() => openJws(jws, format))).toBe('ERR_CONSENT_TYPE_REFUSED')
  })
})

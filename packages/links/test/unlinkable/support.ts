import { createPrivateKey, createPublicKey } from 'node:crypto'
import { encodeBase64url } from '../../src/lib/base64url.js'
import type { SigningPair } from '../../src/unlinkable/lib/blind-sign.js'
import { fromBigInt, type PublicNumbers, toBigInt } from '../../src/unlinkable/lib/public-key.js'
import type { WaveKey, WaveKeyDocument, WaveScope } from '../../src/unlinkable.js'
import { generateWaveKey, loadWaveKey } from '../../src/unlinkable.js'

export const WAVE: WaveScope = { tenant: 'acme', survey: 'staff', wave: '2026-11' }

export const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/^0x/, ''), 'hex'))
export const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')
export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** Small, because it is only a test. */
export async function newWaveKey(scope: WaveScope = WAVE): Promise<{ document: WaveKeyDocument; key: WaveKey }> {
  const document = await generateWaveKey(scope, { modulusLength: 2048 })
  return { document, key: loadWaveKey(document) }
}

/** A private key as it is in RFC 9474: hexadecimal numbers. */
export interface RsaNumbers {
  readonly n: string
  readonly d: string
  readonly p: string
  readonly q: string
}

export function numbersOf({ n }: RsaNumbers): PublicNumbers {
  return { n: toBigInt(bytes(n)), modulus: bytes(n) }
}

export function pairOf({ n, d, p, q }: RsaNumbers): SigningPair {
  const [P, Q, D] = [p, q, d].map((value) => toBigInt(bytes(value))) as [bigint, bigint, bigint]
  const modulus = bytes(n)
  const text = (value: bigint, length: number) => encodeBase64url(fromBigInt(value, length))
  const half = modulus.length / 2
  const key = {
    kty: 'RSA',
    n: encodeBase64url(modulus),
    e: 'AQAB',
    d: text(D, modulus.length),
    p: text(P, half),
    q: text(Q, half),
    dp: text(D % (P - 1n), half),
    dq: text(D % (Q - 1n), half),
    qi: text(power(Q, P - 2n, P), half),
  }
  const publicKey = createPublicKey({ key: { kty: 'RSA', n: key.n, e: key.e }, format: 'jwk' })
  return { privateKey: createPrivateKey({ key, format: 'jwk' }), publicKey, modulus }
}

/** By squaring, so that it shares nothing with the code under test. */
export function power(base: bigint, exponent: bigint, n: bigint): bigint {
  let result = 1n
  let square = base % n
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % n
    square = (square * square) % n
  }
  return result
}

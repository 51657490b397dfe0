/**
 * RSA public keys: docs/formats/unlinkable-token.md, "Key".
 *
 * @module
 */

import { decodeBase64url } from '../../lib/base64url.js'
import { UnlinkableError } from '../errors.js'
import type { WavePublicKey } from '../wave.js'

/** Moduli have exactly so many bits, which makes every length below a whole number of bytes. */
const MODULUS_BYTES: readonly number[] = [256, 384, 512]
const EXPONENT = 'AQAB'

/** A key as what is computed with. */
export interface PublicNumbers {
  readonly n: bigint
  readonly modulus: Uint8Array
}

/** Checks a JWK and reads it; nothing but its public members is looked at. */
export function readPublicKey(jwk: unknown): PublicNumbers {
  const { kty, n, e } = (typeof jwk === 'object' && jwk !== null ? jwk : {}) as Partial<Record<string, unknown>>
  const modulus = typeof n === 'string' && n.length <= 683 ? decodeBase64url(n) : null
  const sound = kty === 'RSA' && e === EXPONENT && modulus !== null && MODULUS_BYTES.includes(modulus.length)
  if (!sound || (modulus[0] ?? 0) < 128 || ((modulus.at(-1) ?? 0) & 1) === 0) {
    throw new UnlinkableError(
      'ERR_UNLINKABLE_KEY_INVALID',
      'the key is not RSA of 2048, 3072 or 4096 bits with exponent 65537',
    )
  }
  return { n: toBigInt(modulus), modulus }
}

/** The JWK of a modulus that {@link readPublicKey} accepts. */
export function publicMembers({ n }: Pick<WavePublicKey, 'n'>): WavePublicKey {
  return { kty: 'RSA', n, e: EXPONENT }
}

/** AlgorithmIdentifier of RSASSA-PSS with SHA-384, MGF1 with SHA-384 and 48 bytes of salt (RFC 4055 §3.1, RFC 9578 §6.5). */
const ALGORITHM =
  '303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648016503040202a203020130'

/** The DER that a key id is the digest of. */
export function encodeSpki(modulus: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = der(0x30, [...der(0x02, [0, ...modulus]), ...der(0x02, [1, 0, 1])])
  const algorithm = (ALGORITHM.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))
  return Uint8Array.from(der(0x30, [...algorithm, ...der(0x03, [0, ...key])]))
}

function der(tag: number, content: readonly number[]): number[] {
  const { length } = content
  if (length < 128) return [tag, length, ...content]
  return length < 256 ? [tag, 0x81, length, ...content] : [tag, 0x82, length >> 8, length & 0xff, ...content]
}

/** Reads an unsigned big-endian number. */
export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}

/** Writes an unsigned number as `length` big-endian bytes. */
export function fromBigInt(value: bigint, length: number): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

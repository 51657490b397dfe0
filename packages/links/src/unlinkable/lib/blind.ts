/**
 * The client's half of RSABSSA-SHA384 (RFC 9474 §4.2, §4.4) on BigInt and WebCrypto.
 *
 * BigInt does not run in constant time. Every secret here is used once, on the device of the person it protects.
 *
 * @module
 */

import { UnlinkableError } from '../errors.js'
import { fromBigInt, type PublicNumbers, toBigInt } from './public-key.js'
import { verifyPss } from './verify-pss.js'

const HASH_BYTES = 48

/** Bytes of salt in the variants named PSS. */
export const SALT_BYTES = 48

/** What leaves the device, and what takes the blinding off again. */
export interface Blinding {
  readonly blinded: Uint8Array<ArrayBuffer>
  readonly inverse: bigint
}

/** Blinds a prepared message. `factor` is a fresh result of {@link drawFactor}; `salt` is fresh or, for PSSZERO, empty. */
export async function blind(
  { n, modulus }: PublicNumbers,
  message: Uint8Array,
  { salt, factor }: { readonly salt: Uint8Array; readonly factor: bigint },
): Promise<Blinding> {
  const encoded = toBigInt(await encodePss(message, salt, modulus.length))
  // Shares a factor with the modulus only if that factor has been found.
  if (invert(encoded, n) === null) throw signatureInvalid()
  const inverse = invert(factor, n)
  if (inverse === null) throw signatureInvalid()
  return { blinded: fromBigInt((encoded * power65537(factor, n)) % n, modulus.length), inverse }
}

/** Takes the blinding off a blind signature and verifies what is left. */
export async function finalize(
  { n, modulus }: PublicNumbers,
  message: Uint8Array,
  answer: { readonly signature: Uint8Array; readonly inverse: bigint; readonly saltBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const value = answer.signature.length === modulus.length ? toBigInt(answer.signature) : n
  if (value >= n) throw signatureInvalid()
  const signature = fromBigInt((value * answer.inverse) % n, modulus.length)
  if (!(await verifyPss(modulus, { message, signature, saltBytes: answer.saltBytes }))) throw signatureInvalid()
  return signature
}

/** Draws a blinding factor uniformly from those that can be inverted. */
export function drawFactor({ n, modulus }: PublicNumbers, random: (bytes: number) => Uint8Array): bigint {
  for (;;) {
    const factor = toBigInt(random(modulus.length))
    if (factor > 0n && factor < n && invert(factor, n) !== null) return factor
  }
}

/** The one refusal of whatever does not verify. */
export function signatureInvalid(): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_SIGNATURE_INVALID', 'the signature is not one of this wave')
}

/** EMSA-PSS (RFC 8017 §9.1.1) with SHA-384, for a modulus of whole bytes. */
async function encodePss(message: Uint8Array, salt: Uint8Array, length: number): Promise<Uint8Array> {
  const hash = await sha384(new Uint8Array(8), await sha384(message), salt)
  const block = new Uint8Array(length - HASH_BYTES - 1)
  block.set([1, ...salt], block.length - salt.length - 1)
  for (let counter = 0, at = 0; at < block.length; counter++, at += HASH_BYTES) {
    const mask = await sha384(hash, Uint8Array.of(0, 0, 0, counter))
    for (const [index, byte] of mask.subarray(0, block.length - at).entries())
      block[at + index] = (block[at + index] ?? 0) ^ byte
  }
  block[0] = (block[0] ?? 0) & 0x7f
  return Uint8Array.of(...block, ...hash, 0xbc)
}

async function sha384(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-384', Uint8Array.from(parts.flatMap((part) => [...part]))))
}

function power65537(base: bigint, n: bigint): bigint {
  let power = base
  for (let squarings = 0; squarings < 16; squarings++) power = (power * power) % n
  return (power * base) % n
}

/** The inverse modulo n, by the extended Euclidean algorithm, or null where there is none. */
function invert(value: bigint, n: bigint): bigint | null {
  let [previous, rest] = [n, value]
  let [coefficient, next] = [0n, 1n]
  while (rest > 0n) {
    const quotient = previous / rest
    ;[previous, rest] = [rest, previous - quotient * rest]
    ;[coefficient, next] = [next, coefficient - quotient * next]
  }
  if (previous !== 1n) return null
  return coefficient < 0n ? coefficient + n : coefficient
}

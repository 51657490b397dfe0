import { constants, createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../../test/code-of.js'
import { blind, drawFactor, finalize } from '../../src/unlinkable/lib/blind.js'
import {
  encodeSpki,
  fromBigInt,
  type PublicNumbers,
  readPublicKey,
  toBigInt,
} from '../../src/unlinkable/lib/public-key.js'
import { decodeToken, encodeToken, prepare, waveContext } from '../../src/unlinkable/lib/token.js'
import { verifyPss } from '../../src/unlinkable/lib/verify-pss.js'
import type { WaveKey } from '../../src/unlinkable.js'
import { newWaveKey, random, WAVE } from './support.js'

let key: WaveKey
let other: WaveKey
let numbers: PublicNumbers

beforeAll(async () => {
  ;[{ key }, { key: other }] = await Promise.all([newWaveKey(), newWaveKey()])
  numbers = readPublicKey(key.publish().key)
})

const messages = fc.uint8Array({ maxLength: 300 })
const runs = { numRuns: 30 }
const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' })

async function signed(message: Uint8Array, signer: WaveKey = key): Promise<Uint8Array> {
  const { blinded, inverse } = await blind(numbers, message, { salt: random(48), factor: drawFactor(numbers, random) })
  return finalize(numbers, message, { signature: signer.blindSign(blinded), inverse, saltBytes: 48 })
}

test('what was signed blind verifies for its message, here and in OpenSSL, and for no other', async () => {
  const publicKey = createPublicKey({ key: Buffer.from(encodeSpki(numbers.modulus)), format: 'der', type: 'spki' })
  expect(publicKey.asymmetricKeyDetails).toMatchObject({ hashAlgorithm: 'sha384', saltLength: 48 })
  await fc.assert(
    fc.asyncProperty(messages, messages, async (message, another) => {
      const signature = await signed(message)
      expect(await verifyPss(numbers.modulus, { message, signature, saltBytes: 48 })).toBe(true)
      const scheme = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
      expect(verify('sha384', message, scheme, signature)).toBe(true)
      fc.pre(Buffer.compare(message, another) !== 0)
      expect(await verifyPss(numbers.modulus, { message: another, signature, saltBytes: 48 })).toBe(false)
    }),
    runs,
  )
})

test('ERR_UNLINKABLE_SIGNATURE_INVALID: a blind signature with any changed bit, or of another key, or too large', async () => {
  const message = random(60)
  const { blinded, inverse } = await blind(numbers, message, { salt: random(48), factor: drawFactor(numbers, random) })
  const good = key.blindSign(blinded)
  const code = (signature: Uint8Array) =>
    rejectionCodeOf(finalize(numbers, message, { signature, inverse, saltBytes: 48 }))
  expect(await code(good)).toBe(null)
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: good.length * 8 - 1 }), async (bit) => {
      const changed = good.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await code(changed)).toBe('ERR_UNLINKABLE_SIGNATURE_INVALID')
    }),
    runs,
  )
  // The same residue, written as a number above the modulus: a second spelling of one signature.
  const above = toBigInt(good) + numbers.n
  const spelled = above < 1n << 2048n ? [fromBigInt(above, good.length)] : []
  const foreign = other.blindSign(new Uint8Array(256).fill(1))
  for (const signature of [...spelled, foreign, numbers.modulus, good.slice(1), new Uint8Array()]) {
    expect(await code(signature)).toBe('ERR_UNLINKABLE_SIGNATURE_INVALID')
  }
})

test('what is signed says nothing about the message: any blinded message fits any token', async () => {
  // For every pair there is exactly one factor that leads from one to the other; blindness is that they are equally likely.
  const tokens = await Promise.all([signed(random(40)), signed(random(40))])
  for (const signature of tokens) {
    for (const blinded of [3n, 5n]) {
      const blindSignature = toBigInt(key.blindSign(fromBigInt(blinded, 256)))
      const factor = (blindSignature * inverse(toBigInt(signature), numbers.n)) % numbers.n
      expect((power(toBigInt(signature)) * power(factor)) % numbers.n).toBe(blinded)
    }
  }
})

test('a token reads back as it was written, and no other spelling of it is read', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 256, maxLength: 256 }),
      fc.nat(),
      (prefix, signature, at) => {
        const token = encodeToken({ prefix, signature })
        expect(decodeToken(token, [256])).toEqual({ prefix, signature })
        const changed = [`${token}=`, ` ${token}`, token.slice(1), `B${token.slice(1)}`, token.replace(/^./, '+')]
        for (const text of [...changed, token.slice(0, at % token.length)]) {
          expect(codeOf(() => decodeToken(text, [256]))).toBe('ERR_UNLINKABLE_MALFORMED')
        }
        expect(codeOf(() => decodeToken(token, [384]))).toBe('ERR_UNLINKABLE_MALFORMED')
      },
    ),
    runs,
  )
})

test('no two waves have one context, however their names are cut', () => {
  fc.assert(
    fc.property(name, name, name, name, name, name, (a, b, c, d, e, f) => {
      fc.pre(JSON.stringify([a, b, c]) !== JSON.stringify([d, e, f]))
      const first = waveContext({ tenant: a, survey: b, wave: c })
      expect(first).not.toEqual(waveContext({ tenant: d, survey: e, wave: f }))
    }),
  )
  const cut = [waveContext({ ...WAVE, survey: 'ab', wave: 'c' }), waveContext({ ...WAVE, survey: 'a', wave: 'bc' })]
  expect(cut[0]).not.toEqual(cut[1])
  expect(prepare(new Uint8Array(32), cut[0] ?? new Uint8Array())).toHaveLength(32 + (cut[0]?.length ?? 0))
})

function power(base: bigint): bigint {
  let result = base
  for (let time = 0; time < 16; time++) result = (result * result) % numbers.n
  return (result * base) % numbers.n
}

function inverse(value: bigint, n: bigint): bigint {
  const step = (a: bigint, b: bigint): [bigint, bigint] => {
    if (b === 0n) return [1n, 0n]
    const [x, y] = step(b, a % b)
    return [y, x - (a / b) * y]
  }
  return ((step(value, n)[0] % n) + n) % n
}

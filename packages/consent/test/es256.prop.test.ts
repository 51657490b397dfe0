import fc from 'fast-check'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { verifyEs256 as node } from '../src/lib/es256-node.js'
import { verifyEs256 as portable } from '../src/lib/es256-portable.js'
import vector from './vectors/es256_rfc7515.json' with { type: 'json' }

const { key, signed } = vector
const signature = base64url.decode(vector.signature)
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')

describe.each(Object.entries({ node, portable }))('ES256 of the %s backend', (_, verifyEs256) => {
  test('agrees with RFC 7515 A.3', async () => {
    expect(await verifyEs256(key, signed, signature)).toBe(true)
  })

  test.each([
    ['the coordinates swapped', { x: key.y, y: key.x }],
    ['the origin', { x: base64url.encode(new Uint8Array(32)), y: base64url.encode(new Uint8Array(32)) }],
    ['a coordinate too short', { x: key.x.slice(0, -4), y: key.y }],
    ['no coordinate', { x: '', y: key.y }],
  ])('answers false, without a throw, for a key that is no point of the curve: %s', async (_case, wrong) => {
    expect(await verifyEs256(wrong, signed, signature)).toBe(false)
  })

  test.each([
    ['empty', new Uint8Array()],
    ['zeros', new Uint8Array(64)],
    ['one byte short', signature.subarray(1)],
    ['one byte long', Uint8Array.of(...signature, 0)],
    ['r is zero', Uint8Array.of(...new Uint8Array(32), ...signature.subarray(32))],
    ['s is the order', Uint8Array.of(...signature.subarray(0, 32), ...bytesOf(order))],
    ['DER', Uint8Array.of(0x30, 0x44, 2, 32, ...signature.subarray(0, 32), 2, 32, ...signature.subarray(32))],
  ])('refuses a signature that is %s', async (_case, wrong) => {
    expect(await verifyEs256(key, signed, wrong)).toBe(false)
  })
})

test('any changed byte of signature, text or key fails, on both backends alike', async () => {
  const changed = fc.record({ part: fc.constantFrom('signature', 'signed', 'x', 'y'), at: fc.nat(), bit: fc.nat(7) })
  await fc.assert(
    fc.asyncProperty(changed, async ({ part, at, bit }) => {
      const flip = (bytes: Uint8Array): Uint8Array =>
        bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << bit) : byte))
      const text = part === 'signed' ? String.fromCharCode(...flip(Buffer.from(signed))) : signed
      const coordinates = { ...key }
      if (part === 'x' || part === 'y') coordinates[part] = base64url.encode(flip(base64url.decode(key[part])))
      const rs = part === 'signature' ? flip(signature) : signature
      expect(await node(coordinates, text, rs)).toBe(false)
      expect(await portable(coordinates, text, rs)).toBe(false)
    }),
  )
})

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'))
}

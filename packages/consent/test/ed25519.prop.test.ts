import fc from 'fast-check'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { isBindingKey } from '../src/lib/ed25519.js'
import { verifyEd25519 as node } from '../src/lib/ed25519-node.js'
import { verifyEd25519 as portable } from '../src/lib/ed25519-portable.js'

/** RFC 8037, appendix A.4: a JWS signed with Ed25519. */
const key = { x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const signed = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc'
const signature = base64url.decode(
  'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
)
const FIELD = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n

/** Little-endian, with the sign of x in the top bit. */
function pointOf(y: bigint, sign = 0): string {
  return base64url.encode(bytesOf(y | (BigInt(sign) << 255n)))
}

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn))
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
}

describe.each(Object.entries({ node, portable }))('Ed25519 of the %s backend', (_, backend) => {
  /** As events are verified. */
  const verifyEd25519: typeof node = async (key, signed, signature) =>
    isBindingKey(key) && (await backend(key, signed, signature))

  test('agrees with RFC 8037 A.4', async () => {
    expect(await verifyEd25519(key, signed, signature)).toBe(true)
  })

  test.each([0n, 1n, FIELD - 1n, ORDER_8, FIELD - ORDER_8].flatMap((y) => [pointOf(y), pointOf(y, 1)]))(
    'refuses the key %s of small order, under which one signature fits many messages',
    async (x) => {
      // R = A and S = 0 verify under such a key whenever the hash is a multiple of its order.
      const forged = Uint8Array.of(...base64url.decode(x), ...new Uint8Array(32))
      for (let attempt = 0; attempt < 32; attempt++) {
        expect(await verifyEd25519({ x }, `${signed}${attempt}`, forged)).toBe(false)
      }
    },
  )

  test.each([
    ['a second spelling of one', pointOf(FIELD + 1n)],
    ['the field itself', pointOf(FIELD)],
    ['all ones', base64url.encode(new Uint8Array(32).fill(255))],
    ['31 bytes', base64url.encode(new Uint8Array(31).fill(9))],
    ['33 bytes', base64url.encode(new Uint8Array(33).fill(9))],
    ['empty', ''],
    ['no base64url', `${key.x.slice(0, -1)}=`],
  ])('answers false, without a throw, for a key that is %s', async (_case, x) => {
    expect(await verifyEd25519({ x }, signed, signature)).toBe(false)
  })

  test.each([
    ['empty', new Uint8Array()],
    ['zeros', new Uint8Array(64)],
    ['one byte short', signature.subarray(1)],
    ['one byte long', Uint8Array.of(...signature, 0)],
    [
      'another of the same, S and the order',
      Uint8Array.of(...signature.subarray(0, 32), ...bytesOf(numberOf(signature.subarray(32)) + ORDER)),
    ],
  ])('refuses a signature that is %s', async (_case, wrong) => {
    expect(await verifyEd25519(key, signed, wrong)).toBe(false)
  })
})

test('any changed byte of signature, text or key fails, on both backends alike', async () => {
  const changed = fc.record({ part: fc.constantFrom('signature', 'signed', 'x'), at: fc.nat(), bit: fc.nat(7) })
  await fc.assert(
    fc.asyncProperty(changed, async ({ part, at, bit }) => {
      const flip = (bytes: Uint8Array): Uint8Array =>
        bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << bit) : byte))
      const text = part === 'signed' ? String.fromCharCode(...flip(Buffer.from(signed))) : signed
      const x = part === 'x' ? base64url.encode(flip(base64url.decode(key.x))) : key.x
      const rs = part === 'signature' ? flip(signature) : signature
      expect(await node({ x }, text, rs)).toBe(false)
      expect(await portable({ x }, text, rs)).toBe(false)
    }),
  )
})

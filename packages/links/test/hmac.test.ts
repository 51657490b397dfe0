import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindHmac as nodeHmac } from '../src/lib/backend-node.js'
import { bindHmac as portableHmac } from '../src/lib/backend-portable.js'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** RFC 4231, section 4: key, message and digest of the test cases whose digest is not cut. */
const VECTORS = [
  [bytes('0b'.repeat(20)), utf8('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    utf8('Jefe'),
    utf8('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [bytes('aa'.repeat(20)), bytes('dd'.repeat(50)), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    bytes('aa'.repeat(131)),
    utf8('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
] as const

describe.each(Object.entries({ portable: portableHmac, node: nodeHmac }))('HMAC of the %s backend', (_, bindHmac) => {
  test.each(VECTORS)('agrees with RFC 4231', (key, message, digest) => {
    for (const cut of [0, 1, message.length]) {
      const hmac = bindHmac(key, message.subarray(0, cut))
      expect(hmac(message.subarray(cut))).toBe(Buffer.from(digest, 'hex').toString('base64url'))
    }
  })

  test('is that of the whole message wherever it is cut, as often as it is asked', () => {
    const part = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), part, fc.array(part), (key, beginning, rests) => {
        const hmac = bindHmac(key, beginning)
        for (const rest of rests) {
          expect(hmac(rest)).toBe(createHmac('sha256', key).update(beginning).update(rest).digest('base64url'))
        }
      }),
    )
  })
})

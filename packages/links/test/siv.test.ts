import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, test } from 'vitest'
import { bindSiv as nodeSiv } from '../src/lib/backend-node.js'
import { bindSiv as portableSiv } from '../src/lib/backend-portable.js'
import { openWith, sealAllWith, sealWith } from './support.js'
import rfc5297 from './vectors/aes-siv_rfc5297.json' with { type: 'json' }
import rfc5869 from './vectors/hkdf-sha256_rfc5869.json' with { type: 'json' }

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array | null): string | null => value && Buffer.from(value).toString('hex')

const BACKENDS = Object.entries({ portable: portableSiv, node: nodeSiv })

describe.each(BACKENDS)('AES-SIV of the %s backend agrees with RFC 5297', (_, bindSiv) => {
  test.each(rfc5297)('$comment', ({ key, associatedData, plaintext, sealed }) => {
    const siv = bindSiv(bytes(key), associatedData.map(bytes))
    expect(hex(sealWith(siv, bytes(plaintext)))).toBe(sealed)
    expect(hex(openWith(siv, bytes(sealed)))).toBe(plaintext)
  })
})

describe('HKDF agrees with RFC 5869', () => {
  test.each(rfc5869)('$comment', ({ secret, salt, info, output }) => {
    expect(hex(hkdf(sha256, bytes(secret), bytes(salt), bytes(info), output.length / 2))).toBe(output)
  })

  test('no salt means a salt of zeros', () => {
    const [vector] = rfc5869
    const secret = bytes(vector?.secret ?? '')
    expect(hex(hkdf(sha256, secret, undefined, new Uint8Array(), 42))).toBe(vector?.output)
  })
})

describe('AES-SIV agrees with Wycheproof', () => {
  const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
  const files = ['aes_siv_cmac_test.json', 'aead_aes_siv_cmac_test.json'].map((name) => `${data}/wycheproof/${name}`)
  const present = files.filter((file) => existsSync(file))

  test(present.length === files.length ? 'the vectors are present' : 'NOT RUN: the vectors are absent', () => {
    if (present.length < files.length) process.stderr.write('Wycheproof vectors are absent: set SURVEYSEAL_DATA\n')
    expect(data).not.toBe('')
  })

  // In the deterministic file the tag leads "ct"; in the other the nonce is the last component (RFC 5297 §3).
  const groups = present.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).testGroups as Group[])
  const titled = groups.map((group) => [`${group.type} ${group.keySize} bits, nonce ${group.ivSize ?? 'none'}`, group])
  describe.each(BACKENDS)('on the %s backend', (_, bindSiv) => {
    test.each(titled as [string, Group][])('%s', (_title, { tests }) => {
      for (const { tcId, key, aad, iv, msg, ct, tag, result } of tests) {
        const siv = bindSiv(bytes(key), iv === undefined ? [bytes(aad)] : [bytes(aad), bytes(iv)])
        const sealed = (tag ?? '') + ct
        expect(hex(openWith(siv, bytes(sealed))), `tcId ${tcId}`).toBe(result === 'valid' ? msg : null)
        if (result !== 'valid') continue
        expect(hex(sealWith(siv, bytes(msg))), `tcId ${tcId}`).toBe(sealed)
        expect(sealAllWith(siv, [bytes(msg), bytes(msg)]).map(hex), `tcId ${tcId}`).toEqual([sealed, sealed])
      }
    })
  })
})

interface Group {
  readonly type: string
  readonly keySize: number
  readonly ivSize?: number
  readonly tests: readonly {
    readonly tcId: number
    readonly key: string
    readonly aad: string
    readonly iv?: string
    readonly msg: string
    readonly ct: string
    readonly tag?: string
    readonly result: 'valid' | 'invalid'
  }[]
}

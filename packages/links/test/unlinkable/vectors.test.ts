import { constants, createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { blind, finalize } from '../../src/unlinkable/lib/blind.js'
import { blindSign } from '../../src/unlinkable/lib/blind-sign.js'
import { encodeSpki, readPublicKey, toBigInt } from '../../src/unlinkable/lib/public-key.js'
import { bytes, hex, numbersOf, pairOf, power, type RsaNumbers } from './support.js'

interface Vector extends RsaNumbers {
  readonly name: string
  readonly msg: string
  readonly msg_prefix: string
  readonly input_msg: string
  readonly salt: string
  readonly inv: string
  readonly blinded_msg: string
  readonly blind_sig: string
  readonly sig: string
}

/** The vectors give the inverse of the factor; as the primes are known, one power inverts it back. */
function factorOf({ inv, p, q, n }: Vector): bigint {
  const [P, Q, N] = [p, q, n].map((value) => toBigInt(bytes(value))) as [bigint, bigint, bigint]
  return power(toBigInt(bytes(inv)), (P - 1n) * (Q - 1n) - 1n, N)
}

describe('RFC 9474, appendix A', () => {
  const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))
  const file = `${data}/rfc9474/test_vectors.json`
  const vectors: Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []

  test(vectors.length > 0 ? 'the four variants are present' : 'NOT RUN: the vectors are absent', () => {
    if (vectors.length === 0) process.stderr.write('RFC 9474 vectors are absent: set SURVEYSEAL_DATA\n')
    else expect(vectors).toHaveLength(4)
  })

  test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const numbers = numbersOf(vector)
    const message = bytes(vector.input_msg)
    expect(vector.input_msg).toBe(vector.msg_prefix + vector.msg)

    const salt = bytes(vector.salt)
    const { blinded, inverse } = await blind(numbers, message, { salt, factor: factorOf(vector) })
    expect(inverse).toBe(toBigInt(bytes(vector.inv)))
    expect(hex(blinded)).toBe(vector.blinded_msg)

    const signature = blindSign(pairOf(vector), blinded)
    expect(hex(signature)).toBe(vector.blind_sig)
    const final = await finalize(numbers, message, { signature, inverse, saltBytes: salt.length })
    expect(hex(final)).toBe(vector.sig)
    const key = { key: pairOf(vector).publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt.length }
    expect(verify('sha384', message, key, final)).toBe(true)
  })
})

describe('RFC 9578, appendix B.2', () => {
  const vector = JSON.parse(readFileSync(new URL('../vectors/key-id_rfc9578.json', import.meta.url), 'utf8'))
  const { n } = createPublicKey({ key: asRsaEncryption(vector.pkS), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  })
  const key = readPublicKey({ kty: 'RSA', n, e: 'AQAB' })

  test('a key is written as there and has that key id', () => {
    expect(hex(encodeSpki(key.modulus))).toBe(vector.pkS)
    expect(createHash('sha256').update(encodeSpki(key.modulus)).digest('hex')).toBe(vector.tokenKeyId)
  })

  test('the blinded message and the authenticator are those', async () => {
    const salt = bytes(vector.salt)
    const options = { salt, factor: toBigInt(bytes(vector.blind)) }
    const { blinded, inverse } = await blind(key, bytes(vector.tokenInput), options)
    expect(hex(blinded)).toBe(vector.blindedMessage)
    const answer = { signature: bytes(vector.blindSignature), inverse, saltBytes: salt.length }
    expect(hex(await finalize(key, bytes(vector.tokenInput), answer))).toBe(vector.authenticator)
  })

  /** Node.js exports no JWK of an RSASSA-PSS key, so the key within it is wrapped as an ordinary one. */
  function asRsaEncryption(spki: string): Buffer {
    const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex')
    const rest = Buffer.from(spki.slice((4 + 63) * 2), 'hex')
    const content = Buffer.concat([algorithm, rest])
    return Buffer.concat([Buffer.from([0x30, 0x82, content.length >> 8, content.length & 0xff]), content])
  }
})

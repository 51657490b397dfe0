// One survey link's token at a time: made (seal) and read back (open).
import assert from 'node:assert/strict'
import { createCipheriv, createDecipheriv, createSecretKey, generateKeySync, randomBytes, webcrypto } from 'node:crypto'
import { aessiv } from '@noble/ciphers/aes.js'
import { generateKeyring, loadKeyring } from '@surveyseal/links'
import { CompactEncrypt, compactDecrypt } from 'jose'
import jwt from 'jsonwebtoken'
import { repeat, repeatAsync } from '../harness.js'
import { pooledRandom } from '../pooled-random.js'

const respondent = '3f2b8c1e-9d47-4a6b-8e05-71c9d2a4f6b3'
const uuid = Buffer.from(respondent.replaceAll('-', ''), 'hex')
const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + 30 * 86_400_000)
const expires = expiresAt.getTime() / 1000

/** @type {import('../harness.js').Suite} */
export const tokens = {
  name: 'tokens',
  unit: 'tokens/s',
  async prepare() {
    return [...nodeGcm(), ...(await surveyseal()), ...nobleSiv(), ...(await joseJwe()), ...signedJwt()]
  },
}

/**
 * The reference: AES-256-GCM of node:crypto over the same 21 bytes (UUID and expiry), keys held as KeyObject, nonces from
 * a pool, because a third of the time would otherwise go into asking for 12 random bytes.
 */
function nodeGcm() {
  const key = generateKeySync('aes', { length: 256 })
  const payload = Buffer.concat([uuid, Buffer.alloc(5)])
  payload.writeUIntBE(expires, 16, 5)
  const context = Buffer.from('demo/air/survey')
  const nonce = pooledRandom(12)

  const seal = () => {
    const iv = nonce()
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context)
    return Buffer.concat([iv, cipher.update(payload), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }
  const open = (token) => {
    const bytes = Buffer.from(token, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(context).setAuthTag(bytes.subarray(-16))
    const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    return { respondent: uuidText(plain), expires: plain.readUIntBE(16, 5) }
  }
  const token = seal()
  assert.deepEqual(open(token), { respondent, expires })
  return [
    { name: 'node:crypto GCM seal', run: repeat(seal) },
    { name: 'node:crypto GCM open', run: repeat(() => open(token)) },
  ]
}

/** Whole links, bound once to tenant, survey and purpose: reference and URL checked, token sealed, URL made or taken apart. */
async function surveyseal() {
  const keyring = await loadKeyring(generateKeyring())
  const context = keyring.bind({ tenant: 'demo', survey: 'air', purpose: 'survey' })
  const options = { baseUrl: 'https://survey.example/s' }

  const seal = () => context.seal({ respondent, expiresAt }, options).url
  const open = (url) => context.open(url)
  const url = seal()
  assert.deepEqual([open(url).respondent, open(url).expiresAt], [respondent, expiresAt])
  return [
    { name: 'surveyseal seal', reference: 'node:crypto GCM seal', run: repeat(seal) },
    { name: 'surveyseal open', reference: 'node:crypto GCM open', run: repeat(() => open(url)) },
  ]
}

/** What the portable sealed link stands on: AES-SIV of @noble/ciphers over the same bytes, nothing around it. */
function nobleSiv() {
  const key = randomBytes(64)
  const [context, payload] = [Buffer.from('demo/air/survey'), Buffer.concat([uuid, Buffer.alloc(5)])]
  payload.writeUIntBE(expires, 16, 5)

  const seal = () => Buffer.from(aessiv(key, context).encrypt(payload)).toString('base64url')
  const open = (token) => aessiv(key, context).decrypt(Buffer.from(token, 'base64url'))
  const token = seal()
  assert.deepEqual(Buffer.from(open(token)), payload)
  return [
    { name: 'noble AES-SIV seal', reference: 'node:crypto GCM seal', run: repeat(seal) },
    { name: 'noble AES-SIV open', reference: 'node:crypto GCM open', run: repeat(() => open(token)) },
  ]
}

/** JWE, direct encryption with A256GCM; the CryptoKey is imported once. */
async function joseJwe() {
  const key = await webcrypto.subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const header = { alg: 'dir', enc: 'A256GCM', kid: '1' }
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()]
  const pinned = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }

  const seal = () => {
    const claims = JSON.stringify({ sub: respondent, sid: 'air', exp: expires })
    return new CompactEncrypt(encoder.encode(claims)).setProtectedHeader(header).encrypt(key)
  }
  const open = async (token) => JSON.parse(decoder.decode((await compactDecrypt(token, key, pinned)).plaintext))
  const token = await seal()
  assert.equal((await open(token)).sub, respondent)
  return [
    { name: 'jose JWE seal', reference: 'node:crypto GCM seal', run: repeatAsync(seal) },
    { name: 'jose JWE open', reference: 'node:crypto GCM open', run: repeatAsync(() => open(token)) },
  ]
}

/** Signed and readable by anyone, so not a substitute; here because it is what many use. A raw key is 48 times slower. */
function signedJwt() {
  const key = createSecretKey(randomBytes(32))
  const seal = () =>
    jwt.sign({ sub: respondent, sid: 'air', exp: expires }, key, { algorithm: 'HS256', keyid: '1', noTimestamp: true })
  const open = (token) => jwt.verify(token, key, { algorithms: ['HS256'] })
  const token = seal()
  assert.equal(open(token).sub, respondent)
  return [
    { name: 'jsonwebtoken HS256 sign', reference: 'node:crypto GCM seal', run: repeat(seal) },
    { name: 'jsonwebtoken HS256 verify', reference: 'node:crypto GCM open', run: repeat(() => open(token)) },
  ]
}

function uuidText(bytes) {
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

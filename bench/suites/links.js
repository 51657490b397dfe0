// Survey links: one at a time on a bound context, through the public calls, and a million in a row.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  createCipheriv,
  createDecipheriv,
  generateKeySync,
  hkdfSync,
  randomBytes,
  randomUUID,
  webcrypto,
} from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cmac } from '@noble/ciphers/aes.js'
import { generateKeyring, loadKeyring, openLink, sealLink, sealLinks } from '@surveyseal/links'
import { CompactEncrypt } from 'jose'
import { repeat } from '../harness.js'
import { pooledRandom } from '../pooled-random.js'
import { auditCases } from './links/audit.js'
import { handBatched } from './links/hand-batched.js'
import { redeemCases } from './links/redeem.js'

const scope = { tenant: 'demo', survey: 'air', purpose: 'survey' }
const baseUrl = 'https://survey.example/s'
const respondent = '3f2b8c1e-9d47-4a6b-8e05-71c9d2a4f6b3'
const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + 30 * 86_400_000)
const BATCH = 4096
const STREAMED = 1_000_000

/** The plaintext of the format: expiry and flags in 5 bytes, UUID. */
const payload = Buffer.alloc(21)
payload.writeUIntBE(expiresAt.getTime() / 1000 / 4, 0, 4)
payload[4] = ((expiresAt.getTime() / 1000) % 4) * 64
payload.write(respondent.replaceAll('-', ''), 5, 'hex')

/** @type {import('../harness.js').Suite} */
export const links = {
  name: 'links',
  unit: 'links/s',
  async prepare() {
    const document = generateKeyring()
    const keyring = await loadKeyring(document)
    return [
      ...nodeGcm(),
      ...single(keyring),
      ...(await batches(document, keyring)),
      await joseInFlight(),
      ...(await auditCases()),
      ...(await redeemCases()),
    ]
  },
  async once() {
    const script = fileURLToPath(new URL('links/stream.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(STREAMED)])
    const { sealed, megabytes } = JSON.parse(stdout)
    assert.equal(sealed, STREAMED)
    const limit = { of: 'value', atMost: 90 }
    return [{ case: 'seal-batch-memory', unit: 'MB peak RSS', value: megabytes, limit }]
  },
}

/** The reference: AES-256-GCM over the same 21 bytes, one KeyObject, nonces from a pool, base64url, expiry looked at. */
function nodeGcm() {
  const key = generateKeySync('aes', { length: 256 })
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
    if (Math.floor(plain.readUIntBE(0, 5) / 64) * 1000 <= Date.now()) throw new Error('expired')
    return plain
  }
  const token = seal()
  assert.deepEqual(open(token), payload)
  return [
    { name: 'node:crypto GCM seal', run: repeat(seal) },
    { name: 'node:crypto GCM open', run: repeat(() => open(token)) },
  ]
}

function single(keyring) {
  const context = keyring.bind(scope)
  const options = { ...scope, keyring, baseUrl }
  const token = context.sealPacked(payload)
  const { url } = sealLink({ respondent, expiresAt }, options)
  assert.equal(url, `${baseUrl}/${token}`)
  assert.deepEqual(Buffer.from(context.openPacked(token)), payload)
  assert.equal(openLink(url, options).respondent, respondent)

  const [sealing, opening] = [{ reference: 'node:crypto GCM seal' }, { reference: 'node:crypto GCM open' }]
  return [
    { name: 'seal', ...sealing, limit: atLeast(1.8), run: repeat(() => context.sealPacked(payload)) },
    { name: 'open', ...opening, limit: atLeast(1.7), run: repeat(() => context.openPacked(token)) },
    {
      name: 'seal-url',
      ...sealing,
      limit: atLeast(1.5),
      run: repeat(() => sealLink({ respondent, expiresAt }, options).url),
    },
    { name: 'open-url', ...opening, limit: atLeast(1.4), run: repeat(() => openLink(url, options)) },
  ]
}

/** Both take the same objects in the same batches and give URLs, the same ones. */
async function batches(document, keyring) {
  const options = { ...scope, keyring, baseUrl }
  const batch = Array.from({ length: BATCH }, () => ({ respondent: randomUUID(), expiresAt }))
  const byHand = handBatched({ ...derived(document.keys[0]), prefix: `${baseUrl}/` })
  const [[first]] = await collect(sealLinks([batch], options))
  assert.equal(byHand(batch)[0], first.url)

  async function* stream(times) {
    for (let index = 0; index < times; index++) yield batch
  }
  async function* streamByHand(source) {
    for await (const each of source) yield byHand(each)
  }
  return [
    { name: 'hand-batched AES-ECB', operations: BATCH, run: (times) => drain(streamByHand(stream(times))) },
    {
      name: 'seal-batch',
      reference: 'hand-batched AES-ECB',
      limit: atLeast(0.7),
      operations: BATCH,
      run: (times) => drain(sealLinks(stream(times), options)),
    },
  ]
}

/** Compact JWE, dir with A256GCM, imported key, 64 promises at a time; compared with seal-batch in the README. */
async function joseInFlight() {
  const key = await webcrypto.subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, ['encrypt'])
  const header = { alg: 'dir', enc: 'A256GCM', kid: '1' }
  const encoder = new TextEncoder()
  const expires = expiresAt.getTime() / 1000
  const seal = async () => {
    const claims = JSON.stringify({ sub: respondent, sid: 'air', exp: expires })
    return `${baseUrl}/${await new CompactEncrypt(encoder.encode(claims)).setProtectedHeader(header).encrypt(key)}`
  }
  return {
    name: 'jose JWE, 64 in flight',
    reference: 'seal-batch',
    limit: { of: 'ratio', atMost: 1 / 50 },
    operations: 64,
    async run(times) {
      for (let index = 0; index < times; index++) await Promise.all(Array.from({ length: 64 }, seal))
    },
  }
}

/** Key and S2V prefix of docs/formats/sealed-link.md, computed with other means than the subject's. */
function derived({ id, secret }) {
  const parts = [
    'SurveySeal sealed link',
    'AEAD_AES_SIV_CMAC_512',
    '\x01',
    String.fromCharCode(id),
    ...Object.values(scope),
  ]
  const info = Buffer.concat(parts.flatMap((part) => [Buffer.of(0, part.length), Buffer.from(part, 'latin1')]))
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', info, 64))
  const mac = (message) => cmac(message, key.subarray(0, 32))
  const chain = parts.reduce(
    (d, part) => {
      const tag = mac(Buffer.from(part, 'latin1'))
      const doubled = BigInt(`0x${Buffer.from(d).toString('hex')}`) << 1n
      const reduced = doubled >> 128n ? (doubled ^ 0x87n) & (2n ** 128n - 1n) : doubled
      const bytes = Buffer.from(reduced.toString(16).padStart(32, '0'), 'hex')
      return bytes.map((byte, at) => byte ^ tag[at])
    },
    mac(new Uint8Array(16)),
  )
  return { key, chain }
}

function atLeast(ratio) {
  return { of: 'ratio', atLeast: ratio }
}

async function collect(iterable) {
  const all = []
  for await (const each of iterable) all.push(each)
  return all
}

async function drain(iterable) {
  let count = 0
  for await (const each of iterable) count += each.length
  return count
}

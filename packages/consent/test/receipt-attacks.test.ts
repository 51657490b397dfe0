import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type RecordedEvent, receiveEvent, verifyReceipt } from '@surveyseal/consent'
import { parseTlogProof } from '@surveyseal/ledger/verify'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { digestText } from '../src/lib/bytes.js'
import { signAsController } from '../src/signer.js'
import { later, NOW, notice, SUBJECT, SURVEY } from './support/fixtures.js'
import { createForger, honestPayload } from './support/forge.js'
import { createLoggedWorld } from './support/log.js'

const world = await createLoggedWorld()
const chain = { subject: SUBJECT, survey: SURVEY }
const BOTH = { 'improve-service': 'given', 'call-back': 'refused' } as const

const payloadOf = (jws: string): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(base64url.decode(jws.split('.')[1] ?? '')))
const signed = (payload: object): Promise<string> => signAsController('consent-receipt+jwt', payload, world.signer)

/** A receipt that the controller signs for whatever it says was received. */
function receiptOf(jws: string, changes: object = {}): Promise<string> {
  const { salt, hash } = receiveEvent({ jws } as RecordedEvent, { now: NOW })
  const document = notice.documents['en'] ?? null
  const receivedAt = NOW.toISOString()
  return signed({ iss: 'https://feedback.example', receivedAt, event: jws, salt, hash, notice: document, ...changes })
}

/** A compact JWS of any text, signed with Ed25519 by a fresh key or with what is given instead. */
async function edSigned(payload: object, instead: { x?: string; signature?: Uint8Array } = {}): Promise<string> {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as CryptoKeyPair
  const { kty, crv, x } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const header = { alg: 'Ed25519', typ: 'consent-event+jwt', jwk: { kty, crv, x: instead.x ?? x } }
  const input = [header, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.')
  const signature = await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, new TextEncoder().encode(input))
  return `${input}.${base64url.encode(instead.signature ?? new Uint8Array(signature))}`
}

const forger = await createForger()
const request = await world.ask()
const answer = honestPayload(request)
const event = await forger.sign(request)
const [header = '', body = '', signature = ''] = event.split('.')
const decided = await world.decide(BOTH)
await world.log.grow(5)
const logged = payloadOf(await world.refresh(decided.receipt))
const proof = String(logged['proof'])
const { path, checkpoint } = parseTlogProof(proof)
const withProof = (changed: string) => signed({ ...logged, proof: changed })

const valid: Readonly<Record<string, string | Promise<string>>> = {
  'a decision': receiptOf(event),
  'a decision under Ed25519': edSigned(answer).then((jws) => receiptOf(jws)),
  'a decision in a log': signed(logged),
  'a ruling': world.service
    .state({ states: 'revoked', purposes: ['improve-service'] }, chain)
    .then((one) => one.receipt),
  'an import': world.service
    .state(
      { states: 'import', decisions: { 'call-back': 'withdrawn' }, decidedAt: later(-86_400), source: 'crm-2019' },
      chain,
    )
    .then((one) => one.receipt),
  'a signal': world.service
    .state({ states: 'signal', signal: 'gpc', purposes: ['call-back'] }, chain)
    .then((one) => one.receipt),
}

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const numberBytes = (value: bigint) => Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'))
const signatureOf = (r: Uint8Array, s: Uint8Array) => `${header}.${body}.${base64url.encode(Uint8Array.of(...r, ...s))}`
const [r, s] = [base64url.decode(signature).slice(0, 32), base64url.decode(signature).slice(32)]
const zero = new Uint8Array(32)
const order = numberBytes(P256_ORDER)
const resigned = (head: object, payload: object = answer) =>
  forger.signText(
    JSON.stringify({ alg: 'ES256', typ: 'consent-event+jwt', jwk: forger.jwk, ...head }),
    JSON.stringify(payload),
  )
const point = (bytes: readonly number[]) => base64url.encode(Uint8Array.from(bytes))
const offCurve = {
  ...forger.jwk,
  y: point([...base64url.decode(String(forger.jwk.y)).map((byte, at) => byte ^ (Number(at === 31) * 4))]),
}
const canonical = (jwk: { y: string }) => ({ ...jwk, y: base64url.encode(base64url.decode(jwk.y)) })
const identity = [1, ...new Array<number>(31).fill(0)]

/** Receipts that a controller might sign all the same; none of them holds together. */
const broken: Readonly<Record<string, string | Promise<string>>> = {
  'r of zero': receiptOf(signatureOf(zero, s)),
  's of zero': receiptOf(signatureOf(r, zero)),
  'r of the order of the curve': receiptOf(signatureOf(order, s)),
  's of the order of the curve': receiptOf(signatureOf(r, order)),
  's and the order': receiptOf(
    signatureOf(r, numberBytes((BigInt(`0x${Buffer.from(s).toString('hex')}`) + P256_ORDER) % 2n ** 256n)),
  ),
  'a signature in DER': receiptOf(
    `${header}.${body}.${base64url.encode(Uint8Array.of(0x30, 0x44, 2, 0x20, ...r, 2, 0x20, ...s))}`,
  ),
  'a signature with a byte more': receiptOf(`${event}A`),
  padding: receiptOf(`${event}==`),
  'the alphabet with plus and slash': receiptOf(
    `${header}.${body}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`,
  ),
  'an algorithm of none': resigned({ alg: 'none' }).then((jws) => receiptOf(jws)),
  'an algorithm of a secret': resigned({ alg: 'HS256' }).then((jws) => receiptOf(jws)),
  'an algorithm that is not that of the key': resigned({ alg: 'Ed25519' }).then((jws) => receiptOf(jws)),
  'a critical extension': resigned({ crit: ['exp'], exp: 1 }).then((jws) => receiptOf(jws)),
  'a payload that is not encoded': resigned({ b64: false }).then((jws) => receiptOf(jws)),
  'a key with a member more': resigned({ jwk: { ...forger.jwk, use: 'sig' } }).then((jws) => receiptOf(jws)),
  'a private key': resigned({ jwk: { ...forger.jwk, d: forger.jwk.x } }).then((jws) => receiptOf(jws)),
  'a key off the curve': resigned({ jwk: canonical(offCurve as never) }).then((jws) => receiptOf(jws)),
  'a key at infinity': resigned({ jwk: { ...forger.jwk, x: point([...zero]), y: point([...zero]) } }).then((jws) =>
    receiptOf(jws),
  ),
  'a key of order one': edSigned(answer, {
    x: point(identity),
    signature: Uint8Array.from([...identity, ...zero]),
  }).then((jws) => receiptOf(jws)),
  'a key of order two': edSigned(answer, {
    x: point([0xec, ...new Array<number>(30).fill(0xff), 0x7f]),
    signature: Uint8Array.from([...identity, ...zero]),
  }).then((jws) => receiptOf(jws)),
  'another type': resigned({ typ: 'JWT' }).then((jws) => receiptOf(jws)),
  'two members of one name': forger
    .signText(
      new TextDecoder().decode(base64url.decode(header)),
      JSON.stringify(answer).replace('{', '{"survey":"autumn-2026",'),
    )
    .then((jws) => receiptOf(jws)),
  'a member that is nested without end': forger
    .signText(`${'['.repeat(5000)}${']'.repeat(5000)}`, JSON.stringify(answer))
    .then((jws) => receiptOf(jws)),
  'another controller': receiptOf(event, { iss: 'https://other.example' }),
  'the salt of another event': receiptOf(event, { salt: digestText('another') }),
  'another wording': receiptOf(event, { notice: notice.documents['fr'] }),
  'no wording': receiptOf(event, { notice: null }),
  'wording with half a character': receiptOf(event, { notice: `${notice.documents['en']}\ud800` }),
  'a place that is not there': withProof(proof.replace('index 0', 'index 6')),
  'a place in another spelling': withProof(proof.replace('index 0', 'index 00')),
  'a hash too many': withProof(proof.replace('\n\n', `\n${Buffer.from(zero).toString('base64')}\n\n`)),
  'a hash too few': withProof(proof.replace(`${Buffer.from(path[0] ?? zero).toString('base64')}\n`, '')),
  'hashes in another order': withProof(swapped(proof, path)),
  'a larger log': withProof(proof.replace(checkpoint, checkpoint.replace('\n6\n', '\n7\n'))),
  'a log without a signature': withProof(`${proof.slice(0, proof.lastIndexOf('—'))}`),
  'a log of another name': withProof(proof.replaceAll('feedback.example/consents', 'feedback.example/consent2')),
  'a wrong signature of the log beside the right one': withProof(`${proof}${spoilt(proof)}`),
  'a checkpoint in other line ends': withProof(proof.replace(checkpoint, checkpoint.replaceAll('\n', '\r\n'))),
}

function swapped(text: string, [a = zero, b = zero]: readonly Uint8Array[]): string {
  const [one, two] = [a, b].map((hash) => Buffer.from(hash).toString('base64'))
  return text.replace(`${one}\n${two}`, `${two}\n${one}`)
}

/** The last line, with another signature. */
function spoilt(note: string): string {
  const line = note.slice(note.lastIndexOf('—'))
  const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64')
  bytes[20] = (bytes[20] ?? 0) ^ 1
  return `${line.split(' ').slice(0, 2).join(' ')} ${bytes.toString('base64')}\n`
}

function readInPython(receipts: readonly string[]): readonly Record<string, unknown>[] {
  const script = fileURLToPath(new URL('read_receipt.py', import.meta.url))
  const input = JSON.stringify({ keys: world.keys, receipts })
  const { stdout, stderr } = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 2 ** 24 })
  expect(stderr).toBe('')
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const hasPython = spawnSync('python3', ['--version']).status === 0

describe('a receipt that holds together', () => {
  test.each(Object.entries(valid))('%s', async (_, made) => {
    const receipt = await made
    const { event, inclusion } = await verifyReceipt(receipt, world)
    if (!hasPython) return
    const log = inclusion && { origin: inclusion.log, index: inclusion.index, size: inclusion.size }
    const { digest, decisions, seq } = event
    expect(readInPython([receipt])).toMatchObject([{ digest, decisions, seq, log }])
  })
})

describe('a receipt signed by the controller that does not', () => {
  test.each(Object.entries(broken))('%s', async (_, made) => {
    const code = await verifyReceipt(await made, world).then(
      () => 'accepted',
      (error) => error.code,
    )
    expect(code).toMatch(/^ERR_(CONSENT|LEDGER)_/)
  })

  test('is refused by the independent reader in Python as well, every one', async () => {
    if (!hasPython) return
    const lines = readInPython(await Promise.all(Object.values(broken)))
    const names = Object.keys(broken).filter((_, at) => !Object.hasOwn(lines[at] ?? {}, 'refused'))
    expect(names).toEqual([])
    expect(lines).toHaveLength(Object.keys(broken).length)
  })
})

import { describe, expect, test, vi } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import { cosignCheckpoint, signCheckpoint, signText } from '../src/checkpoint.js'
import { generateLedgerKeys, loadSigner } from '../src/signer.js'
import {
  commitEntry,
  formatTlogProof,
  hashLeaf,
  parseCheckpoint,
  parseNote,
  parseTlogProof,
  parseVerifierKey,
  verifyCheckpoint,
  verifyTlogProof,
} from '../src/verify.js'
import { ORIGIN, signerOf } from './support/keys.js'
import { leafOf, leavesOf } from './support/matchers.js'
import { memoryTree } from './support/memory-tree.js'

// The example of c2sp.org/signed-note.
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
// Published test values of Go's golang.org/x/mod/sumdb/note.
const GO_SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const GO_VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const GO_TEXT = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.
`
const GO_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const GO_UNKNOWN_TYPE = 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'

const signer = await signerOf(ORIGIN, 1)
const witnesses = await Promise.all([2, 3, 4].map((fill) => signerOf(`witness.example/${fill}`, fill, 'cosignature')))
const [w2, w3, w4] = witnesses as [typeof signer, typeof signer, typeof signer]
const leaves = leavesOf(5)
const tree = memoryTree(leaves)
const root = await tree.root(5)
const note = await signCheckpoint({ origin: ORIGIN, size: 5, root }, signer)
const at = new Date('2026-11-22T12:00:00.900Z')
const log = signer.verifierKey

describe('a signed note', () => {
  test('of the specification and of Go is read and verified', async () => {
    expect(parseNote(EXAMPLE_NOTE)).toMatchObject({
      text: 'This is an example message.\n',
      signatures: [{ keyId: '530d903a' }],
    })
    expect(parseVerifierKey(EXAMPLE_KEY)).toMatchObject({ name: 'example.com/foo', kind: 'note' })
    // It is no checkpoint, and that is found out after its form and before its signature.
    expect(await rejectionCodeOf(verifyCheckpoint(EXAMPLE_NOTE, { log: EXAMPLE_KEY }))).toBe(
      'ERR_LEDGER_CHECKPOINT_MALFORMED',
    )
    const peter = await loadSigner(GO_SIGNER)
    expect(peter.verifierKey).toBe(GO_VERIFIER)
    expect(await signText(GO_TEXT, peter)).toBe(`${GO_TEXT}\n${GO_LINE}`)
  })

  test('ERR_LEDGER_NOTE_MALFORMED: no blank line, no signature, cut off, control characters, names with spaces or plus', () => {
    const bad = [
      '',
      GO_TEXT,
      `${GO_TEXT}\n`,
      `${GO_TEXT}\n${GO_LINE.slice(0, -1)}`,
      `\x01${GO_TEXT}\n${GO_LINE}`,
      `\r${GO_TEXT}\n${GO_LINE}`,
      `\ud800${GO_TEXT}\n${GO_LINE}`,
      `${GO_TEXT}\n${GO_LINE}Unexpected line.\n`,
      `${GO_TEXT}\n${GO_LINE.replace('PeterNeumann', 'Peter Neumann')}`,
      `${GO_TEXT}\n${GO_LINE.replace('PeterNeumann', 'Peter\u3000Neumann')}`,
      `${GO_TEXT}\n${GO_LINE.replace('PeterNeumann', 'Peter+Neumann')}`,
      `${GO_TEXT}\n${GO_LINE.replace('PeterNeumann', '')}`,
      `${GO_TEXT}\n${GO_LINE.replace('—', '-')}`,
      `${GO_TEXT}\n${GO_LINE.replace('M=\n', 'N=\n')}`,
      `${GO_TEXT}\n— PeterNeumann x08goQ=\n`,
      `${GO_TEXT}\n— PeterNeumann x08gow==\n`,
      `${GO_TEXT}\n${GO_LINE.repeat(65)}`,
      `${'x'.repeat(262_144)}\n\n${GO_LINE}`,
      7 as never,
    ]
    for (const each of bad)
      expect(
        codeOf(() => parseNote(each)),
        String(each).slice(0, 80),
      ).toBe('ERR_LEDGER_NOTE_MALFORMED')
    expect(parseNote(`a\n\nb\n\n${GO_LINE}`).text).toBe('a\n\nb\n')
  })

  test('ERR_LEDGER_KEY_MALFORMED: every mangled key, and keys of another type', async () => {
    const bad = [GO_UNKNOWN_TYPE, `${GO_VERIFIER}==`, 7 as never, 'x'.repeat(600)]
    for (let start = 0; start < GO_VERIFIER.length; start++) {
      const next = String.fromCharCode(GO_VERIFIER.charCodeAt(start) + 1)
      bad.push(GO_VERIFIER.slice(start + 1), GO_VERIFIER.slice(0, start))
      bad.push(GO_VERIFIER.slice(0, start) + next + GO_VERIFIER.slice(start + 1))
    }
    for (const each of bad)
      expect(
        codeOf(() => parseVerifierKey(each)),
        each,
      ).toBe('ERR_LEDGER_KEY_MALFORMED')
    for (let start = 0; start < GO_SIGNER.length; start++) {
      const next = String.fromCharCode(GO_SIGNER.charCodeAt(start) + 1)
      const mangled = GO_SIGNER.slice(0, start) + next + GO_SIGNER.slice(start + 1)
      for (const each of [mangled, GO_SIGNER.slice(0, start)]) {
        expect(await rejectionCodeOf(loadSigner(each)), `at ${start}`).toBe('ERR_LEDGER_KEY_MALFORMED')
      }
    }
  })
})

describe('keys', () => {
  test('are fresh, and the secret half is not shown by the signer', async () => {
    const { signerKey, verifierKey } = await generateLedgerKeys('feedback.example/a')
    expect((await generateLedgerKeys('feedback.example/a')).verifierKey).not.toBe(verifierKey)
    const loaded = await loadSigner(signerKey)
    expect(loaded.verifierKey).toBe(verifierKey)
    expect(JSON.stringify(loaded)).not.toContain(signerKey.split('+').slice(4).join('+'))
  })

  test('need a name that notes can hold, and all of their random bytes', async () => {
    for (const name of ['', 'a b', 'a+b', 'a\nb', 'x'.repeat(256)]) {
      expect(await rejectionCodeOf(generateLedgerKeys(name))).toBe('ERR_INVALID_ARG_VALUE')
    }
    expect(await rejectionCodeOf(generateLedgerKeys(7 as never))).toBe('ERR_INVALID_ARG_TYPE')
    const short = generateLedgerKeys('a', { randomBytes: () => new Uint8Array(31) })
    expect(await rejectionCodeOf(short)).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('a signer that answers with anything but a signature of its verifier key is refused', async () => {
    const other = await signerOf(ORIGIN, 2)
    for (const sign of [async () => new Uint8Array(70), async () => new Uint8Array(64), other.sign]) {
      const broken = { verifierKey: log, sign }
      expect(await rejectionCodeOf(signCheckpoint({ origin: ORIGIN, size: 5, root }, broken))).toBe(
        'ERR_INVALID_ARG_VALUE',
      )
    }
  })

  test('ERR_LEDGER_CRYPTO_UNAVAILABLE: a runtime without Ed25519', async () => {
    vi.stubGlobal('crypto', {})
    try {
      expect(await rejectionCodeOf(verifyCheckpoint(note, { log }))).toBe('ERR_LEDGER_CRYPTO_UNAVAILABLE')
      expect(await rejectionCodeOf(loadSigner(GO_SIGNER))).toBe('ERR_LEDGER_CRYPTO_UNAVAILABLE')
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('a checkpoint', () => {
  test('says origin, size and root, and is verified with the key of its log', async () => {
    expect(parseCheckpoint(note)).toEqual({ origin: ORIGIN, size: 5, root, extensions: [] })
    expect(await verifyCheckpoint(note, { log })).toMatchObject({ origin: ORIGIN, size: 5, cosignatures: [] })
    expect(await verifyCheckpoint(note, { log: [GO_VERIFIER, log] })).toMatchObject({ size: 5 })
  })

  test('ERR_LEDGER_CHECKPOINT_MALFORMED: sizes and roots in any other spelling, empty lines, lines missing', async () => {
    const encoded = Buffer.from(root).toString('base64')
    const bad = [
      `${ORIGIN}\n5\n`,
      `\n5\n${encoded}\n`,
      `${ORIGIN}\n05\n${encoded}\n`,
      `${ORIGIN}\n+5\n${encoded}\n`,
      `${ORIGIN}\n5 \n${encoded}\n`,
      `${ORIGIN}\n-5\n${encoded}\n`,
      `${ORIGIN}\n٥\n${encoded}\n`,
      `${ORIGIN}\n9007199254740992\n${encoded}\n`,
      `${ORIGIN}\n5\n${encoded.slice(0, -1)}\n`,
      `${ORIGIN}\n5\n${encoded.replaceAll('/', '_').replaceAll('+', '-').replace('=', '')}\n`,
      `${ORIGIN}\n5\n${encoded}\n\nlast\n`,
    ]
    for (const text of bad) {
      const signed = await signText(text, signer)
      expect(await rejectionCodeOf(verifyCheckpoint(signed, { log })), text).toBe('ERR_LEDGER_CHECKPOINT_MALFORMED')
    }
    const extended = await signText(`${ORIGIN}\n0\n${encoded}\nmore\n`, signer)
    expect(await verifyCheckpoint(extended, { log })).toMatchObject({ size: 0, extensions: ['more'] })
  })

  test('ERR_LEDGER_KEY_UNKNOWN, ERR_LEDGER_SIGNATURE_INVALID: signed by nobody who is known, or changed since', async () => {
    expect(await rejectionCodeOf(verifyCheckpoint(note, { log: GO_VERIFIER }))).toBe('ERR_LEDGER_KEY_UNKNOWN')
    const changed = note.replace('\n5\n', '\n6\n')
    expect(await rejectionCodeOf(verifyCheckpoint(changed, { log }))).toBe('ERR_LEDGER_SIGNATURE_INVALID')
    const lines = note.split('\n')
    const other = (await signText('x\n', signer)).split('\n')[2] ?? ''
    const swapped = [...lines.slice(0, 4), other, ''].join('\n')
    expect(await rejectionCodeOf(verifyCheckpoint(swapped, { log }))).toBe('ERR_LEDGER_SIGNATURE_INVALID')
  })

  test('ERR_LEDGER_ORIGIN_MISMATCH: the right key on the state of another log', async () => {
    const foreign = await signCheckpoint({ origin: 'other.example', size: 5, root }, signer)
    expect(await rejectionCodeOf(verifyCheckpoint(foreign, { log }))).toBe('ERR_LEDGER_ORIGIN_MISMATCH')
    expect(await verifyCheckpoint(foreign, { log, origin: 'other.example' })).toMatchObject({ size: 5 })
    expect(await rejectionCodeOf(verifyCheckpoint(note, { log, origin: 'other.example' }))).toBe(
      'ERR_LEDGER_ORIGIN_MISMATCH',
    )
  })

  test('no single character of it can be changed', async () => {
    for (let index = 0; index < note.length; index++) {
      const character = note[index] === 'A' ? 'B' : 'A'
      const changed = note.slice(0, index) + character + note.slice(index + 1)
      expect(await rejectionCodeOf(verifyCheckpoint(changed, { log })), `at ${index}`).toMatch(/^ERR_LEDGER_/)
    }
  })
})

describe('witnesses', () => {
  const keys = witnesses.map(({ verifierKey }) => verifierKey)

  test('cosign with the time, and k of n are enough', async () => {
    const one = await cosignCheckpoint(note, { signer: w3, at })
    const both = await cosignCheckpoint(one, { signer: w2, at: new Date('2026-11-23T00:00:00Z') })
    const verified = await verifyCheckpoint(both, { log, witnesses: keys, quorum: 2 })
    expect(verified.cosignatures).toEqual([
      { witness: 'witness.example/2', at: new Date('2026-11-23T00:00:00Z') },
      { witness: 'witness.example/3', at: new Date('2026-11-22T12:00:00Z') },
    ])
    expect(both.startsWith(note)).toBe(true)
  })

  test('ERR_LEDGER_WITNESSES_MISSING: fewer than the quorum, all of them unless told, the same one twice', async () => {
    const one = await cosignCheckpoint(note, { signer: w2, at })
    const twice = await cosignCheckpoint(one, { signer: w2, at: new Date(at.getTime() + 5000) })
    const policy = { log, witnesses: keys, quorum: 2 }
    for (const each of [note, one, twice]) {
      expect(await rejectionCodeOf(verifyCheckpoint(each, policy))).toBe('ERR_LEDGER_WITNESSES_MISSING')
      expect(await rejectionCodeOf(verifyCheckpoint(each, { log, witnesses: keys }))).toBe(
        'ERR_LEDGER_WITNESSES_MISSING',
      )
    }
    const verified = await verifyCheckpoint(twice, { ...policy, quorum: 1 })
    expect(verified.cosignatures).toEqual([{ witness: 'witness.example/2', at: new Date('2026-11-22T12:00:05Z') }])
  })

  test('a cosignature that is wrong, or has another time, refuses the checkpoint', async () => {
    const one = await cosignCheckpoint(note, { signer: w4, at })
    const line = one.split('\n').at(-2) ?? ''
    const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64')
    for (const byte of [4, 11, 12, 75]) {
      const changed = Buffer.from(bytes)
      changed[byte] = (changed[byte] ?? 0) ^ 1
      const forged = one.replace(bytes.toString('base64'), changed.toString('base64'))
      const policy = { log, witnesses: keys, quorum: 0 }
      expect(await rejectionCodeOf(verifyCheckpoint(forged, policy))).toBe('ERR_LEDGER_SIGNATURE_INVALID')
      expect(await verifyCheckpoint(forged, { log })).toMatchObject({ size: 5 })
    }
    const cut = one.replace(bytes.toString('base64'), bytes.subarray(0, -1).toString('base64'))
    expect(await rejectionCodeOf(verifyCheckpoint(cut, { log, witnesses: keys, quorum: 0 }))).toBe(
      'ERR_LEDGER_SIGNATURE_INVALID',
    )
  })

  test('sign no time that says nothing, and no line that would make the note unreadable', async () => {
    for (const bad of [new Date(0), new Date(999), new Date(-1000), new Date(Number.NaN)]) {
      expect(await rejectionCodeOf(cosignCheckpoint(note, { signer: w2, at: bad }))).toBe('ERR_INVALID_ARG_VALUE')
    }
    let full = note
    for (let more = 1; more < 64; more++) full = await cosignCheckpoint(full, { signer: w2, at })
    expect(await verifyCheckpoint(full, { log, witnesses: keys, quorum: 1 })).toMatchObject({ size: 5 })
    expect(await rejectionCodeOf(cosignCheckpoint(full, { signer: w3, at }))).toBe('ERR_LEDGER_NOTE_MALFORMED')
  })

  test('a policy that mixes up keys, names one twice or demands too many is refused', async () => {
    const code = (policy: Parameters<typeof verifyCheckpoint>[1]) => rejectionCodeOf(verifyCheckpoint(note, policy))
    expect(await code({ log: keys[0] ?? '' })).toBe('ERR_LEDGER_KEY_MALFORMED')
    expect(await code({ log, witnesses: [log] })).toBe('ERR_LEDGER_KEY_MALFORMED')
    expect(await code({ log, witnesses: [...keys, ...keys] })).toBe('ERR_INVALID_ARG_VALUE')
    const ownWitness = (await signerOf('independent.example', 1, 'cosignature')).verifierKey
    expect(await code({ log, witnesses: [ownWitness], quorum: 0 })).toBe('ERR_INVALID_ARG_VALUE')
    expect(await code({ log, witnesses: keys, quorum: 4 })).toBe('ERR_INVALID_ARG_VALUE')
    expect(await code({ log: [] })).toBe('ERR_INVALID_ARG_VALUE')
    expect(await code({ log: 7 as never })).toBe('ERR_INVALID_ARG_TYPE')
    expect(await rejectionCodeOf(cosignCheckpoint(note, { signer, at }))).toBe('ERR_LEDGER_KEY_MALFORMED')
    expect(await rejectionCodeOf(cosignCheckpoint(note, { signer: w2, at: new Date(Number.NaN) }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
    expect(await rejectionCodeOf(signCheckpoint({ origin: ORIGIN, size: 5, root }, w2))).toBe(
      'ERR_LEDGER_KEY_MALFORMED',
    )
  })
})

describe('an offline proof', () => {
  const opening = { salt: new Uint8Array(32).fill(9), bytes: new TextEncoder().encode('given') }

  test('proves that the log committed to these bytes', async () => {
    const own = memoryTree([...leaves.slice(0, 4), commitEntry(opening)])
    const checkpoint = await signCheckpoint({ origin: ORIGIN, size: 5, root: await own.root(5) }, signer)
    const { path } = await own.inclusion(4, 5)
    const text = formatTlogProof({ index: 4, path, checkpoint })
    expect(await verifyTlogProof(text, { entry: opening, policy: { log } })).toMatchObject({
      index: 4,
      checkpoint: { size: 5 },
    })
    expect(await verifyTlogProof(text, { entry: commitEntry(opening), policy: { log } })).toMatchObject({ index: 4 })
    for (const entry of [
      { ...opening, bytes: Uint8Array.of(1) },
      { ...opening, salt: new Uint8Array(32) },
      leafOf(4),
    ]) {
      expect(await rejectionCodeOf(verifyTlogProof(text, { entry, policy: { log } }))).toBe('ERR_LEDGER_PROOF_INVALID')
    }
  })

  test('is read back as it was written, with its extra bytes', async () => {
    const { path } = await tree.inclusion(2, 5)
    const plain = { index: 2, path, checkpoint: note }
    expect(parseTlogProof(formatTlogProof(plain))).toEqual(plain)
    const extra = { ...plain, extra: Uint8Array.of(1, 2) }
    expect(formatTlogProof(extra)).toContain('\nextra AQI=\nindex 2\n')
    expect(parseTlogProof(formatTlogProof(extra))).toEqual(extra)
    expect(codeOf(() => formatTlogProof({ ...plain, checkpoint: EXAMPLE_NOTE }))).toBe(
      'ERR_LEDGER_CHECKPOINT_MALFORMED',
    )
  })

  test('ERR_LEDGER_PROOF_MALFORMED: any other spelling, and every place at which it may be cut', async () => {
    const { path } = await tree.inclusion(2, 5)
    const text = formatTlogProof({ index: 2, path, checkpoint: note })
    const bad = [
      text.replace('@v1', '@v2'),
      text.replace('index 2', 'index 02'),
      text.replace('index 2', 'index -1'),
      text.replace('index 2', 'Index 2'),
      text.replace('index 2', 'extra !\nindex 2'),
      text.replace('index 2', 'index 2\nAAAA'),
      text.replace('index 2', `index 2\n${`${'A'.repeat(43)}=\n`.repeat(65).slice(0, -1)}`),
      'x'.repeat(524_289),
      7 as never,
    ]
    for (const each of bad) expect(codeOf(() => parseTlogProof(each))).toBe('ERR_LEDGER_PROOF_MALFORMED')
    for (let length = 0; length < text.length; length++) {
      const options = { entry: leafOf(2), policy: { log } }
      const code = await rejectionCodeOf(verifyTlogProof(text.slice(0, length), options))
      expect(code, `cut at ${length}`).toMatch(/^ERR_LEDGER_(PROOF|NOTE|CHECKPOINT)_MALFORMED$/)
    }
    expect(hashLeaf(leafOf(2))).toHaveLength(32)
  })
})

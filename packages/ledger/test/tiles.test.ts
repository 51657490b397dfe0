import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { rejectionCodeOf } from '../../../test/code-of.js'
import { cosignCheckpoint } from '../src/checkpoint.js'
import { type BadEntryError, createLedger, exportTiles, verifyTiles } from '../src/index.js'
import { memoryLedgerStore } from '../src/testing.js'
import { ORIGIN, signerOf } from './support/keys.js'
import { leavesOf } from './support/matchers.js'

const signer = await signerOf(ORIGIN, 1)
const policy = { log: signer.verifierKey }
const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

type Files = Map<string, Uint8Array>

async function exported(count: number) {
  const store = memoryLedgerStore()
  const ledger = createLedger({ store, signer })
  await ledger.commitAll(leavesOf(count))
  return { store, ledger, files: await filesOf(store, await ledger.checkpoint()) }
}

async function filesOf(store: Parameters<typeof exportTiles>[0], note: string): Promise<Files> {
  const files: Files = new Map()
  for await (const { path, bytes } of exportTiles(store, note)) files.set(path, bytes)
  return files
}

const verify = (files: Files, options = {}) =>
  verifyTiles(async (path) => files.get(path) ?? null, { policy, ...options })
const faultIn = (files: Files, options = {}): Promise<BadEntryError> =>
  verify(files, options).then(
    () => expect.unreachable('nothing was refused'),
    (error) => error,
  )

function changed(files: Files, path: string, change: (bytes: Uint8Array) => Uint8Array): Files {
  const bytes = files.get(path)
  if (bytes === undefined) throw new Error(`no ${path}`)
  return new Map(files).set(path, change(Uint8Array.from(bytes)))
}

const flip = (at: number) => (bytes: Uint8Array) => bytes.with(at, (bytes[at] ?? 0) ^ 1)

const put = (at: number, what: Uint8Array) => (bytes: Uint8Array) => {
  bytes.set(what, at)
  return bytes
}

const large = await exported(1000)
const small = await exported(20)

describe('an exported log', () => {
  test('has the files of c2sp.org/tlog-tiles, the checkpoint last', async () => {
    expect([...large.files.keys()].filter((path) => !path.startsWith('tile/entries/'))).toEqual([
      'tile/0/000',
      'tile/0/001',
      'tile/0/002',
      'tile/0/003.p/232',
      'tile/1/000.p/3',
      'checkpoint',
    ])
    const [leaf = new Uint8Array()] = leavesOf(1)
    const bundle = large.files.get('tile/entries/000') ?? new Uint8Array()
    expect(bundle).toHaveLength(256 * 34)
    expect(bundle.slice(0, 34)).toEqual(Uint8Array.of(0, 32, ...leaf))
    expect(large.files.get('tile/0/000')?.slice(0, 32)).toEqual(Uint8Array.from(sha(Uint8Array.of(0), leaf)))
    const exact = await exported(256)
    expect([...exact.files.keys()]).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1', 'checkpoint'])
    expect([...(await exported(0)).files.keys()]).toEqual(['checkpoint'])
  })

  test('verifies, and says that it does not prove what the entries are', async () => {
    for (const { files } of [large, small, await exported(0), await exported(1), await exported(256)]) {
      const verified = await verify(files)
      expect(verified.proved).toEqual(['tree-matches-entries', 'log-signed-checkpoint'])
      expect(verified.notProved).toContain('content-of-entries')
      expect(verified.notProved).toContain('no-newer-entries-dropped')
    }
    expect(await verify(large.files)).toMatchObject({ origin: ORIGIN, size: 1000 })
  })

  test('holds no salt and no bytes of an entry', async () => {
    const store = memoryLedgerStore()
    const ledger = createLedger({ store, signer })
    const { salt } = await ledger.append({ bytes: new TextEncoder().encode('canary') })
    const all = Buffer.concat([...(await filesOf(store, await ledger.checkpoint())).values()])
    expect(all.includes('canary')).toBe(false)
    expect(all.includes(Buffer.from(salt))).toBe(false)
  })

  test('names the first bad entry: changed, missing, cut off or followed by something', async () => {
    const { files } = large
    const entry = await faultIn(changed(files, 'tile/entries/001', flip(34 * 7 + 9)))
    expect(entry).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISMATCH', first: 263, last: 263 })
    const hash = await faultIn(changed(files, 'tile/0/002', flip(32 * 5)))
    expect(hash).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISMATCH', first: 517, last: 517 })
    const node = await faultIn(changed(files, 'tile/1/000.p/3', flip(32)))
    expect(node).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 256, last: 511 })
    const cut = await faultIn(changed(files, 'tile/entries/002', (bytes) => bytes.slice(0, 34 * 4 + 20)))
    expect(cut).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISSING', first: 516, last: 516 })
    const longer = await faultIn(changed(files, 'tile/entries/000', (bytes) => Uint8Array.of(...bytes, 0)))
    expect(longer).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISMATCH', first: 255, last: 255 })
    const wide = await faultIn(changed(files, 'tile/0/000', (bytes) => Uint8Array.of(...bytes, 0)))
    expect(wide).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 255 })
    for (const path of files.keys()) {
      const without = new Map(files)
      without.delete(path)
      expect(await rejectionCodeOf(verify(without)), path).toMatch(/^ERR_LEDGER_/)
    }
  })

  test('with an entry and its hash changed together names the tile they are in', async () => {
    const other = new Uint8Array(32).fill(9)
    const entry = changed(large.files, 'tile/entries/001', put(34 * 3 + 2, other))
    const both = changed(entry, 'tile/0/001', put(32 * 3, sha(Uint8Array.of(0), other)))
    expect(await faultIn(both)).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 256, last: 511 })
  })

  test('never passes for the whole log when a file is cut off, at whatever byte', async () => {
    for (const [path, bytes] of small.files) {
      for (let length = 0; length < bytes.length; length++) {
        const code = await rejectionCodeOf(verify(new Map(small.files).set(path, bytes.slice(0, length))))
        expect(code, `${path} at ${length}`).toMatch(/^ERR_LEDGER_/)
      }
    }
  })

  test('never passes when one bit of a file is changed, at whatever byte', async () => {
    for (const [path, bytes] of small.files) {
      for (let at = 0; at < bytes.length; at++) {
        const code = await rejectionCodeOf(verify(changed(small.files, path, flip(at))))
        expect(code, `${path} at ${at}`).toMatch(/^ERR_LEDGER_/)
      }
    }
  })

  test('that forked or was set back is found out by a checkpoint that was kept elsewhere', async () => {
    const store = memoryLedgerStore()
    const ledger = createLedger({ store, signer })
    await ledger.commitAll(leavesOf(10))
    const ten = await filesOf(store, await ledger.checkpoint())
    await ledger.commitAll(leavesOf(300).slice(10))
    const known = [await ledger.checkpoint()]
    const rolledBack = await faultIn(ten, { known })
    expect(rolledBack).toMatchObject({ code: 'ERR_LEDGER_ROLLBACK', first: 10, last: 299 })
    const other = createLedger({ store: memoryLedgerStore(), signer })
    await other.commitAll(leavesOf(400).slice(1))
    expect(await faultIn(large.files, { known: [await other.checkpoint()] })).toMatchObject({ code: 'ERR_LEDGER_FORK' })
    expect(await verify(large.files, { known: [...known, await small.ledger.checkpoint()] })).toMatchObject({
      size: 1000,
    })
  })

  test('meets the witnesses of a policy, or is refused', async () => {
    const witness = await signerOf('witness.example', 2, 'cosignature')
    const demanding = { policy: { ...policy, witnesses: [witness.verifierKey] } }
    expect(await rejectionCodeOf(verify(small.files, demanding))).toBe('ERR_LEDGER_WITNESSES_MISSING')
    const note = await cosignCheckpoint(await small.ledger.checkpoint(), { signer: witness, at: new Date() })
    const files = await filesOf(small.store, note)
    expect((await verify(files, demanding)).proved).toContain('witnesses-cosigned')
  })
})

describe('exporting', () => {
  test('refuses a log that lacks entries of the checkpoint, or has others', async () => {
    const note = await small.ledger.checkpoint()
    const store = memoryLedgerStore()
    expect(await rejectionCodeOf(filesOf(store, note))).toBe('ERR_LEDGER_ENTRY_MISSING')
    await createLedger({ store, signer }).commitAll(leavesOf(21).slice(1))
    expect(await rejectionCodeOf(filesOf(store, note))).toBe('ERR_LEDGER_FORK')
  })
})

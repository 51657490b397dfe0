import { describe, expect, test } from 'vitest'
import { rejectionCodeOf } from '../../../test/code-of.js'
import { signErasure } from '../src/erasure.js'
import {
  BadEntryError,
  cosignCheckpoint,
  createLedger,
  type EntryRecord,
  type Ledger,
  type LedgerReader,
  verifyLedger,
} from '../src/index.js'
import { ledgerStoreContract, type MemoryTransaction, memoryLedgerStore } from '../src/testing.js'
import {
  commitEntry,
  hashLeaf,
  parseCheckpoint,
  verifyConsistency,
  verifyErasure,
  verifyInclusion,
  verifyRange,
  verifyTlogProof,
} from '../src/verify.js'
import { ORIGIN, signerOf } from './support/keys.js'

const signer = await signerOf(ORIGIN, 1)
const policy = { log: signer.verifierKey }
const NOW = new Date('2026-11-22T12:00:00Z')
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

async function logOf(count: number) {
  const store = memoryLedgerStore()
  const ledger = createLedger({ store, signer })
  const entries = await ledger.appendAll(Array.from({ length: count }, (_, at) => ({ bytes: encode(`entry ${at}`) })))
  return { store, ledger, entries }
}

describe('the memory store', () => {
  const contract = ledgerStoreContract(async () => {
    const stores = new Map<string, ReturnType<typeof memoryLedgerStore>>()
    const rows: string[] = []
    return {
      store: (tenant: string) => {
        const store = stores.get(tenant) ?? memoryLedgerStore()
        stores.set(tenant, store)
        return store
      },
      write: async (tx: MemoryTransaction, row: string) => tx.onCommit(() => rows.push(row)),
      rows: async () => rows,
      close: async () => {},
    }
  })
  for (const { name, run } of contract) test(name, run)
})

describe('a log', () => {
  test('gives places from 0 on, fresh salts, and reads entries back', async () => {
    const { ledger, entries } = await logOf(3)
    expect(entries.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(new Set(entries.map(({ salt }) => salt.join())).size).toBe(3)
    const { index: _, ...first } = await ledger.read(1)
    expect(first).toMatchObject({
      bytes: encode('entry 1'),
      commitment: commitEntry(entries[1] as never),
      erasure: null,
    })
    expect(await ledger.size()).toBe(3)
    expect(await ledger.appendAll([])).toEqual([])
    expect(ledger.origin).toBe(ORIGIN)
  })

  test('logs equal bytes under two commitments, and the same salt and bytes once', async () => {
    const { ledger } = await logOf(0)
    const first = await ledger.append({ bytes: encode('same') })
    const second = await ledger.append({ bytes: encode('same') })
    expect(second.commitment).not.toEqual(first.commitment)
    expect(await ledger.append({ bytes: first.bytes, salt: first.salt })).toMatchObject({ index: 0 })
    expect(await ledger.size()).toBe(2)
  })

  test('proves every entry, every growth and entries in a row', async () => {
    const { ledger, entries } = await logOf(13)
    const root = (size: number) =>
      ledger.proveRange({ from: 0, to: size }, size).then(() => rootOfPrefix(entries, size))
    for (const { index, commitment } of entries) {
      for (const size of [index + 1, 13]) {
        verifyInclusion(await ledger.prove(index, size), { leafHash: hashLeaf(commitment), root: await root(size) })
      }
    }
    for (let from = 1; from <= 13; from++) {
      const proof = await ledger.proveConsistency(from, 13)
      verifyConsistency(proof, { fromRoot: await root(from), toRoot: await root(13) })
    }
    const commitments = entries.slice(3, 9).map(({ commitment }) => commitment)
    verifyRange(await ledger.proveRange({ from: 3, to: 9 }), { entries: commitments, root: await root(13) })
  })

  test('attests an entry with the newest checkpoint, or a new one when it is not covered yet', async () => {
    const { ledger, entries } = await logOf(2)
    const [first] = entries
    const proof = await ledger.attest(0)
    const later = await ledger.append({ bytes: encode('later') })
    expect(await ledger.attest(0)).toBe(proof)
    expect(await verifyTlogProof(proof, { entry: first as never, policy })).toMatchObject({ checkpoint: { size: 2 } })
    const verified = await verifyTlogProof(await ledger.attest(2), { entry: later, policy })
    expect(verified).toMatchObject({ index: 2, checkpoint: { size: 3 } })
  })

  test('keeps cosignatures until it grows', async () => {
    const { ledger } = await logOf(2)
    const witness = await signerOf('witness.example/2', 2, 'cosignature')
    const cosigned = await cosignCheckpoint(await ledger.checkpoint(), { signer: witness, at: NOW })
    await ledger.keepCheckpoint(cosigned)
    expect(await ledger.checkpoint()).toBe(cosigned)
    const other = createLedger({ store: memoryLedgerStore(), signer })
    expect(await rejectionCodeOf(other.keepCheckpoint(cosigned))).toBe('ERR_LEDGER_ROLLBACK')
    await other.appendAll([{ bytes: encode('x') }, { bytes: encode('y') }])
    expect(await rejectionCodeOf(other.keepCheckpoint(cosigned))).toBe('ERR_LEDGER_FORK')
  })

  test('signs its empty state', async () => {
    const { ledger } = await logOf(0)
    expect(parseCheckpoint(await ledger.checkpoint()).size).toBe(0)
    expect(await verifyLedger(memoryLedgerStore(), { policy })).toMatchObject({ size: 0, checkpoint: null })
  })

  test('ERR_LEDGER_INDEX_OUT_OF_RANGE, ERR_LEDGER_ENTRY_MISSING: what it does not hold', async () => {
    const { ledger } = await logOf(2)
    expect(await rejectionCodeOf(ledger.prove(2))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    expect(await rejectionCodeOf(ledger.prove(1, 1))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    expect(await rejectionCodeOf(ledger.prove(0, 3))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    expect(await rejectionCodeOf(ledger.proveConsistency(1, 3))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    expect(await rejectionCodeOf(ledger.attest(2))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    expect(await rejectionCodeOf(ledger.read(2))).toBe('ERR_LEDGER_ENTRY_MISSING')
    expect(await rejectionCodeOf(ledger.erase(2, {}))).toBe('ERR_LEDGER_ENTRY_MISSING')
  })

  test('refuses arguments that are none', async () => {
    const { ledger } = await logOf(2)
    const long = new Uint8Array(1_048_577)
    expect(await rejectionCodeOf(ledger.append({ bytes: long }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(ledger.append({ bytes: encode('x'), salt: encode('x') }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
    expect(await rejectionCodeOf(ledger.append({ bytes: 'x' as never }))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await rejectionCodeOf(ledger.read('1' as never))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await rejectionCodeOf(ledger.read(-1))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(ledger.prove(0, 0.5))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(ledger.proveConsistency(0, 2))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(ledger.proveRange({ from: 1, to: 1 }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(ledger.erase(0, [] as never))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await rejectionCodeOf(ledger.erase(0, { text: 'x'.repeat(20_000) }))).toBe('ERR_INVALID_ARG_VALUE')
    expect((await ledger.read(0)).bytes).toEqual(encode('entry 0'))
  })
})

describe('erasing', () => {
  const summary = { status: 'withdrawn', purposes: ['call-back'], keepUntil: '2029-01-01', note: 'é\u2028\ud800\n' }

  test('leaves a summary signed by the log, and every proof given before stays valid', async () => {
    const { ledger, entries, store } = await logOf(5)
    const proof = await ledger.attest(3)
    const { erasure, scrubbed } = await ledger.erase(3, summary)
    expect(scrubbed).toBe(true)
    const commitment = entries[3]?.commitment
    const about = { origin: ORIGIN, index: 3, commitment, erasedAt: null, summary }
    expect(await verifyErasure(erasure, policy)).toEqual(about)
    expect(await ledger.read(3)).toEqual({ index: 3, commitment, salt: null, bytes: null, erasure })
    expect(await verifyTlogProof(proof, { entry: entries[3] as never, policy })).toMatchObject({ index: 3 })
    expect(await ledger.attest(3)).toBe(proof)
    const verified = await verifyLedger(store, { policy })
    expect(verified).toMatchObject({ erased: 1 })
    expect(verified.proved).toContain('erasures-signed-by-log')
    expect(verified.notProved).toContain('content-of-erased-entries')
  })

  test('what is signed depends on the entry and the summary, and not on the moment: nothing tells which went together', async () => {
    const { ledger } = await logOf(2)
    const notes = [await ledger.erase(0, summary), await ledger.erase(1, summary)].map(({ erasure }) => erasure)
    const lines = notes.map((note) => note.split('\n').filter((line) => !/^(index|commitment|—) /.test(line)))
    expect(lines[0]).toEqual(lines[1])
    expect(lines[0]?.join('\n')).not.toMatch(/time|\d{10}/)
  })

  test('ERR_LEDGER_ENTRY_ERASED: a second time', async () => {
    const { ledger } = await logOf(1)
    await ledger.erase(0, {})
    expect(await rejectionCodeOf(ledger.erase(0, {}))).toBe('ERR_LEDGER_ENTRY_ERASED')
  })

  test('destroys nothing for a summary that could not be read again, or that the signer does not sign', async () => {
    const { ledger, store } = await logOf(1)
    const none: unknown[] = [
      { toJSON: () => 'x' },
      { toJSON: () => undefined },
      { toJSON: () => [] },
      { at: 1n },
      null,
      'x',
      [],
      { text: 'x'.repeat(16_384) },
    ]
    for (const bad of none) {
      expect(await rejectionCodeOf(ledger.erase(0, bad as never))).toMatch(/^ERR_INVALID_ARG_(TYPE|VALUE)$/)
    }
    const { sign } = await signerOf(ORIGIN, 2)
    const misled = createLedger({ store, signer: { ...signer, sign } })
    expect(await rejectionCodeOf(misled.erase(0, {}))).toBe('ERR_INVALID_ARG_VALUE')
    expect((await ledger.read(0)).bytes).toEqual(encode('entry 0'))
  })

  test('ERR_LEDGER_ERASURE_INVALID: a note of the log about something else; a summary is never a checkpoint', async () => {
    const { ledger } = await logOf(2)
    const note = await ledger.checkpoint()
    expect(await rejectionCodeOf(verifyErasure(note, policy))).toBe('ERR_LEDGER_ERASURE_INVALID')
    const { erasure } = await ledger.erase(0, summary)
    expect(await rejectionCodeOf(ledger.keepCheckpoint(erasure))).toBe('ERR_LEDGER_CHECKPOINT_MALFORMED')
    const elsewhere = { ...policy, origin: 'other.example' }
    expect(await rejectionCodeOf(verifyErasure(erasure, elsewhere))).toBe('ERR_LEDGER_ORIGIN_MISMATCH')
    const changed = erasure.replace('withdrawn', 'withdrawm')
    expect(await rejectionCodeOf(verifyErasure(changed, policy))).toBe('ERR_LEDGER_SIGNATURE_INVALID')
  })
})

describe('a walk through a whole log', () => {
  /** The walk over a log in which one thing was changed. */
  async function walk(change: Partial<LedgerReader> | ((store: LedgerReader) => Partial<LedgerReader>), count = 11) {
    const { store, ledger } = await logOf(count)
    await ledger.checkpoint()
    await ledger.erase(5, {})
    const changes = typeof change === 'function' ? change(store) : change
    return verifyLedger({ ...store, ...changes }, { policy }).catch((error: unknown) => error)
  }

  /** Changes one entry wherever it is read. */
  function entryChanged(index: number, change: (entry: EntryRecord) => Partial<EntryRecord>) {
    return (store: LedgerReader): Partial<LedgerReader> => ({
      entries: async (log, range) => {
        return (await store.entries(log, range)).map((entry) =>
          entry.index === index ? { ...entry, ...change(entry) } : entry,
        )
      },
    })
  }

  test('says what was proved and what was not', async () => {
    const report = await walk({})
    expect(report).toMatchObject({
      ...{ origin: ORIGIN, size: 11, erased: 1 },
      proved: ['entries-match-commitments', 'tree-matches-entries', 'erasures-signed-by-log', 'log-signed-checkpoint'],
      notProved: ['no-newer-entries-dropped', 'same-log-shown-to-all', 'content-of-erased-entries'],
    })
  })

  test('ERR_LEDGER_ENTRY_MISMATCH: names the entry whose bytes, salt or commitment were changed', async () => {
    const changes: ((entry: EntryRecord) => Partial<EntryRecord>)[] = [
      () => ({ bytes: encode('entry 8') }),
      () => ({ salt: new Uint8Array(32) }),
      () => ({ salt: null }),
      () => ({ bytes: null }),
      () => ({ commitment: new Uint8Array(32) }),
    ]
    for (const change of changes) {
      expect(await walk(entryChanged(7, change))).toMatchObject({
        code: 'ERR_LEDGER_ENTRY_MISMATCH',
        first: 7,
        last: 7,
      })
    }
  })

  test('ERR_LEDGER_ENTRY_MISSING: names the entry that is not there, and tells places apart', async () => {
    const dropped = (store: LedgerReader): Partial<LedgerReader> => ({
      entries: async (log, range) => (await store.entries(log, range)).filter(({ index }) => index !== 4),
    })
    expect(await walk(dropped)).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISSING', first: 4, last: 4 })
    expect(await walk(entryChanged(4, () => ({ index: 3 })))).toMatchObject({
      code: 'ERR_LEDGER_ENTRY_MISSING',
      first: 4,
    })
    const short = entryChanged(4, () => ({ commitment: new Uint8Array(31) }))
    expect(await walk(short)).toMatchObject({ code: 'ERR_LEDGER_ENTRY_MISSING', first: 4 })
  })

  test('ERR_LEDGER_ERASURE_INVALID: content gone without a word, or with the word for another entry', async () => {
    const gone = entryChanged(7, () => ({ salt: null, bytes: null }))
    expect(await walk(gone)).toMatchObject({ code: 'ERR_LEDGER_ERASURE_INVALID', first: 7, last: 7 })
    const { ledger } = await logOf(11)
    const { erasure } = await ledger.erase(7, {})
    const borrowed = entryChanged(7, () => ({ salt: null, bytes: null, erasure }))
    expect(await walk(borrowed)).toMatchObject({ code: 'ERR_LEDGER_ERASURE_INVALID', first: 7 })
    const kept = entryChanged(5, () => ({ bytes: encode('x') }))
    expect(await walk(kept)).toMatchObject({ code: 'ERR_LEDGER_ERASURE_INVALID', first: 5 })
    const foreign = await signErasure(
      { origin: 'other.example', index: 7, commitment: new Uint8Array(32), summary: {} },
      signer,
    )
    const theirs = entryChanged(7, () => ({ salt: null, bytes: null, erasure: foreign }))
    expect(await walk(theirs)).toMatchObject({ code: 'ERR_LEDGER_ERASURE_INVALID', first: 7 })
  })

  test('ERR_LEDGER_NODE_MISMATCH: an entry committed to anew is narrowed down to its pair by the stored tree', async () => {
    const recommitted = entryChanged(6, () => {
      const opening = { salt: new Uint8Array(32), bytes: encode('another') }
      return { ...opening, commitment: commitEntry(opening) }
    })
    const error = await walk(recommitted)
    expect(error).toBeInstanceOf(BadEntryError)
    expect(error).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 6, last: 7 })
    const missing = { nodes: async () => [] }
    expect(await walk(missing)).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 0, last: 1 })
    const last = entryChanged(10, () => {
      const opening = { salt: new Uint8Array(32), bytes: encode('another') }
      return { ...opening, commitment: commitEntry(opening) }
    })
    expect(await walk(last)).toMatchObject({ code: 'ERR_LEDGER_FORK', first: 0, last: 10 })
  })

  test('ERR_LEDGER_NODE_MISMATCH: a head that is behind its entries, or whose edge is another', async () => {
    const behind = (store: LedgerReader): Partial<LedgerReader> => ({
      checkpoints: async () => [],
      head: async (log) => {
        const { frontier } = await store.head(log)
        return { size: 8, frontier: frontier.slice(0, 32) }
      },
    })
    expect(await walk(behind)).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 8, last: 8 })
    const edge = { checkpoints: async () => [], head: async () => ({ size: 11, frontier: new Uint8Array(96) }) }
    expect(await walk(edge)).toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 0, last: 7 })
  })

  test('ERR_LEDGER_ROLLBACK, ERR_LEDGER_FORK: a checkpoint kept elsewhere shows what the log itself cannot', async () => {
    const { ledger } = await logOf(11)
    const known = [await ledger.checkpoint()]
    const shorter = await logOf(4)
    const truncated = verifyLedger(shorter.store, { policy, known })
    await expect(truncated).rejects.toMatchObject({ code: 'ERR_LEDGER_ROLLBACK', first: 4, last: 10 })
    expect((await verifyLedger(shorter.store, { policy })).notProved).toContain('no-newer-entries-dropped')
    const other = await logOf(11)
    await expect(verifyLedger(other.store, { policy, known })).rejects.toMatchObject({ code: 'ERR_LEDGER_FORK' })
  })

  test('demands witnesses of the newest checkpoint only', async () => {
    const { ledger, store } = await logOf(3)
    const witness = await signerOf('witness.example/2', 2, 'cosignature')
    await ledger.checkpoint()
    await ledger.append({ bytes: encode('x') })
    const note = await ledger.checkpoint()
    const witnessed = { ...policy, witnesses: [witness.verifierKey] }
    expect(await rejectionCodeOf(verifyLedger(store, { policy: witnessed }))).toBe('ERR_LEDGER_WITNESSES_MISSING')
    await ledger.keepCheckpoint(await cosignCheckpoint(note, { signer: witness, at: NOW }))
    const { proved, notProved } = await verifyLedger(store, { policy: witnessed })
    expect(proved).toContain('witnesses-cosigned')
    expect(notProved).toEqual(['no-newer-entries-dropped'])
  })

  test('says of entries after the newest checkpoint that the log has not signed them', async () => {
    const { ledger, store } = await logOf(700)
    await ledger.checkpoint()
    await ledger.append({ bytes: encode('x') })
    const { notProved, size } = await verifyLedger(store, { policy })
    expect(size).toBe(701)
    expect(notProved).toContain('newest-entries-signed')
  })
})

async function rootOfPrefix(
  entries: Awaited<ReturnType<Ledger<unknown>['appendAll']>>,
  size: number,
): Promise<Uint8Array> {
  const ledger = createLedger({ store: memoryLedgerStore(), signer })
  await ledger.appendAll(entries.slice(0, size).map(({ bytes, salt }) => ({ bytes, salt })))
  return parseCheckpoint(await ledger.checkpoint()).root
}

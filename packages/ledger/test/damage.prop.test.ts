import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rejectionCodeOf } from '../../../test/code-of.js'
import { type BadEntryError, createLedger, type EntryRecord, type LedgerStore, verifyLedger } from '../src/index.js'
import { type MemoryTransaction, memoryLedgerStore } from '../src/testing.js'
import { parseCheckpoint, verifyConsistency, verifyTlogProof } from '../src/verify.js'
import { ORIGIN, signerOf } from './support/keys.js'
import { leafOf, leavesOf } from './support/matchers.js'

const signer = await signerOf(ORIGIN, 1)
const policy = { log: signer.verifierKey }

type Store = LedgerStore<MemoryTransaction>

/** A store whose answers are spoilt on the way, as by a damaged page or somebody who writes to the tables. */
function spoilt(changes: (inner: Store) => Partial<Store>): { readonly store: Store; readonly inner: Store } {
  const inner = memoryLedgerStore()
  return { inner, store: { ...inner, ...changes(inner) } }
}

const flipped = (bytes: Uint8Array, at = 0) => bytes.with(at, (bytes[at] ?? 0) ^ 1)

describe('a log whose tables were damaged', () => {
  test('signs nothing that does not continue what it signed, however the stored edge was changed before it grew', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat())
    await fc.assert(
      fc.asyncProperty(sizes, async ([before, after, place]) => {
        const { inner, store } = spoilt((real) => ({
          append: (log, entries, grow) =>
            real.append(log, entries, ({ size, frontier }, fresh) =>
              grow({ size, frontier: size === 0 ? frontier : flipped(frontier, place % frontier.length) }, fresh),
            ),
        }))
        await createLedger({ store: inner, signer }).commitAll(leavesOf(before))
        const known = parseCheckpoint(await createLedger({ store: inner, signer }).checkpoint())
        const ledger = createLedger({ store, signer })
        await ledger.commitAll(leavesOf(before + after).slice(before))
        const signed = await ledger.checkpoint().catch((error) => error.code)
        if (signed === 'ERR_LEDGER_FORK') return
        // A hash that no later node was made of harms nothing.
        const proof = await ledger.proveConsistency(before, before + after)
        verifyConsistency(proof, { fromRoot: known.root, toRoot: parseCheckpoint(signed).root })
      }),
    )
  })

  test('ERR_LEDGER_FORK: a whole older part under a root that contradicts it', async () => {
    const { inner, store } = spoilt((real) => ({
      append: (log, entries, grow) =>
        real.append(log, entries, (head, fresh) => grow({ ...head, frontier: flipped(head.frontier) }, fresh)),
    }))
    await createLedger({ store: inner, signer }).commitAll(leavesOf(4))
    await createLedger({ store: inner, signer }).checkpoint()
    const ledger = createLedger({ store, signer })
    await ledger.commitAll(leavesOf(8).slice(4))
    expect(await rejectionCodeOf(ledger.checkpoint())).toBe('ERR_LEDGER_FORK')
    expect(await inner.checkpoints(ORIGIN)).toHaveLength(1)
  })

  test('ERR_LEDGER_NODE_MISMATCH: does not grow on from an edge of another length', async () => {
    for (const length of [0, 31, 96]) {
      const { inner, store } = spoilt((real) => ({
        append: (log, entries, grow) =>
          real.append(log, entries, (head, fresh) => grow({ ...head, frontier: new Uint8Array(length) }, fresh)),
      }))
      await createLedger({ store: inner, signer }).commitAll(leavesOf(3))
      const ledger = createLedger({ store, signer })
      expect(await rejectionCodeOf(ledger.commitAll([leafOf(3)]))).toBe('ERR_LEDGER_NODE_MISMATCH')
      expect(await ledger.size()).toBe(3)
    }
  })

  test('ERR_LEDGER_NODE_MISMATCH: hands out no proof that does not hold', async () => {
    let place = -1
    const { store } = spoilt((real) => ({
      nodes: async (log, ids) =>
        (await real.nodes(log, ids)).map((hash, at) => (hash && at === place ? flipped(hash) : hash)),
      commitments: async (log, places) =>
        (await real.commitments(log, places)).map((hash) => (hash && place === -2 ? flipped(hash) : hash)),
    }))
    const ledger = createLedger({ store, signer })
    await ledger.commitAll(leavesOf(21))
    await ledger.checkpoint()
    const proof = await ledger.attest(5)
    expect(await verifyTlogProof(proof, { entry: leafOf(5), policy })).toMatchObject({ index: 5 })
    for (place of [0, 1, -2]) expect(await rejectionCodeOf(ledger.attest(5))).toBe('ERR_LEDGER_NODE_MISMATCH')
  })
})

describe('a walk through tables of whatever content', () => {
  test('ERR_LEDGER_ENTRY_MISMATCH: names an entry whose columns hold something of another type', async () => {
    const names = ['salt', 'bytes', 'commitment', 'erasure', 'index'] as const
    const values = fc.constantFrom<unknown>('x'.repeat(32), '', 7, 0, {}, [], true, undefined, new Uint8Array(0), '\0')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), values, fc.nat(8), async (name, value, bad) => {
        fc.pre(name !== 'erasure' || value !== undefined)
        const { store } = spoilt((real) => ({
          entries: async (log, range) =>
            (await real.entries(log, range)).map((entry) =>
              entry.index === bad ? ({ ...entry, [name]: value } as EntryRecord) : entry,
            ),
        }))
        await createLedger({ store, signer }).appendAll(leavesOf(9).map((bytes) => ({ bytes })))
        fc.pre(name !== 'index' || value !== bad)
        const fault: BadEntryError = await verifyLedger(store, { policy }).then(
          () => expect.unreachable(),
          (error) => error,
        )
        expect(fault).toMatchObject({ first: bad, last: bad })
        expect(fault.code).toMatch(/^ERR_LEDGER_(ENTRY_MISMATCH|ENTRY_MISSING|ERASURE_INVALID)$/)
      }),
    )
  })

  test('ERR_LEDGER_NODE_MISMATCH: names an entry beyond the end, also behind a gap', async () => {
    for (const gap of [0, 1, 300]) {
      const { store } = spoilt((real) => ({
        entries: async (log, { from, to }) => {
          const found = await real.entries(log, { from, to })
          const [first] = await real.entries(log, { from: 0, to: 1 })
          const stray = 9 + gap
          return first && from <= stray && stray < to ? [...found, { ...first, index: stray }] : found
        },
      }))
      await createLedger({ store, signer }).appendAll(leavesOf(9).map((bytes) => ({ bytes })))
      const verdict = verifyLedger(store, { policy })
      await expect(verdict).rejects.toMatchObject({ code: 'ERR_LEDGER_NODE_MISMATCH', first: 9 + gap, last: 9 + gap })
    }
  })
})

/**
 * What every ledger store promises, as cases any test runner can run.
 *
 * @module
 */

import type { LedgerStore, NewEntry } from '../ledger-store.js'
import { sha256 } from '../lib/hashing.js'
import { growLog, rootAt } from '../lib/log-tree.js'

/** One database under test; every case asks for a new, empty one. */
export interface LedgerStoreHarness<Tx> {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): LedgerStore<Tx>
  /** Writes one row of the host's own through the handle of a transaction. */
  write(tx: Tx, row: string): Promise<void>
  /** Reads back, in any order, the rows of {@link LedgerStoreHarness.write} that were kept. */
  rows(): Promise<readonly string[]>
  /** Lets go of the database. */
  close(): Promise<void>
}

/** One case of the contract: resolves when it holds, rejects with what does not. */
export interface ContractCase {
  /** The promise, as a sentence. */
  readonly name: string
  /** Keeps the promise or rejects. */
  run(): Promise<void>
}

/**
 * Lists what a {@link LedgerStore} promises.
 *
 * @example
 * Running the contract under a test runner.
 *
 * ```ts
 * import { type LedgerStoreHarness, ledgerStoreContract } from '@surveyseal/ledger/testing'
 *
 * declare function test(name: string, run: () => Promise<void>): void
 * declare function openEmpty(): Promise<LedgerStoreHarness<unknown>>
 *
 * for (const { name, run } of ledgerStoreContract(openEmpty)) test(name, run)
 * ```
 *
 * @param create - Opens an empty database.
 * @returns The cases; they are independent of each other.
 */
export function ledgerStoreContract<Tx>(create: () => Promise<LedgerStoreHarness<Tx>>): readonly ContractCase[] {
  return Object.entries(PROMISES).map(([name, check]) => ({
    name,
    async run() {
      const harness = await create()
      try {
        await check(harness)
      } finally {
        await harness.close()
      }
    },
  }))
}

type Check = <Tx>(harness: LedgerStoreHarness<Tx>) => Promise<void>

const LOG = 'feedback.example/consents'

const PROMISES: Readonly<Record<string, Check>> = {
  'a log nobody has appended to is empty': async ({ store }) => {
    const a = store('a')
    same(await a.head(LOG), { size: 0, frontier: new Uint8Array() })
    same(await a.entries(LOG, { from: 0, to: 10 }), [])
    same(await a.commitments(LOG, [0, 3]), [null, null])
    same(await a.nodes(LOG, [{ level: 1, index: 0 }]), [null])
    same(await a.checkpoints(LOG), [])
    same(await a.newestCheckpoint(LOG), null)
    same(await a.find(LOG, entry(0).commitment), null)
  },

  'entries take places from 0 on and are read back byte for byte': async ({ store }) => {
    const a = store('a')
    same(await a.append(LOG, [entry(0)], growLog), [0])
    same(await a.append(LOG, [entry(1), entry(2)], growLog), [1, 2])
    const stored = [0, 1, 2].map((index) => ({ ...entry(index), index, erasure: null }))
    same(await a.entries(LOG, { from: 0, to: 3 }), stored)
    same(await a.entries(LOG, { from: 1, to: 9 }), stored.slice(1))
    same(await a.commitments(LOG, [2, 5, 0]), [entry(2).commitment, null, entry(0).commitment])
    same(await a.find(LOG, entry(2).commitment), 2)
    same((await a.head(LOG)).size, 3)
  },

  'an entry may be a commitment alone, which grows the log as any other and can be erased': async ({ store }) => {
    const [a, b] = [store('a'), store('b')]
    const bare = { ...entry(1), salt: null, bytes: null }
    same(await a.append(LOG, [entry(0), bare, entry(2)], growLog), [0, 1, 2])
    await b.append(LOG, [entry(0), entry(1), entry(2)], growLog)
    same(await rootAt(a, LOG, 3), await rootAt(b, LOG, 3))
    same((await a.entries(LOG, { from: 1, to: 2 }))[0], { ...bare, index: 1, erasure: null })
    same(await a.append(LOG, [bare, entry(1)], growLog), [1, 1])
    same(await a.erase(LOG, 1, 'gone'), true)
    same(await a.erase(LOG, 1, 'gone twice'), false)
    same((await a.entries(LOG, { from: 1, to: 2 }))[0], { ...bare, index: 1, erasure: 'gone' })
  },

  'an entry may be empty, and as long as 1,048,576 bytes': async ({ store }) => {
    const a = store('a')
    const long = { ...entry(1), bytes: new Uint8Array(1_048_576).fill(7) }
    same(await a.append(LOG, [{ ...entry(0), bytes: new Uint8Array() }, long], growLog), [0, 1])
    const [empty, full] = await a.entries(LOG, { from: 0, to: 2 })
    same(empty?.bytes, new Uint8Array())
    same(full?.bytes?.length, 1_048_576)
  },

  'nodes are kept by level and place, whatever the steps in which the log grew': async ({ store }) => {
    const [a, b] = [store('a'), store('b')]
    const entries = Array.from({ length: 300 }, (_, index) => entry(index))
    for (const [from, to] of [
      [0, 1],
      [1, 4],
      [4, 290],
      [290, 300],
    ] as const)
      await a.append(LOG, entries.slice(from, to), growLog)
    await b.append(LOG, entries, growLog)
    const ids = [
      { level: 8, index: 0 },
      { level: 1, index: 149 },
      { level: 2, index: 75 },
      { level: 1, index: 0 },
    ]
    const nodes = await a.nodes(LOG, ids)
    same(
      nodes.map((node) => node?.length ?? null),
      [32, 32, null, 32],
    )
    same(await b.nodes(LOG, ids), nodes)
    same(await b.head(LOG), await a.head(LOG))
    for (const size of [1, 7, 256, 299]) same(await rootAt(a, LOG, size), await rootAt(b, LOG, size))
    const all = Array.from({ length: 150 }, (_, index) => ({ level: 1, index }))
    same((await a.nodes(LOG, all)).includes(null), false)
  },

  'a commitment is never logged twice, and the repetition finds its place': async ({ store }) => {
    const a = store('a')
    await a.append(LOG, [entry(0), entry(1)], growLog)
    const again = [entry(1), entry(2), entry(0), entry(2)]
    same(await a.append(LOG, again, growLog), [1, 2, 0, 2])
    same((await a.head(LOG)).size, 3)
    const mustNotGrow = () => Promise.reject(new Error('grow was called though nothing is new')) as never
    same(await a.append(LOG, [entry(2)], mustNotGrow), [2])
  },

  'what grow throws leaves no trace': async ({ store }) => {
    const a = store('a')
    await a.append(LOG, [entry(0)], growLog)
    const fails = (): never => {
      throw new Error('no')
    }
    await rejects(a.append(LOG, [entry(1)], fails))
    same((await a.head(LOG)).size, 1)
    same(await a.append(LOG, [entry(2)], growLog), [1])
  },

  'writers at once take every place once, without a gap': async ({ store }) => {
    const stores = [store('a'), store('a'), store('a')]
    const places = await Promise.all(
      Array.from({ length: 30 }, (_, racer) => {
        return stores[racer % 3]?.append(LOG, [entry(2 * racer), entry(2 * racer + 1)], growLog) ?? []
      }),
    )
    same(
      places.flat().sort((x, y) => x - y),
      Array.from({ length: 60 }, (_, index) => index),
    )
    const a = store('a')
    same(
      (await a.entries(LOG, { from: 0, to: 60 })).map(({ index }) => index),
      places.flat().sort((x, y) => x - y),
    )
    for (const [racer, [first = -1]] of places.entries()) {
      const [stored] = await a.entries(LOG, { from: first, to: first + 1 })
      same(stored?.commitment, entry(2 * racer).commitment)
    }
  },

  'writers of the same entry at once agree on its place': async ({ store }) => {
    const stores = [store('a'), store('a')]
    const places = await Promise.all(
      Array.from({ length: 10 }, (_, racer) => stores[racer % 2]?.append(LOG, [entry(0)], growLog) ?? []),
    )
    same(
      places.flat(),
      Array.from({ length: 10 }, () => 0),
    )
    same((await store('a').head(LOG)).size, 1)
  },

  'erasing destroys salt and bytes once, keeps the summary, and moves nothing': async ({ store }) => {
    const a = store('a')
    await a.append(LOG, [entry(0), entry(1), entry(2)], growLog)
    const head = await a.head(LOG)
    same(await a.erase(LOG, 1, 'summary — \n'), true)
    same(await a.erase(LOG, 1, 'another'), false)
    same(await a.erase(LOG, 7, 'nobody'), false)
    const [, erased] = await a.entries(LOG, { from: 0, to: 3 })
    same(erased, { index: 1, commitment: entry(1).commitment, salt: null, bytes: null, erasure: 'summary — \n' })
    same(await a.head(LOG), head)
    same(await a.append(LOG, [entry(1)], growLog), [1])
    await a.scrub()
    same((await a.entries(LOG, { from: 0, to: 1 }))[0]?.bytes, entry(0).bytes)
  },

  'checkpoints are kept by size, the newest is the largest': async ({ store }) => {
    const a = store('a')
    for (const size of [5, 0, 12]) await a.saveCheckpoint(LOG, { size, note: `— ${size}\n` })
    await a.saveCheckpoint(LOG, { size: 5, note: '5 again' })
    same(await a.newestCheckpoint(LOG), { size: 12, note: '— 12\n' })
    const expected = [
      { size: 0, note: '— 0\n' },
      { size: 5, note: '5 again' },
      { size: 12, note: '— 12\n' },
    ]
    same(await a.checkpoints(LOG), expected)
  },

  'logs and tenants know nothing of each other': async ({ store }) => {
    const [a, b] = [store('a'), store('b')]
    await a.append(LOG, [entry(0), entry(1)], growLog)
    await a.saveCheckpoint(LOG, { size: 2, note: 'a' })
    for (const [other, log] of [
      [b, LOG],
      [a, 'other'],
    ] as const) {
      same((await other.head(log)).size, 0)
      same(await other.append(log, [entry(1)], growLog), [0])
      same(await other.find(log, entry(0).commitment), null)
      same(await other.newestCheckpoint(log), null)
      same(await other.erase(log, 1, 'x'), false)
      same(await other.nodes(log, [{ level: 1, index: 0 }]), [null])
    }
    same((await a.head(LOG)).size, 2)
  },

  'a transaction keeps entries and rows of the host together': async ({ store, write, rows }) => {
    const a = store('a')
    const places = await a.transaction(async (inner, tx) => {
      await write(tx, 'kept')
      const first = await inner.append(LOG, [entry(0)], growLog)
      return [...first, ...(await inner.append(LOG, [entry(1)], growLog))]
    })
    same(places, [0, 1])
    same(await rows(), ['kept'])
    same((await a.head(LOG)).size, 2)
  },

  'a transaction that fails keeps nothing, and leaves no gap': async ({ store, write, rows }) => {
    const a = store('a')
    await a.append(LOG, [entry(0)], growLog)
    const failing = a.transaction(async (inner, tx) => {
      await write(tx, 'lost')
      await inner.append(LOG, [entry(1)], growLog)
      await inner.erase(LOG, 0, 'x')
      await inner.saveCheckpoint(LOG, { size: 1, note: 'x' })
      same(await inner.scrub(), false)
      throw new Error('the host changed its mind')
    })
    await rejects(failing)
    same(await rows(), [])
    same(await a.append(LOG, [entry(2)], growLog), [1])
    same((await a.entries(LOG, { from: 0, to: 1 }))[0]?.erasure, null)
    same(await a.newestCheckpoint(LOG), null)
  },
}

function entry(seed: number): NewEntry {
  const salt = sha256(Uint8Array.of(seed % 256, Math.floor(seed / 256), 1))
  const bytes = new TextEncoder().encode(`entry ${seed}`)
  return { salt, bytes, commitment: sha256(salt, bytes) }
}

/** Compares plain data and bytes. */
function same(actual: unknown, expected: unknown): void {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(plain(value)))
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`)
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, plain(member)]),
  )
}

async function rejects(promise: Promise<unknown>): Promise<void> {
  const failed = await promise.then(
    () => false,
    () => true,
  )
  if (!failed) throw new Error('expected a rejection')
}

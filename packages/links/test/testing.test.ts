import { describe, expect, test } from 'vitest'
import type { LinkStore } from '../src/index.js'
import {
  fixedClock,
  type LinkStoreHarness,
  linkStoreContract,
  type MemoryTransaction,
  memoryLinkStore,
} from '../src/testing.js'

type Store = LinkStore<MemoryTransaction>

/** A harness over memory stores, each changed by `change` as a faulty implementation would be. */
function harnessOf(change: (store: Store) => Store): () => Promise<LinkStoreHarness<MemoryTransaction>> {
  return async () => {
    const stores = new Map<string, Store>()
    const rows: string[] = []
    return {
      store(tenant) {
        const store = stores.get(tenant) ?? change(memoryLinkStore())
        stores.set(tenant, store)
        return store
      },
      write: async (tx, row) => tx.onCommit(() => rows.push(row)),
      rows: async () => rows,
      close: async () => {},
    }
  }
}

async function failures(create: () => Promise<LinkStoreHarness<MemoryTransaction>>): Promise<string[]> {
  const failed: string[] = []
  for (const { name, run } of linkStoreContract(create)) await run().catch(() => failed.push(name))
  return failed
}

describe('memoryLinkStore passes the contract of link stores', () => {
  for (const { name, run } of linkStoreContract(harnessOf((store) => store))) test(name, run)
})

describe('the contract fails a store that', () => {
  const faults: Record<string, (store: Store) => Store> = {
    'decides before it writes': (store) => ({
      ...store,
      spend: async (key, spend) => {
        const found = await store.find(key)
        await Promise.resolve()
        return found !== null && found.usesLeft > 0 ? 'spent' : store.spend(key, spend)
      },
    }),
    'forgets idempotency keys': (store) => {
      let made = 0
      return { ...store, spend: (key, { at }) => store.spend(key, { idempotencyKey: `${made++}`, at }) }
    },
    'does not roll back': (store) => ({ ...store, transaction: (run) => run(store, { onCommit: (write) => write() }) }),
    'does not revoke predecessors': (store) => ({ ...store, issue: (records) => store.register(records) }),
    'looks in every purpose': (store) => ({
      ...store,
      find: (key) => store.find({ ...key, purpose: 'survey' }),
    }),
    'ignores validity': (store) => ({
      ...store,
      spend: (key, { idempotencyKey }) => store.spend(key, { idempotencyKey, at: Date.UTC(2026, 0, 1) }),
    }),
    'confuses letter case': (store) => ({
      ...store,
      find: (key) => store.find({ ...key, digest: key.digest.replace('digest', 'Digest') }),
    }),
  }

  test.each(Object.keys(faults))('%s', async (name) => {
    expect(await failures(harnessOf(faults[name] ?? ((store) => store)))).not.toEqual([])
  })

  test('keeps tenants in one table', async () => {
    const shared = memoryLinkStore()
    expect(await failures(harnessOf(() => shared))).toContain('no call reads or changes the links of another tenant')
  })
})

describe('memoryLinkStore', () => {
  test('keeps working after a transaction that threw', async () => {
    const store = memoryLinkStore()
    await expect(store.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(store.revoke({ survey: 'any' }, 0)).resolves.toBe(0)
  })

  test('runs no onCommit write of a transaction that threw', async () => {
    const written: string[] = []
    const attempt = memoryLinkStore().transaction(async (_, tx) => {
      tx.onCommit(() => written.push('row'))
      throw new Error('no')
    })
    await expect(attempt).rejects.toThrow('no')
    expect(written).toEqual([])
  })
})

describe('fixedClock', () => {
  test('stands still until it is advanced, and can go back', () => {
    const clock = fixedClock(new Date(1000))
    expect([clock(), clock()]).toEqual([new Date(1000), new Date(1000)])
    clock.advance(500)
    expect(clock()).toEqual(new Date(1500))
    clock.advance(-1500)
    expect(clock()).toEqual(new Date(0))
  })

  test('is not changed through a Date it gave out', () => {
    const clock = fixedClock(new Date(1000))
    clock().setTime(0)
    expect(clock()).toEqual(new Date(1000))
  })
})

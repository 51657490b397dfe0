import { describe, expect, test } from 'vitest'
import {
  issuanceStoreContract,
  type MemoryTransaction,
  memoryIssuanceStore,
  memorySpentTokenStore,
  spentTokenStoreContract,
  type UnlinkableHarness,
} from '../../src/testing.js'
import type { IssuanceStore, SpentTokenStore } from '../../src/unlinkable.js'

/** A harness over memory stores, each changed as a faulty implementation would be. */
function harnessOf<Store>(make: () => Store): () => Promise<UnlinkableHarness<Store, MemoryTransaction>> {
  return async () => {
    const stores = new Map<string, Store>()
    const rows: string[] = []
    return {
      store(tenant) {
        const store = stores.get(tenant) ?? make()
        stores.set(tenant, store)
        return store
      },
      write: async (tx, row) => tx.onCommit(() => rows.push(row)),
      rows: async () => rows,
      close: async () => {},
    }
  }
}

describe('memoryIssuanceStore passes the contract', () => {
  for (const { name, run } of issuanceStoreContract(harnessOf(memoryIssuanceStore))) test(name, run)
})

describe('memorySpentTokenStore passes the contract', () => {
  for (const { name, run } of spentTokenStoreContract(harnessOf(memorySpentTokenStore))) test(name, run)
})

describe('the contracts fail a store that', () => {
  const failed = async (cases: readonly { run(): Promise<void> }[]) => {
    const outcomes = await Promise.allSettled(cases.map(({ run }) => run()))
    return outcomes.filter(({ status }) => status === 'rejected').length
  }
  const faultyIssuances: Record<string, (store: IssuanceStore<MemoryTransaction>) => object> = {
    'lets every claimer win': (store) => ({ claim: async (claim: never) => (await store.claim(claim)) || true }),
    'reopens waves': () => ({ openWave: async (wave: object) => wave }),
    'counts across waves': (store) => ({ count: () => store.count({ survey: 'survey', wave: 'wave' }) }),
  }
  test.each(Object.entries(faultyIssuances))('%s', async (_, fault) => {
    const make = () => {
      const store = memoryIssuanceStore()
      return { ...store, ...fault(store) }
    }
    expect(await failed(issuanceStoreContract(harnessOf(make)))).toBeGreaterThan(0)
  })

  const faultyTokens: Record<string, (store: SpentTokenStore<MemoryTransaction>) => object> = {
    'says yes twice': (store) => ({ spend: async (token: never) => (await store.spend(token)) || true }),
    'rolls nothing back': (store) => ({ transaction: (run: (store: object, tx: object) => unknown) => run(store, {}) }),
  }
  test.each(Object.entries(faultyTokens))('%s', async (_, fault) => {
    const make = () => {
      const store = memorySpentTokenStore()
      return { ...store, ...fault(store) }
    }
    expect(await failed(spentTokenStoreContract(harnessOf(make)))).toBeGreaterThan(0)
  })
})

import { type MemoryTransaction, memoryRightsStore, rightsStoreContract } from '@surveyseal/consent/testing'
import { describe, test } from 'vitest'

describe('the memory store of requests keeps the contract', () => {
  const cases = rightsStoreContract<MemoryTransaction>(async () => {
    const stores = new Map<string, ReturnType<typeof memoryRightsStore>>()
    const rows: string[] = []
    return {
      store(tenant) {
        const store = stores.get(tenant) ?? memoryRightsStore()
        stores.set(tenant, store)
        return store
      },
      write: async (tx, row) => tx.onCommit(() => rows.push(row)),
      rows: async () => rows,
      close: async () => undefined,
    }
  })

  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await run()
  })
})

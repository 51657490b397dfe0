import { consentStoreContract, type MemoryTransaction, memoryConsentStore } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'

describe('the memory store keeps the contract', () => {
  const cases = consentStoreContract<MemoryTransaction>(async () => {
    const stores = new Map<string, ReturnType<typeof memoryConsentStore>>()
    const rows: string[] = []
    return {
      store(tenant) {
        const store = stores.get(tenant) ?? memoryConsentStore()
        stores.set(tenant, store)
        return store
      },
      async write(tx, row) {
        tx.onCommit(() => rows.push(row))
      },
      rows: async () => rows,
      close: async () => undefined,
    }
  })

  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await run()
  })
})

describe('the contract finds a store that', () => {
  const broken = (change: (store: ReturnType<typeof memoryConsentStore>) => object) =>
    consentStoreContract<MemoryTransaction>(async () => {
      const store = memoryConsentStore()
      return {
        store: () => ({ ...store, ...change(store) }),
        write: async () => undefined,
        rows: async () => [],
        close: async () => undefined,
      }
    })

  async function failing(cases: ReturnType<typeof broken>): Promise<string[]> {
    const failed: string[] = []
    for (const { name, run } of cases) await run().catch(() => failed.push(name))
    return failed
  }

  test('shares rows between tenants', async () => {
    expect(await failing(broken(() => ({})))).toContain('tenants never see or touch what is not theirs')
  })

  test('says appended to everything', async () => {
    const failed = await failing(
      broken((store) => ({ append: (record: never) => store.append(record).then(() => 'appended') })),
    )
    expect(failed).toEqual(expect.arrayContaining(['a nonce is spent once', 'of racing events on one head, one wins']))
  })

  test('keeps what a lost transaction wrote', async () => {
    const failed = await failing(
      broken((store) => ({ transaction: (run: (inner: unknown, tx: unknown) => unknown) => run(store, {}) })),
    )
    expect(failed).toContain('a transaction that throws keeps nothing and spends nothing')
  })
})

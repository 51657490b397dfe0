import { memoryConsentStore, memoryOutboxStore, outboxStoreContract } from '@surveyseal/consent/testing'
import { describe, test } from 'vitest'

describe('the memory outbox keeps the contract', () => {
  const cases = outboxStoreContract(async () => {
    const database = memoryConsentStore()
    const stores = new Map<string, ReturnType<typeof memoryOutboxStore>>()
    return {
      store(tenant) {
        const store = stores.get(tenant) ?? memoryOutboxStore()
        stores.set(tenant, store)
        return store
      },
      transaction: (run) => database.transaction((_, tx) => run(tx)),
      close: async () => undefined,
    }
  })

  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await run()
  })
})

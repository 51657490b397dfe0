import { outboxStoreContract } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { migrate } from '../src/migrate.js'
import { outboxStore } from '../src/outbox-store.js'
import { onEngines } from './support/suites.js'

onEngines('outboxStore', (engine) => {
  describe('passes the contract of outboxes', () => {
    const contract = outboxStoreContract(async () => {
      const { sql, close } = await engine.database()
      await migrate(sql)
      return {
        store: (tenant) => outboxStore(sql, { tenant }),
        transaction: (run) => sql.transaction(run),
        close,
      }
    })
    for (const { name, run } of contract) test(name, run)
  })

  test('two processes that lease at the same moment share what there is', async () => {
    const database = await engine.database()
    await migrate(database.sql)
    const stores = [database.sql, await database.another()].map((sql) => outboxStore(sql, { tenant: 'acme' }))
    const [first] = stores
    const records = Array.from({ length: 100 }, (_, index) => ({
      id: `event:${index}`,
      type: 'link.spent',
      occurredAt: index,
      body: '{}',
    }))
    await database.sql.transaction(async (tx) => first?.enqueue(tx, records))
    const taken: string[] = []
    for (let round = 0; round < 100 && taken.length < 100; round++) {
      const options = { types: ['link.spent'], at: 1, until: 2, limit: 7 }
      const turns = await Promise.all(stores.map((store) => store.lease(options)))
      taken.push(...turns.flat().map(({ id }) => id))
    }
    expect(taken.sort()).toEqual(records.map(({ id }) => id).sort())
    await database.close()
  })

  test('a tenant must be a name', () => {
    expect(() => outboxStore({} as never, { tenant: '' })).toThrow(RangeError)
  })
})

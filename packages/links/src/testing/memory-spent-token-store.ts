/**
 * Spent tokens in memory.
 *
 * @module
 */

import { memoryTransactions } from '../lib/memory-transactions.js'
import type { SpentToken, SpentTokenStore } from '../unlinkable/spent-token-store.js'
import type { MemoryTransaction } from './memory-link-store.js'

/**
 * Creates a store for tests and examples: transactions that exclude each other and roll back, nothing kept on exit.
 *
 * @returns A store for one tenant.
 */
export function memorySpentTokenStore(): SpentTokenStore<MemoryTransaction> {
  const transaction = memoryTransactions<Set<string>>(new Set(), (rows) => new Set(rows))
  return {
    spend: (token) => transaction((rows, tx) => storeOver(rows, tx).spend(token)),
    count: (wave) => transaction((rows, tx) => storeOver(rows, tx).count(wave)),
    transaction: (run) => transaction((rows, tx) => run(storeOver(rows, tx), tx)),
  }
}

function storeOver(rows: Set<string>, tx: MemoryTransaction): SpentTokenStore<MemoryTransaction> {
  const store: SpentTokenStore<MemoryTransaction> = {
    spend: async ({ survey, wave, tokenHash }: SpentToken) => {
      const before = rows.size
      return rows.add(JSON.stringify([survey, wave, tokenHash])).size > before
    },
    count: async ({ survey, wave }) => {
      const prefix = JSON.stringify([survey, wave]).replace(/\]$/, ',')
      return [...rows].filter((row) => row.startsWith(prefix)).length
    },
    transaction: (run) => run(store, tx),
  }
  return store
}

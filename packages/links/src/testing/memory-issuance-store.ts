/**
 * Issuances in memory.
 *
 * @module
 */

import { memoryTransactions } from '../lib/memory-transactions.js'
import type { IssuanceRecord, IssuanceStore, WaveRecord, WaveRef } from '../unlinkable/issuance-store.js'
import type { MemoryTransaction } from './memory-link-store.js'

interface Rows {
  readonly waves: Map<string, WaveRecord>
  readonly issuances: Map<string, IssuanceRecord>
}

/**
 * Creates a store for tests and examples: transactions that exclude each other and roll back, nothing kept on exit.
 *
 * @returns A store for one tenant.
 */
export function memoryIssuanceStore(): IssuanceStore<MemoryTransaction> {
  const transaction = memoryTransactions<Rows>({ waves: new Map(), issuances: new Map() }, ({ waves, issuances }) => ({
    waves: new Map(waves),
    issuances: new Map(issuances),
  }))
  return {
    openWave: (wave) => transaction((rows, tx) => storeOver(rows, tx).openWave(wave)),
    claim: (issuance) => transaction((rows, tx) => storeOver(rows, tx).claim(issuance)),
    find: (issuance) => transaction((rows, tx) => storeOver(rows, tx).find(issuance)),
    remove: (issuance) => transaction((rows, tx) => storeOver(rows, tx).remove(issuance)),
    count: (wave) => transaction((rows, tx) => storeOver(rows, tx).count(wave)),
    transaction: (run) => transaction((rows, tx) => run(storeOver(rows, tx), tx)),
  }
}

function storeOver(rows: Rows, tx: MemoryTransaction): IssuanceStore<MemoryTransaction> {
  const store: IssuanceStore<MemoryTransaction> = {
    openWave: async (wave) => {
      add(rows.waves, wave)
      return structuredClone(rows.waves.get(nameOf(wave)) ?? wave)
    },
    claim: async (issuance) => add(rows.issuances, issuance),
    find: async (issuance) => structuredClone(rows.issuances.get(nameOf(issuance)) ?? null),
    remove: async (issuance) => void rows.issuances.delete(nameOf(issuance)),
    count: async ({ survey, wave }) =>
      [...rows.issuances.values()].filter((row) => row.survey === survey && row.wave === wave).length,
    transaction: (run) => run(store, tx),
  }
  return store
}

function add<Row extends WaveRef>(rows: Map<string, Row>, row: Row): boolean {
  const name = nameOf(row)
  if (rows.has(name)) return false
  rows.set(name, structuredClone(row))
  return true
}

function nameOf({ survey, wave, person }: WaveRef & { readonly person?: string }): string {
  return JSON.stringify([survey, wave, person ?? null])
}

/**
 * What every link store must do.
 *
 * @module
 */

import type { LinkStoreCase } from '../lib/link-store-case.js'
import { LINK_STORE_CASES } from '../lib/link-store-cases.js'
import type { LinkStore } from '../link-store.js'

/** One database under test; every case asks for a new, empty one. */
export interface LinkStoreHarness<Tx> {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): LinkStore<Tx>
  /** Writes one row of the host's own through the handle of a transaction. */
  write(tx: Tx, row: string): Promise<void>
  /** Reads back, in any order, the rows of {@link LinkStoreHarness.write} that were kept. */
  rows(): Promise<readonly string[]>
  /** Lets go of the database. */
  close(): Promise<void>
}

/** One case of the contract. */
export interface ContractCase {
  /** The case as a sentence. */
  readonly name: string
  /** Resolves when the case holds, rejects with what does not. */
  run(): Promise<void>
}

/**
 * Lists the cases a link store must pass; they need no test framework.
 *
 * @example
 * Running the contract on a store of one's own, here the one for tests.
 *
 * ```ts
 * import {
 *   type LinkStoreHarness,
 *   linkStoreContract,
 *   type MemoryTransaction,
 *   memoryLinkStore,
 * } from '@surveyseal/links/testing'
 *
 * async function create(): Promise<LinkStoreHarness<MemoryTransaction>> {
 *   const one = memoryLinkStore()
 *   const other = memoryLinkStore()
 *   const rows: string[] = []
 *   return {
 *     store: (tenant) => (tenant === 'tenant' ? one : other),
 *     write: async (tx, row) => tx.onCommit(() => rows.push(row)),
 *     rows: async () => rows,
 *     close: async () => {},
 *   }
 * }
 *
 * for (const { name, run } of linkStoreContract(create)) {
 *   await run().catch((cause) => Promise.reject(new Error(name, { cause })))
 * }
 * ```
 *
 * @param create - Makes an empty database for one case.
 * @returns The cases.
 */
export function linkStoreContract<Tx>(create: () => Promise<LinkStoreHarness<Tx>>): readonly ContractCase[] {
  return Object.entries<LinkStoreCase>(LINK_STORE_CASES).map(([name, check]) => ({
    name,
    async run(): Promise<void> {
      const harness = await create()
      try {
        await check({ ...harness, links: harness.store('tenant') })
      } finally {
        await harness.close()
      }
    },
  }))
}

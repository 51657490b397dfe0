/**
 * What every store of unlinkable links must do.
 *
 * @module
 */

import {
  ISSUANCE_STORE_CASES,
  type IssuanceStoreCase,
  SPENT_TOKEN_STORE_CASES,
  type SpentTokenStoreCase,
} from '../lib/unlinkable-store-cases.js'
import type { IssuanceStore } from '../unlinkable/issuance-store.js'
import type { SpentTokenStore } from '../unlinkable/spent-token-store.js'
import type { ContractCase } from './link-store-contract.js'

/** One database under test; every case asks for a new, empty one. */
export interface UnlinkableHarness<Store, Tx> {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): Store
  /** Writes one row of the host's own through the handle of a transaction. */
  write(tx: Tx, row: string): Promise<void>
  /** Reads back, in any order, the rows of {@link UnlinkableHarness.write} that were kept. */
  rows(): Promise<readonly string[]>
  /** Lets go of the database. */
  close(): Promise<void>
}

/**
 * Lists the cases an issuance store must pass; they need no test framework. Run them as those of `linkStoreContract`.
 *
 * @param create - Makes an empty database for one case.
 * @returns The cases.
 */
export function issuanceStoreContract<Tx>(
  create: () => Promise<UnlinkableHarness<IssuanceStore<Tx>, Tx>>,
): readonly ContractCase[] {
  return contract(Object.entries<IssuanceStoreCase>(ISSUANCE_STORE_CASES), create)
}

/**
 * Lists the cases a store of spent tokens must pass; they need no test framework. Run them as those of
 * `linkStoreContract`.
 *
 * @param create - Makes an empty database for one case.
 * @returns The cases.
 */
export function spentTokenStoreContract<Tx>(
  create: () => Promise<UnlinkableHarness<SpentTokenStore<Tx>, Tx>>,
): readonly ContractCase[] {
  return contract(Object.entries<SpentTokenStoreCase>(SPENT_TOKEN_STORE_CASES), create)
}

type Check<Store, Tx> = (on: UnlinkableHarness<Store, Tx> & { readonly rowsOf: Store }) => Promise<void>

function contract<Store, Tx>(
  cases: readonly (readonly [string, Check<Store, Tx>])[],
  create: () => Promise<UnlinkableHarness<Store, Tx>>,
): readonly ContractCase[] {
  return cases.map(([name, check]) => ({
    name,
    async run(): Promise<void> {
      const harness = await create()
      try {
        await check({ ...harness, rowsOf: harness.store('tenant') })
      } finally {
        await harness.close()
      }
    },
  }))
}

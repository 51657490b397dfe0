/**
 * What every store of linkages must do.
 *
 * @module
 */

import type { LinkageStore } from '../answer-linkage/linkage-store.js'
import { assertEqual } from '../lib/assertions.js'
import type { ContractCase } from './link-store-contract.js'

/** One database under test; every case asks for a new, empty one. */
export interface LinkageStoreHarness {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): LinkageStore
  /** Lets go of the database. */
  close(): Promise<void>
}

const CASES: Readonly<Record<string, (on: LinkageStoreHarness) => Promise<void>>> = {
  'a survey keeps what it was declared with first': async ({ store }) => {
    const linkages = store('tenant')
    assertEqual(await linkages.find('survey'), null)
    assertEqual(await linkages.declare('survey', 'unlinkable'), 'unlinkable')
    assertEqual(await linkages.declare('survey', 'identified'), 'unlinkable')
    assertEqual(await linkages.find('survey'), 'unlinkable')
  },

  'of concurrent declarations all are told the same': async ({ store }) => {
    const linkages = store('tenant')
    const wanted = ['identified', 'unlinkable', 'pseudonymous', 'open', 'identified', 'unlinkable'] as const
    const told = await Promise.all(wanted.map((linkage) => linkages.declare('survey', linkage)))
    assertEqual(new Set(told).size, 1)
    assertEqual(await linkages.find('survey'), told[0])
  },

  'a survey is moved only from what it is': async ({ store }) => {
    const linkages = store('tenant')
    assertEqual(await linkages.move({ survey: 'survey', from: 'identified', to: 'unlinkable' }), false)
    await linkages.declare('survey', 'identified')
    assertEqual(await linkages.move({ survey: 'survey', from: 'pseudonymous', to: 'unlinkable' }), false)
    assertEqual(await linkages.find('survey'), 'identified')
    const moves = (['pseudonymous', 'unlinkable'] as const).map((to) => ({ survey: 'survey', from: 'identified', to }))
    const moved = await Promise.all(moves.map((move) => linkages.move({ ...move, from: 'identified' })))
    assertEqual(moved.filter((each) => each).length, 1)
    assertEqual(await linkages.find('survey'), moves[moved.indexOf(true)]?.to)
  },

  'surveys and tenants are told apart letter by letter': async ({ store }) => {
    const [ours, theirs] = [store('tenant'), store('Tenant')]
    for (const survey of ['survey', 'Survey', '__proto__', "O'Brien; --"]) {
      assertEqual(await ours.find(survey), null)
      assertEqual(await ours.declare(survey, 'identified'), 'identified')
      assertEqual(await theirs.find(survey), null)
      assertEqual(await theirs.move({ survey, from: 'identified', to: 'unlinkable' }), false)
    }
  },
}

/**
 * Lists the cases a store of linkages must pass; they need no test framework. Run them as those of `linkStoreContract`.
 *
 * @param create - Makes an empty database for one case.
 * @returns The cases.
 */
export function linkageStoreContract(create: () => Promise<LinkageStoreHarness>): readonly ContractCase[] {
  return Object.entries(CASES).map(([name, check]) => ({
    name,
    async run(): Promise<void> {
      const harness = await create()
      try {
        await check(harness)
      } finally {
        await harness.close()
      }
    },
  }))
}

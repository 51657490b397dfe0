/**
 * What the cases of the link store contract share.
 *
 * @module
 */

import type { LinkRecord, LinkStore, SpendOutcome } from '../link-store.js'
import type { LinkStoreHarness } from '../testing/link-store-contract.js'

/** The instant at which most of them happen. */
export const AT: number = Date.UTC(2026, 0, 1)

/** One check; what the handle of a transaction is does not concern it. */
export type LinkStoreCase = <Tx>(on: LinkStoreHarness<Tx> & { readonly links: LinkStore<Tx> }) => Promise<void>

/** Tries to spend link `a`. */
export function spendWith<Tx>(links: LinkStore<Tx>, idempotencyKey: string, at: number = AT): Promise<SpendOutcome> {
  return links.spend(record('a'), { idempotencyKey, at })
}

/** A link with one use and no limits, changed where a case says so. */
export function record(digest: string, members: Partial<LinkRecord> = {}): LinkRecord {
  return {
    survey: 'survey',
    purpose: 'survey',
    digest,
    pepperId: 'pepper',
    respondent: 'respondent',
    serial: 0,
    cohort: null,
    batch: null,
    usesLeft: 1,
    validFrom: null,
    validUntil: null,
    revokedAt: null,
    ...members,
  }
}

/**
 * The rows of links that need none before they are drafted, spent or revoked.
 *
 * @module
 */

import { LinkError } from '../errors.js'
import type { LinkStore, Spend, SpendOutcome } from '../link-store.js'
import type { PepperedKey, PepperedKeys } from './link-keys.js'
import { selfContainedRecord } from './link-record.js'

/**
 * Gives a self-contained link its rows: one under each pepper, so that processes which hold different ones current meet in
 * a row.
 *
 * @returns The keys of the rows, in the order they are to be written in.
 */
export async function registerLink(
  store: Pick<LinkStore<unknown>, 'register'>,
  peppered: PepperedKeys,
  link: Parameters<typeof selfContainedRecord>[1],
): Promise<readonly PepperedKey[]> {
  const keys = inOneOrder(peppered)
  await store.register(keys.map((key) => selfContainedRecord(key, link)))
  return keys
}

/** Two transactions that write the same rows crosswise would wait for each other. */
export function inOneOrder(keys: readonly PepperedKey[]): readonly PepperedKey[] {
  return [...keys].sort((a, b) => (a.digest < b.digest ? -1 : 1))
}

/** Spends a link in all of its rows, or throws so that the transaction undoes it. */
export async function spendAll(
  store: Pick<LinkStore<unknown>, 'spend'>,
  keys: readonly PepperedKey[],
  spend: Spend,
): Promise<SpendOutcome> {
  const outcomes = new Set<SpendOutcome>()
  for (const key of keys) outcomes.add(await store.spend(key, spend))
  const [outcome = 'refused', ...others] = outcomes
  // A process that lacks one of the peppers came first: its row is spent, and the ones only known here are not.
  if (others.length > 0) throw overtaken('submit')
  return outcome
}

/** The same call again tells how the link stands. */
export function overtaken(verb: 'save' | 'submit'): LinkError {
  return new LinkError('ERR_LINK_OVERTAKEN', `another call came first: ${verb} again`)
}

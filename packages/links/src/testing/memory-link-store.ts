/**
 * Links in memory.
 *
 * @module
 */

import { emptyMemory, type Memory } from '../lib/memory.js'
import { memoryOperations } from '../lib/memory-operations.js'
import type { LinkStore } from '../link-store.js'

/** Lets a test's own writes share the fate of a transaction. */
export interface MemoryTransaction {
  /** Runs `write`, which must not throw, when and only when the transaction commits. */
  onCommit(write: () => void): void
}

/**
 * Creates a store for tests and examples: transactions that exclude each other and roll back, nothing kept on exit.
 *
 * Inside a transaction use the store it hands over: the outer one waits for the transaction to end.
 *
 * @returns A store for one tenant.
 */
export function memoryLinkStore(): LinkStore<MemoryTransaction> {
  let memory = emptyMemory()
  let last: Promise<unknown> = Promise.resolve()

  async function commit<T>(
    run: (store: LinkStore<MemoryTransaction>, tx: MemoryTransaction) => Promise<T>,
  ): Promise<T> {
    const draft = copyOf(memory)
    const writes: (() => void)[] = []
    const tx: MemoryTransaction = { onCommit: (write) => void writes.push(write) }
    const result = await run(storeOver(draft, tx), tx)
    memory = draft
    for (const write of writes) write()
    return result
  }

  function transaction<T>(run: (store: LinkStore<MemoryTransaction>, tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const result = last.then(() => commit(run))
    last = result.catch(() => undefined)
    return result
  }

  return {
    register: (records) => transaction((store) => store.register(records)),
    issue: (records, at) => transaction((store) => store.issue(records, at)),
    find: (key) => transaction((store) => store.find(key)),
    issued: (invitees) => transaction((store) => store.issued(invitees)),
    spend: (key, spend) => transaction((store) => store.spend(key, spend)),
    spends: (query) => transaction((store) => store.spends(query)),
    revoke: (selector, at) => transaction((store) => store.revoke(selector, at)),
    erase: (respondent) => transaction((store) => store.erase(respondent)),
    holds: (respondent) => transaction((store) => store.holds(respondent)),
    pepperIds: () => transaction((store) => store.pepperIds()),
    purge: (before) => transaction((store) => store.purge(before)),
    suppress: (rows) => transaction((store) => store.suppress(rows)),
    suppressed: (digests) => transaction((store) => store.suppressed(digests)),
    withhold: (digests) => transaction((store) => store.withhold(digests)),
    countSuppressions: (pepperIds) => transaction((store) => store.countSuppressions(pepperIds)),
    unsuppress: (selector) => transaction((store) => store.unsuppress(selector)),
    saveDraft: (key, draft) => transaction((store) => store.saveDraft(key, draft)),
    findDraft: (key) => transaction((store) => store.findDraft(key)),
    dropDraft: (key) => transaction((store) => store.dropDraft(key)),
    transaction,
  }
}

function storeOver(memory: Memory, tx: MemoryTransaction): LinkStore<MemoryTransaction> {
  const store: LinkStore<MemoryTransaction> = { ...memoryOperations(memory), transaction: (run) => run(store, tx) }
  return store
}

/** Rows are replaced, never changed, so copying the maps is enough to roll back. */
function copyOf({ links, suppressions, drafts }: Memory): Memory {
  return { links: new Map(links), suppressions: new Map(suppressions), drafts: new Map(drafts) }
}

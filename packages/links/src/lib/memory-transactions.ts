/**
 * Transactions in memory: they exclude each other, and roll back.
 *
 * @module
 */

import type { MemoryTransaction } from '../testing/memory-link-store.js'

/** Runs on a copy of the rows, which takes their place when the run succeeds. */
export type RunOnDraft<Rows> = <T>(run: (rows: Rows, tx: MemoryTransaction) => Promise<T>) => Promise<T>

/** Makes rows that transactions change one after another; `copy` must be deep enough to roll back. */
export function memoryTransactions<Rows>(empty: Rows, copy: (rows: Rows) => Rows): RunOnDraft<Rows> {
  let rows = empty
  let last: Promise<unknown> = Promise.resolve()

  async function commit<T>(run: (draft: Rows, tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const draft = copy(rows)
    const writes: (() => void)[] = []
    const result = await run(draft, { onCommit: (write) => void writes.push(write) })
    rows = draft
    for (const write of writes) write()
    return result
  }

  return (run) => {
    const result = last.then(() => commit(run))
    last = result.catch(() => undefined)
    return result
  }
}

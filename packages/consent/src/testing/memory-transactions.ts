/**
 * Transactions in memory: they exclude each other, and roll back.
 *
 * @module
 */

/** Lets a test's own writes follow the fate of the transaction. */
export interface MemoryTransaction {
  /** Runs `write` when, and only when, the transaction commits. */
  onCommit(write: () => void): void
}

/** Makes calls wait for those before them, so that a transaction never sees or undoes what another wrote. */
export function takingTurns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** Keeps what `run` did, or has `restore` put back what was there before. */
export async function allOrNothing<T>(run: (tx: MemoryTransaction) => Promise<T>, restore: () => void): Promise<T> {
  const writes: (() => void)[] = []
  try {
    const result = await run({ onCommit: (write) => writes.push(write) })
    for (const write of writes) write()
    return result
  } catch (error) {
    restore()
    throw error
  }
}

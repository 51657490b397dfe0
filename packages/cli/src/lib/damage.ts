/**
 * Reading a log from a file that is damaged somewhere.
 *
 * @module
 */

import { BadEntryError, type LedgerReader, type NodeId } from '@surveyseal/ledger'
import { StoreError } from '@surveyseal/stores'

/** A log's store whose damage is told of the first entry it hides, where the database tells of the file as a whole. */
export function namingDamage(store: LedgerReader): LedgerReader {
  return {
    head: (log) => store.head(log),
    commitments: (log, places) => store.commitments(log, places),
    checkpoints: (log) => store.checkpoints(log),
    async entries(log, { from, to }) {
      const read = (at: number, end: number) => store.entries(log, { from: at, to: end })
      return read(from, to).catch(async (error: unknown) => {
        for (let at = from; isDamage(error) && at < to; at++) {
          if (await isReadable(read(at, at + 1))) continue
          throw new BadEntryError('ERR_LEDGER_ENTRY_MISSING', 'the database is damaged where it lies', {
            first: at,
            last: at,
          })
        }
        throw error
      })
    },
    async nodes(log, ids) {
      return store.nodes(log, ids).catch(async (error: unknown) => {
        for (const id of isDamage(error) ? ids : []) if (!(await isReadable(store.nodes(log, [id])))) throw nodeGone(id)
        throw error
      })
    },
  }
}

function nodeGone({ level, index }: NodeId): BadEntryError {
  const range = { first: index * 2 ** level, last: (index + 1) * 2 ** level - 1 }
  return new BadEntryError('ERR_LEDGER_NODE_MISMATCH', 'the database is damaged where a hash of the tree lies', range)
}

function isReadable(reading: Promise<unknown>): Promise<boolean> {
  return reading.then(
    () => true,
    (error: unknown) => !isDamage(error),
  )
}

function isDamage(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'ERR_STORE_NOT_A_DATABASE'
}

import { setTimeout } from 'node:timers/promises'
import type { Sql } from '../sql.js'
import { isTransaction } from './transaction.js'

const attempts = 50

/**
 * Takes in and empties SQLite's write-ahead log, which still holds what was overwritten in the file.
 *
 * @returns Whether that was done; inside a transaction it is not. On PostgreSQL there is nothing to do.
 */
export async function forget(sql: Sql): Promise<boolean> {
  if (isTransaction(sql)) return false
  if (sql.dialect !== 'sqlite') return true
  for (let attempt = 0; attempt < attempts; attempt++) {
    // Frames that a reader still looks at are neither taken in nor overwritten.
    const [row] = await sql.query('PRAGMA wal_checkpoint(TRUNCATE)')
    if (row?.['busy'] === 0) return true
    await setTimeout(20)
  }
  return false
}

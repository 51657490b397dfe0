import { setTimeout } from 'node:timers/promises'
import { StoreError } from '../errors.js'
import type { Sql, SqlDialect } from '../sql.js'
import type { Tables } from './tables.js'

/** How an engine is freed of the order in which rows were written. */
export interface Rewriting {
  /** Before the answers are read, in the transaction that lets them out. */
  begin(tx: Sql, tables: Tables): Promise<void>
  /** After they were removed, in the same transaction. */
  within(tx: Sql, tables: Tables): Promise<void>
  /** After that transaction; tells whether it could be done. */
  after(sql: Sql): Promise<boolean>
}

/** By engine. */
export const rewriting: Readonly<Record<SqlDialect, Rewriting>> = {
  // A removed row leaves zeros, but the rows beside it stay where they were put, and the log holds each commit as it came.
  // VACUUM writes every table again in the order of its key; then the log is taken in and cut to nothing.
  sqlite: {
    begin: async () => undefined,
    within: async () => undefined,
    after: async (sql) => {
      try {
        await sql.query('VACUUM')
        return await takeInLog(sql)
      } catch (error) {
        if (error instanceof StoreError && error.code === 'ERR_STORE_BUSY') return false
        throw error
      }
    },
  },

  // A removed row stays in its page, a changed one stands where it was changed, and VACUUM FULL and FREEZE both keep xmin,
  // the number of the transaction that wrote it. Only writing the rows again gives all of them one xmin and their key's order.
  postgres: {
    begin: async (tx, tables) => {
      await tx.query(`SET LOCAL lock_timeout = ${lockAtMost}`)
      await tx.query(`LOCK TABLE ${rewritten(tables).join(', ')} IN ACCESS EXCLUSIVE MODE`)
    },
    within: async (tx, tables) => {
      for (const table of rewritten(tables)) await writeAgain(tx, table)
    },
    after: async () => true,
  },
}

/**
 * Every table that tells of a person, a link, a token or an answer and is written to when one of them is used; in the order a
 * submission comes to them, so that it and a release seldom wait for each other crosswise.
 */
function rewritten(tables: Tables): readonly string[] {
  const { links, linkDrafts, linkSpends, issuances, spentTokens, answerBuffer } = tables
  return [links, linkDrafts, linkSpends, issuances, spentTokens, answerBuffer]
}

// Whoever waits for the lock makes everyone after them wait too; longer than it takes PostgreSQL to see a deadlock.
const lockAtMost = 5000

/** TRUNCATE gives the table new files, so that the old ones, dead rows and all, are removed when the transaction is kept. */
async function writeAgain(tx: Sql, table: string): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE ${copy} ON COMMIT DROP AS SELECT * FROM ${table}`)
  await tx.query(`TRUNCATE ${table}`)
  await tx.query(`INSERT INTO ${table} SELECT row.* FROM pg_temp.${copy} AS row ORDER BY row`)
  await tx.query(`DROP TABLE pg_temp.${copy}`)
}

const copy = 'surveyseal_rewrite'
const looksAtMost = 20

/** The log cannot be cut while another connection reads from it. */
async function takeInLog(sql: Sql): Promise<boolean> {
  for (let looks = 0; looks < looksAtMost; looks++) {
    const [row] = await sql.query('PRAGMA wal_checkpoint(TRUNCATE)')
    if (row?.['busy'] !== 1) return true
    await setTimeout(25)
  }
  return false
}

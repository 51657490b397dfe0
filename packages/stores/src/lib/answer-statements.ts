import type { Tables } from './tables.js'

/** The statements of an answer buffer. `$1` is the tenant. */
export interface AnswerStatements {
  /** `$2` pool, `$3` id, `$4` answer. */
  readonly add: string
  /** `$2` pool. */
  readonly count: string
  /** `$2` pool. */
  readonly take: string
  /** `$2` pool. */
  readonly remove: string
  /** `$2` id. Notes that the file has to be rewritten. */
  readonly owe: string
  readonly owed: string
  /** `$2` id. */
  readonly settle: string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function answerStatements({ answerBuffer, answerRewrites }: Tables): AnswerStatements {
  const pool = 'tenant = $1 AND pool = $2'
  return {
    add: `INSERT INTO ${answerBuffer} (tenant, pool, id, answer) VALUES ($1, $2, $3, $4)`,
    count: `SELECT count(*) AS count FROM ${answerBuffer} WHERE ${pool}`,
    take: `SELECT answer FROM ${answerBuffer} WHERE ${pool} ORDER BY id`,
    remove: `DELETE FROM ${answerBuffer} WHERE ${pool}`,
    owe: `INSERT INTO ${answerRewrites} (tenant, id) VALUES ($1, $2)`,
    owed: `SELECT id FROM ${answerRewrites} WHERE tenant = $1`,
    settle: `DELETE FROM ${answerRewrites} WHERE tenant = $1 AND id = $2`,
  }
}

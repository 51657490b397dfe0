import type { Tables } from './tables.js'

/** The statements of a store of requests. `$1` is the tenant. */
export interface RightsStatements {
  /** `$2`… id, person, right, survey, purposes, receipt, last day, state, closing, steps, number of steps. */
  readonly add: string
  /** `$2` id. */
  readonly find: string
  /** `$2` person. */
  readonly ofPerson: string
  /** `$2` limit. */
  readonly open: string
  /** `$2` id, `$3` last day, `$4` state, `$5` closing, `$6` steps, `$7` number of steps. Changes one row if it was one less. */
  readonly advance: string
  /** `$2` id, `$3` person. */
  readonly separate: string
  /** `$2` instant. */
  readonly purge: string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function rightsStatements({ rightsRequests }: Tables): RightsStatements {
  const select = `SELECT id, person, kind AS "right", survey, purposes, received_at AS "receivedAt",
  last_day AS "lastDay", state, closed_at AS "closedAt", steps FROM ${rightsRequests}`
  return {
    add: `INSERT INTO ${rightsRequests}
  (tenant, id, person, kind, survey, purposes, received_at, last_day, state, closed_at, steps, step_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    find: `${select} WHERE tenant = $1 AND id = $2`,
    ofPerson: `${select} WHERE tenant = $1 AND person = $2 ORDER BY received_at, id`,
    open: `${select} WHERE tenant = $1 AND closed_at IS NULL ORDER BY last_day, id LIMIT $2`,
    advance: `UPDATE ${rightsRequests} SET last_day = $3, state = $4, closed_at = $5, steps = $6, step_count = $7
WHERE tenant = $1 AND id = $2 AND step_count = $7 - 1`,
    separate: `UPDATE ${rightsRequests} SET person = $3 WHERE tenant = $1 AND id = $2`,
    purge: `DELETE FROM ${rightsRequests} WHERE tenant = $1 AND closed_at < $2`,
  }
}

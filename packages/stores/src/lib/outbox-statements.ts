import { placeholders, rowsOfPlaceholders, written } from './rows.js'
import type { Tables } from './tables.js'

const columns = ['tenant', 'id', 'type', 'occurred_at', 'body', 'attempt', 'due_at'] as const
const fields = 'id, type, occurred_at AS "occurredAt", body, attempt'

/** The statements of an outbox. `$1` is the tenant. */
export interface OutboxStatements {
  /** For each row: tenant, id, type, instant, body, 0, 0. */
  enqueue(rows: number): string
  /** `$2` until, `$3` at, `$4` limit, `$5`… types. The rows that were taken, in any order. */
  lease(types: number): string
  /** `$2`… ids. */
  remove(ids: number): string
  /** `$2` text. */
  readonly removeAbout: string
  /** `$2` id, `$3` attempt, `$4` instant. Changes one row if it was still that attempt's. */
  readonly postpone: string
  /** `$2` id, `$3` attempt, `$4` instant. Changes one row if it was still that attempt's. */
  readonly bury: string
  /** `$2` limit. */
  readonly buried: string
  /** `$2`… ids. Changes a row for each that was buried. */
  revive(ids: number): string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function outboxStatements({ outbox }: Tables): OutboxStatements {
  const held = 'tenant = $1 AND id = $2 AND attempt = $3 AND buried_at IS NULL'
  return {
    enqueue: written(
      (rows) => `INSERT INTO ${outbox} (${columns.join(', ')})
VALUES ${rowsOfPlaceholders(rows, columns.length)} ON CONFLICT DO NOTHING`,
    ),
    // The conditions stand outside as well: PostgreSQL looks at them again on a row that another lease has just changed.
    lease: written(
      (types) => `UPDATE ${outbox} SET due_at = $2, attempt = attempt + 1
WHERE tenant = $1 AND due_at <= $3 AND buried_at IS NULL AND id IN (
  SELECT o.id FROM ${outbox} AS o
  WHERE o.tenant = $1 AND o.due_at <= $3 AND o.buried_at IS NULL AND o.type IN (${placeholders(types, 5)})
  ORDER BY o.occurred_at, o.id LIMIT $4
) RETURNING ${fields}`,
    ),
    remove: written((ids) => `DELETE FROM ${outbox} WHERE tenant = $1 AND id IN (${placeholders(ids, 2)})`),
    // No LIKE, to which `_` of a pseudonym is any character; no strpos or instr, of which each engine knows one.
    removeAbout: `DELETE FROM ${outbox} WHERE tenant = $1 AND replace(body, $2, '') <> body`,
    postpone: `UPDATE ${outbox} SET due_at = $4 WHERE ${held}`,
    bury: `UPDATE ${outbox} SET buried_at = $4 WHERE ${held}`,
    buried: `SELECT ${fields}, buried_at AS "buriedAt" FROM ${outbox}
WHERE tenant = $1 AND buried_at IS NOT NULL ORDER BY buried_at, id LIMIT $2`,
    revive: written(
      (ids) => `UPDATE ${outbox} SET buried_at = NULL, attempt = 0, due_at = 0
WHERE tenant = $1 AND buried_at IS NOT NULL AND id IN (${placeholders(ids, 2)})`,
    ),
  }
}

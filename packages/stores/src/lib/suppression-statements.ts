import { placeholders, rowsOfPlaceholders, written } from './rows.js'
import type { Tables } from './tables.js'

const columns = ['tenant', 'digest', 'pepper_id', 'entry', 'kind', 'added_at'] as const

/** The statements of the suppression list. `$1` is the tenant. */
export interface SuppressionStatements {
  /** For each row: tenant, digest, pepper id, entry, kind, instant. */
  insert(rows: number): string
  /** `$2`… digests. */
  find(digests: number): string
  /** `$2`… digests. Takes their places, those that are free; returns the digests. */
  hold(digests: number): string
  /** `$2`… digests. Gives the places back. */
  release(digests: number): string
  /** `$2`… pepper ids. */
  count(pepperIds: number): string
  /** `$2`… digests. Returns the entry of each row that it removed. */
  remove(digests: number): string
  /** `$2` kind, `$3` instant. Returns the entry of each row that it removed. */
  readonly removeOld: string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function suppressionStatements({ linkSuppressions }: Tables): SuppressionStatements {
  const removal = (condition: string) => `DELETE FROM ${linkSuppressions} WHERE tenant = $1 AND entry IN (
  SELECT s.entry FROM ${linkSuppressions} AS s WHERE s.tenant = $1 AND ${condition}
) RETURNING entry`
  return {
    insert: written(
      (rows) => `INSERT INTO ${linkSuppressions} (${columns.join(', ')})
VALUES ${rowsOfPlaceholders(rows, columns.length)}
ON CONFLICT DO NOTHING`,
    ),
    find: written(
      (digests) => `SELECT digest, pepper_id AS "pepperId", entry, kind, added_at AS "addedAt"
FROM ${linkSuppressions} WHERE tenant = $1 AND digest IN (${placeholders(digests, 2)})`,
    ),
    hold: written(
      (digests) => `INSERT INTO ${linkSuppressions} (${columns.join(', ')})
VALUES ${Array.from({ length: digests }, (_, at) => `($1, $${at + 2}, '', '', '', 0)`).join(', ')}
ON CONFLICT DO NOTHING RETURNING digest`,
    ),
    release: written(
      (digests) => `DELETE FROM ${linkSuppressions} WHERE tenant = $1 AND digest IN (${placeholders(digests, 2)})`,
    ),
    count: (pepperIds) => `SELECT kind, COUNT(*) AS entries, SUM(1 - known) AS unreachable FROM (
  SELECT entry, kind, MAX(CASE WHEN pepper_id IN (${placeholders(pepperIds, 2)}) THEN 1 ELSE 0 END) AS known
  FROM ${linkSuppressions} WHERE tenant = $1 GROUP BY entry, kind
) AS entries GROUP BY kind`,
    remove: (digests) => removal(`s.digest IN (${placeholders(digests, 2)})`),
    removeOld: removal('s.kind = $2 AND s.added_at < $3'),
  }
}

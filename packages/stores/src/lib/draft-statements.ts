import type { LinkRecord } from '@surveyseal/links'
import { linkColumns } from './link-statements.js'
import { placeholders } from './rows.js'
import type { Tables } from './tables.js'

/** The statements for partial answers. `$1` is the tenant. */
export interface DraftStatements {
  /** `$2`-`$4` key. Locks the link if it has a use left and is not revoked. */
  readonly hold: string
  /** `$2`-`$4` key, `$5` body, `$6` instant. */
  readonly save: string
  /** `$2`-`$4` key. */
  readonly find: string
  /** `$2`-`$4` key. */
  readonly drop: string
  /** `$2` survey, `$3` purpose, `$4`… digests. */
  dropAll(digests: number): string
  /** `$2`… the values of `by`. Drops the drafts of the links that match. */
  dropBy(by: readonly (keyof LinkRecord)[]): string
  /** `$2` instant. */
  readonly purge: string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function draftStatements({ links, linkDrafts }: Tables): DraftStatements {
  const key = 'tenant = $1 AND survey = $2 AND purpose = $3 AND digest = $4'
  return {
    hold: `UPDATE ${links} SET uses_left = uses_left WHERE ${key} AND uses_left > 0 AND revoked_at IS NULL`,
    save: `INSERT INTO ${linkDrafts} (tenant, survey, purpose, digest, body, saved_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (tenant, survey, purpose, digest) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
    find: `SELECT body, saved_at AS "savedAt" FROM ${linkDrafts} WHERE ${key}`,
    drop: `DELETE FROM ${linkDrafts} WHERE ${key}`,
    dropAll: (digests) => `DELETE FROM ${linkDrafts} WHERE tenant = $1 AND survey = $2 AND purpose = $3
  AND digest IN (${placeholders(digests, 4)})`,
    dropBy: (by) => `DELETE FROM ${linkDrafts} WHERE tenant = $1 AND EXISTS (
  SELECT 1 FROM ${links} AS l WHERE l.tenant = $1 AND l.survey = ${linkDrafts}.survey
    AND l.purpose = ${linkDrafts}.purpose AND l.digest = ${linkDrafts}.digest
    AND ${by.map((field, index) => `l.${linkColumns[field]} = $${index + 2}`).join(' AND ')}
)`,
    purge: `DELETE FROM ${linkDrafts} WHERE tenant = $1 AND saved_at < $2`,
  }
}

import type { LinkRecord } from '@surveyseal/links'
import { placeholders, rowsOfPlaceholders, written } from './rows.js'
import type { Tables } from './tables.js'

/** Which column holds which field. */
export const linkColumns: Readonly<Record<keyof LinkRecord, string>> = {
  survey: 'survey',
  purpose: 'purpose',
  digest: 'digest',
  pepperId: 'pepper_id',
  respondent: 'respondent',
  serial: 'serial',
  cohort: 'cohort',
  batch: 'batch',
  usesLeft: 'uses_left',
  validFrom: 'valid_from',
  validUntil: 'valid_until',
  revokedAt: 'revoked_at',
}

/** The fields of a record in the order in which {@link LinkStatements.insert} takes them. */
export const linkFields = Object.keys(linkColumns) as readonly (keyof LinkRecord)[]

const keyFields: readonly (keyof LinkRecord)[] = ['survey', 'purpose', 'digest']

const insertColumns = ['tenant', ...Object.values(linkColumns), 'is_current']

/** The statements of a link store. `$1` is the tenant. */
export interface LinkStatements {
  /** `$2`-`$4` key. All fields but those of the key. */
  readonly find: string
  /** `$2`-`$4` key, `$5` idempotency key, `$6` instant. Notes the attempt if the link can be used and it is the first such. */
  readonly note: string
  /** `$2`-`$4` key, `$5` instant. Takes one use if there still is one. */
  readonly use: string
  /** `$2`-`$4` key, `$5` idempotency key. */
  readonly isNoted: string
  /** `$2`-`$4` key, `$5` idempotency key. */
  readonly forget: string
  /** `$2` instant, `$3`… the values of `by`. */
  revoke(by: readonly (keyof LinkRecord)[]): string
  /** `$2` survey, `$3` purpose, `$4`… digests. Those that exist. */
  existing(digests: number): string
  /** `$2` instant, `$3` survey, `$4` purpose, `$5` serial, `$6`… respondents. Returns the digests of those it revoked. */
  revokePredecessors(respondents: number): string
  /** `$2` survey, `$3` purpose, `$4` serial, `$5`… respondents. How often each of them that ever did spent a link. */
  spentBefore(respondents: number): string
  /** `$2` survey, `$3` purpose, `$4` serial, `$5`… respondents. */
  issued(respondents: number): string
  /** `$2` survey, `$3` purpose, `$4`… idempotency keys. */
  spends(idempotencyKeys: number): string
  /** `$2` respondent. Locks their links. */
  readonly lock: string
  /** `$2` respondent. */
  readonly eraseSpends: string
  /** `$2` respondent. */
  readonly erase: string
  /** `$2` respondent. One row if there is any link. */
  readonly holds: string
  readonly pepperIds: string
  /** `$2` instant. */
  readonly purgeLinks: string
  /** Spends whose link is gone. */
  readonly purgeSpends: string
  /** For each row: tenant, {@link linkFields}, `is_current`. Returns the digests of the rows that were put in. */
  insert(rows: number): string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function linkStatements({ links, linkSpends, linkSuppressions }: Tables): LinkStatements {
  const key = 'tenant = $1 AND survey = $2 AND purpose = $3 AND digest = $4'
  const usableAt = (instant: string) =>
    `uses_left > 0 AND revoked_at IS NULL
  AND (valid_from IS NULL OR valid_from <= ${instant}) AND (valid_until IS NULL OR valid_until > ${instant})`
  const read = (wanted: readonly (keyof LinkRecord)[]) =>
    wanted.map((field) => `l.${linkColumns[field]} AS "${field}"`).join(', ')
  const fields = read(linkFields)
  const ofSpend = 's.tenant = l.tenant AND s.survey = l.survey AND s.purpose = l.purpose AND s.digest = l.digest'
  const ofInvitees = (respondents: number) => `l.tenant = $1 AND l.survey = $2 AND l.purpose = $3 AND l.serial = $4
  AND l.respondent IN (${placeholders(respondents, 5)})`
  return {
    find: `SELECT ${read(linkFields.filter((field) => !keyFields.includes(field)))} FROM ${links} AS l WHERE ${key}`,
    note: `INSERT INTO ${linkSpends} (tenant, survey, purpose, digest, idempotency_key)
SELECT tenant, survey, purpose, digest, $5 FROM ${links} WHERE ${key} AND ${usableAt('$6')}
ON CONFLICT DO NOTHING`,
    use: `UPDATE ${links} SET uses_left = uses_left - 1 WHERE ${key} AND ${usableAt('$5')}`,
    isNoted: `SELECT 1 AS noted FROM ${linkSpends} WHERE ${key} AND idempotency_key = $5`,
    forget: `DELETE FROM ${linkSpends} WHERE ${key} AND idempotency_key = $5`,
    revoke: (by) =>
      `UPDATE ${links} SET revoked_at = $2, is_current = NULL WHERE tenant = $1 AND revoked_at IS NULL
  AND ${by.map((field, index) => `${linkColumns[field]} = $${index + 3}`).join(' AND ')}`,
    existing: written(
      (digests) => `SELECT digest FROM ${links} WHERE tenant = $1 AND survey = $2 AND purpose = $3
  AND digest IN (${placeholders(digests, 4)})`,
    ),
    revokePredecessors: written(
      (respondents) => `UPDATE ${links} SET revoked_at = $2, is_current = NULL
WHERE tenant = $1 AND survey = $3 AND purpose = $4 AND serial = $5 AND revoked_at IS NULL
  AND respondent IN (${placeholders(respondents, 6)}) RETURNING digest`,
    ),
    spentBefore: written(
      (respondents) => `SELECT l.respondent AS respondent, COUNT(*) AS spent
FROM ${links} AS l JOIN ${linkSpends} AS s ON ${ofSpend}
WHERE ${ofInvitees(respondents)} GROUP BY l.respondent`,
    ),
    issued: written((respondents) => `SELECT ${fields} FROM ${links} AS l WHERE ${ofInvitees(respondents)}`),
    spends: written(
      (idempotencyKeys) => `SELECT s.idempotency_key AS "idempotencyKey", ${fields}
FROM ${linkSpends} AS s JOIN ${links} AS l ON ${ofSpend}
WHERE s.tenant = $1 AND s.survey = $2 AND s.purpose = $3 AND s.idempotency_key IN (${placeholders(idempotencyKeys, 4)})`,
    ),
    lock: `UPDATE ${links} SET uses_left = uses_left WHERE tenant = $1 AND respondent = $2`,
    eraseSpends: `DELETE FROM ${linkSpends} WHERE tenant = $1 AND EXISTS (
  SELECT 1 FROM ${links} AS l WHERE l.tenant = $1 AND l.respondent = $2 AND l.survey = ${linkSpends}.survey
    AND l.purpose = ${linkSpends}.purpose AND l.digest = ${linkSpends}.digest
)`,
    erase: `DELETE FROM ${links} WHERE tenant = $1 AND respondent = $2`,
    holds: `SELECT 1 AS held FROM ${links} WHERE tenant = $1 AND respondent = $2 LIMIT 1`,
    pepperIds: `SELECT pepper_id AS "pepperId" FROM ${links} WHERE tenant = $1
UNION SELECT pepper_id AS "pepperId" FROM ${linkSuppressions} WHERE tenant = $1`,
    purgeLinks: `DELETE FROM ${links} WHERE tenant = $1 AND valid_until < $2 AND NOT EXISTS (
  SELECT 1 FROM ${links} AS l WHERE l.tenant = $1 AND l.respondent = ${links}.respondent AND l.survey = ${links}.survey
    AND l.purpose = ${links}.purpose AND l.serial = ${links}.serial
    AND l.revoked_at IS NULL AND (l.valid_until IS NULL OR l.valid_until >= $2)
)`,
    purgeSpends: `DELETE FROM ${linkSpends} WHERE tenant = $1 AND NOT EXISTS (
  SELECT 1 FROM ${links} AS l WHERE l.tenant = $1 AND l.survey = ${linkSpends}.survey
    AND l.purpose = ${linkSpends}.purpose AND l.digest = ${linkSpends}.digest
)`,
    insert: written(
      (rows) => `INSERT INTO ${links} (${insertColumns.join(', ')})
VALUES ${rowsOfPlaceholders(rows, insertColumns.length)}
ON CONFLICT DO NOTHING RETURNING digest`,
    ),
  }
}

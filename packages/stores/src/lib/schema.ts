import type { SqlDialect } from '../sql.js'
import type { Tables } from './tables.js'

/** Where the engines' definitions differ. */
const types = {
  sqlite: { text: 'TEXT', integer: 'INTEGER', bytes: 'BLOB', options: ' STRICT', clustered: ' STRICT, WITHOUT ROWID' },
  postgres: { text: 'text', integer: 'bigint', bytes: 'bytea', options: '', clustered: '' },
} as const satisfies Record<SqlDialect, unknown>

/**
 * Every definition there ever was, oldest first: entries are added at the end and never changed.
 *
 * Each can be run again without harm, because one may be made and the note that it was made be lost. Every key and
 * every unique index begins with the tenant, as databases spread over several machines demand.
 */
export function schema(dialect: SqlDialect, tables: Tables): readonly string[] {
  const { text, integer, bytes, options, clustered } = types[dialect]
  const { migrations, links, linkSpends, linkSuppressions, linkDrafts, consentRequests, consentEvents } = tables
  const { answerBuffer, answerRewrites, waves, issuances, spentTokens, answerLinkages } = tables
  const { ledgerHeads, ledgerEntries, ledgerNodes, ledgerCheckpoints } = tables
  const { outbox, rightsRequests, erasures, consentSummaries } = tables
  return [
    `CREATE TABLE IF NOT EXISTS ${migrations} (
  id ${integer} NOT NULL PRIMARY KEY
)${options}`,

    // is_current is 1 on the issued link that replaces all earlier ones of a respondent and serial, else NULL, which never
    // equals another: the unique index lets two issuers that race leave one link alive, not two.
    `CREATE TABLE IF NOT EXISTS ${links} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  purpose ${text} NOT NULL,
  digest ${text} NOT NULL,
  pepper_id ${text} NOT NULL,
  respondent ${text} NOT NULL,
  serial ${integer} NOT NULL,
  cohort ${text},
  batch ${text},
  uses_left ${integer} NOT NULL,
  valid_from ${integer},
  valid_until ${integer},
  revoked_at ${integer},
  is_current ${integer},
  PRIMARY KEY (tenant, survey, purpose, digest)
)${options}`,
    `CREATE UNIQUE INDEX IF NOT EXISTS ${links}_respondent
  ON ${links} (tenant, respondent, survey, purpose, serial, is_current)`,
    `CREATE INDEX IF NOT EXISTS ${links}_cohort
  ON ${links} (tenant, survey, cohort)`,

    // Neither an instant nor, in the file, the order of arrival: together with an answer's they would tell who wrote it.
    `CREATE TABLE IF NOT EXISTS ${linkSpends} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  purpose ${text} NOT NULL,
  digest ${text} NOT NULL,
  idempotency_key ${text} NOT NULL,
  PRIMARY KEY (tenant, survey, purpose, digest, idempotency_key)
)${clustered}`,

    `CREATE TABLE IF NOT EXISTS ${consentRequests} (
  tenant ${text} NOT NULL,
  nonce ${text} NOT NULL,
  subject ${text} NOT NULL,
  survey ${text} NOT NULL,
  audience ${text} NOT NULL,
  notice ${text} NOT NULL,
  language ${text} NOT NULL,
  purposes ${text} NOT NULL,
  valid_until ${integer},
  actor ${text} NOT NULL,
  seq ${integer} NOT NULL,
  prev ${text},
  issued_at ${integer} NOT NULL,
  expires_at ${integer} NOT NULL,
  PRIMARY KEY (tenant, nonce)
)${options}`,

    `CREATE TABLE IF NOT EXISTS ${consentEvents} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  subject ${text} NOT NULL,
  seq ${integer} NOT NULL,
  prev ${text},
  hash ${text} NOT NULL,
  salt ${text} NOT NULL,
  digest ${text} NOT NULL,
  nonce ${text},
  jws ${text} NOT NULL,
  received_at ${integer} NOT NULL,
  receipt ${text} NOT NULL,
  PRIMARY KEY (tenant, survey, subject, seq)
)${options}`,
    `CREATE UNIQUE INDEX IF NOT EXISTS ${consentEvents}_digest
  ON ${consentEvents} (tenant, survey, subject, digest)`,
    `CREATE UNIQUE INDEX IF NOT EXISTS ${consentEvents}_nonce
  ON ${consentEvents} (tenant, nonce)`,

    // The id is random and forgotten at release: where an answer lies in the table says nothing about when it came.
    `CREATE TABLE IF NOT EXISTS ${answerBuffer} (
  tenant ${text} NOT NULL,
  pool ${text} NOT NULL,
  id ${text} NOT NULL,
  answer ${text} NOT NULL,
  PRIMARY KEY (tenant, pool, id)
)${clustered}`,
    // One row for each release that is in the tables while the file still has to be rewritten.
    `CREATE TABLE IF NOT EXISTS ${answerRewrites} (
  tenant ${text} NOT NULL,
  id ${text} NOT NULL,
  PRIMARY KEY (tenant, id)
)${clustered}`,
    // Keyed digests only: whom an entry is about is known to whoever has the pepper and the reference.
    `CREATE TABLE IF NOT EXISTS ${linkSuppressions} (
  tenant ${text} NOT NULL,
  digest ${text} NOT NULL,
  pepper_id ${text} NOT NULL,
  entry ${text} NOT NULL,
  kind ${text} NOT NULL,
  added_at ${integer} NOT NULL,
  PRIMARY KEY (tenant, digest)
)${clustered}`,

    `CREATE TABLE IF NOT EXISTS ${linkDrafts} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  purpose ${text} NOT NULL,
  digest ${text} NOT NULL,
  body ${bytes} NOT NULL,
  saved_at ${integer} NOT NULL,
  PRIMARY KEY (tenant, survey, purpose, digest)
)${options}`,
    `CREATE TABLE IF NOT EXISTS ${waves} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  wave ${text} NOT NULL,
  pepper_check ${text} NOT NULL,
  cohort_floor ${integer} NOT NULL,
  PRIMARY KEY (tenant, survey, wave)
)${clustered}`,
    // Clustered by digests, and without an instant: who has a token is known, when they got it or in which order is not.
    `CREATE TABLE IF NOT EXISTS ${issuances} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  wave ${text} NOT NULL,
  person ${text} NOT NULL,
  blinded_hash ${text} NOT NULL,
  key_id ${text} NOT NULL,
  PRIMARY KEY (tenant, survey, wave, person)
)${clustered}`,
    `CREATE TABLE IF NOT EXISTS ${spentTokens} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  wave ${text} NOT NULL,
  token_hash ${text} NOT NULL,
  PRIMARY KEY (tenant, survey, wave, token_hash)
)${clustered}`,

    `CREATE TABLE IF NOT EXISTS ${answerLinkages} (
  tenant ${text} NOT NULL,
  survey ${text} NOT NULL,
  linkage ${text} NOT NULL,
  PRIMARY KEY (tenant, survey)
)${clustered}`,

    `CREATE TABLE IF NOT EXISTS ${ledgerHeads} (
  tenant ${text} NOT NULL,
  log ${text} NOT NULL,
  size ${integer} NOT NULL,
  frontier ${bytes} NOT NULL,
  PRIMARY KEY (tenant, log)
)${options}`,
    // salt and bytes are NULL once erased; erasure is NULL until then.
    `CREATE TABLE IF NOT EXISTS ${ledgerEntries} (
  tenant ${text} NOT NULL,
  log ${text} NOT NULL,
  place ${integer} NOT NULL,
  commitment ${bytes} NOT NULL,
  salt ${bytes},
  bytes ${bytes},
  erasure ${text},
  PRIMARY KEY (tenant, log, place)
)${options}`,
    `CREATE UNIQUE INDEX IF NOT EXISTS ${ledgerEntries}_commitment
  ON ${ledgerEntries} (tenant, log, commitment)`,
    `CREATE TABLE IF NOT EXISTS ${ledgerNodes} (
  tenant ${text} NOT NULL,
  log ${text} NOT NULL,
  level ${integer} NOT NULL,
  place ${integer} NOT NULL,
  hash ${bytes} NOT NULL,
  PRIMARY KEY (tenant, log, level, place)
)${clustered}`,
    `CREATE TABLE IF NOT EXISTS ${ledgerCheckpoints} (
  tenant ${text} NOT NULL,
  log ${text} NOT NULL,
  size ${integer} NOT NULL,
  note ${text} NOT NULL,
  PRIMARY KEY (tenant, log, size)
)${options}`,

    // due_at is when the lease ends or the pause is over; attempt counts leases, and so tells one lease from the next.
    `CREATE TABLE IF NOT EXISTS ${outbox} (
  tenant ${text} NOT NULL,
  id ${text} NOT NULL,
  type ${text} NOT NULL,
  occurred_at ${integer} NOT NULL,
  body ${text} NOT NULL,
  attempt ${integer} NOT NULL,
  due_at ${integer} NOT NULL,
  buried_at ${integer},
  PRIMARY KEY (tenant, id)
)${options}`,
    `CREATE INDEX IF NOT EXISTS ${outbox}_due
  ON ${outbox} (tenant, due_at)`,
    // A walk through a log of consent finds its events by their hashes.
    `CREATE INDEX IF NOT EXISTS ${consentEvents}_hash
  ON ${consentEvents} (tenant, hash)`,
    `CREATE TABLE IF NOT EXISTS ${rightsRequests} (
  tenant ${text} NOT NULL,
  id ${text} NOT NULL,
  person ${text} NOT NULL,
  kind ${text} NOT NULL,
  survey ${text},
  purposes ${text},
  received_at ${integer} NOT NULL,
  last_day ${text} NOT NULL,
  state ${text} NOT NULL,
  closed_at ${integer},
  steps ${text} NOT NULL,
  step_count ${integer} NOT NULL,
  PRIMARY KEY (tenant, id)
)${options}`,
    `CREATE INDEX IF NOT EXISTS ${rightsRequests}_person
  ON ${rightsRequests} (tenant, person)`,
    `CREATE INDEX IF NOT EXISTS ${consentRequests}_expiry
  ON ${consentRequests} (tenant, expires_at)`,
    // Only while an erasure is under way. Step -1 holds what is to be done, each other row that a step is.
    `CREATE TABLE IF NOT EXISTS ${erasures} (
  tenant ${text} NOT NULL,
  erasure ${text} NOT NULL,
  step ${integer} NOT NULL,
  text ${text} NOT NULL,
  PRIMARY KEY (tenant, erasure, step)
)${options}`,
    // Clustered by hashes that say nothing: in the order of their arrival those of one person would lie side by side.
    `CREATE TABLE IF NOT EXISTS ${consentSummaries} (
  tenant ${text} NOT NULL,
  hash ${text} NOT NULL,
  keep_until ${integer} NOT NULL,
  summary ${text} NOT NULL,
  PRIMARY KEY (tenant, hash)
)${clustered}`,
    `CREATE INDEX IF NOT EXISTS ${consentRequests}_chain
  ON ${consentRequests} (tenant, survey, subject)`,
  ]
}

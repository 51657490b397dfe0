import type { EventRecord, RequestRecord } from '@surveyseal/consent'
import { placeholders, rowsOfPlaceholders } from './rows.js'
import type { Tables } from './tables.js'

const requestColumns = {
  nonce: 'nonce',
  subject: 'subject',
  survey: 'survey',
  audience: 'audience',
  notice: 'notice',
  language: 'language',
  purposes: 'purposes',
  validUntil: 'valid_until',
  actor: 'actor',
  seq: 'seq',
  prev: 'prev',
  issuedAt: 'issued_at',
  expiresAt: 'expires_at',
} as const satisfies Record<keyof RequestRecord, string>

const eventColumns = {
  survey: 'survey',
  subject: 'subject',
  seq: 'seq',
  prev: 'prev',
  hash: 'hash',
  salt: 'salt',
  digest: 'digest',
  nonce: 'nonce',
  jws: 'jws',
  receivedAt: 'received_at',
  receipt: 'receipt',
} as const satisfies Record<keyof EventRecord, string>

/** The fields of a request in the order in which {@link ConsentStatements.saveRequest} takes them. */
export const requestFields = Object.keys(requestColumns) as readonly (keyof RequestRecord)[]

/** The fields of an event in the order in which {@link ConsentStatements.append} takes them. */
export const eventFields = Object.keys(eventColumns) as readonly (keyof EventRecord)[]

/** The statements of a consent store. `$1` is the tenant; a chain is `$2` survey, `$3` subject. */
export interface ConsentStatements {
  /** `$2`… {@link requestFields}. */
  readonly saveRequest: string
  /** `$2` nonce. */
  readonly findRequest: string
  /** `$2` the last instant to forget. */
  readonly purgeRequests: string
  /**
   * Chain, `$4` digest, `$5` nonce. How often the chain holds the digest, whether the nonce may be spent, and the head. One
   * statement, because on PostgreSQL each sees a moment of its own, and between two of them a racer may commit.
   */
  readonly standing: string
  /** Chain. */
  readonly head: string
  /** Chain. */
  readonly events: string
  /** `$2`… {@link eventFields}. Adds one row if nothing stands in the way. */
  readonly append: string
  /** `$2` nonce. PostgreSQL: the request stays until the transaction ends. */
  readonly holdRequest: string
  /** Chain, `$4` position. PostgreSQL: the event there stays until the transaction ends. */
  readonly holdEvent: string
  /** Chain. PostgreSQL: waits for whoever holds a request of it, and takes them. */
  readonly lockRequests: string
  /** Chain. The same of its events. */
  readonly lockEvents: string
  readonly surveys: string
  /** Chain. One row if it has an event or a request. */
  readonly holds: string
  /** Chain, `$4` position. Deletes the events up to there, if none comes after. */
  readonly eraseEvents: string
  /** Chain. */
  readonly eraseRequests: string
  /** For each row: tenant, hash, month, summary. */
  summarize(rows: number): string
  /** `$2` hash. */
  readonly summary: string
  /** `$2` month. */
  readonly purgeSummaries: string
  /** Salts and events of `count` hashes, `$2`…. */
  openings(count: number): string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function consentStatements({ consentRequests, consentEvents, consentSummaries }: Tables): ConsentStatements {
  const chain = 'tenant = $1 AND survey = $2 AND subject = $3'
  return {
    saveRequest: `${insert(consentRequests, requestColumns)} ON CONFLICT DO NOTHING`,
    findRequest: `SELECT ${fields(requestColumns)} FROM ${consentRequests} WHERE tenant = $1 AND nonce = $2`,
    purgeRequests: `DELETE FROM ${consentRequests} WHERE tenant = $1 AND expires_at <= $2`,
    standing: `SELECT
  (SELECT count(*) FROM ${consentEvents} WHERE ${chain} AND digest = $4) AS repeated,
  (SELECT count(*) FROM ${consentRequests} WHERE tenant = $1 AND nonce = $5)
    - (SELECT count(*) FROM ${consentEvents} WHERE tenant = $1 AND nonce = $5) AS unspent,
  (SELECT coalesce(max(seq), 0) FROM ${consentEvents} WHERE ${chain}) AS seq,
  (SELECT hash FROM ${consentEvents} WHERE ${chain} ORDER BY seq DESC LIMIT 1) AS hash`,
    head: `SELECT seq, hash FROM ${consentEvents} WHERE ${chain} ORDER BY seq DESC LIMIT 1`,
    events: `SELECT ${fields(eventColumns)} FROM ${consentEvents} WHERE ${chain} ORDER BY seq`,
    append: `${insert(consentEvents, eventColumns)} ON CONFLICT DO NOTHING`,
    holdRequest: `SELECT 1 AS held FROM ${consentRequests} WHERE tenant = $1 AND nonce = $2 FOR KEY SHARE`,
    holdEvent: `SELECT 1 AS held FROM ${consentEvents} WHERE ${chain} AND seq = $4 FOR KEY SHARE`,
    lockRequests: `SELECT 1 AS held FROM ${consentRequests} WHERE ${chain} ORDER BY nonce FOR UPDATE`,
    lockEvents: `SELECT 1 AS held FROM ${consentEvents} WHERE ${chain} ORDER BY seq FOR UPDATE`,
    surveys: `SELECT survey FROM ${consentEvents} WHERE tenant = $1
UNION SELECT survey FROM ${consentRequests} WHERE tenant = $1`,
    holds: `SELECT 1 AS held FROM ${consentEvents} WHERE ${chain}
UNION SELECT 1 AS held FROM ${consentRequests} WHERE ${chain}`,
    eraseEvents: `DELETE FROM ${consentEvents} WHERE ${chain} AND seq <= $4 AND NOT EXISTS (
  SELECT 1 FROM ${consentEvents} AS e WHERE e.tenant = $1 AND e.survey = $2 AND e.subject = $3 AND e.seq > $4
)`,
    eraseRequests: `DELETE FROM ${consentRequests} WHERE ${chain}`,
    summarize: (rows) => `INSERT INTO ${consentSummaries} (tenant, hash, keep_until, summary)
VALUES ${rowsOfPlaceholders(rows, 4)} ON CONFLICT DO NOTHING`,
    summary: `SELECT summary FROM ${consentSummaries} WHERE tenant = $1 AND hash = $2`,
    purgeSummaries: `DELETE FROM ${consentSummaries} WHERE tenant = $1 AND keep_until < $2`,
    openings: (count) =>
      `SELECT hash, salt, jws FROM ${consentEvents} WHERE tenant = $1 AND hash IN (${placeholders(count, 2)})`,
  }
}

function insert(table: string, columns: Record<string, string>): string {
  const names = ['tenant', ...Object.values(columns)]
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`
}

function fields(columns: Record<string, string>): string {
  return Object.entries(columns)
    .map(([field, column]) => `${column} AS "${field}"`)
    .join(', ')
}

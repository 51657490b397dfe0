/**
 * The host's own tables, beside those of SurveySeal in the same database.
 *
 * @module
 */
import type { Sql } from '@surveyseal/stores'

/** `email` and `telephone` are for looking up, in one spelling; what people see is in the JSON beside them. */
const tables = [
  `CREATE TABLE IF NOT EXISTS app_customers (
     person TEXT PRIMARY KEY,
     language TEXT NOT NULL,
     email TEXT NOT NULL,
     telephone TEXT NOT NULL,
     details TEXT NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS app_records (
     id TEXT PRIMARY KEY,
     survey TEXT NOT NULL,
     person TEXT,
     email TEXT,
     telephone TEXT,
     completed_at BIGINT,
     fields TEXT NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS app_records_email ON app_records (email)',
  'CREATE INDEX IF NOT EXISTS app_records_telephone ON app_records (telephone)',
  `CREATE TABLE IF NOT EXISTS app_invitations (
     id TEXT PRIMARY KEY,
     person TEXT NOT NULL,
     kind TEXT NOT NULL,
     serial BIGINT NOT NULL,
     issued_at BIGINT NOT NULL,
     expires_at BIGINT NOT NULL,
     answered_at BIGINT,
     revoked_at BIGINT
   )`,
  `CREATE TABLE IF NOT EXISTS app_effects (
     event TEXT NOT NULL,
     kind TEXT NOT NULL,
     what TEXT NOT NULL,
     at BIGINT NOT NULL,
     PRIMARY KEY (event, kind, what)
   )`,
  // Only while an erasure is under way.
  `CREATE TABLE IF NOT EXISTS app_erasure_requests (
     erasure TEXT NOT NULL,
     request TEXT NOT NULL,
     PRIMARY KEY (erasure, request)
   )`,
]

/** Makes the tables that are not there yet. */
export async function createTables(sql: Sql): Promise<void> {
  for (const table of tables) await sql.query(table)
}

import { defaultPolicy } from '@surveyseal/core/anonymize'
import { type ErasureTarget, recordTarget } from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import { recordTable } from '../../src/record-table.js'
import type { Sql } from '../../src/sql.js'

export const subject = matchSubject({ email: 'ada.lovelace@example.org', phone: '+33612345678' })

/** The host's table of answers, with a name that has to be quoted. */
export function answers(sql: Sql): ErasureTarget {
  const store = recordTable(sql, {
    table: 'host "answers"',
    id: 'id',
    only: { column: 'tenant', value: 'acme' },
    fields: { nps_comment: 'npsComment', custom_fields: 'customFields', nps_score: 'npsScore' },
    json: ['custom_fields'],
  })
  return recordTarget({ name: 'answers', store, policy: defaultPolicy('en'), reference: 'respondent' })
}

export async function createAnswers(sql: Sql): Promise<void> {
  const [bytes, json, flag] = sql.dialect === 'sqlite' ? ['BLOB', 'TEXT', 'INTEGER'] : ['bytea', 'jsonb', 'boolean']
  await sql.query(`CREATE TABLE "host ""answers""" (
    tenant TEXT NOT NULL, id INTEGER NOT NULL PRIMARY KEY, email TEXT NOT NULL, phone TEXT, respondent TEXT,
    nps_score INTEGER, nps_comment TEXT, custom_fields ${json} NOT NULL, upload ${bytes}, active ${flag},
    "evil""; --" TEXT, search TEXT GENERATED ALWAYS AS (email || ' ' || coalesce(nps_comment, '')) STORED
  )`)
}

/** One row of the table; what is not given is empty. */
export interface Answer {
  readonly id: number
  readonly tenant?: string
  readonly email?: string
  readonly phone?: string | null
  readonly respondent?: string | null
  readonly score?: number
  readonly comment?: string | null
  readonly custom?: unknown
  readonly upload?: Uint8Array | null
  readonly evil?: string | null
}

export async function insertAnswer(sql: Sql, answer: Answer): Promise<void> {
  const { id, tenant = 'acme', email = '', phone = null, respondent = null, score = 5, comment = null } = answer
  const { custom = {}, upload = null, evil = null } = answer
  await sql.query(
    `INSERT INTO "host ""answers""" (tenant, id, email, phone, respondent, nps_score, nps_comment, custom_fields, upload, "evil""; --")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [tenant, id, email, phone, respondent, score, comment, JSON.stringify(custom), upload, evil],
  )
}

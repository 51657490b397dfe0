/**
 * Records of answers. One that may be matched carries the customer's details; any other carries none from the start.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Sql, SqlRow } from '@surveyseal/stores'
import type { Language } from '../i18n.js'
import type { Answer } from '../questions.js'
import { type Customer, type Identifier, lookupOf, normalizeEmail, normalizeTelephone } from './customers.js'

/** One answer, with what the company keeps beside it. */
export interface AnswerRecord {
  readonly id: string
  /** The survey it answers: permission given in one says nothing about another. */
  readonly survey: string
  /** Whose it is; null when it was never matched, or was anonymized. */
  readonly person: string | null
  readonly completedAt: number
  /** What the anonymization policy works on. */
  readonly fields: RecordFields
}

/** Field names as the default policy of `@surveyseal/core/anonymize` knows them. */
export interface RecordFields {
  readonly language?: Language
  readonly sentDate?: string
  readonly completedDate: string
  readonly npsScore: number
  readonly csat?: number
  readonly drivers?: readonly string[]
  readonly npsComment?: string
  readonly reviewComment?: string
  readonly followUpRequested?: boolean
  readonly followUpDetails?: string
  readonly email?: string
  readonly phone?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly customerNumber?: string
  readonly jobLevel?: string
  readonly jobPosition?: string
  readonly customFields?: Readonly<Record<string, string>>
  readonly segments?: Readonly<Record<string, string>>
}

const columns = 'id, survey, person, completed_at, fields'

/** Adds a record in the caller's transaction; `customer` is null for an answer that may not be matched. */
export async function addRecord(
  tx: Sql,
  record: Pick<AnswerRecord, 'survey' | 'completedAt' | 'fields'> & { readonly customer: Customer | null },
): Promise<void> {
  const { survey, customer, completedAt, fields } = record
  await tx.query(
    'INSERT INTO app_records (id, survey, person, email, telephone, completed_at, fields) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [
      randomUUID(),
      survey,
      customer?.person ?? null,
      customer === null ? null : normalizeEmail(customer.email),
      customer === null ? null : normalizeTelephone(customer.telephone),
      completedAt,
      JSON.stringify(customer === null ? fields : withDetails(fields, customer)),
    ],
  )
}

/** Every record, the newest first. */
export async function listRecords(sql: Sql): Promise<AnswerRecord[]> {
  const rows = await sql.query(`SELECT ${columns} FROM app_records ORDER BY completed_at DESC, id`)
  return rows.map(toRecord)
}

/** Every record that is kept as a person's, the oldest first. */
export async function recordsOf(sql: Sql, person: string): Promise<AnswerRecord[]> {
  const rows = await sql.query(`SELECT ${columns} FROM app_records WHERE person = $1 ORDER BY completed_at, id`, [
    person,
  ])
  return rows.map(toRecord)
}

/** Takes the calls a person asked for off the list, with what they said about them. */
export async function cancelCalls(
  tx: Sql,
  of: Pick<AnswerRecord, 'survey'> & { readonly person: string },
): Promise<void> {
  const records = (await recordsOf(tx, of.person)).filter(({ survey }) => survey === of.survey)
  for (const { id, fields } of records) {
    const { followUpRequested, followUpDetails: _, ...rest } = fields
    if (!followUpRequested) continue
    await tx.execute('UPDATE app_records SET fields = $1 WHERE id = $2', [JSON.stringify(rest), id])
  }
}

/** Every record of whoever has this address or number, those that hold another one included; the oldest first. */
export async function findRecords(sql: Sql, identifier: Identifier): Promise<AnswerRecord[]> {
  const { column, value } = lookupOf(identifier)
  const rows = await sql.query(
    `SELECT ${columns} FROM app_records
     WHERE ${column} = $1
       OR person IN (SELECT person FROM app_records WHERE ${column} = $1)
       OR person IN (SELECT person FROM app_customers WHERE ${column} = $1)
     ORDER BY completed_at, id`,
    [value],
  )
  return rows.map(toRecord)
}

/** One record, or null. */
export async function findRecord(sql: Sql, id: string): Promise<AnswerRecord | null> {
  const [row] = await sql.query(`SELECT ${columns} FROM app_records WHERE id = $1`, [id])
  return row === undefined ? null : toRecord(row)
}

/** Changes what a record says, not whose it is. */
export async function writeFields(tx: Sql, id: string, fields: Record<string, unknown>): Promise<void> {
  await tx.query('UPDATE app_records SET fields = $1 WHERE id = $2', [JSON.stringify(fields), id])
}

/** Puts an anonymized record in the place of one: under a new id, so that nothing kept elsewhere leads to it. */
export async function replaceRecord(tx: Sql, id: string, fields: Record<string, unknown>): Promise<void> {
  await tx.query(
    `INSERT INTO app_records (id, survey, person, email, telephone, completed_at, fields)
     SELECT $1, survey, NULL, NULL, NULL, completed_at, $2 FROM app_records WHERE id = $3`,
    [randomUUID(), JSON.stringify(fields), id],
  )
  await tx.query('DELETE FROM app_records WHERE id = $1', [id])
}

/** The fields of a fresh answer that say nothing about who gave it. */
export function fieldsOf(answer: Answer, context: { readonly language: Language; readonly at: Date }): RecordFields {
  const { nps, csat, drivers, npsComment, followUpRequested, followUpDetails } = answer
  return {
    language: context.language,
    completedDate: context.at.toISOString().slice(0, 10),
    npsScore: nps,
    ...(csat === null ? {} : { csat }),
    drivers,
    npsComment,
    followUpRequested,
    ...(followUpRequested ? { followUpDetails } : {}),
  }
}

function withDetails(fields: RecordFields, { email, telephone, profile }: Customer): RecordFields {
  const { company, region, vehiclePlate, ...details } = profile
  return {
    ...fields,
    email,
    phone: telephone,
    ...details,
    customFields: { ...fields.customFields, vehiclePlate },
    segments: { ...fields.segments, region, ...(company === '' ? {} : { company }) },
  }
}

function toRecord(row: SqlRow): AnswerRecord {
  return {
    id: String(row['id']),
    survey: String(row['survey']),
    person: row['person'] === null ? null : String(row['person']),
    completedAt: Number(row['completed_at']),
    fields: JSON.parse(String(row['fields'])) as RecordFields,
  }
}

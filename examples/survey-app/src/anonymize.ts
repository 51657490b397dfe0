/**
 * Anonymizing one person in this host: the library's policy, the host's own tables, and the links that must stop.
 *
 * @module
 */

import { REQUEST_TRANSITIONS, type RightsRequest } from '@surveyseal/consent/rights'
import { type Change, type CompiledPolicy, compilePolicy, defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
import { type DisclosureRisk, measureDisclosureRisk, type Row } from '@surveyseal/core/disclosure'
import { type Identifier, normalizeEmail, normalizeTelephone, removeCustomer } from './data/customers.js'
import { removeInvitations } from './data/invitations.js'
import { findPersons, findRecords, listRecords, type RecordFields, replaceRecord } from './data/records.js'
import type { Host } from './host.js'
import type { Language } from './i18n.js'
import { revokeLinksOf } from './invite.js'
import type { Preview } from './pages/operator/anonymize.js'

/** What someone may know of a customer from outside. */
const quasiIdentifiers = ['jobPosition', 'company', 'region']

/** The default policy, except that the route stays: timetables are planned with it. Every other segment goes. */
function policy(language: Language): CompiledPolicy {
  const base = defaultPolicy(language)
  const segments = { ...base.segments, region: { technique: 'remove' }, route: { technique: 'retain' } }
  return compilePolicy(parsePolicy({ ...base, segments }), { columns: ['language'] })
}

/** Two spellings of one address or number become one text. */
export function normalizeIdentifier(text: string): string {
  return text.includes('@') ? normalizeEmail(text) : normalizeTelephone(text)
}

/** What anonymizing would do; null when nobody is found. Changes nothing. */
export async function previewAnonymization(
  host: Host,
  identifier: string,
  language: Language,
): Promise<Preview | null> {
  if (normalizeIdentifier(identifier) === '') return null
  const found = await findRecords(host.sql, toIdentifier(identifier))
  // Someone who has never answered is still in the list of customers.
  if (found.length === 0 && (await findPersons(host.sql, toIdentifier(identifier))).length === 0) return null
  const { apply } = policy(language)
  const anonymized = new Map(found.map(({ id, fields }) => [id, apply(fields)]))
  const changesOf = (id: string): readonly Change[] => anonymized.get(id)?.changes ?? []
  const all = await listRecords(host.sql)
  return {
    identifier,
    records: found.map(({ id, completedAt, fields }) => ({
      id,
      completedAt,
      changes: changesOf(id).map((change) => ({ ...change, before: maskedAt(fields, change.field) })),
    })),
    before: risk(all.map(({ id, person, fields }) => rowOf(person ?? id, fields))),
    // Nothing groups the person's records afterwards, so each counts as a person of its own.
    after: risk(
      all.map(({ id, person, fields }) => {
        const result = anonymized.get(id)
        return result === undefined ? rowOf(person ?? id, fields) : rowOf(id, result.record ?? {})
      }),
    ),
    warnings: [...new Set(found.flatMap(({ id }) => changesOf(id).flatMap(({ warning }) => warning ?? [])))],
  }
}

/** Anonymizes every record of a person, for good, and stops their links. */
export async function anonymize(
  host: Host,
  identifier: string,
  language: Language,
): Promise<{ records: number; links: number }> {
  const { apply } = policy(language)
  const persons = await findPersons(host.sql, toIdentifier(identifier))
  // Links first: no answer arrives afterwards, and if this stops half way the whole can be done again.
  let links = 0
  for (const person of persons) links += await revokeLinksOf(host, person)
  const asked = (await Promise.all(persons.map((person) => host.requests.ofPerson(host.nameOf(person))))).flat()
  const records = await host.sql.transaction(async (tx) => {
    const found = await findRecords(tx, toIdentifier(identifier))
    for (const { id, fields } of found) await replaceRecord(tx, id, apply(fields).record ?? {})
    for (const person of persons) {
      await removeCustomer(tx, person)
      await removeInvitations(tx, person)
    }
    // Whoever had asked for it has their answer from the same moment on.
    for (const { id } of asked.filter(isToErase)) await host.rights(tx).advance(id, { to: 'fulfilled' })
    return found.length
  })
  // The overwritten pages are still in SQLite's write-ahead log until it is folded into the file.
  if (host.sql.dialect === 'sqlite') await host.sql.query('PRAGMA wal_checkpoint(TRUNCATE)')
  return { records, links }
}

function isToErase({ right, state }: RightsRequest): boolean {
  return right === 'erasure' && REQUEST_TRANSITIONS[state].includes('fulfilled')
}

function toIdentifier(text: string): Identifier {
  return text.includes('@') ? { email: text } : { telephone: text }
}

function risk(rows: readonly Row[]): DisclosureRisk | null {
  if (rows.length === 0) return null
  return measureDisclosureRisk(rows, { quasiIdentifiers, person: 'person' })
}

function rowOf(person: string, { jobPosition, segments }: Partial<RecordFields>): Row {
  return { person, jobPosition, company: segments?.['company'], region: segments?.['region'] }
}

/** Enough of a field to recognise it, not enough to copy it. A path that ends in `*` means all that is there. */
function maskedAt(fields: RecordFields, path: string): string {
  const [name = '', member] = path.split('.')
  const value: unknown = fields[name as keyof RecordFields]
  if (member === undefined || typeof value !== 'object' || value === null) return masked(value)
  const members = value as Record<string, unknown>
  return member === '*' ? Object.values(members).map(masked).join(', ') : masked(members[member])
}

function masked(value: unknown): string {
  const text = String(value ?? '')
  return text.length <= 4 ? '••••' : `${text.slice(0, 2)}••••${text.slice(-1)}`
}

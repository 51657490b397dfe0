/**
 * The people the company may invite: the only place where a survey's reference to a person meets a name.
 *
 * @module
 */
import type { Sql, SqlRow } from '@surveyseal/stores'
import { type Language, parseLanguage } from '../i18n.js'

/** A customer. */
export interface Customer {
  /** The opaque reference that links, consents and answers use. */
  readonly person: string
  readonly language: Language
  readonly email: string
  readonly telephone: string
  /** Who they are: copied into a record of an answer that may be matched to them. */
  readonly profile: Profile
}

/** What the company knows of a customer besides how to reach them. */
export interface Profile {
  readonly firstName: string
  readonly lastName: string
  readonly customerNumber: string
  readonly jobLevel: string
  readonly jobPosition: string
  readonly company: string
  readonly region: string
  readonly vehiclePlate: string
}

/** How a person is looked up. */
export type Identifier = { readonly email: string } | { readonly telephone: string }

/** Adds a customer. */
export async function addCustomer(sql: Sql, customer: Customer): Promise<void> {
  const { person, language, ...details } = customer
  await sql.query(
    'INSERT INTO app_customers (person, language, email, telephone, details) VALUES ($1, $2, $3, $4, $5)',
    [person, language, normalizeEmail(details.email), normalizeTelephone(details.telephone), JSON.stringify(details)],
  )
}

/** Everyone, in the order of their customer numbers. */
export async function listCustomers(sql: Sql): Promise<Customer[]> {
  const rows = await sql.query('SELECT person, language, details FROM app_customers')
  return rows.map(toCustomer).sort((a, b) => (a.profile.customerNumber < b.profile.customerNumber ? -1 : 1))
}

/** One customer, or null. */
export async function findCustomer(sql: Sql, person: string): Promise<Customer | null> {
  const [row] = await sql.query('SELECT person, language, details FROM app_customers WHERE person = $1', [person])
  return row === undefined ? null : toCustomer(row)
}

/** Removes a customer: no link, consent or answer can be matched to a name afterwards. */
export async function removeCustomer(sql: Sql, person: string): Promise<void> {
  await sql.query('DELETE FROM app_customers WHERE person = $1', [person])
}

/** A customer as the record that an erasure looks through. */
export function customerRecord({ person, language, email, telephone, profile }: Customer): Record<string, unknown> {
  return { person, language, email, phone: telephone, ...profile }
}

/** A customer's name as staff see it. */
export function fullName({ profile }: Customer): string {
  return `${profile.firstName} ${profile.lastName}`
}

/** Two spellings of one address find the same records. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** Two spellings of one number find the same records: digits, with the plus of an international one. */
export function normalizeTelephone(telephone: string): string {
  const digits = telephone.replace(/\D/g, '')
  return /^\s*(\+|00)/.test(telephone) ? `+${digits.replace(/^00/, '')}` : digits
}

/** The column an identifier is looked up in, and the spelling it has there. */
export function lookupOf(identifier: Identifier): { readonly column: 'email' | 'telephone'; readonly value: string } {
  return 'email' in identifier
    ? { column: 'email', value: normalizeEmail(identifier.email) }
    : { column: 'telephone', value: normalizeTelephone(identifier.telephone) }
}

function toCustomer(row: SqlRow): Customer {
  return {
    ...(JSON.parse(String(row['details'])) as Omit<Customer, 'person' | 'language'>),
    person: String(row['person']),
    language: parseLanguage(String(row['language'])) ?? 'en',
  }
}

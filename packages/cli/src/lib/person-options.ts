/**
 * How a person is named on the command line.
 *
 * @module
 */

import type { OptionValues } from './options.js'

/** The options that select a person. */
export const personOptions = {
  email: { type: 'string', hint: 'ADDRESS', does: 'only the records of this person; others lose the address alone' },
  phone: { type: 'string', hint: 'NUMBER', does: 'the same by telephone number, in international form' },
  region: { type: 'string', hint: 'FR', does: 'the country of a number without +' },
  'ignore-tags': { type: 'boolean', does: 'takes ada+news@… for ada@…' },
  identity: { type: 'string', hint: 'a,b', does: 'the fields that say whose record it is; without it, by their names' },
  reference: { type: 'string', hint: 'FIELD', does: 'the field that all records of one person have in common' },
  preview: { type: 'boolean', does: 'shows what would be done, changes nothing' },
  html: { type: 'string', hint: 'FILE', does: 'with --preview: writes it as a page, for who confirms it' },
  language: { type: 'string', hint: 'en|fr', does: 'of that page (default en)' },
} as const

/** What the user asked for. */
export interface PersonValues extends OptionValues<typeof personOptions> {
  readonly policy: string | undefined
  readonly 'retain-identifiers': string | undefined
  readonly out: string | undefined
  readonly report: string | undefined
  readonly delimiter: string | undefined
  readonly format: string | undefined
  readonly json: boolean
}

/** Whether a person was named. */
export function isAboutPerson({ email, phone }: Pick<PersonValues, 'email' | 'phone'>): boolean {
  return email !== undefined || phone !== undefined
}

/**
 * Whether a consent record that somebody sends can be relied on to say what it says.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { readForeign } from '../lib/read-foreign.js'
import type { RecordFinding } from './finding.js'

/** What {@link validateConsentRecord} found. */
export interface RecordValidation {
  /** True when no finding is an error. */
  readonly valid: boolean
  /** What it was taken for: a record or receipt of ISO/IEC TS 27560, or a Kantara receipt. */
  readonly format: '27560' | 'kantara'
  /** After a hundred errors comes `too-many` for the whole document and nothing more; of warnings there are at most 1,000. */
  readonly findings: readonly RecordFinding[]
}

/**
 * Checks a consent record or receipt: ISO/IEC TS 27560 in terms of DPV as JSON-LD, or Kantara Consent Receipt 1.1.
 *
 * JSON-LD may spell one record in many ways; all of them are rewritten into the strict form that
 * {@link consentRecordSchema} describes, and findings point into that. Beyond the schema it is checked that every party,
 * notice and source that is named is described, that ids are used once, that every event has exactly one status of the
 * vocabulary and a consent type, and that instants and durations exist. Nothing is fetched: a context given by URL is
 * taken for that of the profile. Turtle and other spellings of RDF are not read.
 *
 * It does not check that what the record says is true, that anybody signed it, or that the consent is valid in law.
 *
 * @example
 * Refusing what cannot be read, with reasons.
 *
 * ```ts
 * import { validateConsentRecord } from '@surveyseal/consent/export'
 *
 * const { valid, findings } = validateConsentRecord('{"@type":"dpv:ConsentRecord"}')
 * if (!valid) for (const { code, path } of findings) process.stdout.write(`${path}: ${code}\n`)
 * ```
 *
 * @param json - The text; at most 1,048,576 characters are looked at.
 * @returns The findings; coded, without values of the document.
 */
export function validateConsentRecord(json: string): RecordValidation {
  if (typeof json !== 'string') throw invalidArgumentType('json', 'string', json)
  const { format, findings } = readForeign(json)
  return { valid: findings.every(({ severity }) => severity === 'warning'), format, findings }
}

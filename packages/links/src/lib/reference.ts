/**
 * A respondent reference as one column of text.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'
import { decodeBase64url, encodeBase64url } from './base64url.js'

/** Marks bytes. References of text have no control characters, so the two never meet. */
const BYTES = '\u0001'

/** Writes a reference for a store. */
export function toReference(respondent: Respondent): string {
  return typeof respondent === 'string' ? respondent : BYTES + encodeBase64url(respondent)
}

/** Reads what {@link toReference} wrote. */
export function fromReference(reference: string): Respondent {
  const bytes = reference.startsWith(BYTES) ? decodeBase64url(reference.slice(BYTES.length)) : null
  return bytes ?? reference
}

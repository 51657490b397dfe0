import type { SubjectMatch } from '../recognize.js'
import { ErasureError } from './errors.js'
import { subjectFingerprint } from './fingerprint.js'

/** @internal Refuses identifiers that are not those of the plan, in whatever spelling. */
export async function assertSubject(
  subject: SubjectMatch,
  planned: { readonly subject: string; readonly salt: string },
): Promise<void> {
  if ((await subjectFingerprint(subject, planned.salt)) === planned.subject) return
  throw new ErasureError('ERR_ERASURE_IDENTIFIER_MISMATCH', 'what was typed again is not whom the plan is about')
}

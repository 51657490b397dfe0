import { assertSubject } from './assert-subject.js'
import type { ErasureCertificate } from './erasure-certificate.js'
import { ErasureError } from './errors.js'
import type { ErasureTools } from './execute-erasure.js'
import { parseEntry } from './journal-entry.js'
import { runEntry } from './run-entry.js'

/**
 * Finishes an erasure that was begun, after a crash or a failure. What was done is not done again, and may be: two processes
 * that resume the same erasure do no harm.
 *
 * The journal does not hold the identifiers, so they have to be typed once more.
 *
 * @param id - The plan's, or one of `journal.pending()`.
 * @param tools - See {@link ErasureTools}.
 * @returns The certificate.
 * @throws {@link ErasureError} `ERR_ERASURE_UNKNOWN`, `ERR_ERASURE_JOURNAL_INVALID`, `ERR_ERASURE_IDENTIFIER_MISMATCH`,
 * `ERR_ERASURE_TARGET_MISSING`, and those of {@link executeErasure} that come after everything else was done.
 *
 * @example
 * What a host does when it starts and somebody has typed the identifiers.
 *
 * ```ts
 * import { type ErasureTools, resumeErasure } from '@surveyseal/core/erase'
 *
 * export async function resumeAll(tools: ErasureTools): Promise<void> {
 *   for (const id of await tools.journal.pending()) await resumeErasure(id, tools)
 * }
 * ```
 */
export async function resumeErasure(id: string, tools: ErasureTools): Promise<ErasureCertificate> {
  const kept = await tools.journal.read(id)
  if (kept === null) throw new ErasureError('ERR_ERASURE_UNKNOWN', 'the journal holds no such erasure')
  const entry = parseEntry(kept.text)
  await assertSubject(tools.subject, entry)
  return runEntry(id, { entry, done: new Set(kept.done) }, tools)
}

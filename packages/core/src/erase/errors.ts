import { SurveySealError } from '../errors.js'

/**
 * Codes of {@link ErasureError}.
 *
 * - `ERR_ERASURE_DATA_CHANGED`: the data is not what the plan saw; plan again.
 * - `ERR_ERASURE_PLAN_EXPIRED`: the plan is too old to be executed; plan again.
 * - `ERR_ERASURE_IDENTIFIER_MISMATCH`: what was typed again is not whom the plan is about.
 * - `ERR_ERASURE_UNCONFIRMED`: a record of the plan was neither confirmed nor kept, or both, or is not in the plan.
 * - `ERR_ERASURE_INCOMPLETE`: everything was done and something is still found; plan again, with the journal.
 * - `ERR_ERASURE_UNKNOWN`: the journal holds no such erasure: it was completed, or never begun.
 * - `ERR_ERASURE_JOURNAL_INVALID`: the journal's text is not one this release has written.
 * - `ERR_ERASURE_TARGET_MISSING`: the journal names a target that was not given.
 * - `ERR_ERASURE_ID_DUPLICATE`: two records of a target have one id.
 * - `ERR_ERASURE_ID_PERSONAL`: the id of a record holds the identifier, and nothing can be erased under that name.
 */
export type ErasureErrorCode =
  | 'ERR_ERASURE_DATA_CHANGED'
  | 'ERR_ERASURE_PLAN_EXPIRED'
  | 'ERR_ERASURE_IDENTIFIER_MISMATCH'
  | 'ERR_ERASURE_UNCONFIRMED'
  | 'ERR_ERASURE_INCOMPLETE'
  | 'ERR_ERASURE_UNKNOWN'
  | 'ERR_ERASURE_JOURNAL_INVALID'
  | 'ERR_ERASURE_TARGET_MISSING'
  | 'ERR_ERASURE_ID_DUPLICATE'
  | 'ERR_ERASURE_ID_PERSONAL'

/** An erasure that was refused or could not be completed. Messages name neither persons nor values. */
export class ErasureError extends SurveySealError<ErasureErrorCode> {}

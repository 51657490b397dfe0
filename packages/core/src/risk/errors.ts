import { SurveySealError } from '../errors.js'

/**
 * Codes of {@link RiskError}.
 *
 * - `ERR_PROGRAMME_INVALID`: a programme is not of the documented form.
 * - `ERR_PRACTICE_UNKNOWN`: a practice is not in the list and names no data and no operation to classify it by.
 * - `ERR_FACTOR_UNKNOWN`: a practice names a factor that does not exist.
 * - `ERR_COUNTERMEASURE_UNKNOWN`: evidence names a countermeasure that does not exist.
 * - `ERR_DPIA_LAW_INVALID`: the rules a host hands in for the need of a DPIA are not of the documented form.
 */
export type RiskErrorCode =
  | 'ERR_PROGRAMME_INVALID'
  | 'ERR_PRACTICE_UNKNOWN'
  | 'ERR_FACTOR_UNKNOWN'
  | 'ERR_COUNTERMEASURE_UNKNOWN'
  | 'ERR_DPIA_LAW_INVALID'

/** A programme or a practice that cannot be assessed. Messages name places, never what was found there. */
export class RiskError extends SurveySealError<RiskErrorCode> {}

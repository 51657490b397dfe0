/**
 * Why a disclosure risk could not be measured.
 *
 * @module
 */

import { SurveySealError } from '../errors.js'

/**
 * - `ERR_DISCLOSURE_COLUMN_MISSING`: no row, or none of the reference, has one of the columns asked for.
 * - `ERR_DISCLOSURE_EMPTY`: there is no row, so there is nobody to single out, or nobody to compare with.
 * - `ERR_DISCLOSURE_PERSON_MISSING`: a row does not say whose it is, so persons cannot be counted.
 * - `ERR_DISCLOSURE_TOO_MANY_VALUES`: a column has more distinct values than can be counted, 16.7 million (2^24, less 1,024).
 * - `ERR_DISCLOSURE_VALUE_INVALID`: a value is neither a string, number, bigint, boolean nor a valid `Date`.
 */
export type DisclosureErrorCode =
  | 'ERR_DISCLOSURE_COLUMN_MISSING'
  | 'ERR_DISCLOSURE_EMPTY'
  | 'ERR_DISCLOSURE_PERSON_MISSING'
  | 'ERR_DISCLOSURE_TOO_MANY_VALUES'
  | 'ERR_DISCLOSURE_VALUE_INVALID'

/** A data set whose disclosure risk cannot be measured. */
export class DisclosureError extends SurveySealError<DisclosureErrorCode> {}

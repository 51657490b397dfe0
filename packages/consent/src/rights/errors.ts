/**
 * Errors of requests.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * Why a request could not be taken on or moved.
 *
 * - `ERR_RIGHTS_REQUEST_UNKNOWN`: no request has this id.
 * - `ERR_RIGHTS_TRANSITION_REFUSED`: the table of states does not lead there from where the request is.
 * - `ERR_RIGHTS_REASON_REFUSED`: the step needs a reason, or this reason does not fit the step or the right.
 * - `ERR_RIGHTS_EXTENSION_LATE`: the first month has ended; an extension had to be told before.
 * - `ERR_RIGHTS_CONFLICT`: somebody else moved the request meanwhile: read it again.
 */
export type RightsErrorCode =
  | 'ERR_RIGHTS_REQUEST_UNKNOWN'
  | 'ERR_RIGHTS_TRANSITION_REFUSED'
  | 'ERR_RIGHTS_REASON_REFUSED'
  | 'ERR_RIGHTS_EXTENSION_LATE'
  | 'ERR_RIGHTS_CONFLICT'

/** A request that could not be taken on or moved. */
export class RightsError extends SurveySealError<RightsErrorCode> {}

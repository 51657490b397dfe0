/**
 * What a survey's linkage does not allow.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * - `ERR_LINKAGE_DECLARED_OTHERWISE`: the survey was declared with another linkage, and may not be moved to this one.
 * - `ERR_LINKAGE_STEP_REFUSED`: the survey's linkage has no such step: no personal links where it is open, no answer through
 *   an invitation where it is unlinkable.
 */
export type LinkageErrorCode = 'ERR_LINKAGE_DECLARED_OTHERWISE' | 'ERR_LINKAGE_STEP_REFUSED'

/** A step that would break what respondents were told; see {@link LinkageErrorCode}. */
export class LinkageError extends SurveySealError<LinkageErrorCode> {}

/**
 * What can go wrong with unlinkable links.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * - `ERR_UNLINKABLE_MALFORMED`: a request, blinded message or token that is not of this format.
 * - `ERR_UNLINKABLE_CREDENTIALS`: a request to an endpoint came with a cookie or credentials, which must not be there.
 * - `ERR_UNLINKABLE_KEY_INVALID`: a wave key, or what is published of it, breaks a rule of its format.
 * - `ERR_UNLINKABLE_KEY_NOT_PINNED`: the published key is not the one whose id the page was given.
 * - `ERR_UNLINKABLE_KEY_UNKNOWN`: a message blinded for another key than this wave's.
 * - `ERR_UNLINKABLE_SIGNING_FAILED`: the signature did not verify under the public key and was not given out.
 * - `ERR_UNLINKABLE_SIGNATURE_INVALID`: a token or blind signature that is not this wave's.
 * - `ERR_UNLINKABLE_WAVE_MISMATCH`: the wave was opened before with another pepper or cohort floor.
 * - `ERR_UNLINKABLE_BELOW_FLOOR`: fewer people than the cohort floor.
 * - `ERR_UNLINKABLE_NOT_PERMITTED`: the invitation cannot be used, or the host does not permit a token for it.
 * - `ERR_UNLINKABLE_ALREADY_ISSUED`: this person's token of the wave went to another blinded message.
 * - `ERR_UNLINKABLE_GESTURE_MISSING`: a token was asked for before the person did anything on the page.
 * - `ERR_UNLINKABLE_STORAGE_UNAVAILABLE`: the browser cannot keep the state, or what it kept is damaged, so nothing was sent.
 * - `ERR_UNLINKABLE_UNAVAILABLE`: the server did not answer as it should; trying again is safe.
 */
export type UnlinkableErrorCode =
  | 'ERR_UNLINKABLE_MALFORMED'
  | 'ERR_UNLINKABLE_CREDENTIALS'
  | 'ERR_UNLINKABLE_KEY_INVALID'
  | 'ERR_UNLINKABLE_KEY_NOT_PINNED'
  | 'ERR_UNLINKABLE_KEY_UNKNOWN'
  | 'ERR_UNLINKABLE_SIGNING_FAILED'
  | 'ERR_UNLINKABLE_SIGNATURE_INVALID'
  | 'ERR_UNLINKABLE_WAVE_MISMATCH'
  | 'ERR_UNLINKABLE_BELOW_FLOOR'
  | 'ERR_UNLINKABLE_NOT_PERMITTED'
  | 'ERR_UNLINKABLE_ALREADY_ISSUED'
  | 'ERR_UNLINKABLE_GESTURE_MISSING'
  | 'ERR_UNLINKABLE_STORAGE_UNAVAILABLE'
  | 'ERR_UNLINKABLE_UNAVAILABLE'

/** A key, token, issuance or answer that was refused; see {@link UnlinkableErrorCode}. */
export class UnlinkableError extends SurveySealError<UnlinkableErrorCode> {}

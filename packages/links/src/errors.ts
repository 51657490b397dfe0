/**
 * What can be wrong with a link, a keyring or a base URL.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * - `ERR_LINK_MALFORMED`: not a link of this format: wrong length, alphabet, spelling or version.
 * - `ERR_LINK_KEY_UNKNOWN`: sealed under a key id that the keyring does not hold.
 * - `ERR_LINK_KEY_REVOKED`: sealed under a key that was revoked; nothing else about the link was examined.
 * - `ERR_LINK_AUTHENTICATION_FAILED`: changed, forged, or sealed for another tenant, survey or purpose.
 * - `ERR_LINK_EXPIRED`: authentic, and its expiry has passed.
 * - `ERR_LINK_NOT_YET_VALID`: authentic, and its time has not come.
 * - `ERR_LINK_RESPONDENT_PERSONAL_DATA`: the respondent reference looks like an e-mail address or a telephone number.
 * - `ERR_LINK_BASE_URL_INSECURE`: the base URL is neither https nor loopback.
 * - `ERR_LINK_BASE_URL_PERSONAL_DATA`: the base URL itself carries personal data.
 * - `ERR_LINK_KEYRING_INVALID`: the keyring document breaks a rule of its format.
 * - `ERR_LINK_KEYRING_FILE_EXPOSED`: others than the owner may read or write the keyring file.
 * - `ERR_LINK_KEYRING_DISPOSED`: the keyring was disposed, its secrets are gone.
 * - `ERR_LINK_KEY_STATUS`: the status of the key does not allow the step that was asked for.
 * - `ERR_LINK_IDEMPOTENCY_KEY_INVALID`: a submission came without a usable idempotency key.
 * - `ERR_LINK_OVERTAKEN`: while peppers are being added, another submission of the link came first: submit again.
 * - `ERR_LINK_ANSWER_REFUSED`: the host's `accept` refused the answer; nothing was kept, the link is as usable as before.
 * - `ERR_LINK_BATCH_EXISTS`: the batch has links already, and the host did not say which of them it holds.
 * - `ERR_LINK_SURVEY_CLOSED`: the survey was revoked, so no link is minted for it.
 * - `ERR_LINK_PEPPER_MISSING`: the suppression list has entries under a pepper that the service does not have.
 * - `ERR_LINK_DRAFT_TOO_LARGE`: a partial answer is larger than the service allows.
 * - `ERR_LINK_PEPPER_FILE_INVALID`: the pepper file breaks a rule of its format.
 * - `ERR_LINK_PEPPER_FILE_EXPOSED`: others than the owner may read or write the pepper file.
 */
export type LinkErrorCode =
  | 'ERR_LINK_MALFORMED'
  | 'ERR_LINK_KEY_UNKNOWN'
  | 'ERR_LINK_KEY_REVOKED'
  | 'ERR_LINK_AUTHENTICATION_FAILED'
  | 'ERR_LINK_EXPIRED'
  | 'ERR_LINK_NOT_YET_VALID'
  | 'ERR_LINK_RESPONDENT_PERSONAL_DATA'
  | 'ERR_LINK_BASE_URL_INSECURE'
  | 'ERR_LINK_BASE_URL_PERSONAL_DATA'
  | 'ERR_LINK_KEYRING_INVALID'
  | 'ERR_LINK_KEYRING_FILE_EXPOSED'
  | 'ERR_LINK_KEYRING_DISPOSED'
  | 'ERR_LINK_KEY_STATUS'
  | 'ERR_LINK_IDEMPOTENCY_KEY_INVALID'
  | 'ERR_LINK_OVERTAKEN'
  | 'ERR_LINK_ANSWER_REFUSED'
  | 'ERR_LINK_BATCH_EXISTS'
  | 'ERR_LINK_SURVEY_CLOSED'
  | 'ERR_LINK_PEPPER_MISSING'
  | 'ERR_LINK_DRAFT_TOO_LARGE'
  | 'ERR_LINK_PEPPER_FILE_INVALID'
  | 'ERR_LINK_PEPPER_FILE_EXPOSED'

/**
 * A link, keyring or base URL that was refused.
 *
 * The codes are for operators. Show respondents one and the same message for malformed, unknown, revoked-key and
 * unauthentic links: the difference helps only whoever is guessing.
 */
export class LinkError extends SurveySealError<LinkErrorCode> {}

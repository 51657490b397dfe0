import { SurveySealError } from '../errors.js'

/**
 * Codes of {@link AnonymizeError}.
 *
 * - `ERR_POLICY_INVALID`: a policy is not of the documented form.
 * - `ERR_POLICY_VERSION_UNKNOWN`: a policy is of a version this release does not read.
 * - `ERR_POLICY_TECHNIQUE_UNKNOWN`: a rule names a technique that does not exist.
 * - `ERR_POLICY_PATH_INVALID`: the path of a rule cannot be read.
 * - `ERR_POLICY_RULES_CONTRADICT`: two rules cover the same value, or a rule comes after one that leaves nothing to it.
 * - `ERR_POLICY_RETAINS_IDENTIFIER`: a rule leaves something of a direct identifier.
 * - `ERR_NDJSON_MALFORMED`: a line of NDJSON is no JSON object.
 * - `ERR_NDJSON_LINE_TOO_LONG`: a line of NDJSON is longer than allowed.
 * - `ERR_NDJSON_NOT_UTF8`: NDJSON is not UTF-8.
 * - `ERR_RECORD_ACCESSOR`: a record has a getter or setter.
 * - `ERR_RECORD_CYCLE`: a record contains itself.
 * - `ERR_RECORD_NOT_PLAIN`: a record holds something that is neither a JSON value nor a date.
 * - `ERR_RECORD_TOO_LARGE`: a record nests too deep or holds too many objects.
 */
export type AnonymizeErrorCode =
  | 'ERR_POLICY_INVALID'
  | 'ERR_POLICY_VERSION_UNKNOWN'
  | 'ERR_POLICY_TECHNIQUE_UNKNOWN'
  | 'ERR_POLICY_PATH_INVALID'
  | 'ERR_POLICY_RULES_CONTRADICT'
  | 'ERR_POLICY_RETAINS_IDENTIFIER'
  | 'ERR_NDJSON_MALFORMED'
  | 'ERR_NDJSON_LINE_TOO_LONG'
  | 'ERR_NDJSON_NOT_UTF8'
  | 'ERR_RECORD_ACCESSOR'
  | 'ERR_RECORD_CYCLE'
  | 'ERR_RECORD_NOT_PLAIN'
  | 'ERR_RECORD_TOO_LARGE'

/** A policy that cannot be used or a record that cannot be anonymized. Messages name neither fields nor values. */
export class AnonymizeError extends SurveySealError<AnonymizeErrorCode> {}

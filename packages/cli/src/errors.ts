/**
 * What the command line itself refuses, and the exit code each refusal ends with.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * - `ERR_CLI_USAGE`: the command was not understood: unknown command or option, a missing or unusable value.
 * - `ERR_CLI_FILE_UNREADABLE`: a named file cannot be read.
 * - `ERR_CLI_FILE_UNWRITABLE`: a named file cannot be written, or is there already and must not be overwritten.
 * - `ERR_CLI_COLUMN_MISSING`: the input does not have a column that was asked for.
 * - `ERR_CLI_COLUMN_EXISTS`: the input has the column that would be added.
 * - `ERR_CLI_HEADER_PERSONAL_DATA`: a column is called by an e-mail address or a number, as when a file has no header.
 * - `ERR_CLI_RESPONDENT_INVALID`: an invitee's reference is not one: empty, too long, not text.
 * - `ERR_CLI_COHORT_INVALID`: an invitee's cohort is not one: too long, not text.
 * - `ERR_CLI_LINK_UNKNOWN`: no link of this scope, or none that the database and the peppers know.
 * - `ERR_CLI_LINK_REVOKED`: a stored link that was revoked, or whose invitee, cohort or survey is suppressed.
 * - `ERR_CLI_LINK_USED`: a stored link without a use left.
 * - `ERR_CLI_CSV_MALFORMED`: not CSV: rows of different lengths, a stray or unclosed quote, a column name used twice.
 * - `ERR_CLI_NDJSON_MALFORMED`: a line is not a JSON object.
 * - `ERR_CLI_JSON_MALFORMED`: a file is not the JSON document it should be.
 * - `ERR_CLI_NUL_BYTE`: the input holds a NUL byte, so it is not UTF-8 text.
 * - `ERR_CLI_NOT_UTF8`: the input is text of another encoding than UTF-8.
 * - `ERR_CLI_RECORD_TOO_LONG`: one record is longer than 1 MiB.
 * - `ERR_CLI_RECEIPTS_MIXED`: no receipt, or receipts of several people or surveys, where one is described.
 * - `ERR_CLI_FACTS_INVALID`: the facts given make a consent record that would be refused.
 * - `ERR_CLI_DRIVER_MISSING`: the package that reaches this kind of database is not installed.
 * - `ERR_CLI_INTERNAL`: a defect of this program; only the kind of error is shown.
 */
export type CliErrorCode =
  | 'ERR_CLI_USAGE'
  | 'ERR_CLI_FILE_UNREADABLE'
  | 'ERR_CLI_FILE_UNWRITABLE'
  | 'ERR_CLI_COLUMN_MISSING'
  | 'ERR_CLI_COLUMN_EXISTS'
  | 'ERR_CLI_HEADER_PERSONAL_DATA'
  | 'ERR_CLI_RESPONDENT_INVALID'
  | 'ERR_CLI_CSV_MALFORMED'
  | 'ERR_CLI_NDJSON_MALFORMED'
  | 'ERR_CLI_JSON_MALFORMED'
  | 'ERR_CLI_NUL_BYTE'
  | 'ERR_CLI_NOT_UTF8'
  | 'ERR_CLI_RECORD_TOO_LONG'
  | 'ERR_CLI_DRIVER_MISSING'
  | 'ERR_CLI_INTERNAL'
  | 'ERR_CLI_COHORT_INVALID'
  | 'ERR_CLI_LINK_UNKNOWN'
  | 'ERR_CLI_LINK_REVOKED'
  | 'ERR_CLI_LINK_USED'
  | 'ERR_CLI_RECEIPTS_MIXED'
  | 'ERR_CLI_FACTS_INVALID'

/** A refusal of the command line. The message may name a file, column or option as the user typed it, never a value. */
export class CliError extends SurveySealError<CliErrorCode> {}

/**
 * Why something cannot be left to the database.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * Codes of {@link PushdownError}.
 *
 * - `ERR_PUSHDOWN_NAME_INVALID`: a name is empty, holds U+0000 or half a character, is longer than the engine's names are, or is
 *   another column's too.
 * - `ERR_PUSHDOWN_TABLE_MISSING`: the table is not there, or has no column.
 * - `ERR_PUSHDOWN_COLUMN_TYPE`: columns of this type cannot be treated exactly as JavaScript would, or cannot hold the outcome.
 * - `ERR_PUSHDOWN_NESTED`: rules or conditions lead into the value of a column.
 * - `ERR_PUSHDOWN_RULE_UNSUPPORTED`: SQL cannot follow a rule exactly as JavaScript would.
 * - `ERR_PUSHDOWN_NOTHING_KEPT`: the policy removes every column.
 * - `ERR_PUSHDOWN_TOO_LARGE`: there is more to compare or to bind than one statement takes.
 */
export type PushdownErrorCode =
  | 'ERR_PUSHDOWN_NAME_INVALID'
  | 'ERR_PUSHDOWN_TABLE_MISSING'
  | 'ERR_PUSHDOWN_COLUMN_TYPE'
  | 'ERR_PUSHDOWN_NESTED'
  | 'ERR_PUSHDOWN_RULE_UNSUPPORTED'
  | 'ERR_PUSHDOWN_NOTHING_KEPT'
  | 'ERR_PUSHDOWN_TOO_LARGE'

/** What the database cannot do exactly alike. Messages give a column by its number, counted from 1, never by its name. */
export class PushdownError extends SurveySealError<PushdownErrorCode> {}

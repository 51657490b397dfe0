/**
 * What is measured: rows of primitive values, some of them suppressed.
 *
 * @module
 */

/**
 * One row: column name to value. Only the row's own properties are read.
 *
 * Values compare as text: `1` equals `'1'`, a `Date` equals its ISO form. Objects are refused.
 */
export type Row = Readonly<Record<string, unknown>>

/**
 * What a suppressed value is taken for.
 *
 * - `class`: a value of its own, equal to every other suppressed value.
 * - `wildcard`: any value, because whoever compares cannot rule one out.
 */
export type SuppressedSemantics = 'class' | 'wildcard'

/** The code of every suppressed value, in every column. */
export const SUPPRESSED = 0

/** Text that stands for a suppressed value unless the caller says otherwise. */
export const SUPPRESSED_VALUES: readonly string[] = ['', '*', '***', '--']

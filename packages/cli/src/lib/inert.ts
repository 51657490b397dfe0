/**
 * Cells that a spreadsheet shows and does not run.
 *
 * @module
 */

/** What spreadsheets take for the beginning of a formula, the full-width forms included. */
const FORMULA = /^[\t\r\n ]*[=@+\-＝＠＋－]/

/** Numbers, telephone numbers and rows of dashes compute nothing. */
const HARMLESS = /^[+-]?[\d\s().,/-]*(?:\d[eE][+-]?\d{1,3})?$/

/** Puts an apostrophe before text that a spreadsheet would run; everything else stays as it is. */
export function inert(cell: unknown): unknown {
  if (typeof cell !== 'string' || !FORMULA.test(cell) || HARMLESS.test(cell)) return cell
  return `'${cell}`
}

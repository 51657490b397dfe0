import type { TextForm } from '../dialect.js'

/** The forms as `generalize.ts` of core has them, in what PostgreSQL and DuckDB read alike; their `$` is the end of the text. */
export const REGULAR: Readonly<Record<TextForm, string>> = {
  number: '^[+-]?[0-9]{1,21}([.][0-9]{1,20})?$',
  date: '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]|$)',
  week: '^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$',
  month: '^[0-9]{4}-(0[1-9]|1[0-2])$',
  quarter: '^[0-9]{4}-Q[1-4]$',
  year: '^[0-9]{4}$',
}

/**
 * Random addresses are made of a-z and 2-7, as JavaScript's are: of the hexadecimal digits, letters take the places of four. In
 * PostgreSQL this is twice as fast as `translate`.
 */
export function inBase32(hexadecimal: string): string {
  return Array.from('0189').reduce((text, digit, at) => `replace(${text}, '${digit}', '${'ghij'[at]}')`, hexadecimal)
}

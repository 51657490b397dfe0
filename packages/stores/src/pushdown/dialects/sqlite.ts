import type { Dialect, TextForm } from '../dialect.js'
import { inBase32 } from './forms.js'

/** SQLite from 3.46, whose columns may hold values of any type. */
export const sqlite: Dialect = {
  text: 'TEXT',
  double: 'REAL',
  bigint: 'INTEGER',
  longestName: 65_535,
  mostParameters: 32_766,
  readable: [],
  isDynamic: true,
  binary: (text) => `${text} COLLATE BINARY`,
  // randomblob() is ChaCha20, keyed from the operating system's source (src/random.c): 104 bits.
  randomWord: () => inBase32('lower(hex(randomblob(13)))'),
  hasForm: (text, form) => FORMS[form](text),
  numberOf: (text) => `CAST(${text} AS REAL)`,
  textOf: written,
  weekOf: (day) => `strftime('%G-W%V', ${day})`,
  dayOf: (date) => `substr(${date}, 1, 10)`,
  quotient: (dividend, divisor) => `${dividend} / ${divisor}`,
  isText: (value) => `typeof(${value}) = 'text'`,
  isNumber: (value) => `typeof(${value}) IN ('integer', 'real')`,
}

const DAY = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'

/** SQLite has no regular expressions, but `GLOB`, which tells capitals apart. */
const FORMS: Readonly<Record<TextForm, (text: string) => string>> = {
  number: (text) => {
    const digits = `CASE WHEN substr(${text}, 1, 1) IN ('+', '-') THEN substr(${text}, 2) ELSE ${text} END`
    const all = (part: string, most: number) =>
      `(length(${part}) BETWEEN 1 AND ${most} AND ${part} NOT GLOB '*[^0-9]*')`
    const [whole, fraction] = ['substr(digits, 1, point - 1)', 'substr(digits, point + 1)']
    const isNumber = `CASE point WHEN 0 THEN ${all('digits', 21)} ELSE ${all(whole, 21)} AND ${all(fraction, 20)} END`
    return `(SELECT ${isNumber} FROM (SELECT digits, instr(digits, '.') AS point FROM (SELECT ${digits} AS digits)))`
  },
  date: (text) => `(${text} GLOB '${DAY}' OR ${text} GLOB '${DAY}[T ]*')`,
  week: (text) => `(${text} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]' AND substr(${text}, 7) BETWEEN '01' AND '53')`,
  month: (text) => `(${text} GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]' AND substr(${text}, 6) BETWEEN '01' AND '12')`,
  quarter: (text) => `${text} GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'`,
  year: (text) => `${text} GLOB '[0-9][0-9][0-9][0-9]'`,
}

/**
 * The fewest digits that are read as the same number again, 15 to 17 as for every double, set as JavaScript sets them: with an
 * exponent from 1e21 on and below 1e-6. `%e` gives the digits and the exponent apart.
 */
function written(number: string): string {
  const exactly = [15, 16].map((digits) => {
    const text = `printf('%!.${digits - 1}e', size)`
    return `WHEN CAST(${text} AS REAL) = size THEN ${text}`
  })
  const scientific = `CASE ${exactly.join(' ')} ELSE printf('%!.16e', size) END`
  const digits = `rtrim(replace(substr(scientific, 1, instr(scientific, 'e') - 1), '.', ''), '0')`
  const exponent = `CAST(substr(scientific, instr(scientific, 'e') + 1) AS INTEGER)`
  const mantissa = `substr(digits, 1, 1) || CASE WHEN length(digits) > 1 THEN '.' || substr(digits, 2) ELSE '' END`
  const set = [
    `CASE WHEN size = 0 THEN '0'`,
    `WHEN exponent >= 21 THEN ${mantissa} || 'e+' || exponent`,
    `WHEN exponent < -6 THEN ${mantissa} || 'e' || exponent`,
    `WHEN exponent < 0 THEN '0.' || substr('00000', 1, -exponent - 1) || digits`,
    `WHEN length(digits) <= exponent + 1 THEN substr(digits || '000000000000000000000', 1, exponent + 1)`,
    `ELSE substr(digits, 1, exponent + 1) || '.' || substr(digits, exponent + 2) END`,
  ].join(' ')
  const parts = `SELECT size, sign, ${digits} AS digits, ${exponent} AS exponent`
  const ofNumber = `SELECT abs(number) AS size, CASE WHEN number < 0 THEN '-' ELSE '' END AS sign`
  const source = `(SELECT size, sign, ${scientific} AS scientific FROM (${ofNumber} FROM (SELECT ${number} AS number)))`
  return `(SELECT sign || ${set} FROM (${parts} FROM ${source}))`
}

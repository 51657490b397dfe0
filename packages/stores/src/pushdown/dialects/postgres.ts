import type { Dialect } from '../dialect.js'
import { inBase32, REGULAR } from './forms.js'

/** PostgreSQL from 13, in a database of UTF-8. */
export const postgres: Dialect = {
  text: 'text',
  double: 'double precision',
  bigint: 'bigint',
  longestName: 63,
  mostParameters: 65_535,
  // Drivers hand over a numeric as text, with the digits it has.
  readable: [
    { declared: /^(?:numeric|uuid)$/, type: 'text', sql: (value) => `CAST(${value} AS text)` },
    { declared: /^real$/, type: 'double', sql: (value) => `CAST(CAST(${value} AS text) AS double precision)` },
  ],
  isDynamic: false,
  binary: (text) => `${text} COLLATE "C"`,
  // gen_random_uuid() is made of pg_strong_random(), the server's cryptographic source: 98 of the 104 bits are random, the
  // others say which version of UUID it is.
  randomWord: () => inBase32(`left(encode(uuid_send(gen_random_uuid()), 'hex'), 26)`),
  hasForm: (text, form) => `${text} ~ '${REGULAR[form]}'`,
  numberOf: (text) => `CAST(${text} AS double precision)`,
  textOf: (number) => {
    const written = `CAST(${number} AS text)`
    const size = `abs(${number})`
    // The exponent has two digits at least, and JavaScript's as many as it needs.
    const exponential = `regexp_replace(${written}, 'e([+-])0', 'e\\1')`
    const isExponential = `${size} >= 1e21 OR (${size} < 1e-6 AND ${size} > 0)`
    return `CASE WHEN ${isExponential} THEN ${exponential} ELSE CAST(CAST(${written} AS numeric) AS text) END`
  },
  weekOf: (day) => `to_char(CAST(${day} AS date), 'IYYY-"W"IW')`,
  dayOf: (date, type) => {
    const utc = type === 'timestamptz' ? `(${date} AT TIME ZONE 'UTC')` : date
    const inRange = `${utc} >= DATE '0001-01-01' AND ${utc} < DATE '10000-01-01'`
    return `CASE WHEN ${inRange} THEN to_char(${utc}, 'YYYY-MM-DD') END`
  },
  quotient: (dividend, divisor) => `${dividend} / ${divisor}`,
  isText: () => 'TRUE',
  isNumber: () => 'TRUE',
}

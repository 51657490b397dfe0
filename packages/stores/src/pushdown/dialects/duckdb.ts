import { randomBytes } from 'node:crypto'
import type { Dialect } from '../dialect.js'
import { inBase32, REGULAR } from './forms.js'

/** DuckDB 1.x, over its own tables, Parquet and CSV. */
export const duckdb: Dialect = {
  text: 'VARCHAR',
  double: 'DOUBLE',
  bigint: 'BIGINT',
  longestName: 65_535,
  mostParameters: 65_535,
  // Drivers hand over a decimal as a number, which is exact up to 15 digits.
  readable: [
    {
      declared: /^(?:float|decimal\((?:\d|1[0-5]),\d+\))$/,
      type: 'double',
      sql: (value) => `CAST(${value} AS DOUBLE)`,
    },
    { declared: /^(?:uuid$|enum\()/, type: 'text', sql: (value) => `CAST(${value} AS VARCHAR)` },
  ],
  isDynamic: false,
  binary: (text) => `${text} COLLATE C`,
  // DuckDB's own source is no cryptographic one, and setseed() makes it start over (src/common/random_engine.cpp). So uuid()
  // only makes words differ; what makes them unguessable are 32 bytes of this process's source, hashed with each and then lost.
  randomWord: (binder) => {
    const key = binder.bind(randomBytes(32).toString('hex'))
    return inBase32(`left(sha256(concat(CAST(${key} AS VARCHAR), CAST(uuid() AS VARCHAR))), 26)`)
  },
  hasForm: (text, form) => `regexp_matches(${text}, '${REGULAR[form]}')`,
  numberOf: (text) => `CAST(${text} AS DOUBLE)`,
  textOf: (number) => {
    const written = `CAST(${number} AS VARCHAR)`
    const size = `abs(${number})`
    const exponential = `regexp_replace(${written}, 'e([+-])0', 'e\\1')`
    // Of an integer, '.0' is taken off; the digits between 1e16 and 1e21 and below 1e-4 come with an exponent.
    const large = `CAST(CAST(${written} AS DECIMAL(38, 0)) AS VARCHAR)`
    const small = `rtrim(CAST(CAST(${written} AS DECIMAL(38, 30)) AS VARCHAR), '0')`
    return [
      `CASE WHEN ${size} >= 1e21 OR (${size} < 1e-6 AND ${size} > 0) THEN ${exponential}`,
      `WHEN ${size} >= 1e15 THEN ${large}`,
      `WHEN ${size} < 1e-3 AND ${size} > 0 THEN ${small}`,
      `ELSE regexp_replace(${written}, '[.]0$', '') END`,
    ].join(' ')
  },
  weekOf: (day) => `strftime(CAST(${day} AS DATE), '%G-W%V')`,
  dayOf: (date, type) => {
    const utc = type === 'timestamptz' ? `(${date} AT TIME ZONE 'UTC')` : date
    const inRange = `${utc} >= DATE '0001-01-01' AND ${utc} < DATE '10000-01-01'`
    return `CASE WHEN ${inRange} THEN strftime(${utc}, '%Y-%m-%d') END`
  },
  quotient: (dividend, divisor) => `${dividend} // ${divisor}`,
  isText: () => 'TRUE',
  isNumber: () => 'TRUE',
}

import { PushdownError } from '../errors.js'
import { isCanonicalNumber } from '../number-text.js'
import type { SqlTools, Value } from '../value.js'
import { numberOf, textOf } from '../value.js'

/**
 * A column's value so that two are equal when JavaScript's texts of them are, NULL where it is suppressed.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`
 */
export function keyOf(value: Value, suppressed: readonly string[], tools: SqlTools): string {
  const { dialect } = tools
  const { sql, type } = value
  const ofText = (text: string) =>
    without(
      dialect.binary(text),
      suppressed.map((each) => textOf(each, tools)),
    )
  if (dialect.isDynamic) {
    const real = `WHEN typeof(${sql}) = 'real' THEN ${finiteText(sql, tools)}`
    return ofText(`CASE ${real} ELSE CAST(${sql} AS ${dialect.text}) END`)
  }
  if (type === 'text') return ofText(sql)
  if (type === 'integer') {
    const integers = suppressed.filter((each) => isCanonicalNumber(each) && Number.isSafeInteger(Number(each)))
    return without(
      sql,
      integers.map((each) => numberOf(Number(each), tools)),
    )
  }
  if (type === 'double')
    return without(
      finiteText(sql, tools),
      suppressed.map((each) => textOf(each, tools)),
    )
  if (type === 'boolean') {
    return without(
      sql,
      suppressed.filter((each) => each === 'true' || each === 'false'),
    )
  }
  if (type === 'date' || type === 'timestamp') return sql
  // JavaScript's instants have no microseconds.
  if (type === 'timestamptz') return `date_trunc('milliseconds', ${sql})`
  const readable = dialect.readable.find(({ declared }) => declared.test(value.declared ?? ''))
  if (readable !== undefined) {
    return keyOf({ ...value, sql: readable.sql(sql), type: readable.type }, suppressed, tools)
  }
  const problem = `column ${value.number} is of a type whose values do not compare as text`
  throw new PushdownError('ERR_PUSHDOWN_COLUMN_TYPE', problem)
}

/** NULL in place of some values. Kept apart, so that the column itself is grouped by where there are none. */
function without(sql: string, suppressed: readonly string[]): string {
  return suppressed.length === 0 ? sql : `CASE WHEN ${sql} IN (${suppressed.join(', ')}) THEN NULL ELSE ${sql} END`
}

/** As JavaScript prints it, infinities and NaN too. */
function finiteText(sql: string, { dialect }: SqlTools): string {
  const written = `replace(replace(CAST(${sql} AS ${dialect.text}), 'inf', 'Infinity'), 'nan', 'NaN')`
  const sign = dialect.isDynamic ? `CASE WHEN ${sql} > 0 THEN 'Infinity' ELSE '-Infinity' END` : written
  return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${sql} - ${sql} = 0 THEN ${dialect.textOf(`(${sql} + 0.0)`)} ELSE ${sign} END`
}

import type { BandRule, RoundRule, TopBottomCodeRule } from '@surveyseal/core/anonymize'
import { PushdownError } from '../errors.js'
import { replacementOf } from '../replacement.js'
import type { Outcome, SqlTools, Value } from '../value.js'
import { byType, numberOf, textOf } from '../value.js'

/** Beyond this many decimals the products below are not exact any more. */
const mostDecimals = 8

/** Infinities and NaN are no numbers to JavaScript's techniques. */
const isFiniteNumber = (sql: string): string => `${sql} - ${sql} = 0`

/** Rounds half up, as `Math.round`, to the decimals that the step is written with. */
export function round({ to }: RoundRule, value: Value, tools: SqlTools): Outcome {
  const decimals = String(to).split('.')[1]?.length ?? 0
  if (decimals > mostDecimals) {
    const problem = `rounding to steps of more than ${mostDecimals} decimals is not exact in SQL`
    throw new PushdownError('ERR_PUSHDOWN_RULE_UNSUPPORTED', problem)
  }
  const isInteger = value.type === 'integer' && decimals === 0 && !tools.dialect.isDynamic
  const { double, bigint } = tools.dialect
  const limit = `CAST(${textOf(String(largestRounded(to)), tools)} AS ${double})`
  const rounded = (sql: string) => {
    const number = `CAST(${sql} AS ${double})`
    // PostgreSQL would refuse a quotient that is too small to be told from 0.
    const result = `CASE WHEN abs(${number}) < 1e-7 THEN 0.0 ELSE ${multiple(number, { to, decimals, tools })} + 0.0 END`
    return `CASE WHEN abs(${number}) <= ${limit} THEN ${result} END`
  }
  const number = (sql: string) => (isInteger ? `CAST(${rounded(sql)} AS ${bigint})` : rounded(sql))
  return byType(value, { ...writtenToo(rounded, tools), number, numberType: isInteger ? 'integer' : 'double' }, tools)
}

/**
 * `toFixed` in two parts, each exact: integers stay far below 2^53, and where they would not, the number has no decimals beyond
 * those asked for.
 */
function multiple(number: string, { to, decimals, tools }: { to: number; decimals: number; tools: SqlTools }): string {
  const step = numberOf(to, tools)
  const quotient = `(${number} / ${step})`
  const half = `CASE WHEN ${quotient} - floor(${quotient}) >= 0.5 THEN 1.0 ELSE 0.0 END`
  const product = `((floor(${quotient}) + ${half}) * ${step})`
  if (decimals === 0) return product
  const [size, power] = [`abs(${product})`, numberOf(10 ** decimals, tools)]
  const fraction = `floor((${size} - floor(${size})) * ${power} + 0.5)`
  const fixed = `(floor(${size}) * ${power} + ${fraction}) / ${power}`
  const sign = `CASE WHEN ${product} < 0 THEN -1.0 ELSE 1.0 END`
  const exact = numberOf(2 ** 53 / 10 ** decimals, tools)
  return `CASE WHEN ${size} >= ${exact} THEN ${product} ELSE ${sign} * ${fixed} END`
}

/** The largest number whose rounding is still finite; PostgreSQL would refuse the others instead of removing them. */
function largestRounded(to: number): number {
  const isRounded = (size: number) => Number.isFinite(Math.round(size / to) * to)
  let [low, high] = [bitsOf(0), bitsOf(Number.MAX_VALUE)]
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (isRounded(numberOfBits(middle))) low = middle
    else high = middle - 1n
  }
  return numberOfBits(low)
}

/** The bits of numbers that are not negative are in the numbers' own order. */
function bitsOf(number: number): bigint {
  return new BigUint64Array(Float64Array.of(number).buffer)[0] ?? 0n
}

function numberOfBits(bits: bigint): number {
  return new Float64Array(BigUint64Array.of(bits).buffer)[0] ?? 0
}

export function topBottomCode({ top, bottom }: TopBottomCodeRule, value: Value, tools: SqlTools): Outcome {
  const { double, bigint } = tools.dialect
  const isInteger =
    value.type === 'integer' && !tools.dialect.isDynamic && [top, bottom].every((limit) => Number.isInteger(limit ?? 0))
  const coded = (sql: string, type: string) => {
    const bound = (limit: number) => `CAST(${tools.binder.bind(limit)} AS ${type})`
    const cases = [
      ...(top === undefined ? [] : [`WHEN ${sql} > ${bound(top)} THEN ${bound(top)}`]),
      ...(bottom === undefined ? [] : [`WHEN ${sql} < ${bound(bottom)} THEN ${bound(bottom)}`]),
    ]
    return `CASE ${cases.join(' ')} ELSE ${sql} END`
  }
  const finite = (sql: string) => {
    const number = `CAST(${sql} AS ${double})`
    return `CASE WHEN ${isFiniteNumber(number)} THEN ${coded(number, double)} + 0.0 END`
  }
  const number = isInteger ? (sql: string) => coded(sql, bigint) : finite
  return byType(value, { ...writtenToo(finite, tools), number, numberType: isInteger ? 'integer' : 'double' }, tools)
}

/** Numbers written as text stay text. */
function writtenToo(treat: (sql: string) => string, { dialect }: SqlTools): { text: (sql: string) => string } {
  return {
    text: (sql) =>
      `CASE WHEN ${dialect.hasForm(sql, 'number')} THEN ${dialect.textOf(treat(dialect.numberOf(sql)))} END`,
  }
}

export function band(rule: BandRule, value: Value, tools: SqlTools): Outcome {
  const { dialect } = tools
  const { edges } = rule
  const labels = [-Number.MAX_VALUE, ...edges].map((number) => String(replacementOf(rule, number, tools.language)))
  const bound = labels.map((label) => textOf(label, tools))
  const banded = (sql: string) => {
    const cases = edges.map((edge, index) => `WHEN ${sql} < ${numberOf(edge, tools)} THEN ${bound[index]}`)
    return `CASE ${cases.join(' ')} ELSE ${bound.at(-1)} END`
  }
  const finite = (sql: string) => `CASE WHEN ${isFiniteNumber(sql)} THEN ${banded(sql)} END`
  const text = (sql: string) =>
    [
      `CASE WHEN ${dialect.binary(sql)} IN (${bound.join(', ')}) THEN ${sql}`,
      `WHEN ${dialect.hasForm(sql, 'number')} THEN ${banded(dialect.numberOf(sql))} END`,
    ].join(' ')
  const number = value.type === 'integer' && !dialect.isDynamic ? banded : finite
  // NULL is below no edge.
  return byType(value, { text, number: (sql) => `CASE WHEN ${sql} IS NOT NULL THEN ${number(sql)} END` }, tools)
}

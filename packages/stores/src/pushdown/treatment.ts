/**
 * What becomes of a column, rule by rule.
 *
 * @module
 */

import type { ColumnRules, Rule, RuleBase } from '@surveyseal/core/anonymize'
import type { TableColumn } from './columns.js'
import type { Condition } from './condition.js'
import { conditionSql } from './condition.js'
import { PushdownError } from './errors.js'
import { techniqueSql } from './techniques.js'
import type { Outcome, SqlTools, Value } from './value.js'

/** A rule that may apply, and when; of several the first. */
export interface Alternative<R> {
  readonly rule: R
  /** `true` where it applies to every row that is left to it. */
  readonly condition: string | true
}

/** A column and what becomes of it. */
export interface Treated {
  readonly column: TableColumn
  readonly value: Value
  /** The path a report names. */
  readonly field: string
  /** The rules that may apply, in turn. Where none does the value is removed. */
  readonly alternatives: readonly Alternative<Rule>[]
  readonly outcome: Outcome
}

/** Leaves out rules that never apply, and those after one that always does. */
export function firstThatHolds<R extends RuleBase>(rules: readonly R[], tools: SqlTools): readonly Alternative<R>[] {
  const alternatives: Alternative<R>[] = []
  for (const rule of rules) {
    const condition: Condition = conditionSql(rule.when, tools)
    if (condition === false) continue
    alternatives.push({ rule, condition: condition === true ? true : condition })
    if (condition === true) break
  }
  return alternatives
}

/**
 * What becomes of a column.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`, `ERR_PUSHDOWN_NESTED`, `ERR_PUSHDOWN_RULE_UNSUPPORTED`
 */
export function treatColumn(
  { field, rules, nested }: ColumnRules,
  value: Value,
  tools: SqlTools,
): Omit<Treated, 'column'> {
  if (nested && value.type === 'other' && !tools.dialect.isDynamic) {
    const problem = `rules lead into column ${value.number}, which SQL does not look into`
    throw new PushdownError('ERR_PUSHDOWN_NESTED', problem)
  }
  const alternatives = firstThatHolds(rules, tools)
  const outcomes = alternatives.map(({ rule }) => techniqueSql(rule, value, tools))
  const [first] = outcomes
  const outcome =
    alternatives[0]?.condition === true && first !== undefined
      ? first
      : byCondition(alternatives, outcomes, value, tools)
  return { value, field, alternatives, outcome }
}

function byCondition(
  alternatives: readonly Alternative<Rule>[],
  outcomes: readonly Outcome[],
  value: Value,
  tools: SqlTools,
): Outcome {
  if (outcomes.every((outcome) => outcome === null)) return null
  const cases = alternatives.map(({ condition }, at) => {
    const sql = outcomes[at]?.sql ?? 'NULL'
    return condition === true ? `ELSE ${sql}` : `WHEN ${condition} THEN ${sql}`
  })
  return { sql: `CASE ${cases.join(' ')} END`, type: commonType(outcomes, value, tools) }
}

/** A column of most engines has one type; JavaScript would leave text in one record and a number in the next. */
function commonType(
  outcomes: readonly Outcome[],
  { type, number }: Value,
  { dialect }: SqlTools,
): 'same' | 'text' | 'integer' | 'double' | 'any' {
  const own = outcomes.flatMap((outcome) => (outcome === null ? [] : [outcome.type]))
  const [first = 'same'] = own
  if (own.every((each) => each === first)) return first
  if (dialect.isDynamic) return own.includes('any') ? 'any' : 'text'
  const types = new Set(own.map((each) => (each === 'same' ? type : each)))
  if (types.size === 1) return 'same'
  if ([...types].every((each) => each === 'integer' || each === 'double')) return 'double'
  const problem = `the rules of column ${number} leave values of different types`
  throw new PushdownError('ERR_PUSHDOWN_COLUMN_TYPE', problem)
}

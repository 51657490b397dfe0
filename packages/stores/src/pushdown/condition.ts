/**
 * Conditions of policies in SQL.
 *
 * @module
 */

import type { When } from '@surveyseal/core/anonymize'
import { recordTests } from '@surveyseal/core/anonymize'
import { PushdownError } from './errors.js'
import { languageIs } from './language.js'
import { isCanonicalNumber } from './number-text.js'
import type { SqlTools, Value } from './value.js'
import { numberOf, textOf, typeUnsupported } from './value.js'

/** A condition: an expression that is never NULL, or what is true or false of every row. */
export type Condition = string | boolean

/**
 * Asks a condition of a row.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`, `ERR_PUSHDOWN_NESTED`
 */
export function conditionSql(when: When | undefined, tools: SqlTools): Condition {
  if (when === undefined) return true
  const { language } = when
  const tests = recordTests(when).map(({ path, values }) => testSql(path, values, tools))
  const parts = language === undefined ? tests : [...tests, languageSql(language, tools)]
  if (parts.includes(false)) return false
  return parts.length === 0 ? true : parts.map((part) => `COALESCE(${part}, FALSE)`).join(' AND ')
}

function testSql([name = '', ...rest]: readonly string[], values: readonly string[], tools: SqlTools): Condition {
  const value = tools.columns.get(name)
  if (value === undefined) return false
  if (rest.length === 0) return oneOf(value, values, tools)
  if (value.type !== 'other') return false
  throw new PushdownError('ERR_PUSHDOWN_NESTED', `a condition leads into column ${value.number}`)
}

/** Values compare as text, numbers and booleans as JSON writes them. */
function oneOf(value: Value, values: readonly string[], tools: SqlTools): Condition {
  const { dialect } = tools
  const { sql, type } = value
  if (dialect.isDynamic) {
    const cases = [
      [dialect.isText(sql), ofTexts(sql, values, tools)],
      [dialect.isNumber(sql), ofNumbers(sql, values, tools)],
    ].flatMap(([is, holds]) => (holds === false ? [] : [`WHEN ${is} THEN ${holds}`]))
    return `CASE ${cases.join(' ')} ELSE FALSE END`
  }
  if (type === 'text') return ofTexts(sql, values, tools)
  if (type === 'integer' || type === 'double') return ofNumbers(sql, values, tools)
  if (type === 'boolean') return ofBooleans(sql, values)
  throw typeUnsupported(value)
}

function ofTexts(sql: string, values: readonly string[], tools: SqlTools): string {
  return `${tools.dialect.binary(sql)} IN (${values.map((value) => textOf(value, tools)).join(', ')})`
}

function ofNumbers(sql: string, values: readonly string[], tools: SqlTools): Condition {
  const numbers = values.filter(isCanonicalNumber).map((value) => numberOf(Number(value), tools))
  return numbers.length === 0 ? false : `${sql} IN (${numbers.join(', ')})`
}

function ofBooleans(sql: string, values: readonly string[]): Condition {
  const booleans = values.filter((value) => value === 'true' || value === 'false')
  return booleans.length === 0 ? false : `${sql} IN (${booleans.join(', ')})`
}

function languageSql(language: string, { columns, dialect }: SqlTools): Condition {
  const value = columns.get('language')
  return value === undefined ? false : (languageIs(value, language, dialect) ?? false)
}

import type { Language, Rule } from '@surveyseal/core/anonymize'
import { compilePolicy, parsePolicy } from '@surveyseal/core/anonymize'

/** What JavaScript puts in a value's place: sentences and labels are asked for, so that they cannot differ. */
export function replacementOf(rule: Rule, value: unknown, language: Language): unknown {
  const { when, ...always } = rule
  const policy = parsePolicy({ version: 1, language, fields: { value: always } })
  return compilePolicy(policy).apply({ value }).record?.['value']
}

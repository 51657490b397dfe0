import type { RegionRule } from '@surveyseal/core/anonymize'
import { isCanonicalNumber } from '../number-text.js'
import type { Outcome, SqlTools, Value } from '../value.js'
import { byType, numberOf, textOf } from '../value.js'

/** Engines look lists of values up by hashing or in a tree, however long they are. */
export function region({ groups, others }: RegionRule, value: Value, tools: SqlTools): Outcome {
  const otherwise = others === undefined ? 'NULL' : textOf(others, tools)
  const own = Object.values(groups).map((group) => [group, group] as const)
  const groupOf = new Map([...own, ...Object.entries(groups)])
  const numbers = Object.entries(groups).filter(([key]) => isCanonicalNumber(key))
  return byType(
    value,
    {
      text: (sql) =>
        cases(
          tools.dialect.binary(sql),
          grouped(groupOf, (key) => textOf(key, tools)),
          { otherwise, tools },
        ),
      number: (sql) =>
        cases(
          sql,
          grouped(numbers, (key) => numberOf(Number(key), tools)),
          { otherwise, tools },
        ),
      others: otherwise,
    },
    tools,
  )
}

/** The values of each group. */
function grouped(entries: Iterable<readonly [string, string]>, bind: (key: string) => string): Map<string, string[]> {
  const keysOf = new Map<string, string[]>()
  for (const [key, group] of entries) {
    const keys = keysOf.get(group)
    if (keys === undefined) keysOf.set(group, [bind(key)])
    else keys.push(bind(key))
  }
  return keysOf
}

function cases(
  sql: string,
  keysOf: ReadonlyMap<string, readonly string[]>,
  { otherwise, tools }: { otherwise: string; tools: SqlTools },
): string {
  if (keysOf.size === 0) return otherwise
  const when = Array.from(keysOf, ([group, keys]) => `WHEN ${sql} IN (${keys.join(', ')}) THEN ${textOf(group, tools)}`)
  return `CASE ${when.join(' ')} ELSE ${otherwise} END`
}

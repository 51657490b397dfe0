/**
 * Ways to generalise a column, from precise to coarse.
 *
 * @module
 */

import type { Rule } from '../../anonymize/techniques.js'

/** How a column's values look. */
interface Kind {
  matches(value: unknown): boolean
  /** From precise to coarse. */
  rules(values: readonly unknown[], counts: readonly number[]): Rule[]
}

/** A text that begins as ISO 8601 dates do. */
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]|$)/
const NUMBER = /^[+-]?\d{1,21}(?:\.\d{1,20})?$/

/** The first kind that all values are of counts. */
const KINDS: readonly Kind[] = [
  {
    matches: (value) => value instanceof Date || (typeof value === 'string' && DATE.test(value)),
    rules: () =>
      (['day', 'week', 'month', 'quarter', 'year'] as const).map((to) => ({ technique: 'coarsen-date', to })),
  },
  {
    matches: (value) =>
      typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && NUMBER.test(value),
    rules: (values, counts) => numeric(values.map((value, at) => [Number(value), counts[at] as number])),
  },
  {
    matches: (value) => typeof value === 'string',
    rules: (values) => beginnings(values.map(String)),
  },
]

/**
 * What may be done to a column: limits and steps for numbers, periods for dates, the beginning for texts that have their
 * beginnings in common; last, always, to mask it.
 *
 * @param values - The distinct values, none of them suppressed.
 * @param counts - How many rows have each.
 */
export function ladderOf(values: readonly unknown[], counts: readonly number[]): Rule[] {
  const kind = KINDS.find(({ matches }) => values.every(matches))
  return [...(values.length === 0 ? [] : (kind?.rules(values, counts) ?? [])), { technique: 'mask' }]
}

function numeric(counted: readonly (readonly [value: number, rows: number])[]): Rule[] {
  const ascending = [...counted].sort(([one], [other]) => one - other)
  const [lowest, highest] = [ascending[0]?.[0] ?? 0, ascending.at(-1)?.[0] ?? 0]
  const at = quantiles(ascending)
  const range = highest - lowest
  const steps = [1, 2, 5, 10, 20, 25, 50, 100].map((step) => step * 10 ** Math.floor(Math.log10(range / 100)))
  const inner = [at(0.05), at(0.95)] as const
  const edges = (parts: number) =>
    distinct(Array.from({ length: parts - 1 }, (_, part) => at((part + 1) / parts))).filter((edge) => edge > lowest)
  if (range <= 0) return []
  return [
    ...(inner[0] < inner[1] ? [{ technique: 'top-bottom-code', bottom: inner[0], top: inner[1] } as const] : []),
    ...steps.filter((to) => to >= 1e-6 && to <= 1e15).map((to) => ({ technique: 'round', to: tidy(to) }) as const),
    ...[8, 4, 2]
      .map(edges)
      .filter(({ length }) => length > 0)
      .map((edges) => ({ technique: 'band', edges }) as const),
  ]
}

/** The value that this share of all rows do not exceed. */
function quantiles(ascending: readonly (readonly [value: number, rows: number])[]): (share: number) => number {
  const upTo: number[] = []
  for (const [, rows] of ascending) upTo.push((upTo.at(-1) ?? 0) + rows)
  const total = upTo.at(-1) ?? 0
  return (share) => ascending[upTo.findIndex((rows) => rows >= share * total)]?.[0] ?? 0
}

/** Texts are cut where that makes some of them the same. */
function beginnings(values: readonly string[]): Rule[] {
  const longest = values.reduce((most, value) => Math.max(most, Array.from(value).length), 0)
  const lengths = Array.from({ length: Math.min(longest, 12) - 1 }, (_, at) => Math.min(longest, 12) - 1 - at)
  const kept = (keep: number) => new Set(values.map((value) => Array.from(value).slice(0, keep).join(''))).size
  return lengths
    .filter((keep, at) => kept(keep) < (at === 0 ? values.length : kept(lengths[at - 1] as number)))
    .map((keep) => ({ technique: 'truncate', keep }))
}

function distinct(ascending: readonly number[]): number[] {
  return [...new Set(ascending)]
}

/** 0.1 and not 0.1000000000000001. */
function tidy(step: number): number {
  return Number(step.toPrecision(3))
}

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
  rules(values: readonly unknown[]): Rule[]
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
    rules: (values) => numeric(values.map(Number)),
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
 */
export function ladderOf(values: readonly unknown[]): Rule[] {
  const kind = KINDS.find(({ matches }) => values.every(matches))
  return [...(values.length === 0 ? [] : (kind?.rules(values) ?? [])), { technique: 'mask' }]
}

function numeric(values: readonly number[]): Rule[] {
  const ascending = [...values].sort((one, other) => one - other)
  const at = (share: number) => ascending[Math.floor(share * (ascending.length - 1))] as number
  const range = at(1) - at(0)
  const steps = [1, 2, 5, 10, 20, 25, 50, 100].map((step) => step * 10 ** Math.floor(Math.log10(range / 100)))
  const inner = [at(0.05), at(0.95)] as const
  const quantiles = (parts: number) => distinct(Array.from({ length: parts - 1 }, (_, part) => at((part + 1) / parts)))
  if (range <= 0) return []
  return [
    ...(inner[0] < inner[1] ? [{ technique: 'top-bottom-code', bottom: inner[0], top: inner[1] } as const] : []),
    ...steps.filter((to) => to >= 1e-6 && to <= 1e15).map((to) => ({ technique: 'round', to: tidy(to) }) as const),
    ...[8, 4, 2].map(quantiles).map((edges) => ({ technique: 'band', edges }) as const),
  ]
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

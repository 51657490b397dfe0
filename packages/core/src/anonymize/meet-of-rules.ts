import type { CoarsenDateRule, TopBottomCodeRule, TruncateRule } from './generalize.js'
import { reveals } from './identifiers.js'
import type { Rule } from './techniques.js'

/**
 * @internal
 *
 * The rule that leaves of a value only what can be told from what either leaves of it; the second says what takes the place
 * of a value both hide.
 */
export function meetOfRules(one: Rule, other: Rule): Rule {
  const warning = other.warning ?? one.warning
  const { when: _, warning: __, ...rule } = less(one, other)
  return { ...rule, ...(warning !== undefined && { warning }) } as Rule
}

const REMOVE: Rule = { technique: 'remove' }

function less(one: Rule, other: Rule): Rule {
  if (one.technique === 'remove' || other.technique === 'remove') return REMOVE
  if (!reveals(other)) return other
  if (!reveals(one)) return one
  if (one.technique === 'retain') return other
  if (other.technique === 'retain') return one
  return coarser(one, other) ?? (isSame(one, other) ? other : REMOVE)
}

/** Generalizations of one technique, of which one goes on where the other stops. */
function coarser(one: Rule, other: Rule): Rule | undefined {
  if (one.technique === 'truncate' && other.technique === 'truncate') return shorterText(one, other)
  if (one.technique === 'coarsen-date' && other.technique === 'coarsen-date') return shorterDate(one, other)
  if (one.technique === 'top-bottom-code' && other.technique === 'top-bottom-code') return narrower(one, other)
  return undefined
}

function shorterText(one: TruncateRule, other: TruncateRule): Rule {
  return { technique: 'truncate', keep: Math.min(one.keep, other.keep) }
}

/** What each can be shortened to. A week lies in no month. */
const SHORTER: Readonly<Record<CoarsenDateRule['to'], readonly CoarsenDateRule['to'][]>> = {
  day: ['day', 'week', 'month', 'quarter', 'year'],
  week: ['week'],
  month: ['month', 'quarter', 'year'],
  quarter: ['quarter', 'year'],
  year: ['year'],
}

function shorterDate(one: CoarsenDateRule, other: CoarsenDateRule): Rule {
  if (SHORTER[one.to].includes(other.to)) return other
  return SHORTER[other.to].includes(one.to) ? one : REMOVE
}

function narrower(one: TopBottomCodeRule, other: TopBottomCodeRule): Rule {
  const top = Math.min(one.top ?? Infinity, other.top ?? Infinity)
  const bottom = Math.max(one.bottom ?? -Infinity, other.bottom ?? -Infinity)
  if (bottom > top) return REMOVE
  return {
    technique: 'top-bottom-code',
    ...(top < Infinity && { top }),
    ...(bottom > -Infinity && { bottom }),
  }
}

function isSame(one: Rule, other: Rule): boolean {
  const [options, others] = [one, other].map(({ when, warning, ...options }) => Object.entries(options).sort())
  return JSON.stringify(options) === JSON.stringify(others)
}

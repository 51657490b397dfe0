import { REMOVED } from './removed.js'
import type { RuleBase, ValueTechnique } from './techniques.js'

/**
 * Rounds a number to the nearest multiple. Numbers written as text, as in CSV, stay text; anything that is no number is left
 * out.
 */
export interface RoundRule extends RuleBase {
  readonly technique: 'round'
  /** The step, between 1e-6 and 1e15. Halves go up. */
  readonly to: number
}

/**
 * Replaces numbers beyond a limit by the limit: the oldest customer is no longer the only one of 103. Numbers written as text
 * stay text; anything that is no number is left out.
 */
export interface TopBottomCodeRule extends RuleBase {
  readonly technique: 'top-bottom-code'
  /** Larger numbers become this one. At least one of `top` and `bottom` is given, and `bottom` is not above `top`. */
  readonly top?: number
  /** Smaller numbers become this one. */
  readonly bottom?: number
}

/**
 * Replaces a number by the interval it lies in, as text: `[18, 25)` holds 18 and not 25. Below the first edge it is `<18`, from
 * the last on `>=65`. Anything that is no number is left out.
 */
export interface BandRule extends RuleBase {
  readonly technique: 'band'
  /** 1 to 100 numbers, ascending. */
  readonly edges: readonly number[]
}

/**
 * Shortens a date to its day (`2026-03-17`), week (`2026-W12`, ISO 8601), month (`2026-03`), quarter (`2026-Q1`) or year
 * (`2026`). It reads a `Date` in UTC, and text that begins with `YYYY-MM-DD` as the calendar day it names, whatever offset
 * follows. Months, quarters and years written that way are shortened too; what is that short already stays. Anything else is
 * left out.
 */
export interface CoarsenDateRule extends RuleBase {
  readonly technique: 'coarsen-date'
  readonly to: 'day' | 'week' | 'month' | 'quarter' | 'year'
}

/** Keeps the first characters of a text, such as the district of a postal code. What is no text is left out. */
export interface TruncateRule extends RuleBase {
  readonly technique: 'truncate'
  /** 1 to 100 characters (code points). */
  readonly keep: number
}

/** Replaces a value by the group it belongs to: a town by its region, a job by its family. */
export interface RegionRule extends RuleBase {
  readonly technique: 'region'
  /** The group of each value, compared exactly: 1 to 10,000 texts of at most 100 characters. */
  readonly groups: Readonly<Record<string, string>>
  /**
   * The group of every other value, at most 100 characters.
   *
   * @defaultValue other values are left out
   */
  readonly others?: string
}

/** The techniques of generalization: they keep a value's meaning and give up its precision. */
export type GeneralizationRule = RoundRule | TopBottomCodeRule | BandRule | CoarsenDateRule | TruncateRule | RegionRule

/** @internal The part of the registry about them. */
export const GENERALIZATIONS: {
  readonly [Id in GeneralizationRule['technique']]: ValueTechnique<Extract<GeneralizationRule, { technique: Id }>>
} = {
  round: {
    family: 'generalization',
    name: { en: 'Round', fr: 'Arrondir' },
    options: { to: (value) => isNumber(value) && value >= 1e-6 && value <= 1e15 },
    required: ['to'],
    compile: ({ to }) => number((value) => decimal(Math.round(value / to) * to, to)),
  },
  'top-bottom-code': {
    family: 'generalization',
    name: { en: 'Top and bottom coding', fr: 'Regrouper les valeurs extrêmes' },
    options: { top: isNumber, bottom: isNumber },
    isSound: ({ top, bottom }) => (top ?? bottom) !== undefined && (bottom ?? -Infinity) <= (top ?? Infinity),
    compile: ({ top = Infinity, bottom = -Infinity }) => number((value) => Math.max(bottom, Math.min(top, value))),
  },
  band: {
    family: 'generalization',
    name: { en: 'Replace by an interval', fr: 'Remplacer par un intervalle' },
    options: { edges: isAscending },
    required: ['edges'],
    compile: ({ edges }) => bands(edges),
  },
  'coarsen-date': {
    family: 'generalization',
    name: { en: 'Coarsen a date', fr: 'Réduire la précision d’une date' },
    options: { to: (value) => typeof value === 'string' && Object.hasOwn(PERIODS, value) },
    required: ['to'],
    compile: ({ to }) => coarsen(to),
  },
  truncate: {
    family: 'generalization',
    name: { en: 'Keep the beginning', fr: 'Garder le début' },
    options: { keep: (value) => Number.isInteger(value) && isNumber(value) && value >= 1 && value <= 100 },
    required: ['keep'],
    compile: ({ keep }) =>
      text((value) =>
        Array.from(value.slice(0, 2 * keep))
          .slice(0, keep)
          .join(''),
      ),
  },
  region: {
    family: 'generalization',
    name: { en: 'Replace by a group', fr: 'Remplacer par un groupe' },
    options: { groups: isGroups, others: isShortText },
    required: ['groups'],
    compile: ({ groups, others }) => regions(groups, others),
  },
}

type Generalize = (value: unknown) => unknown

/** As JSON and people write numbers in tables; `Infinity`, hexadecimal digits and blanks are none. */
const NUMBER = /^[+-]?\d{1,21}(?:\.\d{1,20})?$/

function number(generalize: (value: number) => number): Generalize {
  const generalized = (value: number): number | typeof REMOVED => {
    const result = generalize(value)
    // JSON has no infinity, and writes -0 as 0.
    return Number.isFinite(result) ? result || 0 : REMOVED
  }
  return (value) => {
    if (isNumber(value)) return generalized(value)
    if (typeof value !== 'string' || !NUMBER.test(value)) return REMOVED
    const result = generalized(Number(value))
    return result === REMOVED ? REMOVED : String(result)
  }
}

function text(generalize: (value: string) => string): Generalize {
  return (value) => (typeof value === 'string' ? generalize(value) : REMOVED)
}

/** A multiple of 0.1 is written with one decimal, not as the nearest binary fraction. */
function decimal(multiple: number, step: number): number {
  const [digits = '', exponent = '0'] = String(step).split('e')
  const decimals = Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
  return Number(multiple.toFixed(Math.min(decimals, 20)))
}

function bands(edges: readonly number[]): Generalize {
  const labels = [
    `<${edges[0]}`,
    ...edges.slice(1).map((edge, index) => `[${edges[index]}, ${edge})`),
    `>=${edges.at(-1)}`,
  ]
  const own = new Set<unknown>(labels)
  return (value) => {
    if (own.has(value)) return value
    const known = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value
    if (!isNumber(known)) return REMOVED
    const above = edges.findIndex((edge) => known < edge)
    return labels[above === -1 ? edges.length : above]
  }
}

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Four digits, as ISO 8601 has them. */
const year = ({ year }: Day): string => String(year).padStart(4, '0')
const two = (value: number): string => String(value).padStart(2, '0')
const quarter = (month: number): number => Math.ceil(month / 3)

const PERIODS: Readonly<Record<CoarsenDateRule['to'], (day: Day) => string>> = {
  day: (date) => `${year(date)}-${two(date.month)}-${two(date.day)}`,
  week: weekOf,
  month: (date) => `${year(date)}-${two(date.month)}`,
  quarter: (date) => `${year(date)}-Q${quarter(date.month)}`,
  year,
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]|$)/
const WEEK = /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/
const SHORT = /^(\d{4})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?$/

function coarsen(to: CoarsenDateRule['to']): Generalize {
  return (value) => {
    const day = dayOf(value)
    if (day !== null) return PERIODS[to](day)
    return typeof value === 'string' ? shorten(value, to) : REMOVED
  }
}

/** What is left of a text that is a date already shortened. Weeks lie in no month and no year, and nothing but days in weeks. */
function shorten(text: string, to: CoarsenDateRule['to']): string | typeof REMOVED {
  if (WEEK.test(text)) return to === 'week' || to === 'day' ? text : REMOVED
  const [, year, month] = SHORT.exec(text) ?? []
  if (year === undefined || to === 'week') return REMOVED
  if (to === 'year') return year
  return to === 'quarter' && month !== undefined ? `${year}-Q${quarter(Number(month))}` : text
}

/** The calendar day a value names; null for what is none, such as 30 February or a day of the year 0000. */
function dayOf(value: unknown): Day | null {
  const written = value instanceof Date ? isoOf(value) : value
  const [, ...parts] = (typeof written === 'string' && DATE.exec(written)) || []
  if (parts.length !== 3) return null
  const [year = 0, month = 0, day = 0] = parts.map(Number)
  if (year === 0) return null
  const date = utc({ year, month, day })
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null
}

function isoOf(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** The years 0 to 99 are not those of the last century. */
function utc({ year, month, day }: Day): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date
}

/** ISO 8601: a week belongs to the year its Thursday lies in. */
function weekOf(day: Day): string {
  const thursday = utc(day)
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const start = utc({ year: thursday.getUTCFullYear(), month: 1, day: 1 })
  const week = Math.floor((thursday.getTime() - start.getTime()) / 86_400_000 / 7) + 1
  return `${year({ year: thursday.getUTCFullYear(), month: 1, day: 1 })}-W${two(week)}`
}

/** A value that is a group already stays, so that applying a policy twice changes nothing. */
function regions(groups: Readonly<Record<string, string>>, others: string | undefined): Generalize {
  const groupOf = new Map<unknown, string>(Object.entries(groups))
  const own = new Set<unknown>(groupOf.values())
  return (value) => {
    const key = isNumber(value) ? String(value) : value
    return groupOf.get(key) ?? (own.has(value) ? value : (others ?? REMOVED))
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 100
}

function isAscending(edges: unknown): boolean {
  if (!Array.isArray(edges) || edges.length === 0 || edges.length > 100) return false
  return edges.every((edge, index) => isNumber(edge) && (index === 0 || edge > edges[index - 1]))
}

/** Groups of groups would depend on how often a policy is applied. */
function isGroups(groups: unknown): boolean {
  if (typeof groups !== 'object' || groups === null || Array.isArray(groups)) return false
  const entries = Object.entries(groups)
  if (entries.length === 0 || entries.length > 10_000 || !entries.flat().every(isShortText)) return false
  return entries.every(([, group]) =>
    Object.hasOwn(groups, group) ? groups[group as keyof typeof groups] === group : true,
  )
}

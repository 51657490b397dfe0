/**
 * The last day of a period in months.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { assertDate } from '../lib/arguments.js'

/** How to count. */
export interface PeriodOptions {
  readonly months: number
  /** Where the controller is, as an IANA name such as `Europe/Paris`: it says which day an instant lies in. */
  readonly timeZone: string
  /**
   * Public holidays of that place as `2026-12-25`, for as far as periods reach. They are the host's data: who leaves them
   * out gets a day that may be too early, never too late. @defaultValue none
   */
  readonly holidays?: Iterable<string>
}

/**
 * The last day of a period that begins with an instant, by article 3 of Regulation (EEC, Euratom) No 1182/71.
 *
 * The period ends with the day that has the same date in the last month, or with the last day of that month where it has
 * no such date (paragraph 2(c)); when that is a Saturday, Sunday or public holiday, with the next working day (paragraph
 * 4). The whole of that day belongs to the period.
 *
 * @param from - When the request was received.
 * @param options - See {@link PeriodOptions}.
 * @returns The last day, as `2026-04-07`. Days in this form compare as texts.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 * @see [Regulation 1182/71](https://eur-lex.europa.eu/eli/reg/1971/1182/oj), GDPR article 12(3), EDPB Guidelines 01/2022
 * section 5.3
 *
 * @example
 * A request that came on the last day of January.
 *
 * ```ts
 * import { periodEnd } from '@surveyseal/consent/rights'
 *
 * const received = new Date('2027-01-31T10:00:00Z')
 * export const due = periodEnd(received, { months: 1, timeZone: 'Europe/Paris' }) // 2027-03-01: the 28th is a Sunday
 * ```
 */
export function periodEnd(from: Date, options: PeriodOptions): string {
  const { months, timeZone, holidays = [] } = options
  if (typeof months !== 'number') throw invalidArgumentType('options.months', 'number', months)
  if (!Number.isSafeInteger(months) || months < 1 || months > 1200) {
    throw invalidArgumentValue('options.months', 'an integer from 1 to 1200')
  }
  const free = new Set(holidays)
  for (const day of free) {
    if (typeof day !== 'string' || !DAY.test(day)) throw invalidArgumentValue('options.holidays', 'days as 2026-12-25')
  }
  return nextWorkingDay(sameDate(localDay(from, timeZone), months), free)
}

/**
 * The calendar day an instant lies in.
 *
 * @param at - The instant, from the year 1 to 9000.
 * @param timeZone - An IANA name such as `Europe/Paris`.
 * @returns The day, as `2026-04-07`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 */
export function localDay(at: Date, timeZone: string): string {
  assertDate('at', at)
  if (typeof timeZone !== 'string') throw invalidArgumentType('timeZone', 'string', timeZone)
  if (at.getTime() < -62_135_596_800_000 || at.getUTCFullYear() > 9000) {
    throw invalidArgumentValue('at', 'an instant from the year 1 to 9000')
  }
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((type) => parts.get(type as 'year'))
  return `${year.padStart(4, '0')}-${month}-${day}`
}

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
  } catch {
    throw invalidArgumentValue('timeZone', 'the IANA name of a time zone')
  }
}

function sameDate(from: string, months: number): string {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number)
  const first = utcDay(year, month - 1 + months, 1)
  const length = utcDay(first.getUTCFullYear(), first.getUTCMonth() + 1, 0).getUTCDate()
  first.setUTCDate(Math.min(day, length))
  return isoDay(first)
}

function nextWorkingDay(from: string, holidays: ReadonlySet<string>): string {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number)
  const date = utcDay(year, month - 1, day)
  while (date.getUTCDay() === 0 || date.getUTCDay() === 6 || holidays.has(isoDay(date))) {
    date.setUTCDate(date.getUTCDate() + 1)
  }
  return isoDay(date)
}

/** `Date.UTC` takes the years 0 to 99 for those of the twentieth century. */
function utcDay(year: number, month: number, day: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  return date
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10)
}

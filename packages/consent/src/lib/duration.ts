/**
 * Lengths of time as notices state them: ISO 8601 durations of whole numbers.
 *
 * @module
 */

const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/

/** A length of time in the three units that do not convert into each other without a calendar. */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly seconds: number
}

/** Reads a duration such as `P1Y6M` or `P30D`; null when the text is none. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION.exec(text)
  if (match === null) return null
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0))
  return { months: years * 12 + months, days: weeks * 7 + days, seconds: hours * 3600 + minutes * 60 + seconds }
}

/**
 * Whether `after` may be longer than `before` on some calendar: below zero surely shorter, zero surely the same, above
 * zero possibly longer.
 */
export function compareDurations(before: Duration, after: Duration): number {
  const months = after.months - before.months
  const rest = after.days - before.days + (after.seconds - before.seconds) / 86_400
  const longest = months * (months > 0 ? 31 : 28) + rest
  const isSame = months === 0 && rest === 0
  return isSame ? 0 : longest > 0 ? 1 : longest < 0 ? -1 : 1
}

/** The instant a duration later, by the calendar of UTC; the last day of a month that has no such day. */
export function addDuration(from: Date, { months, days, seconds }: Duration): Date {
  const month = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1))
  const lastDay = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate()
  const day = Math.min(from.getUTCDate(), lastDay) - 1
  const timeOfDay = from.getTime() % 86_400_000
  return new Date(month.getTime() + (day + days) * 86_400_000 + timeOfDay + seconds * 1000)
}

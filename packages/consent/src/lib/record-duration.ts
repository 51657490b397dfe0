/**
 * Durations and days as texts.
 *
 * @module
 */

const PERIOD = /^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/
const DAY = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

/** Whether a text is a duration of ISO 8601. */
export function isPeriod(text: string): boolean {
  return PERIOD.test(text)
}

/** Whether a text is a day, or an instant of one. The 30th of February is none, though `Date` takes it for the 2nd of March. */
export function isDay(text: string): boolean {
  const [, day = ''] = DAY.exec(text) ?? []
  const midnight = new Date(day)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

/** The type of DPV for a duration given as one text: a period, a day, or else the words for what ends it. */
export function durationType(text: string): string {
  if (isPeriod(text)) return 'dpv:TemporalDuration'
  return isDay(text) ? 'dpv:UntilTimeDuration' : 'dpv:UntilEventDuration'
}

/** The type a text looks as if it were meant to be, though it may not be one. */
export function claimedDurationType(text: string): string {
  if (/^P[0-9T]/.test(text)) return 'dpv:TemporalDuration'
  return /^\d{4}-\d{2}/.test(text) ? 'dpv:UntilTimeDuration' : 'dpv:UntilEventDuration'
}

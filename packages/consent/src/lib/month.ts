/**
 * Months as numbers: the grain in which the summary of an erased event tells time.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { parseDuration } from './duration.js'

/** The month of an instant in UTC, counted from January of the year 0. */
export function monthOf(instant: number): number {
  const date = new Date(instant)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Writes a month, such as `2026-11`. */
export function formatMonth(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}

/** Reads a length of time in whole months, such as `P3Y`. */
export function monthsArgument(name: string, value: unknown): number {
  if (typeof value !== 'string') throw invalidArgumentType(name, 'string', value)
  const duration = parseDuration(value)
  if (duration === null || duration.days > 0 || duration.seconds > 0) {
    throw invalidArgumentValue(name, 'a duration of years and months, such as P3Y')
  }
  return duration.months
}

/**
 * Instants on the command line.
 *
 * @module
 */

import { CliError } from '../errors.js'

const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/**
 * Reads a day (midnight UTC) or an instant with its offset.
 *
 * @throws {@link CliError} `ERR_CLI_USAGE`
 */
export function instantOption(option: string, text: string): Date {
  const [, day = ''] = ISO_8601.exec(text) ?? []
  const instant = new Date(text)
  if (isDay(day) && !Number.isNaN(instant.getTime())) return instant
  throw new CliError('ERR_CLI_USAGE', `--${option} takes an ISO 8601 day, or an instant with its offset`)
}

/** The 30th of February is no day, though `Date` takes it for the 2nd of March. */
function isDay(day: string): boolean {
  const midnight = new Date(day)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

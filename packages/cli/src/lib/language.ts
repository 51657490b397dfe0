/**
 * The language of a report.
 *
 * @module
 */

import type { Language } from '@surveyseal/core/report'
import { CliError } from '../errors.js'

/** The option of every command that writes a report. */
export const languageOption = { type: 'string', hint: 'en|fr', does: 'of the report (default en)' } as const

/** Reads it. */
export function languageOf(value: string | undefined): Language {
  if (value === undefined || value === 'en') return 'en'
  if (value === 'fr') return value
  throw new CliError('ERR_CLI_USAGE', '--language is en or fr')
}

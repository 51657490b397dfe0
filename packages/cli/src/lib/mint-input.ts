/**
 * What both kinds of mint read and write.
 *
 * @module
 */

import { CliError } from '../errors.js'
import type { JsonRecord } from './ndjson.js'
import { formatNdjson } from './ndjson.js'
import type { RecordSource } from './records.js'

/** The column that is added. */
export const LINK = 'link'

/** A record of the input and the link of its invitee. */
export interface MintedRow {
  readonly record: JsonRecord
  readonly respondent: string
  readonly link: string
}

/** How rows are written: the input's own columns and one more, or respondent and link as JSON. */
export interface RowWriter {
  readonly header: string
  readonly isJson: boolean
  format(rows: readonly MintedRow[]): string
}

/**
 * Chooses how rows are written.
 *
 * @throws {@link CliError} `ERR_CLI_COLUMN_EXISTS`
 */
export function rowWriter(source: RecordSource, json: boolean): RowWriter {
  if (json || source.header === null) {
    const format = (rows: readonly MintedRow[]) =>
      formatNdjson(rows.map(({ respondent, link }) => ({ respondent, link })))
    return { header: '', isJson: true, format }
  }
  if (source.header.includes(LINK)) {
    throw new CliError('ERR_CLI_COLUMN_EXISTS', `the input has a column "${LINK}" already`)
  }
  return {
    header: source.formatHeader([LINK]),
    isJson: false,
    format: (rows) => {
      return source.format(
        rows.map(({ record, link }) => ({ ...record, [LINK]: link })),
        [LINK],
      )
    },
  }
}

/**
 * Reads a reference, which JSON may hold as a number.
 *
 * @throws {@link CliError} `ERR_CLI_RESPONDENT_INVALID`
 */
export function respondentOf(value: unknown): string {
  const respondent = Number.isSafeInteger(value) ? String(value) : value
  if (typeof respondent !== 'string') throw invalidRespondent()
  return respondent
}

/** The refusal of what is no reference. */
export function invalidRespondent(): CliError {
  return new CliError('ERR_CLI_RESPONDENT_INVALID', 'the respondent is not text of 1 to 64 bytes, nor a whole number')
}

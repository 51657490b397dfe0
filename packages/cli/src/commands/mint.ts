/**
 * `surveyseal mint`: a sealed link for everybody in a file.
 *
 * @module
 */

import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { instantOption } from '../lib/instant.js'
import { openScope, scopeOptions } from '../lib/keyring-file.js'
import type { JsonRecord } from '../lib/ndjson.js'
import { formatNdjson } from '../lib/ndjson.js'
import { write } from '../lib/output.js'
import type { RecordSource } from '../lib/records.js'
import { atRecord, ownValue, recordOptions, requireColumns, withRecords } from '../lib/records.js'

/** The column that is added. */
const LINK = 'link'

type Seal = (respondent: string) => string

/** `surveyseal mint INVITEES` */
export const mint: Command = defineCommand({
  summary: 'Adds a sealed survey link for each invitee of a file',
  operand: 'INVITEES',
  options: {
    ...scopeOptions,
    'base-url': { type: 'string', hint: 'URL', does: 'where links lead: https, without personal data', required: true },
    expires: { type: 'string', hint: 'ISO', does: 'links open before this day or instant', required: true },
    'respondent-column': {
      type: 'string',
      hint: 'NAME',
      does: 'whose link it is, by an opaque reference (default: respondent)',
    },
    ...recordOptions,
    json: { type: 'boolean', does: 'prints a JSON object per invitee, respondent and link, instead of CSV' },
  },
  async run({ operand, values }, io) {
    const expiresAt = instantOption('expires', values.expires)
    const options = { baseUrl: values['base-url'] }
    const context = await openScope(values)
    const seal: Seal = (respondent) => context.seal({ respondent, expiresAt }, options).url
    seal('0') // An unfit base URL or expiry is refused before anything is read.
    await withRecords(operand, values, io, async (source) => {
      const column = values['respondent-column'] ?? 'respondent'
      requireColumns(source, [column])
      for await (const text of minted(source, column, seal, values.json)) await write(io.stdout, text)
    })
    return OK
  },
})

async function* minted(
  source: RecordSource,
  column: string,
  seal: Seal,
  json: boolean,
): AsyncGenerator<string, void, undefined> {
  let number = 0
  const linkFor = (record: JsonRecord): { respondent: string; link: string } => {
    number++
    return atRecord(number, () => sealed(ownValue(record, column), seal))
  }
  if (json || source.header === null) {
    for await (const records of source.batches) yield formatNdjson(records.map(linkFor))
    return
  }
  if (source.header.includes(LINK))
    throw new CliError('ERR_CLI_COLUMN_EXISTS', `the input has a column "${LINK}" already`)
  yield source.formatHeader([LINK])
  for await (const records of source.batches) {
    yield source.format(
      records.map((record) => ({ ...record, [LINK]: linkFor(record).link })),
      [LINK],
    )
  }
}

function sealed(value: unknown, seal: Seal): { respondent: string; link: string } {
  const respondent = Number.isSafeInteger(value) ? String(value) : value
  if (typeof respondent !== 'string') throw invalid()
  try {
    return { respondent, link: seal(respondent) }
  } catch (error) {
    // What else could be wrong with a link was tried before the first record.
    throw error instanceof TypeError || error instanceof RangeError ? invalid() : error
  }
}

function invalid(): CliError {
  return new CliError('ERR_CLI_RESPONDENT_INVALID', 'the respondent is not text of 1 to 64 bytes, nor a whole number')
}

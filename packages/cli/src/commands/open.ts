/**
 * `surveyseal open`: what links hold.
 *
 * @module
 */

import { CliError } from '../errors.js'
import type { Command, ExitCode } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import type { Io } from '../lib/io.js'
import { readKeyring, scopeOptions } from '../lib/keyring-file.js'
import { linkDatabaseOptions, withLinks } from '../lib/link-database.js'
import { LINK } from '../lib/mint-input.js'
import { type OpenOne, openSealed, openStored, showOpened } from '../lib/open-one.js'
import type { OptionValues } from '../lib/options.js'
import { write } from '../lib/output.js'
import { readPepperFile } from '../lib/pepper-file.js'
import { ownValue, recordOptions, requireColumns, withRecords } from '../lib/records.js'

const options = {
  ...scopeOptions,
  ...linkDatabaseOptions,
  column: { type: 'string', hint: 'NAME', does: 'the operand is a file with links in this column (for -: link)' },
  ...recordOptions,
  json: { type: 'boolean', does: 'prints one JSON object per link' },
} as const

type Values = OptionValues<typeof options>

/** A service needs one to issue links, which nobody does here. */
const NOWHERE = 'https://unused.invalid'

/** `surveyseal open URL` */
export const open: Command = defineCommand({
  summary:
    'Shows what a link holds, or why it is refused; with --column, every link of a file. --pepper opens stored links',
  operand: 'URL|FILE',
  options,
  run: ({ operand, values }, io) => withOpener(operand, values, io, (openOne) => openAll(operand, values, openOne, io)),
})

async function openAll(operand: string, values: Values, openOne: OpenOne, io: Io): Promise<ExitCode> {
  const { column = operand === '-' ? LINK : undefined } = values
  const show = showOpened(values.json)
  if (column === undefined) {
    const one = await openOne(operand)
    await write(io.stdout, show(one))
    return one.ok ? OK : FINDINGS
  }
  return withRecords(operand, values, io, async (source) => {
    requireColumns(source, [column])
    let code: ExitCode = OK
    for await (const records of source.batches) {
      let text = ''
      for (const record of records) {
        const one = await openOne(ownValue(record, column))
        if (!one.ok) code = FINDINGS
        text += show(one)
      }
      await write(io.stdout, text)
    }
    return code
  })
}

/** A keyring opens sealed links, pepper and database stored ones; together they tell whether a sealed link was used. */
async function withOpener<Result>(
  operand: string,
  values: Values,
  io: Io,
  use: (openOne: OpenOne) => Promise<Result>,
): Promise<Result> {
  const { tenant, survey, purpose, pepper, database, 'table-prefix': tablePrefix } = values
  const keyring = values.keyring === undefined ? undefined : await readKeyring(values.keyring, io)
  const context = keyring?.bind({ tenant, survey, purpose })
  if (pepper === undefined) {
    if (context === undefined) throw usage('--keyring is required, or --pepper and --database')
    if (database !== undefined) throw usage('--database needs --pepper')
    return use(async (url) => openSealed(context, url, io.now()))
  }
  if (operand === '-' && database === '-') throw usage('only one - can be read')
  const stored = { database, tablePrefix, peppers: await readPepperFile(pepper), baseUrl: NOWHERE }
  const keys = keyring === undefined ? {} : { keyring }
  return withLinks({ tenant, survey, purpose, ...stored, ...keys }, io, (links) =>
    use(async (url) => {
      const sealed = context === undefined ? null : openSealed(context, url, io.now())
      if (sealed !== null && !sealed.ok && sealed.code !== 'ERR_LINK_MALFORMED') return sealed
      return openStored({ links, survey }, url, sealed)
    }),
  )
}

function usage(problem: string): CliError {
  return new CliError('ERR_CLI_USAGE', `${problem} (see --help)`)
}

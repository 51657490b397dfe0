/**
 * `surveyseal mint`: a link for everybody in a file.
 *
 * @module
 */

import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { instantOption } from '../lib/instant.js'
import type { Io } from '../lib/io.js'
import { scopeOptions } from '../lib/keyring-file.js'
import { linkDatabaseOptions } from '../lib/link-database.js'
import { mintOpaque } from '../lib/mint-opaque.js'
import { mintSealed } from '../lib/mint-sealed.js'
import type { OptionValues, RequiredTextOption } from '../lib/options.js'
import { readPepperFile } from '../lib/pepper-file.js'
import { recordOptions } from '../lib/records.js'

const requiredOptions = {
  'base-url': { type: 'string', hint: 'URL', does: 'where links lead: https, without personal data', required: true },
  expires: { type: 'string', hint: 'ISO', does: 'links open before this day or instant', required: true },
} as const satisfies Record<string, RequiredTextOption>

const opaqueOptions = {
  ...linkDatabaseOptions,
  batch: {
    type: 'string',
    hint: 'ID',
    does: 'opaque: names the run; a name that has links needs --resume (default: mint)',
  },
  resume: {
    type: 'string',
    hint: 'FILE',
    does: 'opaque: what an interrupted run of this batch wrote; its links stay, and are written again',
  },
  ids: { type: 'string', hint: 'base64url|crockford', does: 'opaque: crockford can be typed from paper' },
  uses: { type: 'string', hint: 'N', does: 'opaque: submissions per invitee (default: 1)' },
  'cohort-column': { type: 'string', hint: 'NAME', does: 'opaque: a group whose links can be revoked together' },
} as const

const options = {
  ...scopeOptions,
  ...requiredOptions,
  mode: {
    type: 'string',
    hint: 'sealed|opaque',
    does: 'what a link is: encrypted, or an id in a database (default: sealed)',
  },
  'respondent-column': {
    type: 'string',
    hint: 'NAME',
    does: 'whose link it is, by an opaque reference (default: respondent)',
  },
  ...opaqueOptions,
  ...recordOptions,
  json: { type: 'boolean', does: 'prints a JSON object per invitee, respondent and link, instead of CSV' },
} as const

type Values = OptionValues<typeof options>

/** Each kind of link, and how it is minted. */
const MODES: Readonly<Record<string, (operand: string, values: Values, io: Io) => Promise<void>>> = { sealed, opaque }

/** `surveyseal mint INVITEES` */
export const mint: Command = defineCommand({
  summary: 'Adds a survey link for each invitee of a file, sealed or opaque',
  operand: 'INVITEES',
  options,
  async run({ operand, values }, io) {
    const { mode = 'sealed' } = values
    const mintLinks = Object.hasOwn(MODES, mode) ? MODES[mode] : undefined
    if (mintLinks === undefined) throw usage('--mode is sealed or opaque')
    await mintLinks(operand, values, io)
    return OK
  },
})

async function sealed(operand: string, values: Values, io: Io): Promise<void> {
  const stray = Object.keys(opaqueOptions).find((name) => values[name as keyof typeof opaqueOptions] !== undefined)
  if (stray !== undefined) throw usage(`--${stray} belongs to --mode opaque`)
  const { keyring } = values
  if (keyring === undefined || keyring === '') throw usage('--keyring is required')
  await mintSealed({ ...common(operand, values), keyring }, io)
}

async function opaque(operand: string, values: Values, io: Io): Promise<void> {
  const { pepper, resume, database, batch = 'mint', uses = '1', ids = 'base64url' } = values
  if (pepper === undefined || pepper === '') throw usage('--pepper is required in --mode opaque')
  if (ids !== 'base64url' && ids !== 'crockford') throw usage('--ids is base64url or crockford')
  if (!/^[1-9][0-9]{0,8}$/.test(uses)) throw usage('--uses is a number from 1 to 999999999')
  if ([operand, resume, database].filter((path) => path === '-').length > 1) throw usage('only one - can be read')
  const { 'table-prefix': tablePrefix, 'cohort-column': cohortColumn } = values
  const stored = { database, tablePrefix, peppers: await readPepperFile(pepper) }
  await mintOpaque({ ...common(operand, values), ...stored, cohortColumn, batch, resume, uses: Number(uses), ids }, io)
}

function common(operand: string, values: Values) {
  const { tenant, survey, purpose, json, delimiter, format } = values
  return {
    ...{ operand, tenant, survey, purpose, json, records: { delimiter, format } },
    baseUrl: values['base-url'],
    column: values['respondent-column'] ?? 'respondent',
    expiresAt: instantOption('expires', values.expires),
  }
}

function usage(problem: string): CliError {
  return new CliError('ERR_CLI_USAGE', `${problem} (see --help)`)
}

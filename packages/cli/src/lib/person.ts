/**
 * Anonymizing one person in a file: what would be done, or the file without them.
 *
 * @module
 */

import type { Policy } from '@surveyseal/core/anonymize'
import { assessSubject } from '@surveyseal/core/disclosure'
import type { ErasurePlan, ErasureTarget } from '@surveyseal/core/erase'
import { planErasure, recordTarget } from '@surveyseal/core/erase'
import type { SubjectMatch } from '@surveyseal/core/recognize'
import { matchSubject } from '@surveyseal/core/recognize'
import type { Language } from '@surveyseal/core/report'
import { CliError } from '../errors.js'
import type { ExitCode } from './command.js'
import { OK } from './command.js'
import { makeFile } from './files.js'
import type { Io } from './io.js'
import { languageOf } from './language.js'
import type { OptionValues } from './options.js'
import { write } from './output.js'
import { openPersonFile, type PersonFile } from './person-file.js'
import { previewJson, previewOf, previewPage, previewText } from './person-preview.js'
import { type PersonCertificate, personSummary, rewrite } from './person-rewrite.js'
import { readPolicy, refuseHeaderOfData } from './policy-file.js'

/** The options that select a person. */
export const personOptions = {
  email: { type: 'string', hint: 'ADDRESS', does: 'only the records of this person; others lose the address alone' },
  phone: { type: 'string', hint: 'NUMBER', does: 'the same by telephone number, in international form' },
  region: { type: 'string', hint: 'FR', does: 'the country of a number without +' },
  'ignore-tags': { type: 'boolean', does: 'takes ada+news@… for ada@…' },
  identity: { type: 'string', hint: 'a,b', does: 'the fields that say whose record it is; without it, by their names' },
  reference: { type: 'string', hint: 'FIELD', does: 'the field that all records of one person have in common' },
  preview: { type: 'boolean', does: 'shows what would be done, changes nothing' },
  html: { type: 'string', hint: 'FILE', does: 'with --preview: writes it as a page, for who confirms it' },
  language: { type: 'string', hint: 'en|fr', does: 'of that page (default en)' },
} as const

/** What the user asked for. */
export interface PersonValues extends OptionValues<typeof personOptions> {
  readonly policy: string | undefined
  readonly 'retain-identifiers': string | undefined
  readonly out: string | undefined
  readonly report: string | undefined
  readonly delimiter: string | undefined
  readonly format: string | undefined
  readonly json: boolean
}

/** Whether a person was named. */
export function isAboutPerson({ email, phone }: Pick<PersonValues, 'email' | 'phone'>): boolean {
  return email !== undefined || phone !== undefined
}

/** Runs `anonymize` for one person. */
export async function anonymizePerson(operand: string, values: PersonValues, io: Io): Promise<ExitCode> {
  const subject = subjectOf(values)
  const language = languageOf(values.language)
  if (values.html !== undefined && !values.preview) throw new CliError('ERR_CLI_USAGE', '--html needs --preview')
  const policy = await readPolicy(values.policy ?? 'default', io, values)
  if (operand === '-' && values.policy === '-') throw new CliError('ERR_CLI_USAGE', 'two inputs are -')
  const file = await openPersonFile(operand, values, io)
  refuseHeaderOfData(file)
  const target = targetOf(file, policy, values)
  if (values.preview) return preview({ file, target, subject, values, language }, io)
  const run = (write: (text: string) => Promise<void>, asJson: boolean): Promise<PersonCertificate> =>
    rewrite({ file, target, subject, policy }, { write, asJson })
  const { out, json } = values
  const certificate = await (out === undefined
    ? run((text) => write(io.stdout, text), json)
    : makeFile(out, 0o666, (write) => run(write, false)))
  const line = `${JSON.stringify(certificate)}\n`
  if (values.report !== undefined) await makeFile(values.report, 0o666, (write) => write(line))
  if (out !== undefined && json) await write(io.stdout, line)
  else await write(out === undefined ? io.stderr : io.stdout, personSummary(certificate))
  return OK
}

async function preview(
  {
    file,
    target,
    subject,
    values,
    language,
  }: { file: PersonFile; target: ErasureTarget; subject: SubjectMatch; values: PersonValues; language: Language },
  io: Io,
): Promise<ExitCode> {
  const plan: ErasurePlan = await planErasure({ subject, targets: [target], assess: (left) => assessSubject(left) })
  const shown = previewOf(plan, { ownIds: file.ownIds, subject })
  if (values.html !== undefined) {
    await makeFile(values.html, 0o600, (put) => put(previewPage(shown, language)))
  }
  await write(io.stdout, values.json ? `${previewJson(shown)}\n` : previewText(shown))
  return OK
}

function subjectOf({ email, phone, region, 'ignore-tags': ignoreTags }: PersonValues): SubjectMatch {
  try {
    return matchSubject({ email, phone }, { region: region?.toUpperCase() as 'FR' | undefined, ignoreTags })
  } catch {
    throw new CliError('ERR_CLI_USAGE', '--email takes an address; --phone a number with +, or with --region')
  }
}

/** What columns and members are called that say whose record it is. */
const IDENTITY = /^(?:.*[ _-])?(?:e-?mail|mail|phone|telephone|tel|mobile|sms)(?:[ _-]?(?:address|number|no))?$/i
const USUAL = ['email', 'phone', 'Email', 'e-mail', 'mail', 'telephone', 'mobile', 'sms']

function targetOf(file: PersonFile, policy: Policy, { identity, reference }: PersonValues): ErasureTarget {
  const named = identity?.split(',').map((field) => field.trim())
  const found = file.header?.filter((column) => IDENTITY.test(column)).map(escaped)
  return recordTarget({
    name: 'file',
    store: file.store,
    policy,
    columns: file.header ?? [],
    identity: named ?? found ?? USUAL,
    ...(reference !== undefined && { reference }),
  })
}

function escaped(column: string): string {
  return column.replace(/[\\.*]/g, '\\$&')
}

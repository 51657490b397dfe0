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
import { write } from './output.js'
import { openPersonFile, type PersonFile } from './person-file.js'
import type { PersonValues } from './person-options.js'
import { previewJson, previewOf, previewPage, previewText } from './person-preview.js'
import { type PersonCertificate, personSummary, rewrite } from './person-rewrite.js'
import { readPolicy, refuseHeaderOfData } from './policy-file.js'

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

/**
 * `surveyseal notice lint`: what a notice lacks for the programme it is for.
 *
 * @module
 */

import { parseNotice } from '@surveyseal/consent'
import type { NoticeFinding, NoticeLinkage } from '@surveyseal/consent/notices'
import { lintNotice } from '@surveyseal/consent/notices'
import { assessProgramme, parseProgramme } from '@surveyseal/core/risk'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { readJson, readText } from '../lib/input.js'
import { instantOption } from '../lib/instant.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'

/** `surveyseal notice lint NOTICE` */
export const noticeLint: Command = defineCommand({
  summary: 'Tells what a notice lacks by law, and for the tiers of its programme',
  operand: 'NOTICE.json',
  options: {
    programme: { type: 'string', hint: 'FILE', does: 'the programme the notice is for', required: true },
    languages: { type: 'string', hint: 'en,fr', does: 'the languages it is to be in; without it, those it has' },
    linkage: { type: 'string', hint: 'NAME', does: 'what was declared to tie answers to people, such as pseudonymous' },
    at: { type: 'string', hint: 'ISO', does: 'the day or instant of the assessment; without it, now' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    if (operand === '-' && values.programme === '-') throw new CliError('ERR_CLI_USAGE', 'standard input is one file')
    const at = values.at === undefined ? io.now() : instantOption('at', values.at)
    const languages = values.languages?.split(',').map((language) => language.trim())
    const linkage = linkageOf(values.linkage)
    const notice = parseNotice(await readText(operand, io))
    const assessment = assessProgramme(parseProgramme(await readJson(values.programme, io)), { at })
    const findings = lintNotice(notice, assessment, {
      ...(languages === undefined ? {} : { languages }),
      ...(linkage === undefined ? {} : { linkage }),
    })
    const { id, version, digests } = notice
    const ok = findings.every(({ severity }) => severity !== 'error')
    const output = values.json ? `${JSON.stringify({ ok, id, version, digests, findings })}\n` : report(findings)
    await write(io.stdout, output)
    return ok ? OK : FINDINGS
  },
})

const LINKAGES: readonly NoticeLinkage[] = ['identified', 'pseudonymous', 'delinked-on-submit', 'open', 'unlinkable']

function linkageOf(name: string | undefined): NoticeLinkage | undefined {
  const linkage = LINKAGES.find((linkage) => linkage === name)
  if (name === undefined || linkage !== undefined) return linkage
  throw new CliError('ERR_CLI_USAGE', `--linkage is one of ${LINKAGES.join(', ')}`)
}

function report(findings: readonly NoticeFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return [
    ...findings.map(lines),
    `${errors} errors, ${findings.length - errors} warnings\n`,
    'What a notice says may still be untrue or hard to understand. Not legal advice.\n',
  ].join('')
}

function lines({ severity, code, path, language, message, source }: NoticeFinding): string {
  const place = path.includes(`.${language}.`) || language === undefined ? path : `${path} (${language})`
  return [
    `${severity.padEnd(8)} ${printable(place)}: ${message.en} [${code}]\n`,
    `         ${source.title}, ${source.reference}, as of ${source.asOf}\n`,
  ].join('')
}

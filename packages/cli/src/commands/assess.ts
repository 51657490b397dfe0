/**
 * `surveyseal assess`: how risky a feedback programme is, and what it lacks.
 *
 * @module
 */

import { renderProgrammeReport } from '@surveyseal/core/report'
import type { Assessment, PracticeAssessment } from '@surveyseal/core/risk'
import { assessProgramme, COUNTERMEASURES, parseDpiaLaw, parseProgramme } from '@surveyseal/core/risk'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { readJson } from '../lib/input.js'
import { instantOption } from '../lib/instant.js'
import { languageOf, languageOption } from '../lib/language.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'

/** `surveyseal assess PROGRAMME` */
export const assess: Command = defineCommand({
  summary: 'Tells the risk tier of a feedback programme and the countermeasures it lacks',
  operand: 'PROGRAMME.json',
  options: {
    at: { type: 'string', hint: 'ISO', does: 'the day or instant to assess; without it, now' },
    law: { type: 'string', hint: 'FILE', does: 'rules for a DPIA that differ from those built in, as JSON' },
    html: { type: 'string', hint: 'FILE', does: 'writes a report with charts' },
    language: languageOption,
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const at = values.at === undefined ? io.now() : instantOption('at', values.at)
    const language = languageOf(values.language)
    if (operand === '-' && values.law === '-') throw new CliError('ERR_CLI_USAGE', 'two inputs are -')
    const law = values.law === undefined ? {} : { law: parseDpiaLaw(await readJson(values.law, io)) }
    const assessment = assessProgramme(parseProgramme(await readJson(operand, io)), { at, ...law })
    if (values.html !== undefined) {
      await makeFile(values.html, 0o666, (put) => put(renderProgrammeReport(assessment, { language })))
    }
    await write(io.stdout, values.json ? `${JSON.stringify(assessment)}\n` : report(assessment))
    return assessment.missing.length > 0 ? FINDINGS : OK
  },
})

function report({ name, at, tier, practices, missing, dpia }: Assessment): string {
  const because = [
    ...dpia.criteria.map(({ number, name }) => `  criterion ${number}: ${name.en}\n`),
    ...dpia.listed.map(({ list, number, name }) => `  ${list} ${number}: ${name.en}\n`),
    ...dpia.veryHigh.map((id) => `  very high tier: ${printable(id)}\n`),
  ]
  return [
    `${printable(name)}: ${tier} at ${at}\n\n`,
    ...practices.map(practiceLines),
    `Data protection impact assessment: ${dpia.required ? 'required' : 'not required by the rules looked at'} (rules of ${printable(dpia.law)})\n`,
    ...because,
    `\n${missing.length === 0 ? 'No countermeasure is missing.' : `Missing countermeasures: ${missing.length}`}\n`,
    'Not legal advice.\n',
  ].join('')
}

function practiceLines({ id, tier, evidence, met, missing, expired }: PracticeAssessment): string {
  const lapsed = new Map(expired.map(({ countermeasure, until }) => [countermeasure, until]))
  return [
    `${printable(id)}: ${tier} (${evidence})\n`,
    ...met.map(
      ({ countermeasure, source }) => `  met      ${COUNTERMEASURES[countermeasure].name.en}: ${printable(source)}\n`,
    ),
    ...missing.map((countermeasure) => {
      const { name, actor } = COUNTERMEASURES[countermeasure]
      const until = lapsed.get(countermeasure)
      return `  missing  ${name.en}${until === undefined ? '' : `, lapsed ${until}`} (${actor.en})\n`
    }),
    '\n',
  ].join('')
}
